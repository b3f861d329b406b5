"""One commitment: its text, its state over time, and the evidence for and against side by side."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from servanda.publishing.explanation import explain
from servanda.web.rendering import render
from servanda.web.view import view_of

router = APIRouter()


@router.get("/commitments/{provision}/{debtor}", response_class=HTMLResponse)
def commitment(request: Request, provision: str, debtor: str) -> HTMLResponse:
    """Everything that is known of one commitment."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    judgement = snapshot.judgement(f"{provision}/{debtor}")
    if judgement is None:
        raise HTTPException(404, f"{provision}/{debtor} is not on record as of {view.as_of.isoformat()}")
    dossier = request.app.state.dossier
    related = [j for j in snapshot.judgements if j.id != judgement.id and j.provision == judgement.provision]
    return render(
        request,
        "commitment.html",
        {
            "view": view,
            "judgement": judgement,
            "explanation": explain(snapshot.accord, judgement, view.as_of, view.known_by),
            "history": dossier.history(judgement.id, as_of=view.as_of, known_by=view.known_by),
            "related": related,
            "names": {party.id: party.name for party in snapshot.accord.parties},
        },
    )
