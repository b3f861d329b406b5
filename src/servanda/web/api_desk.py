"""What the pages of the desk show, as JSON: review, timeline, places, sources, brief, plan, accord."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from servanda.core.dates import iso_when
from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.dossier import check_text
from servanda.dossier.planning import equal_numbers_beside, schedule_values
from servanda.publishing.brief import compose_brief
from servanda.publishing.brief_markdown import brief_markdown
from servanda.web.api import FAULTS, Day, not_there, view_at
from servanda.web.changing import changes
from servanda.web.pages.answers import source_rows
from servanda.web.pages.places import spots_of
from servanda.web.pages.planning import WhatIf, finished
from servanda.web.pages.review import agreements
from servanda.web.pages.stationed import stationed
from servanda.web.pages.timeline import moments_of

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=FAULTS)


@router.get("/doubts")
def doubts(request: Request, as_of: Day = None, known_by: Day = None) -> list[dict[str, Any]]:
    """The claims whose links wait for review, in the order in which they matter to a judgement."""
    return [
        {
            "claim": doubt.evidence.record.id,
            "document": doubt.evidence.record.document.id,
            "quote": doubt.evidence.record.claim.quote,
            "stance": doubt.evidence.stance.value,
            "score": doubt.evidence.link.score,
            "commitments": [judgement.id for judgement in doubt.judgements],
        }
        for doubt in request.app.state.snapshots.at(view_at(as_of, known_by)).doubts()
    ]


@router.get("/decisions")
def decisions(request: Request) -> dict[str, Any]:
    """What people decided, entered and corrected, oldest first; and how far each two of them agree."""
    decided = changes(request)
    return {
        "decisions": [asdict(change) | {"recorded": change.recorded.isoformat()} for change in decided],
        "agreements": [asdict(agreement) for agreement in agreements(decided)],
    }


@router.get("/timeline")
def timeline(
    request: Request,
    party: Annotated[str | None, Query(max_length=200)] = None,
    as_of: Day = None,
    known_by: Day = None,
) -> list[dict[str, Any]]:
    """Deadlines, instruments, records, events and statements in order."""
    view = view_at(as_of, known_by)
    return [
        {
            "day": moment.day.isoformat(),
            "kind": moment.kind,
            "parties": list(moment.parties),
            "text": moment.text,
            "commitment": moment.commitment,
        }
        for moment in moments_of(request.app.state.snapshots.at(view), view.as_of, party)
    ]


@router.get("/places")
def places(request: Request, as_of: Day = None, known_by: Day = None) -> dict[str, Any]:
    """Places of the accord, with what is owed and reported there; and forces by site as the accord counts them."""
    view = view_at(as_of, known_by)
    snapshot, state = request.app.state.snapshots.at(view), request.app.state
    sites: list[dict[str, Any]] = []
    if state.plans.offered(state.dossier.accord_path.stat().st_mtime_ns):
        try:
            sites = [asdict(site) for site in stationed(state.dossier.folder, snapshot.accord, view.as_of, None).sites]
        except ServandaError:
            sites = []
    return {
        "places": [
            {
                "id": spot.place.id,
                "name": spot.place.name,
                "latitude": spot.place.latitude,
                "longitude": spot.place.longitude,
                "commitments": [judgement.id for judgement in spot.judgements],
                "claims": [evidence.record.id for evidence in spot.evidence],
            }
            for spot in spots_of(snapshot.accord, snapshot.judgements)
        ],
        "sites": sites,
    }


@router.get("/sources")
def sources(request: Request, as_of: Day = None, known_by: Day = None) -> list[dict[str, Any]]:
    """Publishers: documents, evidence, what of it was accepted, and how reliable they are held."""
    return [asdict(row) for row in source_rows(request.app.state.snapshots.at(view_at(as_of, known_by)))]


@router.get("/brief")
def brief(request: Request, as_of: Day = None, known_by: Day = None) -> dict[str, Any]:
    """The brief as Markdown, and the claims that its notes cite."""
    view = view_at(as_of, known_by)
    snapshot = request.app.state.snapshots.at(view)
    composed = compose_brief(
        snapshot.accord,
        snapshot.judgements,
        as_of=view.as_of,
        known_by=view.known_by,
        documents=len(snapshot.documents),
    )
    cited = [{"number": note.number, "claim": note.evidence.record.id} for note in composed.notes]
    return {"title": composed.title, "markdown": brief_markdown(composed), "notes": cited}


@router.get("/plan", responses=not_there("There are no forces to plan for, or no plan is possible."))
def plan(
    request: Request,
    order: Order = Order.LEAPFROG,
    measure: Measure = Measure.SHARE,
    lag: Annotated[int | None, Query(ge=0, le=52, description="Periods that verification takes.")] = None,
    deadline: Annotated[
        date | None, Query(description="By when all have left; that of the accord if left out.")
    ] = None,
) -> dict[str, Any]:
    """The schedule in the shape of `servanda plan --json`, and what equal numbers would expose each side to."""
    made = finished(request, WhatIf(order, measure, lag, deadline.isoformat() if deadline else ""))
    _, equal = equal_numbers_beside(made)
    return {"schedule": schedule_values(made.schedule), "equal_numbers": {"exposure": str(equal.exposure)}}


@router.get("/accord")
def accord(request: Request) -> dict[str, Any]:
    """The accord file as it stands, what the check finds in it, its parties and its versions."""
    dossier = request.app.state.dossier
    text = dossier.accord_text()
    found, problems = check_text(text, "accord.yaml")
    parties = found.parties if found is not None else ()
    return {
        "text": text,
        "parties": [
            {
                "id": party.id,
                "name": party.name,
                "aliases": list(party.aliases),
                "until": iso_when(party.end) if party.end else None,
            }
            for party in parties
        ],
        "problems": [{"line": p.location.line, "what": p.what, "remedy": p.remedy, "error": p.error} for p in problems],
        "versions": [
            {"number": version.number, "by": version.by, "recorded": version.recorded.isoformat()}
            for version in dossier.accord_versions()
        ],
    }
