"""Which pieces of evidence go back to one origin: one speaker, one outlet, one story copied or rewritten."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.core.lookalikes import LOOKALIKES
from servanda.core.vocabulary import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from servanda.judging.evidence import Item

Shingle = tuple[str, ...]
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
SHINGLE = 3
ALIKE = 0.6
"""Two quotes that share this part of the shorter one's word triples are one text."""
_TELLING = 5
"""Shorter texts may agree by chance."""
_MANY = 64
"""With more texts than this within two weeks, a text is compared only with those that share a word triple with it; of a
triple that many share, with the latest of them."""
_ENOUGH = 4
"""So many near-copies tie a text to all that are tied to them."""
APART = timedelta(days=14)
"""Texts published further apart than this are not taken for copies of each other."""


def folded(text: str) -> tuple[str, ...]:
    """The words of a text with look-alike letters, invisible characters and case folded away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(LOOKALIKES)
    return tuple(_WORD.findall(text.casefold()))


def shingles_of(words: tuple[str, ...]) -> frozenset[Shingle]:
    """The word triples of a text; of a shorter text, the text itself."""
    if len(words) < SHINGLE:
        return frozenset({words}) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


class _Recent:
    """The texts of the last two weeks, as sets of word triples, which come in the order of their dates."""

    def __init__(self) -> None:
        self._texts: deque[tuple[int, int, Item, frozenset[Shingle]]] = deque()
        self._sharing: dict[Shingle, deque[int]] | None = None
        """For each triple the texts that hold it; kept only while there are many texts."""
        self._first = 0
        """How many texts have gone."""

    def like(self, item: Item, own: frozenset[Shingle]) -> tuple[Item, ...]:
        """The latest near-copies of a text in the two weeks before it; from now on it is one of them."""
        day = item.published.toordinal()
        self._forget(day - APART.days)
        found: list[Item] = []
        for _, _, other, theirs in self._candidates(own):
            if own.isdisjoint(theirs):
                continue
            shared = len(own & theirs)
            if shared >= ALIKE * len(own) or shared >= ALIKE * len(theirs):
                found.append(other)
                if len(found) == _ENOUGH:
                    break
        self._texts.append((day, self._first + len(self._texts), item, own))
        if self._sharing is not None:
            self._note(self._texts[-1])
        elif len(self._texts) > _MANY:
            self._sharing = {}
            for text in self._texts:
                self._note(text)
        return tuple(found)

    def _candidates(self, own: frozenset[Shingle]) -> Iterable[tuple[int, int, Item, frozenset[Shingle]]]:
        if self._sharing is None:
            return reversed(self._texts)
        numbers: set[int] = set()
        for triple in own:
            numbers.update(self._sharing.get(triple, ()))
        return [self._texts[number - self._first] for number in sorted(numbers, reverse=True)]

    def _note(self, text: tuple[int, int, Item, frozenset[Shingle]]) -> None:
        assert self._sharing is not None
        for triple in text[3]:
            self._sharing.setdefault(triple, deque(maxlen=_MANY)).append(text[1])

    def _forget(self, before: int) -> None:
        while self._texts and self._texts[0][0] < before:
            _, number, _, own = self._texts.popleft()
            self._first += 1
            if self._sharing is not None:
                for triple in own:
                    holders = self._sharing[triple]
                    if holders and holders[0] == number:
                        holders.popleft()
                    if not holders:
                        del self._sharing[triple]


def find_copies(items: Sequence[Item]) -> None:
    """Find which items, given in their order, are near-copies of one text; done once for all of a commitment.

    Two texts are near-copies where they share most of their word triples and were published within two weeks.
    """
    recent = _Recent()
    for item in items:
        quote = item.record.claim.quote
        item.copies = ()
        if quote and item.stance is not Stance.DEMANDS:
            words = folded(quote)
            if len(words) >= _TELLING:
                item.copies = recent.like(item, shingles_of(words))


def mark_origins(items: Sequence[Item]) -> None:
    """Name the origin of each of these items, given in their order: the earliest document of those it is tied to.

    A speaker is one origin however many outlets quote them. An outlet in its own voice is one origin however often it
    says it. Near-copies of one text, published within two weeks, are one origin whoever signs them.
    """
    above = list(range(len(items)))
    speakers: dict[str, int] = {}
    documents: dict[str, int] = {}
    place = {id(item): at for at, item in enumerate(items)}
    for at, item in enumerate(items):
        speaker = item.speaker
        tied = [speakers.setdefault(speaker.key, at)]
        if speaker.outlet:
            tied.append(documents.setdefault(item.record.document.id, at))
        tied += [there for other in item.copies if (there := place.get(id(other))) is not None]
        root = at
        for earlier in tied:
            other_root = _root(above, earlier)
            if other_root != root:
                root, later = (root, other_root) if root < other_root else (other_root, root)
                above[later] = root
    for at, item in enumerate(items):
        item.origin = items[_root(above, at)].record.document.id


def _root(above: list[int], at: int) -> int:
    """The least number of a group, to which all others lead; the way there is made shorter."""
    while above[at] != at:
        above[at] = above[above[at]]
        at = above[at]
    return at


def in_order(item: Item) -> tuple[date, str]:
    """By which items are ordered: by the day of publication, and within it by the claim's id."""
    return (item.published, item.record.id)
