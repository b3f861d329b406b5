"""Numbers in figures and in words: "some 300", "two dozen", "1.5 million", "half", "60 percent"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_ONES = {word: float(n) for n, word in enumerate(f"{_UNITS} {_TEENS}".split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10.0 * n for n, word in enumerate(_DECADES.split(), 2)}
_SCALES = {
    "dozen": 12.0,
    "score": 20.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "thirds": 1 / 3, "quarters": 0.25}
_FIGURE = re.compile(r"\d{1,3}(?:,\s?\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number(words: Sequence[str]) -> float | None:
    """The number that consecutive words say, or `None`: `["1.5", "million"]` is 1.5e6."""
    total, current, found = 0.0, 0.0, False
    for raw in words:
        for word in raw.lower().replace("-", " ").split():
            value = _plain(word)
            if value is not None:
                current, found = current + value, True
            elif word in _SCALES:
                scale = _SCALES[word]
                if not found and word != "dozen":
                    return None
                current, found = (current or 1.0) * scale, True
                if scale >= 1000:
                    total, current = total + current, 0.0
            elif word in ("and", "a", "an") or not word:
                continue
            else:
                return None
    return total + current if found else None


def share(word: str) -> float | None:
    """The share that a word names: 0.5 for "half"."""
    return _FRACTIONS.get(word.lower())


def _plain(word: str) -> float | None:
    if _FIGURE.fullmatch(word):
        return float(word.replace(",", "").replace(" ", ""))
    return _ONES.get(word, _TENS.get(word))
