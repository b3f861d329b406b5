"""The map: the places of the accord, and what is reported of each, as of a date that a slider moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda.core.problems import ServandaError
from servanda.web.pages.planning import USUAL
from servanda.web.pages.stationed import days_between, stationed
from servanda.web.rendering import render_kept, state_class
from servanda.web.view import view_of

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Accord, Place
    from servanda.core.judgement import Evidence, Judgement
    from servanda.web.pages.stationed import Stationed
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

STEPS = 96
"""Positions of the slider, from the first instrument to the page's date."""
PATIENCE = 12.0
"""Seconds that the page waits for the plan whose departures it shows."""
_SHOWN = 8
"""Pieces of evidence shown of one place."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, the commitments that are owed there, and the evidence that names it."""

    place: Place
    judgements: tuple[Judgement, ...]
    evidence: tuple[Evidence, ...]

    @property
    def marked(self) -> bool:
        """Whether the accord says where it lies."""
        return self.place.latitude is not None and self.place.longitude is not None


def spots_of(accord: Accord, judgements: tuple[Judgement, ...]) -> list[Spot]:
    """The accord's places in its order, each with what is owed and reported there; names and aliases as written."""
    provisions = {provision.id: provision for provision in accord.provisions}
    owed: dict[str, list[Judgement]] = {}
    told: dict[str, dict[str, Evidence]] = {}
    for judgement in judgements:
        provision = provisions.get(judgement.provision)
        if provision and provision.place:
            owed.setdefault(provision.place.casefold(), []).append(judgement)
        for evidence in judgement.evidence:
            if evidence.record.claim.place:
                told.setdefault(evidence.record.claim.place.casefold(), {})[evidence.record.id] = evidence
    found = []
    for place in accord.places:
        names = {name.casefold() for name in (place.id, place.name, *place.aliases)}
        said = {key: item for name in names for key, item in told.get(name, {}).items()}
        newest = sorted(said.values(), key=lambda item: (item.record.document.published, item.record.id))[::-1]
        found.append(Spot(place, tuple(j for name in sorted(names) for j in owed.get(name, ())), tuple(newest)))
    return found


@router.get("/map", response_class=HTMLResponse)
def places(request: Request) -> HTMLResponse:
    """The map, and the same as a list."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    plans, dossier = request.app.state.plans, request.app.state.dossier
    revision = dossier.accord_path.stat().st_mtime_ns
    offered, job = plans.offered(revision), None
    if offered and request.query_params.get("forces") == "planned":
        job = plans.of(USUAL, revision)
        job.done.wait(PATIENCE)
    plan = job.plan if job else None

    def context() -> dict[str, Any]:
        forces, said = None, ""
        try:
            if offered:
                forces = stationed(dossier.folder, snapshot.accord, view.as_of, plan)
        except ServandaError as error:
            said = str(error)
        if job is not None and plan is None:
            said = str(job.error) if job.error else "The plan is still being made; open the page again in a moment."
        return _context(view, snapshot, forces) | {"forces": forces, "said": said, "asked": job is not None}

    return render_kept(request, snapshot, "map.html", context, revision, plan is not None, job and job.done.is_set())


def _context(view: View, snapshot: Snapshot, forces: Stationed | None) -> dict[str, Any]:
    spots = spots_of(snapshot.accord, snapshot.judgements)
    days = [instrument.signed.first for instrument in snapshot.accord.instruments if instrument.signed]
    first = min([*days, view.known_by])
    markers = [
        {
            "name": spot.place.name,
            "at": [spot.place.latitude, spot.place.longitude],
            "states": [state_class(judgement) for judgement in spot.judgements],
            "link": f"#place-{spot.place.id}",
            "count": len(spot.evidence),
        }
        for spot in spots
        if spot.marked
    ]
    sides = list(dict.fromkeys(site.side for site in forces.sites)) if forces else []
    return {
        "view": view,
        "spots": [spot for spot in spots if spot.judgements or spot.evidence or spot.marked],
        "markers": markers,
        "names": {party.id: party.name for party in snapshot.accord.parties},
        "sites": [
            {"name": f"{site.name}, {site.side}", "at": site.at, "left": site.left, "before": site.before, "side": n}
            for site in (forces.sites if forces else ())
            for n in [sides.index(site.side) % 2]
            if site.at
        ],
        "sides": sides,
        "steps": _steps(first, max(view.known_by, forces.end or view.known_by) if forces else view.known_by),
        "shown": _SHOWN,
    }


def _steps(first: date, last: date) -> list[str]:
    """The days of the slider."""
    days = days_between(first, last, STEPS)
    return [day.isoformat() for day in days] if len(days) > 1 else []
