"""Days of the week and days told within a month: "Friday", "the following Tuesday", "the 15th of next month"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import Modifier, TimeType
from servanda.reading.dates.grammar.calendar_dates import JOINS, day_value, month_sense
from servanda.reading.dates.rules import UNKNOWN_DATE, Match, Rule, Sense, date_sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    from collections.abc import Callable


def _day_of_a_list(match: Match) -> date | None:
    """The day before in "Friday and Saturday", "Monday through Friday": lists run forward."""
    before = match.context.last_weekday
    if before is None or match.context.last_end != match.at - 1 or match.token(-1) not in JOINS:
        return None
    return before


_NAMED_DAYS = frozenset({"black", "bloody", "super", "cyber"})


def _weekday(match: Match) -> Sense | None:
    if match.token(-1) in _NAMED_DAYS and match.context.words.tokens[match.at - 1].text[0].isupper():
        return None  # "Bloody Sunday" is no Sunday of this week
    listed = _day_of_a_list(match)
    if listed is not None:
        return date_sense(reckoning.weekday_from(listed, match.number("WEEKDAY"), 1, strict=True).isoformat())
    direction = 1 if match.tense is Tense.FUTURE else -1
    return date_sense(reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction).isoformat())


def _this_weekday(match: Match) -> Sense | None:
    """ "this Friday" is the next one unless the sentence looks back."""
    direction = -1 if match.tense is Tense.PAST else 1
    return date_sense(reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction).isoformat())


def _weekday_beside_reference(direction: int) -> Callable[[Match], Sense | None]:
    """ "the following Tuesday", "the previous Friday": from the last day named."""

    def sense(match: Match) -> Sense | None:
        try:
            start = date.fromisoformat((match.context.reference or "").partition("T")[0])
        except ValueError:
            start = match.published
        return date_sense(reckoning.weekday_from(start, match.number("WEEKDAY"), direction, strict=True).isoformat())

    return sense


def _weekday_of_a_month(match: Match) -> Sense | None:
    """ "the first Monday of June 2021", "the last Sunday in May"."""
    named = month_sense(match)
    nth = match.number("ORD") if match.has("ORD") else -1
    if named is None or nth > 4:
        return None
    year, month = int(named.value[:4]), int(named.value[5:7])
    return date_sense(reckoning.nth_weekday(year, month, match.number("WEEKDAY"), nth).isoformat())


_PART_OF_MONTH = {1: Modifier.START, 2: Modifier.MID, 3: Modifier.MID}


def _weeks_of_a_month(match: Match) -> Sense | None:
    """ "the first week of March": the month, and which part of it."""
    named = month_sense(match)
    number = match.number("ORD") if match.has("ORD") else 0
    halves = "half" in (match.word_at(match.at + 1), match.word_at(match.at + 2))
    part = Modifier.END if halves and number != 1 else _PART_OF_MONTH.get(number, Modifier.END)
    return None if named is None else Sense(TimeType.DATE, named.value, part)


def _weekday_after_next(match: Match) -> Sense | None:
    """ "Friday week", "the Friday after next": a week after the next one."""
    coming = reckoning.weekday_from(match.published, match.number("WEEKDAY"), 1, strict=True)
    return date_sense(date.fromordinal(coming.toordinal() + 7).isoformat())


def _day_of_this_month(match: Match) -> Sense | None:
    """ "the 15th of next month"."""
    months = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match.word("SHIFT"), 0)
    shifted = reckoning.shifted_months(match.published.replace(day=1), months)
    return date_sense(day_value(shifted.year, shifted.month, match.number("ORD")))


_BEFORE_A_BARE_DAY = frozenset({"by", "on", "until", "till", "before", "since", "from"})


def _bare_day(match: Match) -> Sense | None:
    """ "by the 15th": the nearest such day, before or after publication as the tense has it."""
    day = match.number("ORD")
    if match.token(-1) not in _BEFORE_A_BARE_DAY or match.token(1)[:1].isalnum() or match.token(1) == "-":
        return None
    if not match.word_at(match.end - 1)[0].isdigit() or not 1 <= day <= 31:
        return None
    first, way = match.published.replace(day=1), 1 if match.tense is Tense.FUTURE else -1
    for step in (0, way, 2 * way):
        month = reckoning.shifted_months(first, step)
        value = day_value(month.year, month.month, day)
        if value != UNKNOWN_DATE and (date.fromisoformat(value) - match.published).days * way >= 0:
            return date_sense(value)
    return None


def _named_weekday(direction: int, *, strict: bool) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        day = reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction, strict=strict)
        return date_sense(day.isoformat())

    return sense


def _weekday_of_week(match: Match) -> Sense | None:
    weeks = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match.word("SHIFT"), 0)
    year, week, _ = match.published.isocalendar()
    monday = date.fromisocalendar(year, week, 1)
    return date_sense(date.fromordinal(monday.toordinal() + 7 * weeks + match.number("WEEKDAY") - 1).isoformat())


RULES = (
    Rule("weekday", "WEEKDAY", _weekday),
    Rule("last weekday", "this? LAST WEEKDAY", _named_weekday(-1, strict=True)),
    Rule("next weekday", "this? NEXT WEEKDAY", _named_weekday(1, strict=True)),
    Rule("weekday last", "WEEKDAY last", _named_weekday(-1, strict=True)),
    Rule("weekday week", "WEEKDAY week", _weekday_after_next),
    Rule("weekday after next", "the WEEKDAY after next", _weekday_after_next),
    Rule(
        "day of next month", "ORD of (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) month", _day_of_this_month, takes_the=True
    ),
    Rule("bare day", "the ORD", _bare_day),
    Rule("this weekday", "this WEEKDAY", _this_weekday),
    Rule("the following weekday", "the following WEEKDAY", _weekday_beside_reference(1)),
    Rule("the previous weekday", "the (previous | preceding) WEEKDAY", _weekday_beside_reference(-1)),
    Rule("weekday of a month", "(ORD | last) WEEKDAY (of | in) MONTH (,? YEAR)?", _weekday_of_a_month, takes_the=True),
    Rule(
        "weeks of a month",
        "(ORD | last | final) (week | weeks | days | half) (of | in) MONTH (,? YEAR)?",
        _weeks_of_a_month,
        takes_the=True,
    ),
    Rule("weekday next week", "WEEKDAY (of | ,)? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) week", _weekday_of_week),
)
