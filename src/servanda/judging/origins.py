"""Which pieces of evidence go back to one origin: one speaker, one outlet, one story copied or rewritten."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.core.lookalikes import LOOKALIKES
from servanda.core.vocabulary import Stance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.judging.evidence import Item

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
SHINGLE = 3
ALIKE = 0.6
"""Two quotes that share this part of the shorter one's word triples are one text."""
_TELLING = 5
"""Shorter texts may agree by chance."""
_COMMON = 32
"""A triple that more texts share tells nothing."""
APART = timedelta(days=14)
"""Texts published further apart than this are not taken for copies of each other."""


def folded(text: str) -> tuple[str, ...]:
    """The words of a text with look-alike letters, invisible characters and case folded away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(LOOKALIKES)
    return tuple(_WORD.findall(text.casefold()))


def shingles_of(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The word triples of a text; of a shorter text, the text itself."""
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


def find_copies(items: Sequence[Item]) -> None:
    """Find which items are near-copies of one text; done once for all items of a commitment.

    Two texts are near-copies where they share most of their word triples and were published within two weeks. Triples
    that many texts share are passed over, so that it stays near linear.
    """
    if all(item.text is not None for item in items):
        return
    first: dict[int, int] = {}
    later: dict[int, list[int]] = {}
    sizes: list[int] = []
    for at, item in enumerate(items):
        quote = item.record.claim.quote
        words = folded(quote) if quote and item.stance is not Stance.DEMANDS else ()
        item.text = hash(words) if len(words) >= _TELLING else 0
        item.copies = ()
        own = shingles_of(words)
        sizes.append(len(own))
        if len(own) < SHINGLE:
            continue
        shared: dict[int, int] = {}
        for triple in own:
            key = hash(triple)
            earliest = first.setdefault(key, at)
            if earliest == at:
                continue
            seen = later.setdefault(key, [earliest])
            if len(seen) <= _COMMON:
                for other in seen:
                    shared[other] = shared.get(other, 0) + 1
            seen.append(at)
        for other, count in shared.items():
            if count >= ALIKE * min(len(own), sizes[other]) and abs(item.published - items[other].published) <= APART:
                item.copies = (*item.copies, items[other])


def mark_origins(items: Sequence[Item]) -> None:
    """Name the origin of each item: the earliest document of all that share a speaker, a document's voice, or a text.

    A speaker is one origin however many outlets quote them. An outlet in its own voice is one origin however often it
    says it. Near-copies of one text, published within two weeks, are one origin whoever signs them.
    """
    union = _Union(len(items))
    speakers: dict[str, int] = {}
    documents: dict[str, int] = {}
    place = {id(item): at for at, item in enumerate(items)}
    texts: dict[int, int] = {}
    for at, item in enumerate(items):
        speaker = item.speaker
        if (earlier := speakers.setdefault(speaker.key, at)) != at:
            union.join(earlier, at)
        if speaker.outlet and (earlier := documents.setdefault(item.record.document.id, at)) != at:
            union.join(earlier, at)
        if item.text:
            same = texts.setdefault(item.text, at)
            if abs(items[same].published - item.published) <= APART:
                union.join(same, at)
        for other in item.copies:
            if (there := place.get(id(other))) is not None:
                union.join(there, at)
    first: dict[int, int] = {}
    for at in range(len(items)):
        root = union.find(at)
        best = first.setdefault(root, at)
        if _order(items[at]) < _order(items[best]):
            first[root] = at
    for at, item in enumerate(items):
        item.origin = items[first[union.find(at)]].record.document.id


def _order(item: Item) -> tuple[date, str]:
    return (item.published, item.record.id)
