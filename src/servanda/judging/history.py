"""The history of one commitment along event time: each stretch in which its judgement stayed the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from servanda.core.accord import (
    AfterFulfilment,
    AllOf,
    AnyOf,
    EarlierOf,
    Fulfilled,
    LaterOf,
    Recurring,
    Window,
    Within,
)
from servanda.core.collector import collector_paused
from servanda.core.judgement import HistoryEntry
from servanda.judging.case import Case, can_propose, done_on
from servanda.judging.course import Course
from servanda.judging.gathering import Decisions, Gatherer
from servanda.judging.judge import references, with_references
from servanda.judging.requirements import met_on, unmet_parts
from servanda.judging.timeline import build, day_after
from servanda.judging.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servanda.core.accord import Accord, Deadline, Requirement
    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.dates import PartialDate
    from servanda.core.judgement import Reason
    from servanda.core.vocabulary import Outlook, Stance, Standing, State
    from servanda.judging.evidence import Item
    from servanda.judging.runner import Outcome
    from servanda.judging.visible import Commitment, View

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
    needed = with_references(accord, {commitment.partition("/")[0]})
    view = visible(accord, as_of=as_of, known_by=known_by, provisions=needed)
    present = next((one for one in view.commitments if one.id == commitment), None)
    if present is None:
        return ()
    told: list[HistoryEntry] = []
    with collector_paused():
        decisions = Decisions.of(reviews)
        gatherer = Gatherer(accord, view.commitments, decisions, known_by).gather(records)
        own = gatherer.records()
        for first, last, then in _epochs(accord, needed, as_of, known_by):
            wanted = next((one for one in then.commitments if _is_line(one, present)), None)
            if wanted is None:
                if told and told[-1].end is None:
                    told[-1] = replace(told[-1], end=first - _DAY)
                continue
            gathered = Gatherer(accord, then.commitments, decisions, known_by).gather(own)
            others = [one for one in then.commitments if one.provision.id != wanted.provision.id]
            if _stands_alone(accord, wanted):
                _follow(wanted, then, gathered.evidence(wanted.id), first, last, told)
            elif (
                _clock_is_its_own(wanted)
                and wanted.provision.id not in references(accord, wanted.provision)
                and all(_stands_alone(accord, one) for one in others)
            ):
                _follow_among(wanted, others, then, gathered, first, last, told)
            else:
                _judge_days(wanted, then, gathered, first, last, told, _days_of_accord(accord, needed))
    return tuple(told)


def _is_line(one: Commitment, present: Commitment) -> bool:
    return one.provision.id == present.provision.id and one.debtor in present.debtors


def _epochs(accord: Accord, needed: frozenset[str], as_of: date, known_by: date) -> Iterator[tuple[date, date, View]]:
    """The stretches of time within which neither the accord nor what is known of it changes."""
    days = sorted({day for day in _days_of_accord(accord, needed) if day <= as_of} | {as_of})
    held: tuple[date, View] | None = None
    for day in days:
        view = visible(accord, as_of=day, known_by=known_by, provisions=needed)
        if held is not None:
            if (held[1].commitments, held[1].events) == (view.commitments, view.events):
                continue
            yield held[0], day - _DAY, held[1]
        held = (day, view)
    if held is not None:
        yield held[0], as_of, held[1]


def _stands_alone(accord: Accord, commitment: Commitment) -> bool:
    """Whether nothing but its own evidence and records decides it: then it can be followed without looking back."""
    provision = commitment.provision
    return not (
        provision.condition
        or provision.depends_on
        or references(accord, provision)
        or not _clock_is_its_own(commitment)
    )


def _clock_is_its_own(commitment: Commitment) -> bool:
    """Whether its deadlines stand still: none that recurs or that a suspension moves, none after a stage of others."""
    provision = commitment.provision
    deadlines = [provision.deadline, *(stage.deadline for stage in provision.stages)]
    deadlines += [record.deadline for record in commitment.records if record.deadline is not None]
    return not (
        any(_recurs(deadline) for deadline in deadlines)
        or any(record.clock_stops for record in commitment.records)
        or any(_asks_for_a_stage(deadline) for deadline in deadlines)
        or any(_requires_a_stage(one) for one in (provision.condition, provision.depends_on))
        or any(step.stage is not None for stage in provision.stages for step in stage.after)
    )


def _asks_for_a_stage(deadline: Deadline) -> bool:
    match deadline:
        case Within(anchor=AfterFulfilment(stage=int())):
            return True
        case Window():
            return any(_asks_for_a_stage(end) for end in (deadline.opens, deadline.closes) if end is not None)
        case EarlierOf() | LaterOf():
            return any(_asks_for_a_stage(one) for one in deadline.deadlines)
        case _:
            return False


def _requires_a_stage(requirement: Requirement | None) -> bool:
    match requirement:
        case Fulfilled():
            return requirement.stage is not None
        case AllOf() | AnyOf():
            return any(_requires_a_stage(part) for part in requirement.parts)
        case _:
            return False


def _recurs(deadline: Deadline) -> bool:
    match deadline:
        case Recurring():
            return True
        case Window():
            return any(_recurs(end) for end in (deadline.opens, deadline.closes) if end is not None)
        case EarlierOf() | LaterOf():
            return any(_recurs(one) for one in deadline.deadlines)
        case _:
            return False


def _follow(
    commitment: Commitment, view: View, items: list[Item], first: date, last: date, told: list[HistoryEntry]
) -> None:
    """Tell an epoch of a commitment that stands alone: each piece of evidence is taken in once."""
    timeline = build(commitment, Case(view, lambda name: []), last, None)
    course = Course(commitment, timeline, items, last)
    days = _Days(first, last, items)
    days.expect(step.day for step in timeline.steps)
    for day in days:
        stand = course.stand(day)
        if _differs(told, stand.state, stand.outlook, stand.standing):
            _tell(told, day, stand.state, stand.outlook, stand.standing, course.reason(day))
        days.expect(_days_of_outcome(course.outcome, commitment.concluded))


def _follow_among(
    commitment: Commitment,
    others: Sequence[Commitment],
    view: View,
    gathered: Gatherer,
    first: date,
    last: date,
    told: list[HistoryEntry],
) -> None:
    """Tell an epoch of a commitment that hangs on others which stand alone: all are followed side by side.

    It is followed anew from its beginning when what the others did moves its clock, which is seldom.
    """
    items = gathered.evidence(commitment.id)
    words = _words(items)
    still = Case(view, lambda name: [])
    courses = [(Course(one, build(one, still, last, None), gathered.evidence(one.id), last)) for one in others]
    clock = _Others(view, courses)
    days = _Days(first, last, (item for found in (items, *(one.items for one in courses)) for item in found))
    for one in courses:
        days.expect(step.day for step in one.timeline.steps)
    course: Course | None = None
    provision = commitment.provision
    for day in days:
        clock.advance(day)
        met = met_on(provision.condition, commitment, clock) if provision.condition is not None else None
        timeline = build(commitment, clock, last, met)
        if course is None or timeline != course.timeline:
            _restore(words)
            course = Course(commitment, timeline, items, last)
            days.expect(step.day for step in timeline.steps)
        unmet = unmet_parts(provision.depends_on, commitment, clock)
        stand = course.stand(day, unmet)
        if _differs(told, stand.state, stand.outlook, stand.standing):
            condition = " and ".join(unmet_parts(provision.condition, commitment, clock)) or None
            _tell(told, day, stand.state, stand.outlook, stand.standing, course.reason(day, unmet, condition))
        for one in (course, *courses):
            days.expect(_days_of_outcome(one.outcome, one.commitment.concluded))


class _Others:
    """The clock that deadlines and requirements refer to, told by commitments that are followed along time."""

    def __init__(self, view: View, courses: Sequence[Course]) -> None:
        self._view, self._courses = view, courses

    def advance(self, day: date) -> None:
        """Follow all of them up to a day."""
        for course in self._courses:
            course.stand(day)

    def event_on(self, event: str) -> PartialDate | None:
        """When a named event happened."""
        found = self._view.event(event)
        return found.on if found else None

    def fulfilled_on(
        self, provision: str, stage: int | None = None, verified: bool = False, debtor: str | None = None
    ) -> date | None:
        """When a provision (or one debtor's part of it) was fulfilled by all who owe it."""
        asked = [
            course.outcome
            for course in self._courses
            if course.commitment.provision.id == provision and (debtor is None or debtor in course.commitment.debtors)
        ]
        days = [done_on(outcome, verified=verified) for outcome in asked]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def _words(items: Iterable[Item]) -> list[tuple[Item, Stance, bool, str]]:
    """The promises and forecasts among evidence as they were weighed, which a deadline may make proposals."""
    return [(item, item.stance, item.accepted, item.why) for item in items if can_propose(item)]


def _restore(words: Iterable[tuple[Item, Stance, bool, str]]) -> None:
    for item, stance, accepted, why in words:
        item.stance, item.accepted, item.why = stance, accepted, why


def _judge_days(
    commitment: Commitment,
    view: View,
    gathered: Gatherer,
    first: date,
    last: date,
    told: list[HistoryEntry],
    further: Iterable[date],
) -> None:
    """Tell an epoch of a commitment that hangs on others: all is judged on each day on which something happened."""
    evidence = {one.id: gathered.evidence(one.id) for one in view.commitments}
    words = _words(item for found in evidence.values() for item in found)
    days = _Days(first, last, (item for found in evidence.values() for item in found))
    days.expect(further)
    for day in days:
        _restore(words)
        case = Case(replace(view, as_of=day), evidence.__getitem__)
        finding = case.find(commitment)
        state, outlook, standing = finding.outcome.state, finding.ahead.outlook, finding.standing
        if _differs(told, state, outlook, standing):
            _tell(told, day, state, outlook, standing, case.explain(finding)[-1])
        days.expect(_days_of_outcome(finding.outcome, commitment.concluded))
        for outcome in case.outcomes():
            days.expect(_days_of_outcome(outcome, commitment.concluded))


class _Days:
    """The days of an epoch on which something may change, in their order; further ones may be added meanwhile."""

    def __init__(self, first: date, last: date, items: Iterable[Item]) -> None:
        self._first, self._last = first, last
        self._waiting = {first, last} | {day for day in _days_of_items(items) if first <= day <= last}
        self._ordered = sorted(self._waiting)

    def __iter__(self) -> Iterator[date]:
        while self._ordered:
            self._first = heappop(self._ordered)
            yield self._first

    def expect(self, days: Iterable[date]) -> None:
        """Stop on these days too, as far as they lie ahead."""
        for day in days:
            if self._first < day <= self._last and day not in self._waiting:
                self._waiting.add(day)
                heappush(self._ordered, day)


def _differs(told: list[HistoryEntry], state: State, outlook: Outlook | None, standing: Standing) -> bool:
    if not told or told[-1].end is not None:
        return True
    return (told[-1].state, told[-1].outlook, told[-1].standing) != (state, outlook, standing)


def _tell(
    told: list[HistoryEntry],
    day: date,
    state: State,
    outlook: Outlook | None,
    standing: Standing,
    reason: Reason,
) -> None:
    if told and told[-1].end is None:
        told[-1] = replace(told[-1], end=day - _DAY)
    told.append(HistoryEntry(day, None, state, outlook, standing, reason.rule, reason.evidence))


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


def _days_of_outcome(outcome: Outcome, start: date | None) -> Iterator[date]:
    """The days on which the clock alone would change it: after the deadline, and where its pace becomes too slow."""
    if outcome.due is not None:
        yield day_after(outcome.due.last)
        share = outcome.share_of_due
        if share and start is not None and outcome.due.last > start:
            length = (outcome.due.last - start).days
            for part in (share, 0.5, 2 * share):
                if part <= 1:
                    reached = start + timedelta(days=int(part * length))
                    yield from (reached, day_after(reached))
    for episode in outcome.episodes:
        if episode.last is not None:
            yield day_after(episode.last)
