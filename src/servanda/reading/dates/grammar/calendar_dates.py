"""Days, months and years by name or number: "Friday, June 23, 2021", "23 June", "May", "2021", "2021-06-23"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import TimeType
from servanda.reading.dates.rules import UNKNOWN_DATE, Match, Rule, Sense, date_sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    pass


def _day_of_month(match: Match) -> Sense | None:
    day = match.number("DAY") if match.has("DAY") else match.number("ORD")
    if not 1 <= day <= 31:
        return None
    month = match.number("MONTH")
    year = match.optional_number("YEAR")
    if year is None and match.has("SHIFT"):
        year = _shifted_year(match)
    if year is None:
        year = _year_of_list(match) or match.context.years.get((month, day))
    if year is not None:
        return Sense(TimeType.DATE, day_value(year, month, day))
    return Sense(TimeType.DATE, _nearest_day(match, month, day))


def day_value(year: int, month: int, day: int) -> str:
    """The day as TIMEX3 writes it; `UNKNOWN_DATE` where the calendar has none."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return UNKNOWN_DATE


def _nearest_day(match: Match, month: int, day: int) -> str:
    """Of the years around publication, the one that the tense asks for; else the nearest day."""
    published = match.published
    days = []
    for year in range(max(1, published.year - 8), min(9999, published.year + 8) + 1):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    past = [candidate for candidate in days if candidate <= published]
    future = [candidate for candidate in days if candidate >= published]
    if not past or not future:
        return days[0].isoformat() if days else UNKNOWN_DATE
    if match.names_what_is_done:
        return past[-1].isoformat()
    tense = match.tense
    if tense is Tense.PAST and (published - past[-1]).days < _FARTHEST:
        return past[-1].isoformat()
    if tense is Tense.FUTURE and (future[0] - published).days < _FARTHEST:
        return future[0].isoformat()
    return min(past[-1], future[0], key=lambda candidate: abs((candidate - published).days)).isoformat()


_FARTHEST = 270
"""Days without a year that lie further off than this are taken for the ones on the other side, whatever the tense."""


def _shifted_year(match: Match) -> int:
    return match.published.year + {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(
        match.word("SHIFT"), 0
    )


def month_sense(match: Match) -> Sense | None:
    """The month that MONTH, YEAR and SHIFT say; without a year, the one that the tense asks for."""
    number = match.number("MONTH")
    published = match.published
    if match.has("YEAR"):
        return date_sense(reckoning.month(match.number("YEAR"), number))
    if match.has("SHIFT"):
        return date_sense(reckoning.month(_shifted_year(match), number))
    ahead = (number - published.month) % 12
    back = ahead - 12 if ahead else 0
    tense = match.tense
    if tense is Tense.FUTURE:
        return date_sense(_months_on(published, ahead if ahead <= 9 else back))
    if tense is Tense.PAST:
        return date_sense(_months_on(published, back if back >= -10 or match.is_told_right_before else ahead))
    return date_sense(_months_on(published, ahead if ahead <= 3 else back))


def _months_on(day: date, count: int) -> str:
    shifted = reckoning.shifted_months(day.replace(day=1), count)
    return reckoning.month(shifted.year, shifted.month)


def _last_month_of_name(match: Match) -> Sense | None:
    back = (match.published.month - match.number("MONTH")) % 12 or 12
    return date_sense(_months_on(match.published, -back))


def _last_day_of_name(match: Match) -> Sense | None:
    published = match.published
    month, day = match.number("MONTH"), match.number("DAY")
    passed = (month, day) < (published.month, published.day)
    return Sense(TimeType.DATE, day_value(published.year - (not passed), month, day))


def _next_day_of_name(match: Match) -> Sense | None:
    published = match.published
    month, day = match.number("MONTH"), match.number("DAY")
    to_come = (month, day) > (published.month, published.day)
    return Sense(TimeType.DATE, day_value(published.year + (not to_come), month, day))


def _next_month_of_name(match: Match) -> Sense | None:
    ahead = (match.number("MONTH") - match.published.month) % 12 or 12
    return date_sense(_months_on(match.published, ahead))


def _this_month_of_name(match: Match) -> Sense | None:
    return date_sense(reckoning.month(match.published.year, match.number("MONTH")))


_YEAR_FOLLOWS = frozenset({
    "in", "of", "since", "by", "until", "till", "from", "during", "before", "after", "through", "between", "to",
    "and", "late", "early", "mid", "for", "than", "around", "about", "the", "following", "fiscal", "circa", "year",
    "-", "–", "—", "(", ",", ".", "'", "/", "or", "on", "with",
})  # fmt: skip
_COUNTED = frozenset({
    "people", "men", "women", "troops", "soldiers", "fighters", "years", "miles", "points", "feet", "tons",
    "tonnes", "percent", "%", "dollars", "kilometers",
})  # fmt: skip
_NOT_BEFORE_YEARS = frozenset(
    {"$", "£", "€", "no", "number", "flight", "highway", "route", "some", "room", "nearly", "almost", "over"}
)


_NEVER_BEFORE_COUNTS = frozenset({"in", "by", "since", "until", "till", "year", "of", "before", "after"})
_NO_NOUNS = frozenset({
    "and", "or", "but", "the", "a", "an", "in", "on", "at", "to", "for", "by", "with", "as", "when", "while", "because",
    "that", "which", "who", "has", "have", "had", "is", "are", "was", "were", "will", "would", "after", "before", "he",
    "she", "it", "they", "we", "i", "if", "from", "there",
})  # fmt: skip


def _is_noun(word: str) -> bool:
    return word.isalpha() and word not in _NO_NOUNS


def _year(match: Match) -> Sense | None:
    """A bare number is a year where it looks like one of our time, or stands where years stand."""
    number = match.number("YEAR")
    after, before = match.token(1), match.token(-1)
    if before in _NOT_BEFORE_YEARS or after in _COUNTED or (after == "-" and match.token(2) in _COUNTED):
        return None
    if before in ("-", "–", "/", ".", ",") and match.token(-2).isdigit() and len(match.token(-2)) != 4:
        return None
    if number % 50 == 0 and number != 2000 and before not in ("in", "since", "by", "until", "year"):
        return None
    if number == 2000 and not match.word_at(match.at)[0].isdigit():
        # "two thousand" is a year where years stand and no noun follows.
        return date_sense("2000") if before in _NEVER_BEFORE_COUNTS and not _is_noun(after) else None
    recent = 1900 <= number <= 2100
    counts_things = after.isalpha() and after.endswith("s") and len(after) > 3
    if recent and (number < 2000 or before in _YEAR_FOLLOWS or not counts_things):
        return date_sense(f"{number:04d}")
    if before in ("in", "since", "of", "by", "until", "from") and 1000 <= number <= 2199 and not counts_things:
        return date_sense(f"{number:04d}")
    return None


def _iso(match: Match) -> Sense | None:
    day, _, clock = match.word("ISO").upper().partition("T")
    year, month, number = (int(part) for part in day.split("-"))
    value = day_value(year, month, number)
    if clock and value != UNKNOWN_DATE:
        return Sense(TimeType.TIME, f"{value}T{clock}")
    return date_sense(value)


def _figures(match: Match) -> Sense | None:
    """23/06/2021 or 06/23/2021. Where both readings are days, the document's other dates decide; else only the year."""
    text = match.word("NUMERIC")
    dotted = "." in text
    first, second, last = (int(part) for part in text.replace(".", "/").split("/"))
    year = last if last > 99 else last + (2000 if last < 70 else 1900)
    day_first = True if dotted else match.context.day_first
    if first > 12 or second > 12:
        day_first = first > 12
    if first == second:
        day_first = True
    if day_first is None:
        return Sense(TimeType.DATE, f"{year:04d}-XX-XX")
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Sense(TimeType.DATE, day_value(year, month, day))


def _holiday(match: Match) -> Sense | None:
    year = match.optional_number("YEAR")
    if year is None and match.has("SHIFT") and match.has("year"):
        year = _shifted_year(match)
    if year is not None:
        return date_sense(_feast(match, year).isoformat())
    published = match.published
    feasts = [_feast(match, published.year + offset) for offset in (-1, 0, 1)]
    past = [feast for feast in feasts if feast <= published]
    future = [feast for feast in feasts if feast >= published]
    shift = match.found.get("LAST") or match.found.get("NEXT")
    if "LAST" in match.found:
        return date_sense(next(feast for feast in reversed(feasts) if feast < published).isoformat())
    if "NEXT" in match.found or (shift is None and match.tense is Tense.FUTURE):
        return date_sense(future[0].isoformat())
    if match.tense is Tense.PAST and (published - past[-1]).days < _FARTHEST:
        return date_sense(past[-1].isoformat())
    return date_sense(min(feasts, key=lambda feast: abs((feast - published).days)).isoformat())


def _feast(match: Match, year: int) -> date:
    rule = match.found["HOLIDAY"]
    assert isinstance(rule, tuple)
    kind, *numbers = rule
    values = [int(number) for number in numbers]
    if kind == "fixed":
        return date(year, values[0], values[1])
    if kind == "nth":
        return reckoning.nth_weekday(year, values[0], values[1], values[2])
    return date.fromordinal(reckoning.easter(year).toordinal() + values[0])


JOINS = frozenset({"-", "–", "—", "and", "to", "or", "through", "until", ","})
"""What stands between the days of a list or a range."""
_MOST_WORDS_OF_A_LIST = 10


def _day_of_a_pair(match: Match) -> Sense | None:
    """The "25" of "June 23 and 25", and the "23" of "23 to 25 June": the month is named with the other day."""
    day = match.number("DAY")
    if match.context.last_month is not None and match.context.last_end == match.at - 1:
        if match.token(-1) not in JOINS or match.token(1) in ("-", "%", "percent") or match.token(1).endswith("s"):
            return None
        year, month = match.context.last_month
        return Sense(TimeType.DATE, day_value(_year_of_list(match) or year, month, day))
    if match.token(1) in JOINS and match.token(2)[:2].rstrip("strn").isdigit():
        months = [edge.meaning for edge in match.edges(match.end + 2) if edge.word_class == "MONTH"]
        if months and isinstance(months[0], int):
            said = _year_of_list(match)
            return Sense(
                TimeType.DATE, day_value(said, months[0], day) if said else _nearest_day(match, months[0], day)
            )
    return None


def _year_of_list(match: Match) -> int | None:
    """The year at the end of a list of days: "March 22, 23 and 24, 2012"."""
    at, seen = match.end, False
    while at < match.end + _MOST_WORDS_OF_A_LIST:
        classes = {edge.word_class: edge for edge in match.edges(at)}
        year = classes.get("YEAR")
        if year is not None:
            return year.meaning if seen and isinstance(year.meaning, int) else None
        named = classes.get("MONTH") or classes.get("DAY")
        if named is None and match.word_at(at) not in JOINS:
            return None
        seen = seen or named is not None
        at = named.end if named else at + 1
    return None


RULES = (
    Rule("month day year", "(WEEKDAY ,?)? MONTH (the? ORD | DAY) (,? YEAR)?", _day_of_month),
    Rule(
        "month day of last year",
        "(WEEKDAY ,?)? MONTH DAY ,? of? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) year",
        _day_of_month,
    ),
    Rule("ordinal day month year", "ORD of? MONTH (,? of? YEAR)?", _day_of_month, takes_the=True),
    Rule("day month year", "(WEEKDAY ,? the?)? (DAY | ORD) of? MONTH (,? of? YEAR)?", _day_of_month),
    Rule("day month last year", "(DAY | ORD) of? MONTH of? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) year", _day_of_month),
    Rule("month year", "MONTH (,? of? YEAR)?", month_sense),
    Rule("month last year", "MONTH (of | in)? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) year", month_sense),
    Rule("last month and day", "LAST MONTH DAY", _last_day_of_name),
    Rule("next month and day", "this? NEXT MONTH DAY", _next_day_of_name),
    Rule("last month by name", "this? LAST MONTH", _last_month_of_name),
    Rule("next month by name", "this? NEXT MONTH", _next_month_of_name),
    Rule("this month by name", "this MONTH", _this_month_of_name),
    Rule("year", "YEAR", _year),
    Rule("the year", "year YEAR", lambda match: date_sense(f"{match.number('YEAR'):04d}"), takes_the=True),
    Rule("iso date", "ISO", _iso),
    Rule("date in figures", "NUMERIC", _figures),
    Rule("feast", "(LAST | NEXT | this)? HOLIDAY (,? YEAR)?", _holiday),
    Rule("feast last year", "HOLIDAY (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) UNIT:year", _holiday),
    Rule("day of a pair", "DAY", _day_of_a_pair),
)
