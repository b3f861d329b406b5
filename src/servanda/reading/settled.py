"""What the guidelines settle, whatever the models believe.

An arms embargo that is respected is `arm`, negative, and one that is broken is `arm`, positive; military support, aid
or assistance is `arm`; respect for a state's sovereignty or affairs is `interfere`, negative, and its want is positive.
The gold shows these a handful of times, too seldom to be learnt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Action, Polarity
from servanda.reading.lexicon import lexicon
from servanda.reading.stance import stance

if TYPE_CHECKING:
    from servanda.reading.decision import Decided
    from servanda.reading.features import Pair
    from servanda.reading.parsing import Word
    from servanda.reading.stance import Stance

_ARMS = frozenset({"arm", "arms", "weapon", "weapons"})
_KEPT = frozenset({"respect", "observe", "honour", "honor", "uphold", "comply", "abide", "adhere", "implement", "obey"})
_RESPECT = "respect"
_BROKEN = frozenset({"violate", "violation", "break", "breach", "flout", "circumvent", "defy", "bust", "contravene"})
_SUPPORT = frozenset({"support", "aid", "assistance", "backing", "help"})


def is_military_support(word: Word) -> bool:
    """Whether a noun is the support, aid or assistance that is military."""
    return word.lemma in _SUPPORT and word.pos == "NOUN" and any(child.lemma == "military" for child in word.children)


def settled(found: Iterable[Decided]) -> list[Decided]:
    """The decisions as the guidelines settle them."""
    return [_settled(item) for item in found]


def is_settled_claim(pair: Pair) -> bool:
    """Whether the guidelines settle that a word makes a claim of an action."""
    if pair.action is Action.ARM:
        return is_military_support(pair.word) or (_is_arms_embargo(pair.word) and _treatment(pair.word) is not None)
    return pair.action is Action.INTERFERE and pair.match == "with" and pair.word.lemma == _RESPECT


def _settled(item: Decided) -> Decided:
    if is_military_support(item.word) and item.action is Action.AID:
        return replace(item, action=Action.ARM)
    if item.action is Action.INTERFERE and item.word.lemma == _RESPECT:
        return replace(item, polarity=_polarity(item.word, item.stance))
    verb = _treatment(item.word)
    return item if verb is None else replace(item, action=Action.ARM, polarity=_polarity(verb, item.stance))


def _polarity(verb: Word, of_trigger: Stance) -> Polarity:
    """Negative where a verb of keeping is affirmed or one of breaking denied: "failed to respect" is positive.

    Denials may stand by the verb or by the trigger, where that is the embargo.
    """
    how = stance(verb, lexicon())
    negations = {*how.negations, *of_trigger.negations}
    reversals = {*how.reversals, *of_trigger.reversals} - {verb.lemma}
    refused = (len(negations) + len(reversals)) % 2 == 1
    return Polarity.NEGATIVE if (verb.lemma in _KEPT) is not refused else Polarity.POSITIVE


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
