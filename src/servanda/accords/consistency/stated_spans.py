"""Spans and dates that the words of a provision state, to hold its deadline against."""

from __future__ import annotations

import re

from servanda.core.dates import Duration

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    "a": 1,
    "an": 1,
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_WORD = "|".join((*sorted(_NUMBERS, key=len, reverse=True), "hundred"))
_SPAN = re.compile(
    rf"\b(?:(?P<digits>\d{{1,4}})|(?P<words>(?:{_WORD})(?:[\s-]+(?:and\s+)?(?:{_WORD}))*))[\s-]+"
    r"(?:\((?P<again>\d{1,4})\)\s+)?(?:(?P<business>business|working)\s+)?(?:calendar\s+)?"
    r"(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_TEMPORAL = re.compile(
    rf"\b(\d{{4}}|{_MONTHS}|days?|weeks?|months?|years?|hours?|quarter|today|tomorrow|midnight|noon|dawn|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|before|until|no later|deadline|ramadan|christmas|easter|d\+\d+)\b",
    re.IGNORECASE,
)


def stated_spans(text: str) -> tuple[Duration, ...]:
    """The spans that the text states in so many units: `within three months`, `90 days`, `sixty (60) days`."""
    spans = []
    for match in _SPAN.finditer(text):
        digits = match["again"] or match["digits"]
        count, unit = int(digits) if digits else _number(match["words"]), match["unit"].lower()
        if match["business"] and unit in ("day", "week"):
            spans.append(Duration(business_days=count * (5 if unit == "week" else 1)))
        elif not match["business"]:
            spans.append(Duration(**{f"{unit}s": count}))
    return tuple(spans)


def _number(words: str) -> int:
    """`one hundred and thirty-five` is 135."""
    total = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total = 100 * max(total, 1)
        else:
            total += _NUMBERS.get(word, 0)
    return total


def states_a_time(text: str) -> bool:
    """Whether the text says anything of when."""
    return _TEMPORAL.search(text) is not None
