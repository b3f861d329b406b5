"""The clock events and records of one commitment, as dated steps, and its deadline as it was moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.core.accord import NoDeadline, OnDate, Recurring, Window
from servanda.core.vocabulary import Kind, RecordKind
from servanda.judging.due import Clock, Due, fulfilment_words, occurrences_of, resolve, waits_for
from servanda.judging.transitions import Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.accord import Deadline, Quantity, Record
    from servanda.judging.evidence import Item
    from servanda.judging.visible import Commitment

DAY = timedelta(days=1)


def day_after(day: date) -> date:
    """The next day; the calendar's last day is its own, since nothing can be due after it."""
    return day if day == date.max else day + DAY


_ORDER = {
    Trigger.CONCLUDED: 0,
    Trigger.CONCLUDED_PENDING: 0,
    Trigger.RESUMED: 1,
    Trigger.EPISODE_ENDED: 2,
    Trigger.CONDITION_MET: 3,
    Trigger.DEADLINE_MOVED: 4,
    Trigger.DUE_PASSED: 5,
    Trigger.CONDITION_LAPSED: 6,
    Trigger.SUSPENDED: 20,
    Trigger.WAIVED: 21,
    Trigger.SUPERSEDED: 22,
    Trigger.TERMINATED: 23,
    Trigger.TERM_ENDED: 24,
}
_EVIDENCE_ORDER = 10


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to a commitment on a day."""

    day: date
    trigger: Trigger
    items: tuple[Item, ...] = ()
    note: str = ""
    stage: int = 0

    @property
    def key(self) -> tuple[date, int]:
        """Order: by day; within a day records and the clock, then evidence, then what ends it."""
        return (self.day, _ORDER.get(self.trigger, _EVIDENCE_ORDER))


@dataclass(slots=True)
class Deadlines:
    """The deadline as it stood on each day: from a day on, this due date."""

    versions: list[tuple[date, Due | None]] = field(default_factory=list)

    def at(self, day: date) -> Due | None:
        """The due date that held on a day."""
        held = self.versions[0][1] if self.versions else None
        for start, due in self.versions[1:]:
            if start <= day:
                held = due
        return held


@dataclass(slots=True)
class StageDue:
    """One stage of a series: what must be reached in all by when."""

    number: int
    due: Due | None
    target: float | None
    """In all, up to and with this stage."""
    remaining: bool
    waits_for: tuple[str, ...] = ()
    """In words, what releases it or starts its time, and has not come about."""


@dataclass(slots=True)
class Timeline:
    """All that does not depend on evidence."""

    start: date | None
    deadlines: Deadlines
    steps: list[Step]
    stages: list[StageDue]
    quantity: Quantity | None
    recurring: Recurring | None = None


def _new_deadline(record: Record) -> Deadline | None:
    if record.deadline is not None:
        return record.deadline
    return OnDate(record.until) if record.kind is RecordKind.EXTENSION and record.until is not None else None


def _suspensions(commitment: Commitment, as_of: date) -> list[tuple[date, date | None, Record]]:
    """Each suspension with its first day and the day on which it ended."""
    resumed = [record.on.first for record in commitment.records if record.kind is RecordKind.RESUMPTION]
    found = []
    for record in commitment.records:
        if record.kind is RecordKind.SUSPENSION:
            first = record.on.first
            ends = [day for day in resumed if day >= first]
            if record.until is not None and day_after(record.until.last) <= as_of:
                ends.append(day_after(record.until.last))
            found.append((first, min(ends) if ends else None, record))
    return found


def build(commitment: Commitment, clock: Clock, as_of: date, condition_met: date | None) -> Timeline:
    """Lay out everything that happens without evidence, up to and with `as_of`."""
    provision, instrument = commitment.provision, commitment.instrument
    steps: list[Step] = []
    start = commitment.concluded
    quantity = provision.quantity
    suspensions = _suspensions(commitment, as_of)
    deadlines = _deadlines(commitment, clock, suspensions, as_of)
    if start is not None:
        start = max(start, commitment.acceded) if commitment.acceded else start
        steps += _beginning(commitment, start, condition_met, as_of)
        steps += _passing(commitment, clock, deadlines, as_of)
    for record in commitment.records:
        day = record.on.first
        if record.kind is RecordKind.WAIVER:
            steps.append(Step(day, Trigger.WAIVED, note=record.text or ""))
        elif record.kind is RecordKind.TERMINATION:
            steps.append(Step(day, Trigger.TERMINATED, note=record.text or ""))
        elif record.kind is RecordKind.AMENDMENT and record.replaced_by:
            steps.append(Step(day, Trigger.SUPERSEDED, note=record.replaced_by))
        elif record.kind in (RecordKind.AMENDMENT, RecordKind.EXTENSION) and _new_deadline(record):
            steps.append(Step(day, Trigger.DEADLINE_MOVED, note=record.text or ""))
        if record.kind is RecordKind.AMENDMENT and record.quantity is not None:
            quantity = record.quantity
    for first, last, record in suspensions:
        steps.append(Step(first, Trigger.SUSPENDED, note=record.text or ""))
        if last is not None and last <= as_of:
            steps.append(Step(last, Trigger.RESUMED))
    if instrument.until is not None:
        steps.append(Step(day_after(instrument.until.last), Trigger.TERM_ENDED))
    stages = _stages(commitment, clock, as_of)
    for stage in stages:
        if stage.due is not None:
            steps.append(Step(day_after(stage.due.last), Trigger.DUE_PASSED, stage=stage.number))
    steps = [step for step in steps if step.day <= as_of]
    recurring = provision.deadline if isinstance(provision.deadline, Recurring) else None
    return Timeline(start, deadlines, steps, stages, quantity, recurring)


def _beginning(commitment: Commitment, start: date, met: date | None, as_of: date) -> list[Step]:
    enters = commitment.instrument.in_force.first if commitment.instrument.in_force else start
    pending = enters > start or commitment.provision.condition is not None
    if not pending:
        return [Step(start, Trigger.CONCLUDED)]
    steps = [Step(start, Trigger.CONCLUDED_PENDING)]
    if commitment.provision.condition is None:
        steps.append(Step(enters, Trigger.CONDITION_MET))
    elif met is not None and max(met, enters) <= as_of:
        steps.append(Step(max(met, enters, start), Trigger.CONDITION_MET))
    return steps


def _deadlines(
    commitment: Commitment, clock: Clock, suspensions: Sequence[tuple[date, date | None, Record]], as_of: date
) -> Deadlines:
    instrument = commitment.instrument
    first = resolve(commitment.provision.deadline, instrument, clock, after=as_of)
    changes: list[tuple[date, Deadline]] = []
    for record in commitment.records:
        if record.kind in (RecordKind.AMENDMENT, RecordKind.EXTENSION):
            new = _new_deadline(record)
            if new is not None:
                changes.append((record.on.first, new))
    begins = commitment.concluded or date.min
    versions: list[tuple[date, Due | None]] = [(begins, first)]
    versions += [(day, resolve(new, instrument, clock, after=as_of)) for day, new in changes]
    for day, last, record in suspensions:
        if not record.clock_stops:
            continue
        held = Deadlines(versions).at(day)
        if held is None or held.last < day:
            continue
        until = last if last is not None else day_after(as_of)
        moved = held.moved((until - day).days)
        versions = (
            [entry for entry in versions if entry[0] <= day]
            + [(day, moved)]
            + [
                (entry[0], entry[1].moved((until - day).days) if entry[1] else None)
                for entry in versions
                if entry[0] > day
            ]
        )
    return Deadlines(versions)


def _passing(commitment: Commitment, clock: Clock, deadlines: Deadlines, as_of: date) -> list[Step]:
    """The day after each due date that still held when it came."""
    provision = commitment.provision
    if provision.kind is not Kind.ACHIEVE or any(not isinstance(one.deadline, NoDeadline) for one in provision.stages):
        return []
    if isinstance(provision.deadline, Recurring):
        all_due = occurrences_of(provision.deadline, commitment.instrument, clock, until=as_of)
        return [Step(day_after(due.last), Trigger.DUE_PASSED, stage=n) for n, due in enumerate(all_due, 1)]
    steps = []
    for at, (_, due) in enumerate(deadlines.versions):
        if due is None:
            continue
        ends = deadlines.versions[at + 1][0] if at + 1 < len(deadlines.versions) else date.max
        begins = deadlines.versions[at][0]
        day = max(day_after(due.last), begins)
        if day <= ends:
            steps.append(Step(day, Trigger.DUE_PASSED))
            if isinstance(provision.deadline, Window):
                steps.append(Step(day, Trigger.CONDITION_LAPSED))
    return steps


def stages_of(commitment: Commitment) -> list[StageDue]:
    """The stages with what must be reached in all by each, before any due date is looked up."""
    found, total, known = [], 0.0, True
    for stage in commitment.provision.stages:
        known = known and stage.quantity is not None
        target: float | None = None
        if stage.quantity is not None and (known or stage.cumulative or stage.remaining):
            total = stage.quantity.value if stage.cumulative or stage.remaining else total + stage.quantity.value
            target = total
        found.append(StageDue(stage.number, None, target, stage.remaining))
    return found


def _stages(commitment: Commitment, clock: Clock, as_of: date) -> list[StageDue]:
    """The stages with their due dates. One that others' steps release is not due before they are done."""
    found = stages_of(commitment)
    for stage, written in zip(found, commitment.provision.stages, strict=True):
        if isinstance(written.deadline, NoDeadline):
            continue
        due = resolve(written.deadline, commitment.instrument, clock, after=as_of)
        steps = [(one, clock.fulfilled_on(one.provision, one.stage, one.verified)) for one in written.after]
        awaited = [fulfilment_words(one.provision, one.stage, one.verified) for one, day in steps if day is None]
        if due is None and (anchor := waits_for(written.deadline)):
            awaited.append(anchor)
        stage.waits_for = tuple(dict.fromkeys(awaited))
        if due is not None and not awaited:
            released = max((day for _, day in steps if day is not None), default=due.last)
            stage.due = due if released <= due.last else Due(released, released)
    return found
