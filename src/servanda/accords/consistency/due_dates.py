"""When deadlines fall, as far as the accord's own dates say so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servanda.core.accord import (
    AfterEntryIntoForce,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    Anchor,
    Deadline,
    EarlierOf,
    LaterOf,
    OnDate,
    Window,
    Within,
)
from servanda.core.vocabulary import InstrumentStatus, RecordKind

if TYPE_CHECKING:
    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Instrument, Provision
    from servanda.core.dates import Duration, PartialDate


def shortest(span: Duration) -> int:
    """The fewest days that the span can have."""
    years = span.years + span.months // 12
    days = 365 * years + 28 * (span.months % 12) + 7 * span.weeks + span.days
    return days + span.business_days + (2 * ((span.business_days - 1) // 5) if span.business_days else 0)


def longest(span: Duration) -> int:
    """The most days that the span can have."""
    years = span.years + span.months // 12
    days = 366 * years + 31 * (span.months % 12) + 7 * span.weeks + span.days
    return days + span.business_days + (2 * (span.business_days // 5 + 1) if span.business_days else 0)


def anchor_date(anchor: Anchor, provision: Provision, inspection: Inspection) -> PartialDate | None:
    """When that moment was, as far as the accord says so."""
    instrument = inspection.instruments[provision.instrument]
    match anchor:
        case AfterSignature():
            return signing(instrument, inspection)
        case AfterEntryIntoForce():
            return instrument.in_force
        case AfterEvent():
            return inspection.events[anchor.event].on
        case AfterFulfilment():
            return None


def span_days(deadline: Within, provision: Provision, inspection: Inspection) -> int | None:
    """How many days a span has, where the day that it counts from is known."""
    start = anchor_date(deadline.anchor, provision, inspection)
    if start is None or start.first != start.last:
        return None
    try:
        return (deadline.span.after(start.first) - start.first).days
    except (ValueError, OverflowError):
        return None


def last_day(deadline: Deadline | None, provision: Provision, inspection: Inspection) -> int | None:
    """The last day of a deadline as an ordinal, where the accord's dates give one."""
    match deadline:
        case OnDate():
            return deadline.date.last.toordinal() if deadline.inclusive else deadline.date.first.toordinal() - 1
        case Within():
            start = anchor_date(deadline.anchor, provision, inspection)
            if start is None:
                return None
            days = span_days(deadline, provision, inspection)
            most = days if days is not None else longest(deadline.span)
            return start.last.toordinal() + most - (not deadline.inclusive)
        case Window():
            return last_day(deadline.closes, provision, inspection)
        case EarlierOf() | LaterOf():
            lasts = [last_day(part, provision, inspection) for part in deadline.deadlines]
            known = [last for last in lasts if last is not None]
            if isinstance(deadline, EarlierOf):
                return min(known) if known else None
            return max(known) if known and len(known) == len(lasts) else None
        case _:
            return None


def signing(instrument: Instrument, inspection: Inspection) -> PartialDate | None:
    """When the instrument was signed or adopted; of a tentative one, when a record says that it was concluded."""
    if instrument.status is not InstrumentStatus.TENTATIVE:
        return instrument.signed
    conclusions = (
        record.on
        for record in inspection.accord.records
        if record.kind is RecordKind.CONCLUSION and record.instrument == instrument.id
    )
    return next(conclusions, None)


def day_name(ordinal: int) -> str:
    """The day of that ordinal, in ISO form."""
    return (
        date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= date.max.toordinal() else "a day beyond the calendar"
    )
