"""Everything that the pages show, as JSON under `/api/v1`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse

from servanda.core.problems import ServandaError
from servanda.dossier import sum_up
from servanda.publishing.status import changes_json, history_json, judgement_json, status_lines, summaries_json
from servanda.publishing.tables import claim_rows
from servanda.web.errors import FaultAnswer
from servanda.web.view import View, today

FAULTS: dict[int | str, dict[str, Any]] = {
    400: {"model": FaultAnswer, "description": "What was asked for cannot be."},
    422: {"model": FaultAnswer, "description": "A parameter is missing, or is not what it should be."},
}
"""What the description says of answers that are not what was asked for."""


def not_there(words: str) -> dict[int | str, dict[str, Any]]:
    """How the description says that there may be nothing of that name."""
    return {404: {"model": FaultAnswer, "description": words}}


router = APIRouter(prefix="/api/v1", tags=["v1"], responses=FAULTS)

Day = Annotated[date | None, Query(description="A whole date such as 2021-01-29; today where it is left out.")]


def view_at(as_of: date | None, known_by: date | None) -> View:
    """The two dates that were asked for; today stands in for one that was not."""
    now = today()
    return View(as_of or now, known_by or now, stated=bool(as_of and known_by))


@router.get("/status", response_model=dict[str, Any])
def status(request: Request, as_of: Day = None, known_by: Day = None) -> StreamingResponse:
    """Where every commitment stands; the shape of `servanda status --json`, sent piece by piece."""
    snapshot = request.app.state.snapshots.at(view_at(as_of, known_by))
    pieces = status_lines(snapshot.judgements, snapshot.as_of, snapshot.known_by)
    return StreamingResponse(pieces, media_type="application/json")


@router.get(
    "/commitments/{provision}/{debtor}",
    responses=not_there("Not on record at this date."),
)
def commitment(
    request: Request, provision: str, debtor: str, as_of: Day = None, known_by: Day = None
) -> dict[str, Any]:
    """One commitment's judgement, with its history along event time."""
    view = view_at(as_of, known_by)
    snapshot = request.app.state.snapshots.at(view)
    judgement = snapshot.judgement(f"{provision}/{debtor}")
    if judgement is None:
        raise HTTPException(404, f"{provision}/{debtor} is not on record as of {view.as_of.isoformat()}")
    history = request.app.state.snapshots.history(snapshot, judgement)
    return judgement_json(judgement) | {"history": history_json(history)}


@router.get("/summaries")
def summaries(
    request: Request,
    by: Literal["party", "instrument", "provision"] = "party",
    as_of: Day = None,
    known_by: Day = None,
) -> list[dict[str, Any]]:
    """Counts of states and standings, side by side and never one score; the shape of `servanda status --by --json`."""
    return summaries_json(sum_up(request.app.state.snapshots.at(view_at(as_of, known_by)).judgements, by))


@router.get("/documents")
def documents(request: Request, known_by: Day = None) -> list[dict[str, Any]]:
    """The documents that were known."""
    return [
        {
            "id": document.id,
            "published": document.published.isoformat(),
            "publisher": document.publisher,
            "title": document.title,
            "language": document.language,
            "address": document.address,
            "withdrawn": document.withdrawn,
        }
        for document in request.app.state.dossier.documents(known_by or today())
    ]


@router.get("/documents/{document_id}", responses=not_there("No such document."))
def document(request: Request, document_id: str, known_by: Day = None) -> dict[str, Any]:
    """One document's text and claims."""
    dossier = request.app.state.dossier
    known = known_by or today()
    if all(item.id != document_id for item in dossier.documents(known)):
        raise HTTPException(404, f"no document {document_id!r} was known by {known.isoformat()}")
    records = dossier.records(known, documents=[document_id])
    return {"id": document_id, "text": dossier.text(document_id), "claims": claim_rows(records)}


@router.get("/changes")
def changes(request: Request, since: date, until: date) -> list[dict[str, Any]]:
    """What changed between two dates, and why."""
    return changes_json(request.app.state.dossier.changes(since=since, until=until))


@router.get("/search")
def search(
    request: Request, q: Annotated[str, Query(min_length=1, max_length=400)], known_by: Day = None
) -> list[dict[str, Any]]:
    """Documents and quotes that hold the words; none where there is no word to look for."""
    documents = request.app.state.snapshots.at(view_at(None, known_by)).documents_by_id
    try:
        hits = request.app.state.dossier.search(q, limit=40, documents=documents)
    except ServandaError:
        return []
    return [{"document": hit.document.id, "claim": hit.claim, "excerpt": hit.excerpt} for hit in hits]
