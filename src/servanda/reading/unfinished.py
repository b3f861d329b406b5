"""An agreement of which the text says that it is not concluded: "the deal is not yet done", "the accord is not signed".

A report of an agreement, negative. The noun alone reads like a topic, so that the models seldom see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Act, Action, Polarity

if TYPE_CHECKING:
    from servanda.reading.decision import Decided
    from servanda.reading.parsing import Word

_AGREEMENTS = frozenset({"deal", "agreement", "accord", "pact", "treaty", "settlement", "truce"})
_CONCLUDED = frozenset(
    {"do", "done", "sign", "seal", "conclude", "finalise", "finalize", "complete", "final", "agree", "reach"}
)


def is_unfinished(word: Word) -> bool:
    """Whether a noun is an agreement of which its clause denies that it is concluded."""
    verb = word.head
    if word.lemma not in _AGREEMENTS or verb.child("neg") is None:
        return False
    if any(child.lower == "until" for child in verb.children):
        return False  # "was not signed until May": it was
    said = (
        [verb] if word.dep == "nsubjpass" else verb.all("acomp") if word.dep == "nsubj" and verb.lemma == "be" else []
    )
    return any(part.lemma in _CONCLUDED for part in said)


def with_unfinished(found: Iterable[Decided]) -> list[Decided]:
    """The decisions, with what is said of agreements that are not concluded as reports of that."""
    return [
        replace(item, act=Act.REPORT, polarity=Polarity.NEGATIVE)
        if item.action is Action.AGREE and is_unfinished(item.word)
        else item
        for item in found
    ]
