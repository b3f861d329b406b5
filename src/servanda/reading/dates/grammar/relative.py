"""Dates counted from publication or the date before: "yesterday", "last month", "two weeks ago", "a year later"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.core.dates import PartialDate
from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import Modifier, TimeType
from servanda.reading.dates.rules import Match, Rule, Sense, date_sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    from collections.abc import Callable

_LONG_AGO = {"E": 10, "C": 100, "L": 1000}


def _days(offset: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        if match.is_part_of_a_name:
            return None
        return date_sense((match.published + timedelta(days=offset)).isoformat())

    return sense


def _shifted_unit(direction: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        if match.is_title:
            return None
        return date_sense(reckoning.moved(match.published, direction, match.word("UNIT")))

    return sense


def _weekend(weeks: int | None) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        day = match.published
        if weeks is not None:
            offset = weeks
        elif match.tense is not Tense.FUTURE and day.isoweekday() <= 3:
            offset = -1
        else:
            offset = 0
        return date_sense(reckoning.week(day + timedelta(weeks=offset)) + "-WE")

    return sense


def _reference_day(match: Match) -> date:
    """The day that "later" and "earlier" are counted from: of the last date named, else of publication."""
    named = _partial(match.context.reference)
    return named.first if named else match.published


def _partial(value: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse((value or "").partition("T")[0])
    except ValueError:
        return None


def _count(match: Match) -> int | None:
    if match.has("NUM"):
        number = match.word("NUM").partition(".")[0]
        return int(number) if number.isdigit() and len(number) <= 4 else None
    return None if match.has("SOME") else 1


def _unit(match: Match) -> str:
    return match.word("UNIT") if match.has("UNIT") else match.word("UNITS")


def _counted(day: date, count: int, match: Match) -> Sense | None:
    unit = _unit(match)
    if unit in _LONG_AGO:
        count, unit = count * _LONG_AGO[unit], "Y"
    return date_sense(reckoning.moved(day, count, unit))


_FIGURES = frozenset({
    "from", "compared", "comparison", "than", "$", "%", "percent", "million", "billion", "cents", "share", "up", "down",
    "rose", "fell", "profit", "loss", "losses", "net", "earnings", "revenue", "sales", "income", "earned", "growth",
    "output", "prices", "costs",
})  # fmt: skip
_NEAR_FIGURES = 12


def _compares_figures(match: Match) -> bool:
    """Whether the sentence speaks of figures that a report compares; else "a year ago" is no quarter."""
    return not _FIGURES.isdisjoint(match.words_around(_NEAR_FIGURES))


def _ago(match: Match) -> Sense | None:
    count = _count(match)
    if count is None:
        return date_sense("PAST_REF")
    if _unit(match).startswith("T"):
        return Sense(TimeType.DURATION, f"PT{count}{_unit(match)[1]}")
    named = match.context.quarter
    if named and _unit(match) == "Y" and count == 1 and _compares_figures(match):
        return date_sense(reckoning.quarter(named[0] - 1, named[1]))
    try:
        return _counted(match.published, -count, match)
    except (ValueError, OverflowError):
        return date_sense("PAST_REF")  # "4,000 years ago": before the calendar of the years 1 to 9999


def _half_ago(match: Match) -> Sense | None:
    """ "half a century ago"."""
    years = _LONG_AGO.get(match.word("UNIT"))
    return _ago_in_years(match, years // 2) if years else None


def _ago_in_years(match: Match, years: int) -> Sense | None:
    return date_sense(reckoning.moved(match.published, -years, "Y"))


def _weekends_ago(match: Match) -> Sense | None:
    count = _count(match)
    return None if count is None else _weekend(-count)(match)


def _seasons_ago(match: Match) -> Sense | None:
    """ "two summers ago": the last one that is over is one summer ago."""
    count = _count(match)
    if not count:
        return None
    last = reckoning.season_around(match.published, match.word("SEASON"), -1)
    return date_sense(f"{int(last[:4]) - count + 1:04d}{last[4:]}")


def _from_now(match: Match) -> Sense | None:
    count = _count(match)
    if count is not None and match.word_at(match.end - 1) == "today" and _unit(match) == "W":
        return date_sense((match.published + timedelta(weeks=count)).isoformat())
    return date_sense("FUTURE_REF") if count is None else _counted(match.published, count, match)


def _from_reference(direction: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        count = _count(match)
        if count is None or _unit(match).startswith("T"):
            return None
        named = match.context.quarter
        if named and _unit(match) == "Y" and count == 1 and _compares_figures(match):
            return date_sense(reckoning.quarter(named[0] + direction, named[1]))
        return _counted(_reference_day(match), direction * count, match)

    return sense


def _following_unit(direction: int) -> Callable[[Match], Sense | None]:
    def sense(match: Match) -> Sense | None:
        return date_sense(reckoning.moved(_reference_day(match), direction, match.word("UNIT")))

    return sense


def _the_unit(match: Match) -> Sense | None:
    """ "that year", "the same day": of the last date named."""
    unit = match.word("UNIT")
    named = _partial(match.context.reference)
    if named is None or unit.startswith("T"):
        return None
    if (unit == "D" and named.day is None) or (unit == "M" and named.month is None):
        return None
    return date_sense(reckoning.moved(named.first, 0, unit))


_PARTS = frozenset({"end", "beginning", "start", "middle", "rest", "remainder", "close", "course", "half", "part"})


def _definite_unit(match: Match) -> Sense | None:
    """ "the year", "the month", "the week": the one of publication, where a preposition or an edge makes it one."""
    part = match.token(-1) == "of" and match.token(-2) in _PARTS
    if match.token(1) == "-" or (match.token(1) in ("of", "to", "before", "after", "that", "'") and not part):
        return None
    unit = match.word("UNIT")
    if match.token(1) in ("ended", "ending"):
        return Sense(TimeType.DURATION, f"P1{unit}") if unit in ("Y", "M", "W") else None
    told_of = match.token(-2) in ("earlier", "later") and match.token(-1) == "in"
    if unit not in (("Y", "M", "W", "D") if told_of else ("Y", "M", "W")) or match.token(-1) not in (
        "of",
        "in",
        "this",
        "for",
        "by",
        "during",
        "earlier",
        "later",
    ):
        return None
    return date_sense(reckoning.moved(match.published, 0, unit))


def _week_of(match: Match) -> Sense | None:
    """ "the week of 5 July": the ISO week that holds the day."""
    day = match.number("DAY")
    year = match.optional_number("YEAR")
    month = match.number("MONTH")
    published = match.published
    candidates = [year] if year else [published.year, published.year - 1, published.year + 1]
    days = []
    for candidate in candidates:
        try:
            days.append(date(candidate, month, day))
        except ValueError:
            continue
    if not days:
        return None
    nearest = min(days, key=lambda candidate: abs((candidate - published).days))
    return date_sense(reckoning.week(nearest))


def _next_day(match: Match) -> Sense | None:
    """ "the next day" follows the last date named; "the next year" is a span to come."""
    unit = match.word("UNIT")
    if unit == "D":
        return _following_unit(1)(match)
    return Sense(TimeType.DURATION, f"P1{unit}") if unit in ("W", "M", "Y") else None


def _unit_after(match: Match) -> Sense | None:
    """ "the month after" is the next one, unless the text goes on to say after what."""
    following = match.token(1)
    if following[:1].isalnum() or match.word("UNIT").startswith("T"):
        return None
    return _following_unit(1)(match)


def _unit_before_last(match: Match) -> Sense | None:
    """ "the week before last"."""
    return date_sense(reckoning.moved(match.published, -2, match.word("UNIT")))


def _unit_before(match: Match) -> Sense | None:
    """ "the day before" is the one before, unless the text goes on to say before what."""
    if match.token(1)[:1].isalnum() or match.word("UNIT").startswith("T"):
        return None
    return _following_unit(-1)(match)


def _units_before(match: Match) -> Sense | None:
    """ "three years before" counts back from the date named, unless the text goes on to say before what."""
    return None if match.token(1)[:1].isalnum() else _from_reference(-1)(match)


def _new_year(match: Match) -> Sense | None:
    """The year to come, and in its first months the one that has begun."""
    if match.token(1) == "'s":
        return None  # New Year's Eve
    return date_sense(f"{match.published.year + (match.published.month > _BEGINNING):04d}", Modifier.START)


_BEGINNING = 3
"""The last month in which "the new year" is the one that has begun."""


def _weekday_in_weeks(direction: int) -> Callable[[Match], Sense | None]:
    """ "two weeks ago Monday", "a week from Friday"."""

    def sense(match: Match) -> Sense | None:
        count = _count(match)
        if count is None or not _unit(match).endswith("W"):
            return None
        day = reckoning.weekday_from(match.published, match.number("WEEKDAY"), direction)
        return date_sense((day + timedelta(weeks=direction * count)).isoformat())

    return sense


def _year_end(match: Match) -> Sense | None:
    if match.token(-1) in ("a", "its", "their"):
        return None
    return date_sense(f"{match.published.year:04d}", Modifier.END)


def _named_year_end(match: Match) -> Sense | None:
    return date_sense(f"{match.number('YEAR'):04d}", Modifier.END)


def _midyear(match: Match) -> Sense | None:
    return date_sense(f"{match.published.year:04d}", Modifier.MID)


def _unit_end(match: Match) -> Sense | None:
    unit = match.word("UNIT")
    if unit == "W" and match.word_at(match.at + 1) != "'s":
        return None  # "week-end" is the weekend
    return date_sense(reckoning.moved(match.published, 0, unit), Modifier.END) if unit in ("M", "W") else None


_AMOUNT = "(NUM | SOME | a | an)"

RULES = (
    Rule("today", "today", _days(0)),
    Rule("yesterday", "yesterday", _days(-1)),
    Rule("tomorrow", "tomorrow", _days(1)),
    Rule("day before yesterday", "day before yesterday", _days(-2), takes_the=True),
    Rule("day after tomorrow", "day after tomorrow", _days(2), takes_the=True),
    Rule("last unit", "LAST UNIT", _shifted_unit(-1)),
    Rule("next unit", "this? NEXT UNIT", _shifted_unit(1)),
    Rule("this unit", "THIS UNIT", _shifted_unit(0), takes_the=True),
    Rule("last weekend", "this? LAST weekend", _weekend(-1)),
    Rule("next weekend", "NEXT weekend", _weekend(1)),
    Rule("this weekend", "this weekend", _weekend(0)),
    Rule("the weekend", "the weekend", _weekend(None)),
    Rule("ago", f"{_AMOUNT} (UNIT | UNITS) (or so | or two | and a half)? (ago | back)", _ago, compares=True),
    Rule("half a century ago", "(half | NUM and a half) (a | an) UNIT ago", _half_ago),
    Rule("units ago", "UNITS ago", lambda match: date_sense("PAST_REF")),
    Rule("units from now", "UNITS from now", lambda match: date_sense("FUTURE_REF")),
    Rule("weekends ago", "(NUM | a) (weekend | weekends) ago", _weekends_ago),
    Rule("seasons ago", "(NUM | a) (SEASON | SEASONS:SEASON) ago", _seasons_ago),
    Rule("from now", f"{_AMOUNT} (UNIT | UNITS) (from now | hence | from today)", _from_now),
    Rule("earlier", f"{_AMOUNT} (UNIT | UNITS) (earlier | previously)", _from_reference(-1), compares=True),
    Rule("later", f"{_AMOUNT} (UNIT | UNITS) later", _from_reference(1), compares=True),
    Rule("following unit", "the following UNIT", _following_unit(1)),
    Rule("the next day", "the next UNIT", _next_day),
    Rule("previous unit", "the (previous | preceding | prior) UNIT", _following_unit(-1), compares=True),
    Rule("the new year", "the new year", _new_year),
    Rule("that unit", "(that | the same | that same) UNIT", _the_unit),
    Rule("the unit", "the full? UNIT", _definite_unit),
    Rule("week of a day", "week of (the? DAY of? MONTH | MONTH DAY) (,? YEAR)?", _week_of, takes_the=True),
    Rule("the month after", "the UNIT after", _unit_after),
    Rule("the day before", "the UNIT before", _unit_before),
    Rule("units before", "(NUM | a | an) (UNIT | UNITS) before", _units_before, compares=True),
    Rule("the week before last", "the UNIT before last", _unit_before_last),
    Rule("weeks ago on a weekday", f"{_AMOUNT} (UNIT | UNITS) ago (on | this)? WEEKDAY", _weekday_in_weeks(-1)),
    Rule("weeks from a weekday", f"{_AMOUNT} (UNIT | UNITS) from WEEKDAY", _weekday_in_weeks(1)),
    Rule("year end", "year 's? -? end", _year_end, takes_the=True),
    Rule("end of a year", "year -? end YEAR", _named_year_end),
    Rule("a year's end", "YEAR year -? end", _named_year_end),
    Rule("midyear", "(midyear | mid -? year)", _midyear),
    Rule("month end", "UNIT 's? -? end", _unit_end, takes_the=True),
)
