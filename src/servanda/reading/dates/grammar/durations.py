"""Spans: "90 days", "two and a half years", "six-month", "the past decade", "the next few weeks"."""

from __future__ import annotations

import re

from servanda.reading.dates.expressions import Calendar, TimeType
from servanda.reading.dates.rules import Match, Rule, Sense

_LOOKS_LIKE_A_YEAR = re.compile(r"1[89]\d\d|20(?!00)\d\d")
_IN_YEARS = {"E": 10, "C": 100, "L": 1000}


def span(number: str, unit: str) -> str | None:
    """The TIMEX3 value of a number of units: `P90D`, `PT2H`, `PXM`; decades and centuries count in years.

    `None` where the number is none that a span can have.
    """
    number = number.replace(",", "")
    if unit[:-1].isdigit():
        number, unit = (str(int(number) * int(unit[:-1])) if number.isdigit() else number), unit[-1]
    if unit in _IN_YEARS and number.isdigit():
        number, unit = str(int(number) * _IN_YEARS[unit]), "Y"
    if unit == "Q" and number.isdigit():
        number, unit = str(int(number) * 3), "M"
    if number.startswith("0") and number[1:2].isdigit():
        return None
    if unit == "TH" and number.endswith(".5"):
        return f"PT{number[:-2]}H30M" if number != "0.5" else "PT30M"
    if unit in _IN_YEARS and number.endswith(".5"):
        return f"P{int(number[:-2]) * _IN_YEARS[unit] + _IN_YEARS[unit] // 2}Y"
    return f"PT{number}{unit[1]}" if unit.startswith("T") else f"P{number}{unit}"


def _unit(match: Match) -> str:
    return match.word("UNIT") if match.has("UNIT") else match.word("UNITS")


def _spell(number: str, match: Match, calendar: Calendar = Calendar.GREGORIAN) -> Sense | None:
    value = span(number, _unit(match))
    return None if value is None else Sense(TimeType.DURATION, value, None, calendar)


def _stands_for_a_year(match: Match) -> bool:
    """Whether a number of four digits is the year and no count: "the 1988 quarter", "By 2010 years of war had"."""
    return match.has("UNIT") if match.token(-1) not in ("in", "by", "since") else match.word_at(match.end - 2) != "-"


def _counted(match: Match) -> Sense | None:
    if match.token(-1) in ("$", "£", "€") or _is_an_age(match) or _is_one_day_or_other(match):
        return None
    if match.has("NUM") and _LOOKS_LIKE_A_YEAR.fullmatch(match.word("NUM")) and _stands_for_a_year(match):
        return None
    apart = match.has("UNIT") and match.word_at(match.end - 2) != "-"
    if apart and (match.has("SOME") or match.token(1) == "-"):
        return None  # "some day", "many a year"; "six second-line drugs"
    if _unit(match) == "Q" and match.token(1) == "of" and match.token(2) in _WHOLES:
        return None  # a fraction: "three quarters of the troops"
    return _spell(match.word("NUM") if match.has("NUM") else "X", match)


_AGE_OF_A_THING = frozenset({
    "blockade", "boycott", "campaign", "ceasefire", "cease", "civil", "conflict", "crisis", "deadlock", "dispute",
    "embargo", "feud", "insurgency", "occupation", "peace", "rebellion", "revolt", "sanctions", "siege", "stalemate",
    "strike", "struggle", "truce", "uprising", "war",
})  # fmt: skip
"""What "three-week-old" is said of where it is a span of events and not the age of somebody or of a building."""


_WHOLES = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "all", "those", "these", "this"})


def _is_an_age(match: Match) -> bool:
    hyphen = match.token(1) == "-"
    if match.token(2 if hyphen else 1) != "old":
        return False
    return not (hyphen and match.token(3) in _AGE_OF_A_THING)


def _old(match: Match) -> Sense | None:
    """ "a decade-old dispute"."""
    return _spell("1", match) if match.token(1) in _AGE_OF_A_THING else None


def _long_word(match: Match) -> Sense | None:
    return Sense(TimeType.DURATION, match.word("LONG"))


def _compound(match: Match) -> Sense | None:
    """ "two-year": one unit, said of a thing."""
    if match.token(-1) in (".", "-") and not match.token(-2)[:1].isalpha():
        return None
    return None if _unit(match) == "Q" else _counted(match)


def _business(match: Match) -> Sense | None:
    return _spell(match.word("NUM"), match, Calendar.BUSINESS) if match.has("NUM") else None


_LASTS = frozenset({
    "lasts", "takes", "spends", "serves", "needs", "gets", "requires", "was", "is", "has", "this", "less", "as", "us",
})  # fmt: skip
_AMOUNTS = frozenset({"percent", "%", "million", "billion", "thousand", "hundred", "twice", "once"})


def _one(match: Match) -> Sense | None:
    """ "a year" is a span, and no part of a rate ("300 flights a year") or of "a year-earlier loss"."""
    before = match.token(-1)
    amount = before[:1].isdigit() or before in _AMOUNTS
    if _unit(match) == "Q" and match.token(1) == "of":
        return None
    plural = before.endswith("s") and len(before) > 2 and before not in _LASTS
    if _unit(match) == "TS" or match.token(1) == "-" or amount or plural or _is_one_day_or_other(match):
        return None
    return _spell("1", match)


_BEFORE_ONE_DAY = frozenset({
    "in", "for", "within", "after", "only", "just", "about", "than", "at", "least", "over", "the", "of", "by", "lasted",
    "lasts", "last", "took", "takes", "during", "every",
})  # fmt: skip
_AFTER_ONE_DAY = frozenset({"after", "before", "of", "in", "at", "from", "ahead", "only", "per"})


def _is_one_day_or_other(match: Match) -> bool:
    """Whether "one day" is some day to come: "they may one day return"."""
    if match.word_at(match.at) != "one" or _unit(match) != "D" or match.end - match.at > 2:
        return False
    return match.token(-1) not in _BEFORE_ONE_DAY and match.token(1) not in _AFTER_ONE_DAY


def _half(match: Match) -> Sense | None:
    return _spell("0.5", match)


def _one_and_a_half(match: Match) -> Sense | None:
    return _spell("1.5", match)


def _vague(match: Match) -> Sense | None:
    if _unit(match) == "TS":
        return None
    return _spell("X", match)


_BEFORE_BARE_UNITS = frozenset({
    "for", "in", "over", "after", "within", "of", "by", "takes", "took", "last", "lasted", "many", "with",
})  # fmt: skip


_AFTER_BARE_UNITS = frozenset({"before", "after", "of", "that", "since", "ahead", "later", "earlier"})


def _bare(match: Match) -> Sense | None:
    """ "for years", "after months of talks", "in the weeks before the vote"; not "a matter of days"."""
    to_come = (match.token(1), match.token(2)) == ("to", "come")
    spans = match.token(-1) in _BEFORE_BARE_UNITS or match.token(1) in _AFTER_BARE_UNITS - {"of"} or to_come
    if match.token(1) == "of" and not spans:
        dated = {edge.word_class for edge in match.edges(match.end + 1)} & {"WEEKDAY", "MONTH", "YEAR", "DECADE"}
        spans = not dated and match.token(2) not in _WHOLES
    if not spans or match.token(-2) == "matter" or _unit(match) in ("TS", "TM", "Q"):
        return None
    return _vague(match)


def _range(match: Match) -> Sense | None:
    low, high = match.word("low"), match.word("high")
    return _spell("X" if low != high else low, match)


def _two_spans(match: Match) -> Sense | None:
    """ "one year and six months"."""
    first, second = match.word("firstunit"), match.word("secondunit")
    low, high = match.word("firstnumber"), match.word("secondnumber")
    order = ("Y", "M", "W", "D")
    if first not in order or second not in order or order.index(first) >= order.index(second):
        return None
    return Sense(TimeType.DURATION, f"P{low}{first}{high}{second}")


def _recent(match: Match) -> Sense | None:
    return Sense(TimeType.DATE, "PAST_REF") if _unit(match) == "D" else _vague(match)


def _coming(match: Match) -> Sense | None:
    return Sense(TimeType.DATE, "FUTURE_REF")


def _past_unit(match: Match) -> Sense | None:
    """ "over the past year" is a span; "last year" without the article is a date; "the last minute" is neither."""
    if _unit(match) in ("TS", "TM"):
        return None
    return _spell("1", match)


_UNIT = "(UNIT | UNITS)"
_SHIFT = "(LAST | NEXT | first | final | THIS)"

RULES = (
    Rule("number of units", f"(NUM | SOME) more? {_UNIT}", _counted),
    Rule("shifted number of units", f"{_SHIFT} (NUM | SOME) {_UNIT}", _counted, takes_the=True),
    Rule("the number of units", "the (NUM | SOME) UNITS", _counted),
    Rule("compound", f"(NUM | SOME) - {_UNIT} (- long)?", _compound),
    Rule("business days", f"NUM (business | working) {_UNIT}", _business),
    Rule(
        "calendar days",
        f"NUM (calendar | consecutive | full | further | additional | whole | straight) {_UNIT}",
        _counted,
    ),
    Rule("number or so", f"NUM {_UNIT} or so", _counted),
    Rule("one unit", "(a | an | one) (full | whole | single | further | additional | extra)? UNIT", _one),
    Rule("another unit", "another UNIT", _one),
    Rule("each unit long", "UNIT - long", _one),
    Rule("units long", "UNITS - long", _vague),
    Rule("unit long in one word", "LONG", _long_word),
    Rule("old", "UNIT - old", _old),
    Rule("unit or two", "(a | an | one) UNIT or (two | so)", _vague),
    Rule("another number", f"(another | a further | an additional) (NUM | SOME) {_UNIT}", _counted),
    Rule("half a unit", "half (a | an | -) UNIT", _half),
    Rule("a half unit", "(a | one)? half -? UNIT", _half),
    Rule("unit and a half", "(a | an | one) UNIT and a half", _one_and_a_half),
    Rule("number to number", f"NUM:low (to | or | -) NUM:high -? {_UNIT}", _range),
    Rule(
        "two spans",
        "NUM:firstnumber (UNIT:firstunit | UNITS:firstunit) (and | ,)? "
        "NUM:secondnumber (UNIT:secondunit | UNITS:secondunit)",
        _two_spans,
    ),
    Rule("bare units", "UNITS", _bare),
    Rule("units or units", "UNITS or UNITS:longer", _vague),
    Rule("recent units", "recent UNITS", _recent),
    Rule("past units", "the (LAST | THIS) UNITS", _vague),
    Rule("coming units", "(coming | future) UNITS", _coming, takes_the=True),
    Rule("past unit", "(the | this) (past | LAST) UNIT", _past_unit),
    Rule("next unit as a span", "the (coming | next) UNIT", _past_unit),
)
