"""Numbers as dates and durations use them: figures, words, ordinals, years, clock times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servanda.reading.dates.lexicon import CARDINALS, MAGNITUDES, ORDINALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servanda.reading.dates.tokens import Token

Reading = tuple[str, int | str | tuple[int | str, ...], int]
"""A word class, what it means, and the token after it."""

_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_DIGITS = re.compile(r"\d+")


def numbers_at(tokens: Sequence[Token], at: int) -> Iterator[Reading]:
    """Every reading of the number that begins at a token; none where no number begins."""
    token = tokens[at]
    first = token.lower[0]
    if first.isdigit():
        yield from _figures(tokens, at)
    elif first == "'":
        yield from _short_years(token, at)
    elif token.lower in CARDINALS or token.lower in ("a", "half", "hundred"):
        yield from _worded(tokens, at)
    if first.isalpha():
        ordinal = _ordinal(tokens, at)
        if ordinal is not None:
            yield ordinal
        if token.lower in ("a.m.", "a.m", "p.m.", "p.m", "am", "pm"):
            yield ("AMPM", token.lower[0], at + 1)


def _figures(tokens: Sequence[Token], at: int) -> Iterator[Reading]:
    text = tokens[at].lower
    if text[-1].isalpha():
        if text.endswith("s") and text[:4].isdigit():
            yield ("DECADE", int(text[:4]), at + 1)
        elif text[-2:] in ("st", "nd", "rd", "th") and len(text) <= 6:
            number = int(text[:-2])
            yield ("ORD", number, at + 1)
            if 1 <= number <= 31:
                yield ("DAY", number, at + 1)
        elif text[4:5] == "-":
            yield ("ISO", text, at + 1)
        return
    if text[4:5] == "/":
        yield ("ISO", text.replace("/", "-"), at + 1)
        return
    if "/" in text or text.count(".") == 2:
        yield ("NUMERIC", text, at + 1)
        return
    if "-" in text:
        yield ("ISO", text, at + 1)
        return
    if match := _CLOCK.fullmatch(text):
        yield ("CLOCK", f"{int(match[1]):02d}:{match[2]}", at + 1)
        return
    plain = text.replace(",", "")
    if len(plain) > _MOST_DIGITS:
        return
    if _DIGITS.fullmatch(text):
        yield from _whole(text, at)
    yield ("NUM", plain, at + 1)
    yield from _fraction(tokens, at, plain)


def _whole(text: str, at: int) -> Iterator[Reading]:
    number = int(text)
    if len(text) == 4 and 1000 <= number <= 2999:
        yield ("YEAR", number, at + 1)
    if len(text) == 2:
        yield ("YY", number, at + 1)
    if len(text) <= 2 and 1 <= number <= 31:
        yield ("DAY", number, at + 1)
    if len(text) <= 2 and 1 <= number <= 12:
        yield ("HOUR", number, at + 1)
    if match := _MILITARY.fullmatch(text):
        yield ("MILITARY", f"{match[1]}:{match[2]}", at + 1)


def _fraction(tokens: Sequence[Token], at: int, whole: str) -> Iterator[Reading]:
    """ "5 1/2" and "5 and a half" are 5.5; "1/2" is 0.5."""
    words = [token.text for token in tokens[at : at + 5]]
    if words[:3] == ["1", "/", "2"]:
        yield ("NUM", "0.5", at + 3)
    if words[1:4] == ["1", "/", "2"] and whole.isdigit():
        yield ("NUM", f"{whole}.5", at + 4)
    if words[1:4] == ["and", "a", "half"] and whole.isdigit():
        yield ("NUM", f"{whole}.5", at + 4)


def _short_years(token: Token, at: int) -> Iterator[Reading]:
    digits = token.lower[1:3]
    if digits.isdigit():
        century = 2000 if int(digits) < 30 else 1900
        kind = "DECADE" if token.lower.endswith("s") else "YEAR"
        yield (kind, century + int(digits), at + 1)


_MOST_DIGITS = 9
_MOST_WORDS = 12
"""Words that a number in words has at most: "two hundred and twenty-five thousand" has seven."""


def _worded(tokens: Sequence[Token], at: int) -> Iterator[Reading]:
    number, end = _sum_of_words(tokens, at)
    if number and (tokens[at].lower != "a" or end > at + 1):
        yield ("NUM", str(number), end)
        if [token.lower for token in tokens[end : end + 6]] == ["-", "and", "-", "a", "-", "half"]:
            yield ("NUM", f"{number}.5", end + 6)
        if 1 <= number <= 12:
            yield ("HOUR", number, end)
        if [token.lower for token in tokens[end : end + 3]] == ["and", "a", "half"]:
            yield ("NUM", f"{number}.5", end + 3)
    yield from _worded_year(tokens, at)


def _sum_of_words(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The number that words from `at` on say, and the token after them; 0 where they say none."""
    total, current, end = 0, 0, at
    while end < min(len(tokens), at + _MOST_WORDS):
        word = tokens[end].lower
        if word in CARDINALS:
            ones_after_tens = current % 100 >= 20 and current % 10 == 0 and CARDINALS[word] < 10
            if current % 100 and not ones_after_tens:
                break
            current += CARDINALS[word]
        elif word == "hundred" and current < 100:
            current = (current or 1) * 100
        elif word in MAGNITUDES and current < 1000 and total < MAGNITUDES[word]:
            total, current = total + (current or 1) * MAGNITUDES[word], 0
        elif not _joins_number_words(tokens, at, end):
            break
        end += 1
    return total + current, end


def _joins_number_words(tokens: Sequence[Token], at: int, here: int) -> bool:
    """The "a" of "a hundred", the hyphen of "twenty-one", the "and" of "two hundred and five"."""
    following = tokens[here + 1].lower if here + 1 < len(tokens) else ""
    if tokens[here].lower == "a":
        return here == at and following in MAGNITUDES
    if here == at or following not in CARDINALS:
        return False
    before = tokens[here - 1].lower
    return before.endswith("ty") if tokens[here].text == "-" else tokens[here].lower == "and" and before in MAGNITUDES


def _worded_year(tokens: Sequence[Token], at: int) -> Iterator[Reading]:
    """ "nineteen ninety-one", "two thousand and four", "twenty twenty-one"."""
    words = [token.lower for token in tokens[at : at + 4]]
    if words[0] in ("eighteen", "nineteen", "twenty") and len(words) > 1:
        skip = 1 if words[1] == "-" else 0
        tail = _below_hundred(tokens, at + 1 + skip)
        if tail is not None and tail[0] >= 10:
            yield ("YEAR", CARDINALS[words[0]] * 100 + tail[0], tail[1])
    if words[:2] == ["two", "thousand"]:
        skip = 1 if words[2:3] == ["and"] else 0
        tail = _below_hundred(tokens, at + 2 + skip)
        yield ("YEAR", 2000 + (tail[0] if tail else 0), tail[1] if tail else at + 2)


def _below_hundred(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    if at >= len(tokens) or tokens[at].lower not in CARDINALS:
        return None
    number, end = CARDINALS[tokens[at].lower], at + 1
    if number >= 20:
        skip = 1 if end < len(tokens) and tokens[end].text == "-" else 0
        if end + skip < len(tokens) and 0 < CARDINALS.get(tokens[end + skip].lower, 0) < 10:
            return number + CARDINALS[tokens[end + skip].lower], end + skip + 1
    return number, end


def _ordinal(tokens: Sequence[Token], at: int) -> Reading | None:
    word = tokens[at].lower
    if word in ORDINALS:
        return ("ORD", ORDINALS[word], at + 1)
    if word in ("twenty", "thirty") and at + 1 < len(tokens):
        skip = 1 if tokens[at + 1].text == "-" else 0
        if at + 1 + skip < len(tokens) and 0 < ORDINALS.get(tokens[at + 1 + skip].lower, 0) < 10:
            return ("ORD", CARDINALS[word] + ORDINALS[tokens[at + 1 + skip].lower], at + 2 + skip)
    return None
