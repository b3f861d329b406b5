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
    of_a_day = any(edge.word_class == "WEEKDAY" for edge in match.edges(match.end))
    return _hour(match) if zoned or of_a_day or match.token(-1) in _BEFORE_A_CLOCK else None


_BEFORE_A_CLOCK = frozenset({
    "at", "by", "until", "from", "before", "after", "around", "about", "to", "and", "since",
})  # fmt: skip


def _military(match: Match) -> Sense | None:
    return _time(match.published, match.word("MILITARY"))


def _part_of_day(offset: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        return _time(match.published + timedelta(days=offset), match.word("PARTOFDAY"))

    return sense


def _part_of_weekday(match: Match) -> Sense | None:
    direction = 1 if match.tense is Tense.FUTURE else -1
    day = reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction)
    return _time(day, match.word("PARTOFDAY") if match.has("PARTOFDAY") else "NI")


def _night(offset: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        return _time(match.published + timedelta(days=offset), "NI")

    return sense


_RAIDS = frozenset({
    "raid", "raids", "attack", "attacks", "strike", "strikes", "airstrike", "airstrikes", "bombing", "bombings",
    "shelling", "bombardment", "clash", "clashes", "fighting", "talks", "operation", "operations", "assault",
})  # fmt: skip


def _overnight(match: Match) -> Sense | None:
    """ "overnight" is the night of the day of publication; an overnight curfew, flight or rate is none."""
    named = match.token(-1) in _BEFORE_A_NOUN or match.token(-1).endswith("'s") or match.token(-1) == "-"
    if (named and match.token(1) not in _RAIDS) or match.token(1) in _OF_ONE_NIGHT:
        return None
    return _time(match.published, "NI")


_OF_ONE_NIGHT = frozenset({
    "-", "rate", "rates", "lending", "loan", "loans", "funds", "money", "call", "flight", "flights", "stay", "curfew",
    "train", "bus", "delivery", "success", "sensation", "bag", "trip",
})  # fmt: skip
_BEFORE_A_NOUN = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "any", "no", "some", "every"})


def _part_of_reference(offset: int) -> Callable[[Match], Sense | None]:
    """ "that night", "the next morning": of the last day named, else of the day of publication."""

    def sense(match: Match) -> Sense | None:
        try:
            day = date.fromisoformat((match.context.reference or "").partition("T")[0])
        except ValueError:
            if offset == 0:
                return None  # "that night", and no day before it
            day = match.published
        return _time(day + timedelta(days=offset), match.word("PARTOFDAY"))

    return sense


def _in_the_morning(match: Match) -> Sense | None:
    """ "in the morning": of the day named last, where one was named; morning trade and evening papers are none."""
    following = match.token(1)
    if match.token(-1) not in ("in", "during", "throughout", "through") or following == "-":
        return None
    if following[:1].isalpha() and following not in _AFTER_A_TIME:
        return None
    return _part_of_reference(0)(match) or _part_of_day(0)(match)


_AFTER_A_TIME = frozenset({
    "and", "but", "when", "while", "as", "after", "before", "at", "in", "on", "by", "with", "to", "for", "from", "that",
    "he", "she", "it", "they", "the", "a", "because", "local",
})  # fmt: skip


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
    Rule("military time", "MILITARY (gmt | utc | hours | z)", _military),
    Rule("noon", f"(noon | midday) {_ZONES}", _noon),
    Rule("midnight", f"midnight {_ZONES}", _midnight),
    Rule("this morning", "this PARTOFDAY", _part_of_day(0)),
    Rule("yesterday morning", "yesterday PARTOFDAY", _part_of_day(-1)),
    Rule("tomorrow morning", "tomorrow PARTOFDAY", _part_of_day(1)),
    Rule("weekday morning", "WEEKDAY PARTOFDAY", _part_of_weekday),
    Rule("tonight", "tonight", _night(0)),
    Rule("last night", "last night", _night(-1)),
    Rule("overnight", "overnight", _overnight),
    Rule("overnight on a weekday", "overnight (on | from | into)? WEEKDAY", _part_of_weekday),
    Rule("that morning", "(that | that same | the same) PARTOFDAY", _part_of_reference(0)),
    Rule("in the morning", "the PARTOFDAY", _in_the_morning),
    Rule("the next morning", "the (next | following) PARTOFDAY", _part_of_reference(1)),
    Rule("the previous morning", "the (previous | preceding) PARTOFDAY", _part_of_reference(-1)),
)
