"""What the guidelines settle about arms, whatever the models believe.

An arms embargo that is respected is `arm`, negative, and one that is broken is `arm`, positive; military support, aid
or assistance is `arm`. The gold shows these a handful of times, too seldom to be learnt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Action, Polarity

if TYPE_CHECKING:
    from servanda.reading.decision import Decided
    from servanda.reading.parsing import Word

_ARMS = frozenset({"arm", "arms", "weapon", "weapons"})
_KEPT = frozenset({"respect", "observe", "honour", "honor", "uphold", "comply", "abide", "adhere", "implement", "obey"})
_BROKEN = frozenset({"violate", "violation", "break", "breach", "flout", "circumvent", "defy", "bust", "contravene"})
_SUPPORT = frozenset({"support", "aid", "assistance", "backing", "help"})


def is_military_support(word: Word) -> bool:
    """Whether a noun is the support, aid or assistance that is military."""
    return word.lemma in _SUPPORT and word.pos == "NOUN" and any(child.lemma == "military" for child in word.children)


def settled(found: Iterable[Decided]) -> list[Decided]:
    """The decisions as the guidelines settle them: embargoes kept or broken, and military support that is no aid."""
    return [_settled(item) for item in found]


def is_treated_embargo(word: Word) -> bool:
    """Whether a word is an arms embargo that is said to be kept or broken, which is a claim by the guidelines."""
    return _is_arms_embargo(word) and _treatment(word) is not None


def _settled(item: Decided) -> Decided:
    if is_military_support(item.word) and item.action is Action.AID:
        return replace(item, action=Action.ARM)
    verb = _treatment(item.word)
    if verb is None:
        return item
    kept = verb.lemma in _KEPT
    refused = bool(item.stance.negations)
    polarity = Polarity.NEGATIVE if kept is not refused else Polarity.POSITIVE
    return replace(item, action=Action.ARM, polarity=polarity)


def _treatment(word: Word) -> Word | None:
    """The word that says how an arms embargo is treated, where the trigger is that word or the embargo itself."""
    treats = _KEPT | _BROKEN
    if word.lemma in treats:
        return word if any(_is_arms_embargo(thing) for thing in _things(word)) else None
    if _is_arms_embargo(word):
        head = word.head.head if word.dep == "pobj" else word.head
        return head if head is not word and head.lemma in treats else None
    return None


def _things(word: Word) -> Iterable[Word]:
    yield from word.all("dobj", "nsubjpass", "compound")
    for preposition in word.all("prep"):
        yield from preposition.all("pobj")


def _is_arms_embargo(word: Word) -> bool:
    return word.lemma == "embargo" and any(child.lemma in _ARMS or child.lower in _ARMS for child in word.children)
