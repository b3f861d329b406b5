"""Days, months and years by name or number: "Friday, June 23, 2021", "23 June", "May", "2021", "2021-06-23"."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servanda.reading.dates import reckoning
from servanda.reading.dates.expressions import Modifier, TimeType
from servanda.reading.dates.rules import UNKNOWN_DATE, Match, Rule, Sense, date_sense
from servanda.reading.dates.tense import Tense

if TYPE_CHECKING:
    from collections.abc import Callable


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
        return Sense(TimeType.DATE, _day(year, month, day))
    return Sense(TimeType.DATE, _nearest_day(match, month, day))


def _day(year: int, month: int, day: int) -> str:
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


def _month(match: Match) -> Sense | None:
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
    return Sense(TimeType.DATE, _day(published.year - (not passed), month, day))


def _next_day_of_name(match: Match) -> Sense | None:
    published = match.published
    month, day = match.number("MONTH"), match.number("DAY")
    to_come = (month, day) > (published.month, published.day)
    return Sense(TimeType.DATE, _day(published.year + (not to_come), month, day))


def _next_month_of_name(match: Match) -> Sense | None:
    ahead = (match.number("MONTH") - match.published.month) % 12 or 12
    return date_sense(_months_on(match.published, ahead))


def _this_month_of_name(match: Match) -> Sense | None:
    return date_sense(reckoning.month(match.published.year, match.number("MONTH")))


def _day_of_a_list(match: Match) -> date | None:
    """The day before in "Friday and Saturday", "Monday through Friday": lists run forward."""
    before = match.context.last_weekday
    if before is None or match.context.last_end != match.at - 1 or match.token(-1) not in _JOINS:
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
    named = _month(match)
    nth = match.number("ORD") if match.has("ORD") else -1
    if named is None or nth > 4:
        return None
    year, month = int(named.value[:4]), int(named.value[5:7])
    return date_sense(reckoning.nth_weekday(year, month, match.number("WEEKDAY"), nth).isoformat())


def _weeks_of_a_month(match: Match) -> Sense | None:
    """ "the first week of March": the month, and which part of it."""
    named = _month(match)
    if named is None:
        return None
    if match.has("ORD"):
        number = match.number("ORD")
        part = {1: Modifier.START, 2: Modifier.MID, 3: Modifier.MID}.get(number, Modifier.END)
        return Sense(TimeType.DATE, named.value, part)
    return Sense(TimeType.DATE, named.value, Modifier.END)


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
    value = _day(year, month, number)
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
    return Sense(TimeType.DATE, _day(year, month, day))


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


_JOINS = frozenset({"-", "–", "—", "and", "to", "or", "through", "until", ","})
_MOST_WORDS_OF_A_LIST = 10


def _day_of_a_pair(match: Match) -> Sense | None:
    """The "25" of "June 23 and 25", and the "23" of "23 to 25 June": the month is named with the other day."""
    day = match.number("DAY")
    if match.context.last_month is not None and match.context.last_end == match.at - 1:
        if match.token(-1) not in _JOINS or match.token(1) in ("-", "%", "percent") or match.token(1).endswith("s"):
            return None
        year, month = match.context.last_month
        return Sense(TimeType.DATE, _day(_year_of_list(match) or year, month, day))
    if match.token(1) in _JOINS and match.token(2)[:2].rstrip("strn").isdigit():
        months = [edge.meaning for edge in match.edges(match.end + 2) if edge.word_class == "MONTH"]
        if months and isinstance(months[0], int):
            said = _year_of_list(match)
            return Sense(TimeType.DATE, _day(said, months[0], day) if said else _nearest_day(match, months[0], day))
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
        if named is None and match.word_at(at) not in _JOINS:
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
    Rule("month year", "MONTH (,? of? YEAR)?", _month),
    Rule("month last year", "MONTH (of | in)? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) year", _month),
    Rule("last month and day", "LAST MONTH DAY", _last_day_of_name),
    Rule("next month and day", "this? NEXT MONTH DAY", _next_day_of_name),
    Rule("last month by name", "this? LAST MONTH", _last_month_of_name),
    Rule("next month by name", "this? NEXT MONTH", _next_month_of_name),
    Rule("this month by name", "this MONTH", _this_month_of_name),
    Rule("weekday", "WEEKDAY", _weekday),
    Rule("last weekday", "this? LAST WEEKDAY", _named_weekday(-1, strict=True)),
    Rule("next weekday", "this? NEXT WEEKDAY", _named_weekday(1, strict=True)),
    Rule("weekday last", "WEEKDAY last", _named_weekday(-1, strict=True)),
    Rule("this weekday", "this WEEKDAY", _this_weekday),
    Rule("the following weekday", "the following WEEKDAY", _weekday_beside_reference(1)),
    Rule("the previous weekday", "the (previous | preceding) WEEKDAY", _weekday_beside_reference(-1)),
    Rule("weekday of a month", "(ORD | last) WEEKDAY (of | in) MONTH (,? YEAR)?", _weekday_of_a_month, takes_the=True),
    Rule(
        "weeks of a month",
        "(ORD | last | final) (week | weeks | days) (of | in) MONTH (,? YEAR)?",
        _weeks_of_a_month,
        takes_the=True,
    ),
    Rule("weekday next week", "WEEKDAY (of | ,)? (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) week", _weekday_of_week),
    Rule("year", "YEAR", _year),
    Rule("the year", "year YEAR", lambda match: date_sense(f"{match.number('YEAR'):04d}"), takes_the=True),
    Rule("iso date", "ISO", _iso),
    Rule("date in figures", "NUMERIC", _figures),
    Rule("feast", "(LAST | NEXT | this)? HOLIDAY (,? YEAR)?", _holiday),
    Rule("feast last year", "HOLIDAY (LAST:SHIFT | NEXT:SHIFT | THIS:SHIFT) UNIT:year", _holiday),
    Rule("day of a pair", "DAY", _day_of_a_pair),
)
