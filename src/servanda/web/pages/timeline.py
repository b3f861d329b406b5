"""The timeline: deadlines, instruments, records, events and statements by party, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from servanda.core.dates import days_of
from servanda.core.vocabulary import Stance
from servanda.web.rendering import render_kept
from servanda.web.view import page_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.judgement import Evidence, Judgement
    from servanda.web.snapshots import Snapshot
    from servanda.web.view import View

router = APIRouter()

SHOWN = 150
"""Moments on a page."""
KINDS = ("deadline", "instrument", "record", "event", "statement")
_SAID = frozenset({Stance.INTENDS, Stance.REFUSES, Stance.AMENDS, Stance.DISPUTES})
"""What a debtor says it will do, will not do, or says against what others say."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on the timeline."""

    day: date
    kind: str
    """One of `KINDS`."""
    parties: tuple[str, ...]
    """The ids of the parties that it concerns."""
    text: str
    commitment: str | None
    judgement: Judgement | None = None
    """That of the commitment, of a deadline."""


def moments_of(snapshot: Snapshot, as_of: date, party: str | None = None) -> list[Moment]:
    """Everything that is dated, in order; one party's where one is named."""
    found = [*_of_accord(snapshot.accord, as_of)]
    seen: set[tuple[str, str]] = set()
    for judgement in snapshot.judgements:
        if days := days_of(judgement.due):
            text = f"{judgement.provision} is due"
            found.append(Moment(days.last, "deadline", (judgement.debtor,), text, judgement.id, judgement))
        for evidence in judgement.evidence:
            key = (evidence.record.id, judgement.debtor)
            if key not in seen and (moment := _of_evidence(judgement, evidence)) is not None:
                seen.add(key)
                found.append(moment)
    shown = (moment for moment in found if not party or party in moment.parties)
    return sorted(shown, key=lambda moment: (moment.day, moment.kind, moment.text))


def _of_accord(accord: Accord, as_of: date) -> Iterator[Moment]:
    for one in accord.instruments:
        if one.signed and one.signed.first <= as_of:
            yield Moment(one.signed.first, "instrument", one.parties, f"{one.title}: {one.status.value}", None)
    for record in accord.records:
        if record.on.first <= as_of:
            text = f"{record.kind.value}: {record.text or record.source}"
            yield Moment(record.on.first, "record", record.by or record.debtors, text, None)


def _of_evidence(judgement: Judgement, evidence: Evidence) -> Moment | None:
    """An accepted event on its day, or a clear statement on the day of its publication."""
    said = evidence.record.claim.quote or evidence.record.row
    text = f"{evidence.stance.value}: “{said}”"
    if evidence.event is not None and evidence.accepted and evidence.stance not in _SAID:
        return Moment(evidence.event.first, "event", (judgement.debtor,), text, judgement.id)
    if evidence.stance in _SAID and evidence.link.clear:
        return Moment(evidence.record.document.published, "statement", (judgement.debtor,), text, judgement.id)
    return None


@router.get("/timeline", response_class=HTMLResponse)
def timeline(request: Request) -> HTMLResponse:
    """The page; `party`, `kind` and `page` in the address choose what of it is shown."""
    view = view_of(request)
    snapshot = request.app.state.snapshots.at(view)
    return render_kept(request, snapshot, "timeline.html", lambda: _context(request, view, snapshot))


def _context(request: Request, view: View, snapshot: Snapshot) -> dict[str, Any]:
    names = {party.id: party.name for party in snapshot.accord.parties}
    party, kind = (request.query_params.get(name) or None for name in ("party", "kind"))
    moments = [moment for moment in moments_of(snapshot, view.as_of, party) if kind is None or moment.kind == kind]
    pages = max(1, -(-len(moments) // SHOWN))
    today = next((n for n, moment in enumerate(moments) if moment.day > view.as_of), len(moments))
    page = page_of(request, pages, usual=max(today - 1, 0) // SHOWN + 1)
    return {
        "view": view,
        "moments": moments[(page - 1) * SHOWN : page * SHOWN],
        "count": len(moments),
        "names": names,
        "debtors": sorted({j.debtor for j in snapshot.judgements}, key=lambda debtor: names.get(debtor, debtor)),
        "party": party,
        "kind": kind,
        "kinds": KINDS,
        "page": page,
        "pages": pages,
    }
