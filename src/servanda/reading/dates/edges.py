"""Words before an expression that belong to it: "the", "early", "the end of", "more than", "about"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.reading.dates.expressions import Modifier, TimeType

if TYPE_CHECKING:
    from servanda.reading.dates.patterns import Words
    from servanda.reading.dates.rules import Sense

_PART_OF_A_DATE: dict[tuple[str, ...], Modifier | None] = {
    ("early",): Modifier.START,
    ("early", "in"): Modifier.START,
    ("early", "on"): Modifier.START,
    ("the", "beginning", "of"): Modifier.START,
    ("the", "start", "of"): Modifier.START,
    ("beginning", "of"): Modifier.START,
    ("late",): Modifier.END,
    ("late", "in"): Modifier.END,
    ("the", "end", "of"): Modifier.END,
    ("the", "close", "of"): Modifier.END,
    ("end", "of"): Modifier.END,
    ("end",): Modifier.END,
    ("end", "-"): Modifier.END,
    ("late", "-"): Modifier.END,
    ("early", "-"): Modifier.START,
    ("mid", "-"): Modifier.MID,
    ("mid",): Modifier.MID,
    ("the", "middle", "of"): Modifier.MID,
    ("middle", "of"): Modifier.MID,
    ("earlier",): None,
    ("earlier", "in"): None,
    ("earlier", "on"): None,
    ("later",): None,
    ("later", "in"): None,
    ("later", "on"): None,
    ("sometime",): None,
    ("about",): Modifier.APPROX,
    ("around",): Modifier.APPROX,
    ("circa",): Modifier.APPROX,
}
"""Before dates and times."""
_SIZE_OF_A_SPAN: dict[tuple[str, ...], Modifier] = {
    ("about",): Modifier.APPROX,
    ("around",): Modifier.APPROX,
    ("some",): Modifier.APPROX,
    ("roughly",): Modifier.APPROX,
    ("approximately",): Modifier.APPROX,
    ("nearly",): Modifier.LESS_THAN,
    ("almost",): Modifier.LESS_THAN,
    ("less", "than"): Modifier.LESS_THAN,
    ("under",): Modifier.LESS_THAN,
    ("more", "than"): Modifier.MORE_THAN,
    ("at", "least"): Modifier.EQUAL_OR_MORE,
    ("no", "less", "than"): Modifier.EQUAL_OR_MORE,
    ("not", "less", "than"): Modifier.EQUAL_OR_MORE,
    ("at", "most"): Modifier.EQUAL_OR_LESS,
    ("no", "more", "than"): Modifier.EQUAL_OR_LESS,
    ("not", "more", "than"): Modifier.EQUAL_OR_LESS,
    ("up", "to"): Modifier.EQUAL_OR_LESS,
    ("as", "little", "as"): Modifier.EQUAL_OR_MORE,
}
"""Before spans."""
_LONGEST = 3


def widened(words: Words, at: int, floor: int, sense: Sense, *, takes_the: bool) -> tuple[int, Sense]:
    """Where the expression really begins, and its sense with the modifier that stands there.

    Args:
        words: the text.
        at: the first token of the match.
        floor: the first token that no earlier expression has taken.
        sense: what the match means.
        takes_the: whether an article before it belongs to it.
    """
    start = _with_article(words, at, floor) if takes_the else at
    table = _SIZE_OF_A_SPAN if sense.type is TimeType.DURATION else _PART_OF_A_DATE
    if sense.type is TimeType.SET or sense.value.endswith("_REF"):
        return start, sense
    inner = start if start < at else _with_article(words, at, floor)
    for begin in (start, inner):
        for length in range(_LONGEST, 0, -1):
            first = begin - length
            if first < floor:
                continue
            phrase = tuple(token.lower for token in words.tokens[first:begin])
            if phrase == ("over",) and sense.type is TimeType.DURATION and words.tokens[at].lower in ("a", "an"):
                return first, replace(sense, modifier=Modifier.MORE_THAN)  # "over a week"; "over two weeks" is when
            if phrase in table:
                return _with_article(words, first, floor), replace(sense, modifier=table[phrase] or sense.modifier)
    return start, sense


def _with_article(words: Words, at: int, floor: int) -> int:
    return at - 1 if at - 1 >= floor and words.tokens[at - 1].lower == "the" else at
