"""Times of day: "9 a.m.", "14:30 GMT", "noon", "this morning", "Friday night", "last night", "tonight"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import TimeType
from servanda.reading.dates.rules import Match, Rule, Sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    from collections.abc import Callable

_ZONES = "(gmt | utc | est | edt | pst | pdt | cst | cdt | cet | bst | local time)?"


def _time(day: date, clock: str) -> Sense:
    return Sense(TimeType.TIME, f"{day.isoformat()}T{clock}")


def _hour(match: Match) -> Sense | None:
    clock = match.word("CLOCK") if match.has("CLOCK") else f"{match.number('HOUR'):02d}:00"
    hour, minutes = int(clock[:2]), clock[3:]
    if match.has("AMPM"):
        if hour > 12:
            return None
        hour = hour % 12 + (12 if match.word("AMPM") == "p" else 0)
    elif match.has("PARTOFDAY") and match.word("PARTOFDAY") in ("AF", "EV", "NI") and hour < 12:
        hour += 12
    return _time(match.published, f"{hour:02d}:{minutes}")


def _bare_clock(match: Match) -> Sense | None:
    """ "14:30" is a time where it follows "at", "by" and the like, or a zone follows; a score is none."""
    zoned = match.end - match.at > 1
    if zoned or match.token(-1) in (
        "at",
        "by",
        "until",
        "from",
        "before",
        "after",
        "around",
        "about",
        "to",
        "and",
        "since",
    ):
        return _hour(match)
    return None


def _military(match: Match) -> Sense | None:
    return _time(match.published, match.word("MILITARY"))


def _part_of_day(offset: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        return _time(match.published + timedelta(days=offset), match.word("PARTOFDAY"))

    return sense


def _part_of_weekday(match: Match) -> Sense | None:
    direction = 1 if match.tense is Tense.FUTURE else -1
    day = reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction)
    return _time(day, match.word("PARTOFDAY"))


def _night(offset: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        return _time(match.published + timedelta(days=offset), "NI")

    return sense


def _noon(match: Match) -> Sense | None:
    return _time(match.published, "12:00")


def _midnight(match: Match) -> Sense | None:
    return _time(match.published, "24:00")


RULES = (
    Rule("hour", f"(CLOCK | HOUR) AMPM {_ZONES}", _hour),
    Rule("hour of the clock", "HOUR o ' clock", _hour),
    Rule("hour in the morning", "(CLOCK | HOUR) (o ' clock)? (in the | at) PARTOFDAY", _hour),
    Rule("clock", "CLOCK (gmt | utc | est | edt | pst | pdt | cst | cdt | cet | bst | local time)", _hour),
    Rule("bare clock", "CLOCK", _bare_clock),
    Rule("military time", "MILITARY (gmt | utc | hours)", _military),
    Rule("noon", f"noon {_ZONES}", _noon),
    Rule("midnight", f"midnight {_ZONES}", _midnight),
    Rule("this morning", "this PARTOFDAY", _part_of_day(0)),
    Rule("yesterday morning", "yesterday PARTOFDAY", _part_of_day(-1)),
    Rule("tomorrow morning", "tomorrow PARTOFDAY", _part_of_day(1)),
    Rule("weekday morning", "WEEKDAY PARTOFDAY", _part_of_weekday),
    Rule("tonight", "tonight", _night(0)),
    Rule("last night", "last night", _night(-1)),
)
