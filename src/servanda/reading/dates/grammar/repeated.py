"""What repeats: "daily", "every two weeks", "each Monday", "Fridays", "twice a year", "$5 million a month"."""

from __future__ import annotations

from servanda.reading.dates.expressions import TimeType
from servanda.reading.dates.grammar.durations import span
from servanda.reading.dates.rules import Match, Rule, Sense


def _repeated(value: str | None) -> Sense | None:
    return None if value is None else Sense(TimeType.SET, value)


def _unit(match: Match) -> str:
    return match.word("UNIT") if match.has("UNIT") else match.word("UNITS")


def _every(match: Match) -> Sense | None:
    if _unit(match) == "Q":
        return _repeated("P3M")
    number = match.word("NUM") if match.has("NUM") else "X" if match.has("SOME") else "1"
    return _repeated(span(number, _unit(match)))


def _every_other(match: Match) -> Sense | None:
    return _repeated(span("2", match.word("UNIT")))


def _times(match: Match) -> Sense | None:
    return _repeated(span("1", match.word("UNIT")))


_NEWSPAPERS = frozenset({
    "newspaper", "newspapers", "magazine", "paper", "said", "says", "reported", "quoted", "wrote", "added",
})  # fmt: skip
"""What follows where "the daily" is a newspaper."""


def _adverb(match: Match) -> Sense | None:
    if match.word_at(match.at) == "weekends" and (
        match.token(1) == "ago" or match.token(-1) not in ("on", "at", "and")
    ):
        return None
    if match.token(1) in _NEWSPAPERS or match.precedes_a_name or match.is_part_of_a_name or match.token(-1) == "-":
        return None
    return _repeated(match.word("ADVERBSET"))


def _weekdays(match: Match) -> Sense | None:
    day = match.number("WEEKDAYS") if match.has("WEEKDAYS") else match.number("WEEKDAY")
    part = (
        match.word("PARTSOFDAY")
        if match.has("PARTSOFDAY")
        else match.word("PARTOFDAY")
        if match.has("PARTOFDAY")
        else ""
    )
    return _repeated(f"XXXX-WXX-{day}" + (f"T{part}" if part else ""))


def _months(match: Match) -> Sense | None:
    return _repeated(f"XXXX-{match.number('MONTH'):02d}")


def _days_of_year(match: Match) -> Sense | None:
    return _repeated(f"XXXX-{match.number('MONTH'):02d}-{match.number('DAY'):02d}")


def _seasons(match: Match) -> Sense | None:
    return _repeated(f"XXXX-{match.word('SEASON')}")


def _parts_of_day(match: Match) -> Sense | None:
    return _repeated(f"XXXX-XX-XXT{match.word('PARTOFDAY')}")


RULES = (
    Rule("every unit", "(every | each) UNIT", _every),
    Rule("every number of units", "every (NUM | SOME) (UNIT | UNITS)", _every),
    Rule("every other unit", "every (other | second) UNIT", _every_other),
    Rule("adverb", "ADVERBSET", _adverb),
    Rule("times a unit", "(once | twice | NUM times) (a | an | per | each | every) UNIT", _times),
    Rule("every weekday", "(every | each) WEEKDAY PARTOFDAY?", _weekdays),
    Rule("weekdays", "WEEKDAYS", _weekdays),
    Rule("weekday nights", "WEEKDAY PARTSOFDAY", _weekdays),
    Rule("every month by name", "(every | each) MONTH", _months),
    Rule("every day of the year", "(every | each) (MONTH DAY | DAY MONTH)", _days_of_year),
    Rule("every season", "(every | each) SEASON", _seasons),
    Rule("every morning", "(every | each) PARTOFDAY", _parts_of_day),
)
