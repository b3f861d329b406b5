"""The shortest stretch of the text that makes a claim: the clause of its trigger, not the sentence."""

from __future__ import annotations

from servanda.reading.parsing import Word
from servanda.reading.stance import Stance

_ADJOINED = frozenset(
    {"relcl", "appos", "advcl", "parataxis", "ccomp", "conj", "cc", "punct", "mark", "discourse", "intj", "preconj"}
)


def clause(trigger: Word, stance: Stance) -> tuple[int, int]:
    """Offsets of the clause into the document's text."""
    words = _verb_clause(trigger, stance) if trigger.pos in ("VERB", "AUX") else _noun_clause(trigger, stance)
    words = _trim(words, trigger)
    return words[0].start, words[-1].end


_NEGATING = frozenset(
    {
        "no",
        "not",
        "n't",
        "none",
        "never",
        "neither",
        "nor",
        "nothing",
        "nobody",
        "without",
        "deny",
        "refuse",
        "fail",
        "reject",
    }
)


def with_denial(start: int, end: int, trigger: Word) -> int:
    """Where the quote of a negative claim begins, so that it holds what makes it negative ("no sign that ...").

    The nearest negating word above the trigger, or beside one of its governors, is taken in where the clause has none.
    """
    above = list(trigger.ancestors())
    sentence = (above[-1] if above else trigger).subtree()
    if any(_negates(word) for word in sentence if start <= word.start < end):
        return start
    for governor in above:
        found = [word for word in (governor, *governor.children) if _negates(word) and word.start < start]
        if found:
            return max(word.start for word in found)
    return start


def _negates(word: Word) -> bool:
    return word.lower in _NEGATING or word.lemma in _NEGATING


def _verb_clause(verb: Word, stance: Stance) -> list[Word]:
    words = _own(verb, keep_subject=True)
    top = verb
    # An infinitive is quoted with what governs it: "agreed to withdraw", "called on Turkey to withdraw".
    while top.dep in ("xcomp", "pcomp", "acl", "prep") and top.head is not top and not _complete(top):
        head = top.head
        if head.pos in ("NOUN", "PROPN") and top.dep in ("acl", "prep"):
            words = words + [w for w in _own(head, keep_subject=True) if w not in words]
            break
        top = head
        words = words + [w for w in _own(top, keep_subject=True) if w not in words]
        if top.pos == "VERB" and top.child("nsubj", "nsubjpass") is not None:
            break
    if verb.dep == "conj" and verb.child("nsubj", "nsubjpass") is None:
        return sorted(words, key=lambda w: w.i)
    return sorted(words, key=lambda w: w.i)


def _complete(verb: Word) -> bool:
    return verb.child("nsubj", "nsubjpass") is not None and verb.dep != "xcomp"


def _noun_clause(noun: Word, stance: Stance) -> list[Word]:
    if noun.dep in ("dobj", "nsubj", "nsubjpass", "attr", "pobj"):
        head = noun.head if noun.dep != "pobj" else noun.head.head
        if head.pos in ("VERB", "AUX") and (noun.dep != "pobj" or noun.head.dep == "prep"):
            return _verb_clause(head, stance)
    return sorted(_own(noun, keep_subject=True), key=lambda w: w.i)


def _own(word: Word, *, keep_subject: bool) -> list[Word]:
    """A word with its arguments and modifiers, without clauses that make statements of their own."""
    words = [word]
    for child in word.children:
        if child.dep in ("conj", "cc", "parataxis", "punct", "mark", "preconj", "intj") and word.pos in ("VERB", "AUX"):
            continue
        if child.dep in ("ccomp", "advcl") and child.child("nsubj", "nsubjpass") is not None:
            continue
        if child.dep in ("advcl",):
            continue
        words.extend(child.subtree())
    return words


def _trim(words: list[Word], trigger: Word) -> list[Word]:
    """The contiguous stretch around the trigger, without punctuation at its ends."""
    chosen = {w.i for w in words}
    low = high = trigger.i
    by_index = {w.i: w for w in words}
    gap = 2
    while True:
        nearer = [i for i in range(low - 1, low - 1 - gap, -1) if i in chosen]
        if not nearer:
            break
        low = nearer[0]
    while True:
        nearer = [i for i in range(high + 1, high + 1 + gap) if i in chosen]
        if not nearer:
            break
        high = nearer[0]
    stretch = [by_index[i] for i in range(low, high + 1) if i in by_index]
    while (
        len(stretch) > 1
        and (stretch[0].pos == "PUNCT" or stretch[0].dep in ("cc", "mark"))
        and stretch[0] is not trigger
    ):
        stretch = stretch[1:]
    while (
        len(stretch) > 1
        and stretch[-1].pos in ("PUNCT", "CCONJ", "ADP")
        and stretch[-1] is not trigger
        and stretch[-1].dep != "prt"
    ):
        stretch = stretch[:-1]
    return stretch
