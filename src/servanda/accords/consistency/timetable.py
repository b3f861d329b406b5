"""The accord's dates and spans as a simple temporal network: when each step can and must be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servanda.accords.consistency.due_dates import day_name, last_day, longest, shortest, signing, span_days
from servanda.accords.consistency.inspection import Inspection, requirements, step_name
from servanda.accords.consistency.temporal_network import Constraint
from servanda.core.accord import (
    AfterEntryIntoForce,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    AllOf,
    Anchor,
    Deadline,
    EarlierOf,
    Fulfilled,
    LaterOf,
    Occurred,
    OnDate,
    Recurring,
    Requirement,
    Window,
    Within,
)
from servanda.core.vocabulary import Kind, RecordKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servanda.core.accord import Instrument, Provision, Record
    from servanda.core.dates import PartialDate
    from servanda.core.problems import Location

ORIGIN = ("origin",)
Moment = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One statement of the accord, for a message: what it says, and where."""

    at: Location
    text: str
    amended: bool = False
    """It was said by a record, after signature."""


def done(provision: str, stage: int | None = None) -> Moment:
    """The moment at which a provision, or a stage of it, is fulfilled."""
    return ("done", provision, stage)


class Timetable:
    """Makes the constraints. With `amended`, the deadlines that records gave take the place of the first ones."""

    def __init__(self, inspection: Inspection, *, amended: bool = False) -> None:
        self._inspection = inspection
        self._new_deadlines = latest_deadlines(inspection) if amended else {}
        self.constraints: list[Constraint[Reason]] = []
        for event in inspection.accord.events:
            if event.on is not None:
                place = inspection.place(event.at, "on")
                self._dated(("event", event.id), event.on, Reason(place, f"'{event.id}' was on {event.on}"))
        for instrument in inspection.accord.instruments:
            self._add_instrument(instrument)

    def _add_instrument(self, instrument: Instrument) -> None:
        signed = signing(instrument, self._inspection)
        if signed is not None:
            place = self._inspection.place(instrument.at, "signed")
            self._dated(("signed", instrument.id), signed, Reason(place, f"'{instrument.id}' dates from {signed}"))
        if instrument.in_force is not None:
            place = self._inspection.place(instrument.at, "in_force")
            reason = Reason(place, f"'{instrument.id}' entered into force on {instrument.in_force}")
            self._dated(("in force", instrument.id), instrument.in_force, reason)
        for provision in instrument.provisions:
            if provision.kind is Kind.ACHIEVE:
                self._add_provision(provision, signed)

    def _add_provision(self, provision: Provision, signed: PartialDate | None) -> None:
        moment, inspection = done(provision.id), self._inspection
        if signed is not None:
            belongs = Reason(provision.at, f"'{provision.id}' is owed from the day of its instrument")
            self._at_least(moment, ("signed", provision.instrument), 0, belongs)
        record = self._new_deadlines.get(provision.id)
        if record is not None and record.deadline is not None:
            place = inspection.place(record.at, "deadline")
            whose = Reason(place, f"'{provision.id}', as amended on {record.on},", amended=True)
            self._deadline(moment, record.deadline, provision, whose)
        else:
            place = inspection.place(provision.at, "deadline")
            self._deadline(moment, provision.deadline, provision, Reason(place, f"'{provision.id}'"))
        for key, requirement in requirements(provision):
            waits = "is owed only after" if key == "condition" else "depends on"
            self._wait(moment, requirement, inspection.place(provision.at, key), f"'{provision.id}' {waits}")
        self._add_stages(provision)

    def _add_stages(self, provision: Provision) -> None:
        before: Moment | None = None
        for stage in provision.stages:
            moment, place = done(provision.id, stage.number), stage.at
            name = step_name(provision.id, stage.number)
            if before is not None:
                self._at_least(moment, before, 0, Reason(place, f"{name} comes after stage {stage.number - 1}"))
            deadline_place = self._inspection.place(stage.at, "deadline")
            self._deadline(moment, stage.deadline, provision, Reason(deadline_place, name))
            for step in stage.after:
                text = f"{name} comes after {step_name(step.provision, step.stage)}"
                self._at_least(moment, done(step.provision, step.stage), 0, Reason(place, text))
            before = moment
        if before is not None:
            ends = Reason(provision.at, f"'{provision.id}' is done with its last stage")
            self._at_least(done(provision.id), before, 0, ends)
            self._at_least(before, done(provision.id), 0, ends)

    def _wait(self, moment: Moment, requirement: Requirement, place: Location, text: str) -> None:
        match requirement:
            case AllOf():
                for part in requirement.parts:
                    self._wait(moment, part, place, text)
            case Fulfilled():
                earlier = done(requirement.provision, requirement.stage)
                reason = Reason(place, f"{text} {step_name(requirement.provision, requirement.stage)}")
                self._at_least(moment, earlier, 0, reason)
            case Occurred():
                self._at_least(moment, ("event", requirement.event), 0, Reason(place, f"{text} '{requirement.event}'"))
            case _:
                pass  # Words have no date, and of several ways any may be the one that is taken.

    def _deadline(self, moment: Moment, deadline: Deadline, provision: Provision, whose: Reason) -> None:
        """Add a deadline. `whose` names the step that it belongs to; each constraint completes that sentence."""
        if isinstance(deadline, Recurring):
            first = ("first due", *moment)
            self._opens(first, Within(deadline.every, deadline.anchor), provision, whose)
            if deadline.until is not None:
                last = deadline.until.last.toordinal()
                self._at_most(first, ORIGIN, last, _said(whose, f"is due again and again until {deadline.until}"))
            return
        if isinstance(deadline, Window) and deadline.opens is not None:
            self._opens(moment, deadline.opens, provision, whose)
        self._closes(moment, deadline, provision, whose)

    def _opens(self, moment: Moment, deadline: Deadline, provision: Provision, whose: Reason) -> None:
        """The moment comes no earlier than the deadline's day."""
        match deadline:
            case OnDate():
                reason = _said(whose, f"is not due before {deadline.date}")
                self._at_least(moment, ORIGIN, deadline.date.first.toordinal(), reason)
            case Within():
                days = span_days(deadline, provision, self._inspection)
                least = days if days is not None else shortest(deadline.span)
                reason = _said(
                    whose, f"is not due before {deadline.span} after {_anchor_name(deadline.anchor, provision)}"
                )
                self._at_least(moment, anchor_moment(deadline.anchor, provision), least, reason)
            case LaterOf():
                for part in deadline.deadlines:
                    self._opens(moment, part, provision, whose)
            case _:
                pass

    def _closes(self, moment: Moment, deadline: Deadline | None, provision: Provision, whose: Reason) -> None:
        """The moment comes no later than the deadline's day."""
        match deadline:
            case OnDate():
                last = last_day(deadline, provision, self._inspection)
                assert last is not None
                words = f"is due {'by' if deadline.inclusive else 'before'} {deadline.date}"
                self._at_most(moment, ORIGIN, last, _said(whose, words))
            case Within():
                days = span_days(deadline, provision, self._inspection)
                most = (days if days is not None else longest(deadline.span)) - (not deadline.inclusive)
                reason = _said(whose, f"is due within {deadline.span} of {_anchor_name(deadline.anchor, provision)}")
                self._at_most(moment, anchor_moment(deadline.anchor, provision), most, reason)
            case Window():
                self._closes(moment, deadline.closes, provision, whose)
            case EarlierOf():
                for part in deadline.deadlines:
                    self._closes(moment, part, provision, whose)
            case LaterOf():
                last = last_day(deadline, provision, self._inspection)
                if last is not None:
                    self._at_most(moment, ORIGIN, last, _said(whose, f"is due by {day_name(last)}"))
            case _:
                pass

    def _dated(self, moment: Moment, date: PartialDate, reason: Reason) -> None:
        self._at_least(moment, ORIGIN, date.first.toordinal(), reason)
        self._at_most(moment, ORIGIN, date.last.toordinal(), reason)

    def _at_least(self, later: Moment, earlier: Moment, days: int, reason: Reason) -> None:
        self.constraints.append(Constraint(earlier, later, -days, reason))

    def _at_most(self, later: Moment, earlier: Moment, days: int, reason: Reason) -> None:
        self.constraints.append(Constraint(later, earlier, days, reason))


def _said(whose: Reason, words: str) -> Reason:
    return replace(whose, text=f"{whose.text} {words}")


def _anchor_name(anchor: Anchor, provision: Provision) -> str:
    match anchor:
        case AfterSignature():
            return f"the signature of '{provision.instrument}'"
        case AfterEntryIntoForce():
            return f"the entry into force of '{provision.instrument}'"
        case AfterFulfilment():
            return step_name(anchor.provision, anchor.stage)
        case AfterEvent():
            return f"'{anchor.event}'"


def anchor_moment(anchor: Anchor, provision: Provision) -> Moment:
    """The moment that a span counts from."""
    match anchor:
        case AfterSignature():
            return ("signed", provision.instrument)
        case AfterEntryIntoForce():
            return ("in force", provision.instrument)
        case AfterFulfilment():
            return done(anchor.provision, anchor.stage)
        case AfterEvent():
            return ("event", anchor.event)


def latest_deadlines(inspection: Inspection) -> dict[str, Record]:
    """The last amendment or extension that gives a provision a new deadline for all its debtors."""
    latest: dict[str, Record] = {}
    for record in _deadline_records(inspection):
        known = latest.get(str(record.provision))
        if known is None or known.on.first <= record.on.first:
            latest[str(record.provision)] = record
    return latest


def _deadline_records(inspection: Inspection) -> Iterator[Record]:
    for record in inspection.accord.records:
        is_new = record.kind in (RecordKind.AMENDMENT, RecordKind.EXTENSION) and record.deadline is not None
        if is_new and record.provision is not None and not record.debtors:
            yield record
