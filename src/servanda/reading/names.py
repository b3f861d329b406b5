"""Noun phrases as names, and what pronouns and phrases such as "the two sides" stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from servanda.reading.lexicon import table
from servanda.reading.parsing import Parse, Word

_TABLE = table("names")
_TITLES = frozenset(_TABLE["titles"])
_SIDES = frozenset(_TABLE["sides"])
_SPEAKERS = frozenset(_TABLE["speakers"])
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "case", "nummod", "punct", "quantmod", "advmod"})
_PLURAL = frozenset({"they", "we", "them", "us", "their", "our", "both", "themselves"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "i", "me", "my"})
_THING = frozenset({"it", "its"})


def name_of(word: Word) -> str:
    """The name that a noun phrase gives, without article, relative clause, apposition and a person's titles."""
    if word.pos == "PROPN":
        run = _proper_run(word)
        kept = run
        while (len(kept) > 1 and kept[0].lower.rstrip(".") in _TITLES and kept[0].entity != word.entity) or (
            len(kept) > 1 and word.entity == "PERSON" and kept[0].lower in _TITLES
        ):
            kept = kept[1:]
        return _join(kept)
    first = word
    for child in sorted(word.children, key=lambda c: -c.i):
        if child.i < word.i and child.dep in _LEFT and child.pos not in ("DET", "PRON"):
            if child.dep in ("nummod", "quantmod", "advmod", "punct"):
                continue
            if first.i - child.i > 8:
                break
            first = min(
                [w for w in child.subtree() if w.pos not in ("DET", "PRON") and w.dep not in ("relcl", "appos")],
                key=lambda w: w.i,
                default=child,
            )
    words = [
        w
        for w in word.subtree()
        if first.i <= w.i <= word.i and not (w.pos == "DET" or w.dep in ("nummod",) or w.text in ('"', "``", "''"))
    ]
    while words and (
        words[0].pos in ("PUNCT", "PART", "DET", "NUM", "ADP", "SYM") or words[0].tag in ("PRP$", "POS", "JJR", "JJS")
    ):
        words = words[1:]
    for preposition in word.all("prep"):
        if preposition.lower == "of" and preposition.i == word.i + 1 and word.lemma not in ("number", "group", "lot"):
            for inner in preposition.all("pobj"):
                words += [preposition, *(w for w in inner.subtree() if w.i <= inner.i)]
    return _join(words or [word])


def _proper_run(word: Word) -> list[Word]:
    run = [word]
    for child in sorted(word.children, key=lambda c: -c.i):
        if (
            child.i < word.i
            and (child.dep in ("compound", "nmod", "amod") or child.dep == "punct")
            and child.pos in ("PROPN", "NOUN", "ADJ", "PUNCT")
        ):
            if child.pos == "PUNCT" and child.text not in ("-", "'s"):
                continue
            if run[0].i - child.i > 4:
                break
            run = (
                [w for w in sorted(child.subtree(), key=lambda w: w.i) if w.pos not in ("DET",)] + run
                if child.i < run[0].i
                else run
            )
    return run


def _join(words: Iterable[Word]) -> str:
    text, last = "", None
    for word in words:
        if last is not None and word.start > last.end:
            text += " "
        text += word.text
        last = word
    return text.strip(" ,\"'")


@dataclass(slots=True)
class Mentions:
    """Who was named so far, latest last; what pronouns within reach are resolved against."""

    people: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    pairs: list[tuple[str, ...]] = field(default_factory=list)
    speaker: str | None = None
    by_noun: dict[str, str] = field(default_factory=dict)

    def note(self, parse: Parse) -> None:
        """Remember the names of a sentence."""
        for word in parse.words:
            if word.pos == "PROPN" and word.dep in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "pobj",
                "poss",
                "appos",
                "conj",
                "agent",
            ):
                name = name_of(word)
                if word.entity == "PERSON":
                    _latest(self.people, name)
                elif word.entity in ("GPE", "ORG", "NORP"):
                    _latest(self.others, name)
                if word.dep in ("nsubj", "nsubjpass", "pobj") and word.all("conj"):
                    group = tuple(
                        name_of(w)
                        for w in conjuncts(word)
                        if w.pos == "PROPN" and w.entity in ("GPE", "ORG", "NORP", "PERSON")
                    )
                    if len(group) > 1:
                        self.pairs.append(group)
            if word.lemma in _SPEAKERS and word.pos == "NOUN" and word.dep in ("nsubj", "pobj", "nsubjpass"):
                full = name_of(word)
                if len(full.split()) > 1:
                    self.by_noun[word.lemma] = full

    def resolve(self, word: Word) -> tuple[str, ...]:
        """The names that a word stands for: itself where it is a name, else what it refers to; empty where unknown."""
        lower = word.lower
        if word.pos == "PRON" or word.tag in ("PRP", "PRP$"):
            if lower in ("i", "we", "me", "us", "my", "our") and self.speaker:
                return (self.speaker,)
            if lower in _PERSON and self.people:
                return (self.people[-1],)
            if lower in _THING and self.others:
                return (self.others[-1],)
            if lower in _PLURAL and self.pairs:
                return self.pairs[-1]
            return ()
        if (word.lemma in _SIDES and word.tag in ("NNS", "NNPS") and _is_anaphoric(word)) and self.pairs:
            return self.pairs[-1]
        return (name_of(word),)


def _is_anaphoric(word: Word) -> bool:
    modifiers = {c.lower for c in word.children if c.i < word.i}
    return bool(modifiers & {"both", "two", "each"}) and not any(
        c.pos in ("PROPN", "ADJ") and c.entity in ("NORP", "GPE") for c in word.children
    )


def _latest(names: list[str], name: str) -> None:
    if name in names:
        names.remove(name)
    names.append(name)
    del names[:-12]


def conjuncts(word: Word) -> list[Word]:
    """A word and the words coordinated with it, in order."""
    found, stack = [], [word]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(
            c
            for c in current.children
            if c.dep == "conj" or (c.dep == "appos" and current.lemma in ("party", "side", "country"))
        )
    return sorted(found, key=lambda w: w.i)
