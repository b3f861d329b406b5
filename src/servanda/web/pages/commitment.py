"""One commitment: its text, its state over time, and the evidence for and against side by side."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from servanda.publishing.explanation import explain
from servanda.web.rendering import render_kept
from servanda.web.view import view_of

router = APIRouter()

SHOWN = 15
"""How many pieces of evidence a side shows, unless all are asked for."""


@router.get("/commitments", response_class=HTMLResponse)
def names(request: Request) -> HTMLResponse:
    """The commitments' names, to choose from while one types; asked for when somebody begins to."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    return render_kept(request, snapshot, "names.html", lambda: {"view": view, "judgements": snapshot.judgements})


@router.get("/commitments/{provision}/{debtor}", response_class=HTMLResponse)
def commitment(request: Request, provision: str, debtor: str) -> HTMLResponse:
    """Everything that is known of one commitment."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    judgement = snapshot.judgement(f"{provision}/{debtor}")
    if judgement is None:
        raise HTTPException(404, f"{provision}/{debtor} is not on record as of {view.as_of.isoformat()}")
    found = judgement
    everything = bool(request.query_params.get("all"))

    def context() -> dict[str, Any]:
        related = [j for j in snapshot.judgements if j.id != found.id and j.provision == found.provision]
        return {
            "view": view,
            "judgement": found,
            "explanation": explain(snapshot.accord, found, view.as_of, view.known_by),
            "history": request.app.state.snapshots.history(snapshot, found),
            "related": related,
            "names": {party.id: party.name for party in snapshot.accord.parties},
            "shown": len(found.evidence) if everything else SHOWN,
        }

    return render_kept(request, snapshot, "commitment.html", context)
