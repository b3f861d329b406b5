"""The overview: what is violated, overdue, at risk, due next; and a matrix of commitments by debtor."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda.core.dates import days_of
from servanda.core.vocabulary import Outlook, State
from servanda.publishing.wording import SETTLED, days_to_due
from servanda.web.rendering import render_kept
from servanda.web.view import page_of, today, view_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.accord import Accord
    from servanda.core.judgement import Judgement
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

ROWS, COLUMNS, CARDS = 40, 12, 12
"""Provisions a page of the matrix, debtors that still fit side by side, and cards under each heading."""
VISIT_COOKIE = "servanda_visit"
"""Keeps the day of this visit and of the last one on another day."""
SORTS = ("accord", "worst first", "due first", "name")
FILTERS = ("party", "instrument", "state", "standing", "action", "place")


@dataclass(frozen=True, slots=True)
class Row:
    """One provision of the matrix, with a judgement a debtor that owes it."""

    provision: str
    title: str
    instrument: str
    cells: dict[str, Judgement]


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure at the head of the page, of all commitments; and the filter that shows what it counts, if any."""

    label: str
    count: int
    parameters: dict[str, str] | None = None


def _fits(judgement: Judgement, accord: Accord, wanted: dict[str, str]) -> bool:
    provision = accord.provision(judgement.provision)
    values = {
        "party": judgement.debtor,
        "instrument": judgement.instrument,
        "state": judgement.state.value,
        "standing": judgement.standing.value,
        "action": provision.action.value if provision else "",
        "place": (provision.place if provision else None) or "",
    }
    return all(values[name] == value for name, value in wanted.items())


def _rows(accord: Accord, judgements: Sequence[Judgement]) -> list[Row]:
    rows: dict[str, Row] = {}
    texts = {provision.id: provision.text for provision in accord.provisions}
    for judgement in judgements:
        title = texts.get(judgement.provision) or judgement.provision
        row = rows.setdefault(judgement.provision, Row(judgement.provision, title, judgement.instrument, {}))
        row.cells[judgement.debtor] = judgement
    return list(rows.values())


def _sorted(rows: list[Row], by: str) -> list[Row]:
    match by:
        case "worst first":
            return sorted(rows, key=lambda row: min(_GRAVITY.get(j.state, len(_GRAVITY)) for j in row.cells.values()))
        case "due first":
            return sorted(rows, key=lambda row: min(_due(j) for j in row.cells.values()))
        case "name":
            return sorted(rows, key=lambda row: row.provision)
    return rows


def _due(judgement: Judgement) -> date:
    days = days_of(judgement.due)
    return days.last if days else date.max


_GRAVITY = {
    state: place
    for place, state in enumerate(
        (State.VIOLATED, State.REVERSED, State.OVERDUE, State.IN_PROGRESS, State.IN_FORCE, State.SUSPENDED)
    )
}


def _due_within(judgements: Sequence[Judgement], as_of: date, days: int) -> list[Judgement]:
    ahead = [
        (left, judgement.id, judgement)
        for judgement in judgements
        if judgement.state not in SETTLED and (left := days_to_due(judgement, as_of)) is not None and 0 <= left <= days
    ]
    return [judgement for _, _, judgement in sorted(ahead, key=lambda item: item[:2])]


@router.get("/", response_class=HTMLResponse)
def overview(request: Request) -> HTMLResponse:
    """The page one opens in the morning."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    now, last = today(), _last_visit(request)
    context = {"last_visit": last}
    response = render_kept(
        request, snapshot, "overview.html", lambda: _context(request, view, snapshot) | context, last
    )
    visits = f"{now.isoformat()}.{last.isoformat() if last else ''}"
    response.set_cookie(VISIT_COOKIE, visits, max_age=31_536_000, httponly=True, samesite="strict")
    return response


def _last_visit(request: Request) -> date | None:
    """The day before today on which this browser last opened the overview."""
    latest, _, before = request.cookies.get(VISIT_COOKIE, "").partition(".")
    for words in (latest, before):
        try:
            day = date.fromisoformat(words)
        except ValueError:
            continue
        if day < today():
            return day
    return None


def _context(request: Request, view: View, snapshot: Snapshot) -> dict[str, Any]:
    accord = snapshot.accord
    wanted = {name: value for name in FILTERS if (value := request.query_params.get(name))}
    shown = [judgement for judgement in snapshot.judgements if _fits(judgement, accord, wanted)]
    alarming = (State.VIOLATED, State.REVERSED, State.OVERDUE)
    tallies = [
        Tally(state.value, sum(j.state is state for j in snapshot.judgements), {"state": state.value})
        for state in alarming
    ]
    tallies += [
        Tally("at risk", sum(j.outlook is Outlook.AT_RISK for j in snapshot.judgements)),
        Tally("due in 30 days", len(_due_within(snapshot.judgements, view.as_of, 30))),
        Tally("due in 90 days", len(_due_within(snapshot.judgements, view.as_of, 90))),
        Tally("documents", len(snapshot.documents)),
    ]
    rows = _sorted(_rows(accord, shown), request.query_params.get("sort", ""))
    pages = max(1, -(-len(rows) // ROWS))
    page = page_of(request, pages)
    rows = rows[(page - 1) * ROWS : page * ROWS]
    debtors = list(dict.fromkeys(debtor for row in rows for debtor in row.cells))
    return {
        "view": view,
        "snapshot": snapshot,
        "shown": shown,
        "groups": [(key, list(group)) for key, group in itertools.groupby(rows, key=lambda row: row.instrument)],
        "page": page,
        "pages": pages,
        "sort": request.query_params.get("sort", ""),
        "debtors": debtors if len(debtors) <= COLUMNS else None,
        "cards": CARDS,
        "names": {party.id: party.name for party in accord.parties},
        "instruments": {instrument.id: instrument.title for instrument in accord.instruments},
        "tallies": tallies,
        "at_risk": [j for j in shown if j.outlook is Outlook.AT_RISK],
        "alarms": [j for j in shown if j.state in alarming],
        "due_90": _due_within(shown, view.as_of, 90),
        "wanted": wanted,
        "sorts": SORTS,
        "unfinished": request.app.state.unfinished,
        "choices": _choices(accord, snapshot.judgements),
    }


def _choices(accord: Accord, judgements: Sequence[Judgement]) -> dict[str, list[tuple[str, str]]]:
    """For each filter, the values that occur, as (value, label)."""
    names = {party.id: party.name for party in accord.parties}
    titles = {instrument.id: instrument.title for instrument in accord.instruments}
    provisions = {provision.id: provision for provision in accord.provisions}
    owed = [provisions[j.provision] for j in judgements if j.provision in provisions]
    return {
        "party": sorted({(j.debtor, names.get(j.debtor, j.debtor)) for j in judgements}, key=lambda c: c[1]),
        "instrument": list(dict.fromkeys((j.instrument, titles.get(j.instrument, j.instrument)) for j in judgements)),
        "state": sorted({(j.state.value, j.state.value) for j in judgements}),
        "standing": sorted({(j.standing.value, j.standing.value) for j in judgements}),
        "action": sorted({(p.action.value, p.action.value) for p in owed}),
        "place": sorted({(p.place, p.place) for p in owed if p.place}),
    }
