"""One commitment: its text, its state over time, and the evidence for and against side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from servanda.core.accord import AllOf, AnyOf, Fulfilled
from servanda.publishing.explanation import explain
from servanda.web.rendering import render, render_kept
from servanda.web.strip import strip_of
from servanda.web.view import view_of

if TYPE_CHECKING:
    from servanda.core.accord import Provision
    from servanda.core.judgement import Judgement
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

AT_ONCE = 60
"""A history that goes through no more pieces of evidence than this is told before the page is sent."""
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
    """Everything that is known of one commitment; a long history follows when the page is there."""
    view, snapshot, found = _found(request, provision, debtor)
    everything = bool(request.query_params.get("all"))
    snapshots = request.app.state.snapshots
    at_once = (
        found.id in snapshot.histories
        or snapshot.sitting.history_weight(found.id) <= AT_ONCE
        or bool(request.query_params.get("history"))
    )

    def context() -> dict[str, Any]:
        return {
            "view": view,
            "judgement": found,
            "explanation": explain(snapshot.accord, found, view.as_of, view.known_by),
            "strip": strip_of(snapshots.history(snapshot, found), found, view.as_of) if at_once else None,
            "as_of": view.as_of,
            "related": related_to(found, snapshot),
            "names": {party.id: party.name for party in snapshot.accord.parties},
            "shown": len(found.evidence) if everything else SHOWN,
        }

    return render_kept(request, snapshot, "commitment.html", context, at_once)


@router.get("/commitments/{provision}/{debtor}/history", response_class=HTMLResponse)
def history(request: Request, provision: str, debtor: str) -> HTMLResponse:
    """The strip of a commitment's states over time, which its page asks for where it takes a while to tell."""
    view, snapshot, found = _found(request, provision, debtor)
    strip = strip_of(request.app.state.snapshots.history(snapshot, found), found, view.as_of)
    return render(request, "strip.html", {"view": view, "strip": strip, "as_of": view.as_of})


def related_to(judgement: Judgement, snapshot: Snapshot) -> list[tuple[str, list[Judgement]]]:
    """Other commitments by how they are related: the same provision, what it rests on, and what rests on it."""
    provisions = {provision.id: provision for provision in snapshot.accord.provisions}
    own = provisions.get(judgement.provision)
    rests_on = _rests_on(own) if own is not None else set()
    bears = {provision.id for provision in provisions.values() if judgement.provision in _rests_on(provision)}
    groups = (
        ("The same provision, other debtors", {judgement.provision}),
        ("It rests on", rests_on - {judgement.provision}),
        ("Rests on it", bears - {judgement.provision}),
    )
    found = [
        (title, [one for one in snapshot.judgements if one.provision in names and one.id != judgement.id])
        for title, names in groups
        if names
    ]
    return [(title, items) for title, items in found if items]


def _rests_on(provision: Provision) -> set[str]:
    """The provisions that its condition or prerequisite names."""
    queue = [part for part in (provision.condition, provision.depends_on) if part is not None]
    found = set()
    while queue:
        match queue.pop():
            case Fulfilled() as one:
                found.add(one.provision)
            case AllOf() | AnyOf() as several:
                queue += several.parts
    return found


def _found(request: Request, provision: str, debtor: str) -> tuple[View, Snapshot, Judgement]:
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    judgement = snapshot.judgement(f"{provision}/{debtor}")
    if judgement is None:
        raise HTTPException(404, f"{provision}/{debtor} is not on record as of {view.as_of.isoformat()}")
    return view, snapshot, judgement
