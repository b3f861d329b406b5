"""Headlines Written With Capitals, as the sentences that they are: the parser takes such capitals for names."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from servanda.core.vocabulary import Part
from servanda.reading.lexicon import table

_WORD = re.compile(r"[A-Za-z][a-z]+")
_CAPITALISED = 0.7
"""Share of capitalised words, of those with four letters or more, from which a headline is written so."""
_LONG = 4
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "is", "of", "off", "on", "or", "out"}
    | {"over", "that", "the", "to", "under", "until", "up", "with"}
)
_NOUN_ENDINGS = ("tion", "ment", "ance", "ence", "age", "al", "ure", "ing", "or", "er")
_ENDINGS = ("", "s", "es", "d", "ed", "ing")


def as_sentence(text: str, start: int, end: int, part: Part) -> str:
    """A stretch of a text; of a headline in capitals, with those words small that are no names, at the same places.

    A word is none where the text has it, or another form of it, in small letters more often than in capitals, or where
    it is a verb of the lexicon and the text nowhere else has it in capitals.
    """
    stretch = text[start:end]
    if part is not Part.HEADLINE or not _is_in_capitals(stretch):
        return stretch
    counts = _counts(text)
    first = _WORD.search(stretch)

    def smaller(match: re.Match[str]) -> str:
        word = match[0]
        if first is not None and match.start() == first.start():
            return word
        return word.lower() if word[0].isupper() and _is_no_name(word.lower(), counts) else word

    return _WORD.sub(smaller, stretch)


def _is_in_capitals(stretch: str) -> bool:
    words = [word for word in _WORD.findall(stretch) if len(word) >= _LONG]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= _CAPITALISED * len(words)


def _is_no_name(word: str, counts: Counter[str]) -> bool:
    ending = next((e for e in ("ing", "es", "ed", "s") if word.endswith(e) and len(word) - len(e) > 2), "")
    stem = word.removesuffix(ending)
    small = sum(counts[form] for form in {base + e for base in (word, stem) for e in _ENDINGS})
    capital = counts[word.capitalize()] - 1
    return (
        word in _SMALL
        or small > capital
        or (capital <= 0 and not _verbs().isdisjoint({word, stem, stem + "e", word.removesuffix("s")}))
    )


@lru_cache(maxsize=4)
def _counts(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


@cache
def _verbs() -> frozenset[str]:
    """The verbs that claims are made with, and those of saying and promising."""
    acts, actions, said = table("acts"), table("actions").values(), table("speech")["said"]
    of_acts = (verb for kind in ("commit", "demand") for verb in acts[kind]["verbs"])
    beside = (word for action in actions for words in action.get("with", {}).values() for word in words)
    heads = (head.partition(" ")[0] for action in actions for head in action.get("verbs", ()))
    return frozenset((*of_acts, *heads, *said, *(word for word in beside if not word.endswith(_NOUN_ENDINGS))))
