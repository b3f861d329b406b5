"""When something is due: deadlines resolved to days, as amended, extended and suspended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from servanda.core.accord import (
    AfterEntryIntoForce,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    EarlierOf,
    LaterOf,
    NoDeadline,
    OnDate,
    Recurring,
    Window,
    Within,
)
from servanda.core.dates import DateRange, Duration, PartialDate
from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from servanda.core.accord import Anchor, Deadline, Instrument
    from servanda.core.dates import When

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The last days on which it is in time. `first` and `last` differ where the text leaves the day open."""

    first: date
    last: date
    opens: date | None = None
    """Not to be done before this day."""
    when: When | None = None
    """As precise as the text."""

    @property
    def shown(self) -> When:
        """As it is shown: a day, a partial date, or a range."""
        if self.when is not None:
            return self.when
        return PartialDate.of(self.last) if self.first == self.last else DateRange(self.first, self.last)

    @property
    def range(self) -> DateRange:
        """The last days on which it may be in time."""
        return DateRange(self.first, self.last)

    def moved(self, days: int) -> Due:
        """The same, later by so many days."""
        if not days:
            return self
        shift = timedelta(days=days)
        return Due(self.first + shift, self.last + shift, self.opens)


class Clock(Protocol):
    """What deadlines may refer to."""

    def fulfilled_on(
        self, provision: str, stage: int | None = None, verified: bool = False, debtor: str | None = None
    ) -> date | None:
        """When another provision (or a stage of it, or one debtor's part) was fulfilled by all who owe it."""

    def event_on(self, event: str) -> PartialDate | None:
        """When a named event happened."""


def anchor_range(anchor: Anchor, instrument: Instrument, clock: Clock) -> DateRange | None:
    """The days from which a span counts; `None` while that has not come about."""
    match anchor:
        case AfterSignature():
            return instrument.signed.range if instrument.signed else None
        case AfterEntryIntoForce():
            start = instrument.in_force or instrument.signed
            return start.range if start else None
        case AfterFulfilment():
            day = clock.fulfilled_on(anchor.provision, anchor.stage, anchor.verified)
            return DateRange(day, day) if day else None
        case AfterEvent():
            on = clock.event_on(anchor.event)
            return on.range if on else None


def resolve(deadline: Deadline, instrument: Instrument, clock: Clock, *, after: date | None = None) -> Due | None:
    """The days by which it is due; `None` where there is no date, or not yet.

    `after` is the day after which the next occurrence of a recurring duty is asked for.

    Raises:
        ServandaError: the deadline lies beyond the calendar.
    """
    try:
        return _resolve(deadline, instrument, clock, after)
    except (ValueError, OverflowError) as error:
        raise ServandaError(
            f"{instrument.at}: a deadline of {instrument.id!r} cannot be computed: {error}", "shorten the span"
        ) from None


def _resolve(deadline: Deadline, instrument: Instrument, clock: Clock, after: date | None) -> Due | None:
    match deadline:
        case NoDeadline():
            return None
        case OnDate():
            if deadline.inclusive:
                return Due(deadline.date.first, deadline.date.last, when=deadline.date)
            return Due(deadline.date.first - _DAY, deadline.date.first - _DAY)
        case Within():
            start = anchor_range(deadline.anchor, instrument, clock)
            if start is None:
                return None
            back = timedelta(0) if deadline.inclusive else _DAY
            return Due(deadline.span.after(start.first) - back, deadline.span.after(start.last) - back)
        case Window():
            opens = _resolve(deadline.opens, instrument, clock, after) if deadline.opens else None
            closes = _resolve(deadline.closes, instrument, clock, after) if deadline.closes else None
            if closes is None:
                return None
            return Due(closes.first, closes.last, opens.first if opens else None, closes.when)
        case EarlierOf():
            known = [due for one in deadline.deadlines if (due := _resolve(one, instrument, clock, after))]
            return min(known, key=lambda due: (due.last, due.first)) if known else None
        case LaterOf():
            all_of = [_resolve(one, instrument, clock, after) for one in deadline.deadlines]
            present = [due for due in all_of if due is not None]
            return max(present, key=lambda due: (due.last, due.first)) if len(present) == len(all_of) else None
        case Recurring():
            occurrences = occurrences_of(deadline, instrument, clock, until=after)
            return occurrences[-1] if occurrences else None


def occurrences_of(deadline: Recurring, instrument: Instrument, clock: Clock, *, until: date | None) -> list[Due]:
    """Every day on which a recurring duty falls due, up to and with the first after `until`."""
    start = anchor_range(deadline.anchor, instrument, clock)
    found: list[Due] = []
    if start is None:
        return found
    count = 1
    while True:
        later = _times(deadline.every, count).after(start.first)
        if later <= start.first or (deadline.until and later > deadline.until.last):
            return found
        found.append(Due(later, later))
        if until is None or later > until:
            return found
        count += 1


def _times(span: Duration, count: int) -> Duration:
    """A span so many times over: counted from the anchor, so that months do not drift after a short one."""
    return Duration(
        span.years * count, span.months * count, span.weeks * count, span.days * count, span.business_days * count
    )


def fulfilment_words(
    provision: str, stage: int | None = None, verified: bool = False, debtor: str | None = None
) -> str:
    """The fulfilment of a provision, of a stage of it, or of one debtor's part."""
    whose = f"{provision}/{debtor}" if debtor else provision
    return f"the {'verified ' if verified else ''}fulfilment of {whose}" + (f", stage {stage}" if stage else "")


def waits_for(deadline: Deadline) -> str | None:
    """What an unresolved deadline waits for, in words."""
    match deadline:
        case Within(anchor=AfterFulfilment() as anchor):
            return fulfilment_words(anchor.provision, anchor.stage, anchor.verified)
        case Within(anchor=AfterEvent() as anchor):
            return f"the event {anchor.event}"
        case Within():
            return "the signature or entry into force of its instrument"
        case Window():
            return waits_for(deadline.closes) if deadline.closes else None
        case EarlierOf() | LaterOf():
            return next((words for one in deadline.deadlines if (words := waits_for(one))), None)
        case _:
            return None
