"""Which pieces of evidence go back to one origin: one speaker, one outlet, one story copied or rewritten."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.judging.evidence import Item

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУасеіјорхуѕԁһӏԛԝЬΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν",
    "ABESIJKMHOPCTXYaceijopxysdhlqwbABEZHIKMNOPTYXoaiv",
)
SHINGLE = 3
ALIKE = 0.6
"""Two quotes that share this part of the shorter one's word triples are one text."""
APART = timedelta(days=14)
"""Texts published further apart than this are not taken for copies of each other."""


@lru_cache(maxsize=65536)
def folded(text: str) -> tuple[str, ...]:
    """The words of a text with look-alike letters, invisible characters and case folded away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_LOOKALIKES)
    return tuple(_WORD.findall(text.casefold()))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The word triples of a text; of a shorter text, the text itself."""
    words = folded(text)
    if len(words) < SHINGLE:
        return frozenset({words}) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


class _Union:
    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, at: int) -> int:
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first


def mark_origins(items: Sequence[Item]) -> None:
    """Name the origin of each item: the earliest document of all that share a speaker, a document's voice, or a text.

    A speaker is one origin however many outlets quote them. An outlet in its own voice is one origin however often it
    says it. Near-copies of one text that counts as proof, published within two weeks, are one
    origin whoever signs them.
    """
    union = _Union(len(items))
    speakers: dict[str, int] = {}
    for at, item in enumerate(items):
        key = f"document:{item.record.document.id}" if item.speaker.outlet else item.speaker.key
        union.join(speakers.setdefault(key, at), at)
        union.join(speakers.setdefault(item.speaker.key, at), at)
    texts: dict[tuple[str, ...], list[int]] = {}
    for at, item in enumerate(items):
        quote = item.record.claim.quote
        if quote and item.accepted:
            texts.setdefault(folded(quote), []).append(at)
    whole = list(texts.values())
    for same in whole:
        _join_close(items, union, same[0], same[1:])
    _join_near_copies(items, union, [same[0] for same in whole])
    first: dict[int, int] = {}
    for at, item in enumerate(items):
        root = union.find(at)
        best = first.setdefault(root, at)
        if (item.published, item.record.id) < (items[best].published, items[best].record.id):
            first[root] = at
    for at, item in enumerate(items):
        item.origin = items[first[union.find(at)]].record.document.id


def _join_close(items: Sequence[Item], union: _Union, one: int, others: Sequence[int]) -> None:
    for other in others:
        if len(folded(items[one].record.claim.quote or "")) >= 5 and (
            abs(items[one].published - items[other].published) <= APART
        ):
            union.join(one, other)


def _join_near_copies(items: Sequence[Item], union: _Union, candidates: Sequence[int]) -> None:
    """Join texts that share most of their word triples; common triples are passed over, to stay near linear."""
    sets = {at: shingles(items[at].record.claim.quote or "") for at in candidates}
    index: dict[tuple[str, ...], list[int]] = {}
    for at, own in sets.items():
        if len(own) < SHINGLE:
            continue
        shared: dict[int, int] = {}
        for triple in own:
            seen = index.setdefault(triple, [])
            if len(seen) <= 32:
                for other in seen:
                    shared[other] = shared.get(other, 0) + 1
            seen.append(at)
        for other, count in shared.items():
            if count >= ALIKE * min(len(own), len(sets[other])):
                _join_close(items, union, at, [other])


def count_origins(items: Sequence[Item]) -> int:
    """How many independent origins there are."""
    return len({item.origin for item in items})
