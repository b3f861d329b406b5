"""Who kept what: counts by party, instrument and provision, side by side and never one score; and one party's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from servanda.core.problems import ServandaError
from servanda.core.vocabulary import State
from servanda.dossier import sum_up
from servanda.web.rendering import render_kept
from servanda.web.view import view_of

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Accord, Party
    from servanda.core.judgement import Judgement, Summary
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

BY = ("party", "instrument", "provision")
COLUMNS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("violated", (State.VIOLATED,)),
    ("reversed", (State.REVERSED,)),
    ("overdue", (State.OVERDUE,)),
    ("in progress", (State.IN_PROGRESS,)),
    ("in force", (State.IN_FORCE,)),
    ("kept", (State.FULFILLED,)),
    ("kept late", (State.FULFILLED_LATE,)),
    ("not owed yet", (State.TENTATIVE, State.CONDITIONAL)),
    ("ended otherwise", (State.SUSPENDED, State.EXPIRED, State.DISCHARGED, State.SUPERSEDED, State.TERMINATED)),
)
"""The columns of the table, and the states that each counts; every state is in one of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """How the commitments of one party, instrument or provision stand."""

    id: str
    name: str
    address: str
    summary: Summary
    counts: tuple[tuple[str, int, str | None], ...]
    """For each column its name, the count, and where what it counts is listed (where that is one state)."""


def rows_of(judgements: tuple[Judgement, ...], accord: Accord, by: str, view: View) -> list[Row]:
    """The rows of the table, in the order of the accord; a provision's filter is its own page of commitments."""
    titles = {
        "party": {party.id: party.name for party in accord.parties},
        "instrument": {instrument.id: instrument.title for instrument in accord.instruments},
        "provision": {provision.id: provision.text or provision.id for provision in accord.provisions},
    }[by]
    rows = []
    for summary in sum_up(judgements, by):
        held = dict(summary.states)
        counts = []
        for label, states in COLUMNS:
            count = sum(held.get(state, 0) for state in states)
            one = count and by != "provision" and len(states) == 1
            counts.append((label, count, view.url("/", **{by: summary.id, "state": states[0].value}) if one else None))
        address = view.url(f"/parties/{summary.id}") if by == "party" else view.url("/", **{by: summary.id})
        if by == "provision":
            address = view.url(f"/commitments/{summary.commitments[0]}")
        rows.append(Row(summary.id, titles.get(summary.id, summary.id), address, summary, tuple(counts)))
    return rows


@router.get("/parties", response_class=HTMLResponse)
def parties(request: Request) -> HTMLResponse:
    """The table; `by` in the address says of what."""
    view = view_of(request)
    by = request.query_params.get("by") or "party"
    if by not in BY:
        raise ServandaError(f"{by!r} is nothing to sum up by", f"choose one of {', '.join(BY)}")
    snapshot = request.app.state.snapshots.at(view)

    def context() -> dict[str, Any]:
        rows = rows_of(snapshot.judgements, snapshot.accord, by, view)
        used = [n for n in range(len(COLUMNS)) if any(row.counts[n][1] for row in rows)]
        return {"view": view, "by": by, "choices": BY, "rows": rows, "columns": COLUMNS, "used": used}

    return render_kept(request, snapshot, "parties.html", context)


@router.get("/parties/{party}", response_class=HTMLResponse)
def party_page(request: Request, party: str) -> HTMLResponse:
    """One party: who it is, how what it owes stands, and what is owed to it."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    found = next((one for one in snapshot.accord.parties if one.id == party), None)
    if found is None:
        raise HTTPException(404, f"{party!r} is no party of the accord")
    return render_kept(request, snapshot, "party.html", lambda: _context(view, snapshot, found))


def _context(view: View, snapshot: Snapshot, party: Party) -> dict[str, Any]:
    accord = snapshot.accord
    names = {one.id: one.name for one in accord.parties}
    provisions = {provision.id: provision for provision in accord.provisions}
    owes = tuple(judgement for judgement in snapshot.judgements if judgement.debtor == party.id)
    owed = [
        judgement
        for judgement in snapshot.judgements
        if judgement.provision in provisions and party.id in provisions[judgement.provision].creditors
    ]
    rows = rows_of(owes, accord, "party", view)
    return {
        "view": view,
        "party": party,
        "ties": _ties(accord, party, names, view.as_of),
        "row": rows[0] if rows else None,
        "owes": owes,
        "owed": owed,
        "names": names,
        "instruments": {instrument.id: instrument.title for instrument in accord.instruments},
    }


def _ties(accord: Accord, party: Party, names: dict[str, str], as_of: date) -> list[tuple[str, str]]:
    """What ties it to others on that day, in words."""
    found = [
        (words, ", ".join(names.get(tie.target, tie.target) for tie in ties if tie.holds_on(as_of)))
        for words, ties in (("side", party.sides), ("belongs to", party.member_of), ("backs", party.backs))
    ]
    members = [
        one.name for one in accord.parties if any(t.target == party.id and t.holds_on(as_of) for t in one.member_of)
    ]
    backers = [one.name for one in accord.parties if any(t.target == party.id and t.holds_on(as_of) for t in one.backs)]
    found += [("its members", ", ".join(members)), ("backed by", ", ".join(backers))]
    return [(words, said) for words, said in found if said]
