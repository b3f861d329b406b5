"""Noun phrases as names."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.reading.lexicon import table
from servanda.reading.parsing import Word

_TITLES = frozenset(table("names")["titles"])
_LEFT = frozenset({"compound", "amod", "nmod", "poss"})
_NEVER_FIRST = frozenset({"PUNCT", "PART", "DET", "NUM", "ADP", "SYM", "PRON", "CCONJ"})


def name_of(word: Word) -> str:
    """The name that a noun phrase gives, without article, relative clause, apposition and a person's titles."""
    return _proper(word) if word.pos == "PROPN" or name_tail(word) else _common(word)


def conjuncts(word: Word) -> list[Word]:
    """A word and the words coordinated with it, in order."""
    found, stack = [], [word]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(c for c in current.children if c.dep == "conj")
    return sorted(found, key=lambda w: w.i)


def starts_name(word: Word) -> bool:
    """Whether a possessor is part of a longer name ("Lord's Resistance Army"): then the name goes on over its 's."""
    mark = word.child("case")
    return (
        word.dep == "poss"
        and word.head.pos == "PROPN"
        and mark is not None
        and mark.entity == "ORG"
        and word.head.entity == "ORG"
    )


def _proper(word: Word) -> str:
    run = [word]
    for child in sorted(word.children, key=lambda c: -c.i):
        if child.i < word.i and starts_name(child):
            run = [w for w in child.subtree() if w.pos != "DET"] + run
            continue
        if (
            child.i > word.i
            or child.dep not in ("compound", "nmod", "amod")
            or child.pos not in ("PROPN", "NOUN", "ADJ")
        ):
            continue
        if run[0].i - child.i > 3:
            break
        run = [w for w in child.subtree() if w.pos not in ("DET", "PUNCT") or w.text == "-"] + run
    while len(run) > 1 and (
        run[0].text == "-"
        or (run[0].lower.rstrip(".") in _TITLES and (word.entity == "PERSON" or run[0].entity != word.entity))
    ):
        run = run[1:]
    # "aid group Doctors": what comes before the name says what it is.
    common = next((n for n in range(len(run) - 2, -1, -1) if run[n].pos == "NOUN" and run[n].text.islower()), None)
    if common is not None:
        run = run[common + 1 :]
    return _join([*run, *name_tail(word)])


def name_tail(word: Word) -> list[Word]:
    """What follows within a name: "Doctors *Without Borders*", written with a capital."""
    joint = word.after
    if joint is None or not word.text[0].isupper() or joint.pos not in ("ADP", "SCONJ") or not joint.text[0].isupper():
        return []
    return [joint, joint.after] if joint.after is not None and joint.after.text[0].isupper() else []


def is_within_name(word: Word) -> bool:
    """Whether a word only ends a name that a word before it heads: "Borders" in "Doctors Without Borders"."""
    joint = word.before
    return (
        joint is not None
        and joint.before is not None
        and joint.before.pos in ("PROPN", "NOUN")
        and joint.before.text[0].isupper()
        and any(w is word for w in name_tail(joint.before))
    )


def _common(word: Word) -> str:
    words = [word]
    for child in word.children:
        if child.i < word.i and child.dep in _LEFT and word.i - child.i <= 6:
            words += [w for w in child.subtree() if w.i < word.i]
    words.sort(key=lambda w: w.i)
    while len(words) > 1 and (words[0].pos in _NEVER_FIRST or words[0].tag in ("PRP$", "POS", "JJR", "JJS", "WP$")):
        words = words[1:]
    of = next((p for p in word.all("prep") if p.lower == "of" and p.i == word.i + 1), None)
    if of is not None:
        for inner in of.all("pobj"):
            words += [of, *(w for w in inner.subtree() if w.i <= inner.i)]
    return _join(w for w in words if w.text not in ('"', "``", "''"))


def _join(words: Iterable[Word]) -> str:
    text, last = "", None
    for word in words:
        if last is not None and word.start > last.end:
            text += " "
        text += word.text
        last = word
    return text.strip(" ,\"'")
