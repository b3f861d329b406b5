"""Which pieces of evidence go back to one origin: one speaker, one outlet, one story copied or rewritten."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from servanda.core.likeness import folded, one_story, runs_in
from servanda.core.vocabulary import Stance
from servanda.judging.evidence import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from servanda.judging.evidence import Item

ALIKE = 0.6
"""Two quotes that share this part of the shorter one's word triples are one text."""
_TELLING = 5
"""Shorter quotes may agree by chance."""
_MANY = 64
"""With more texts than this within two weeks, a text is compared only with those that share a word triple (or a run of
words) with it; of one that many share, with the latest of them."""
_ENOUGH = 4
"""So many near-copies tie a text to all that are tied to them."""
APART = timedelta(days=14)
"""Texts published further apart than this are not taken for copies of each other."""

_Held = TypeVar("_Held")


def shingles_of(words: tuple[str, ...]) -> frozenset[int]:
    """The word triples of a text, each as a number, which are compared faster."""
    return frozenset(map(hash, zip(words, words[1:], words[2:], strict=False)))


class _Recent(Generic[_Held]):
    """The texts of the last two weeks, as sets of their parts, which come in the order of their dates."""

    def __init__(self, alike: Callable[[frozenset[int], frozenset[int]], bool]) -> None:
        self._alike = alike
        self._texts: deque[tuple[int, int, _Held, frozenset[int]]] = deque()
        self._sharing: dict[int, deque[int]] | None = None
        """For each part the texts that hold it; kept only once there are many texts."""
        self._first = 0
        """How many texts have gone."""

    def like(self, held: _Held, published: date, own: frozenset[int]) -> list[_Held]:
        """The latest near-copies of a text in the two weeks before it; from now on it is one of them."""
        day = published.toordinal()
        self._forget(day - APART.days)
        found: list[_Held] = []
        for _, _, other, theirs in self._candidates(own):
            if not own.isdisjoint(theirs) and self._alike(own, theirs):
                found.append(other)
                if len(found) == _ENOUGH:
                    break
        self._texts.append((day, self._first + len(self._texts), held, own))
        if self._sharing is not None:
            self._note(*self._texts[-1])
        elif len(self._texts) > _MANY:
            self._sharing = {}
            for text in self._texts:
                self._note(*text)
        return found

    def _candidates(self, own: frozenset[int]) -> Iterable[tuple[int, int, _Held, frozenset[int]]]:
        if self._sharing is None:
            return reversed(self._texts)
        numbers: set[int] = set()
        for part in own:
            numbers.update(self._sharing.get(part, ()))
        return [self._texts[number - self._first] for number in sorted(numbers, reverse=True)]

    def _note(self, _day: int, number: int, _held: _Held, own: frozenset[int]) -> None:
        assert self._sharing is not None
        for part in own:
            self._sharing.setdefault(part, deque(maxlen=_MANY)).append(number)

    def _forget(self, before: int) -> None:
        while self._texts and self._texts[0][0] < before:
            _, number, _, own = self._texts.popleft()
            self._first += 1
            if self._sharing is not None:
                for part in own:
                    holders = self._sharing[part]
                    if holders and holders[0] == number:
                        holders.popleft()
                    if not holders:
                        del self._sharing[part]


def _near_copies(own: frozenset[int], theirs: frozenset[int]) -> bool:
    return len(own & theirs) >= ALIKE * min(len(own), len(theirs))


def find_copies(items: Sequence[Item]) -> None:
    """Find which items, given in their order, are copies of each other; done once for all of a commitment.

    Two quotes are near-copies where they share most of their word triples and were published within two weeks. (What is
    said by nobody who is named, and so is no proof, is not compared: it corroborates nothing in any number.) What two
    texts report without naming who says it is one report where the texts tell one story.
    """
    recent: _Recent[Item] = _Recent(_near_copies)
    for item in items:
        quote = item.record.claim.quote
        item.copies = ()
        if quote and item.stance is not Stance.DEMANDS and (item.accepted or item.speaker.named):
            words = folded(quote)
            if len(words) >= _TELLING:
                item.copies = tuple(recent.like(item, item.published, shingles_of(words)))
    _find_stories(items)


def _find_stories(items: Sequence[Item]) -> None:
    """Tie proof in one text to proof in another that tells the same story, unless somebody is named for it."""
    recent: _Recent[str] = _Recent(one_story)
    same: dict[str, list[str]] = {}
    told: dict[str, list[Item]] = {}
    for item in items:
        document = item.record.document
        own_voice = item.speaker.outlet or not item.speaker.named
        if not (item.accepted and own_voice and document.sketch and item.stance in FACTS):
            continue
        if document.id not in same:
            same[document.id] = recent.like(document.id, document.published, runs_in(document.sketch))
            for other in same[document.id]:
                same[other].append(document.id)
        item.copies = (*item.copies, *(earlier for other in same[document.id] for earlier in told.get(other, ())))
        told.setdefault(document.id, []).append(item)


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
