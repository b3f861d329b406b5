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
    "a hundred": 100,
    "one hundred": 100,
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{ten}-{unit}": 10 * m + n for m, ten in enumerate(_TENS, 2) for n, unit in enumerate(_UNITS, 1)},
}
_SPAN = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))})[\s-]+"
    r"(?:\(\d+\)\s+)?(?:(business|working)\s+)?(?:calendar\s+)?(day|week|month|year)s?\b",
    re.IGNORECASE,
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_TEMPORAL = re.compile(
    rf"\b(\d{{4}}|{_MONTHS}|days?|weeks?|months?|years?|hours?|quarter|today|tomorrow|midnight|noon|dawn|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|before|until|no later|deadline|ramadan|christmas|easter|d\+\d+)\b",
    re.IGNORECASE,
)


def stated_spans(text: str) -> tuple[Duration, ...]:
    """The spans that the text states in so many units: `within three months`, `90 days`."""
    spans = []
    for match in _SPAN.finditer(text):
        word = match[1].lower()
        count, unit = int(word) if word.isdigit() else _NUMBERS[word], match[3].lower()
        if match[2] and unit in ("day", "week"):
            spans.append(Duration(business_days=count * (5 if unit == "week" else 1)))
        elif not match[2]:
            spans.append(Duration(**{f"{unit}s": count}))
    return tuple(spans)


def states_a_time(text: str) -> bool:
    """Whether the text says anything of when."""
    return _TEMPORAL.search(text) is not None
