"""The grammar of time expressions, one subject a file. The longest match wins; among equals, the first rule here."""

from servanda.reading.dates.grammar import (
    calendar_dates,
    clock,
    durations,
    other_calendars,
    periods,
    relative,
    repeated,
    vague,
    weekdays,
)
from servanda.reading.dates.rules import Rule

RULES: tuple[Rule, ...] = (
    *other_calendars.RULES,
    *calendar_dates.RULES,
    *weekdays.RULES,
    *clock.RULES,
    *periods.RULES,
    *relative.RULES,
    *repeated.RULES,
    *durations.RULES,
    *vague.RULES,
)
