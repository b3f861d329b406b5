"""The history of one commitment along event time: each stretch in which its judgement stayed the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.core.collector import collector_paused
from servanda.core.judgement import HistoryEntry
from servanda.judging.case import Case, Finding
from servanda.judging.gathering import Decisions, Gatherer
from servanda.judging.judge import with_references
from servanda.judging.timeline import day_after
from servanda.judging.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.judging.evidence import Item
    from servanda.judging.visible import Commitment

_DAY = timedelta(days=1)


def history(
    accord: Accord,
    records: Iterable[ClaimRecord],
    reviews: Iterable[Review] = (),
    *,
    commitment: str,
    as_of: date,
    known_by: date,
) -> tuple[HistoryEntry, ...]:
    """Every change of a commitment's state, outlook or standing up to `as_of`, as known by `known_by`.

    Each entry is what `judge` says on every day of its stretch. Before a succession it is the predecessor that owes. An
    unknown id gives an empty history.
    """
    provision = commitment.partition("/")[0]
    needed = with_references(accord, {provision})
    view = visible(accord, as_of=as_of, known_by=known_by, provisions=needed)
    present = next((one for one in view.commitments if one.id == commitment), None)
    if present is None:
        return ()
    with collector_paused():
        gatherer = Gatherer(accord, view.commitments, Decisions.of(reviews), known_by).gather(records)
        gathered = {one.id: gatherer.evidence(one.id) for one in view.commitments}
    lines = {one.id: one.debtors for one in view.commitments}
    days = set(_days_of_accord(accord, needed)) | set(
        _days_of_items(item for found in gathered.values() for item in found)
    )
    judged: dict[date, tuple[Case, Finding] | None] = {}
    queue = sorted(day for day in days if day <= as_of)
    queue.append(as_of)
    while queue:
        day = queue.pop()
        if day in judged:
            continue
        found = _judge_on(accord, day, known_by, needed, gathered, lines, present)
        judged[day] = found
        queue += [
            later for later in _days_of_finding(found[1] if found else None) if later <= as_of and later not in judged
        ]
    return tuple(_stretches(judged))


def _judge_on(
    accord: Accord,
    day: date,
    known_by: date,
    needed: frozenset[str],
    gathered: dict[str, list[Item]],
    lines: dict[str, tuple[str, ...]],
    present: Commitment,
) -> tuple[Case, Finding] | None:
    """Judge on one day, with the evidence of whoever owed it then."""
    view = visible(accord, as_of=day, known_by=known_by, provisions=needed)
    evidence: dict[str, list[Item]] = {}
    wanted = None
    for one in view.commitments:
        later = next(
            (name for name, line in lines.items() if name.partition("/")[0] == one.provision.id and one.debtor in line),
            None,
        )
        evidence[one.id] = gathered.get(later, []) if later else []
        if one.provision.id == present.provision.id and one.debtor in present.debtors:
            wanted = one
    if wanted is None:
        return None
    case = Case(view, lambda name: evidence[name])
    return case, case.find(wanted)


def _days_of_accord(accord: Accord, provisions: frozenset[str]) -> Iterator[date]:
    for instrument in accord.instruments:
        if any(provision.id in provisions for provision in instrument.provisions):
            for when in (instrument.signed, instrument.known, instrument.in_force):
                if when is not None:
                    yield when.first
            if instrument.until is not None:
                yield day_after(instrument.until.last)
    for record in accord.records:
        yield record.on.first
        if record.known is not None:
            yield record.known.first
        if record.until is not None:
            yield day_after(record.until.last)
    for event in accord.events:
        for when in (event.on, event.known):
            if when is not None:
                yield when.first


def _days_of_items(items: Iterable[Item]) -> Iterator[date]:
    for item in items:
        yield item.published
        if item.event is not None:
            last = max(item.event.first, min(item.event.last, item.published))
            yield from (item.event.first, last, day_after(last))


def _days_of_finding(finding: Finding | None) -> Iterator[date]:
    """The days on which the clock alone would change it: after the deadline, and where its pace becomes too slow."""
    if finding is None:
        return
    outcome, start = finding.outcome, finding.commitment.concluded
    if outcome.due is not None:
        yield day_after(outcome.due.last)
        if outcome.share and start is not None and outcome.due.last > start:
            length = (outcome.due.last - start).days
            for part in (outcome.share, 0.5, 2 * outcome.share):
                if part <= 1:
                    reached = start + timedelta(days=int(part * length))
                    yield from (reached, day_after(reached))
    for episode in outcome.episodes:
        yield episode.first
        if episode.last is not None:
            yield day_after(episode.last)


def _stretches(judged: dict[date, tuple[Case, Finding] | None]) -> Iterator[HistoryEntry]:
    begun: tuple[date, Case, Finding] | None = None
    for day in sorted(judged):
        found = judged[day]
        if begun is not None and found is not None and _same(begun[2], found[1]):
            continue
        if begun is not None:
            yield _entry(begun[0], day - _DAY, begun[1], begun[2])
        begun = (day, *found) if found is not None else None
    if begun is not None:
        yield _entry(begun[0], None, begun[1], begun[2])


def _same(one: Finding, other: Finding) -> bool:
    return (one.outcome.state, one.ahead.outlook, one.standing) == (
        other.outcome.state,
        other.ahead.outlook,
        other.standing,
    )


def _entry(start: date, end: date | None, case: Case, finding: Finding) -> HistoryEntry:
    deciding = case.explain(finding)[-1]
    return HistoryEntry(
        start,
        end,
        finding.outcome.state,
        finding.ahead.outlook,
        finding.standing,
        deciding.rule,
        deciding.evidence,
    )
