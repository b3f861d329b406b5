"""Words that may speak of an action: a wide net, from which the decision stage keeps what it believes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from servanda.core.vocabulary import Action
from servanda.reading.lexicon import Entry, Lexicon
from servanda.reading.parsing import Parse, Word


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word and the ways in which the lexicon lets it speak of an action."""

    word: Word
    entries: tuple[Entry, ...]
    holding: frozenset[Entry]
    """The entries whose conditions hold where the word stands."""

    @property
    def actions(self) -> frozenset[Action]:
        """The actions that the lexicon allows, whether or not the conditions hold."""
        return frozenset(entry.action for entry in self.entries)


def candidates(parse: Parse, words: Lexicon) -> tuple[Candidate, ...]:
    """Every word of a sentence for which the lexicon has an entry."""
    return tuple(
        Candidate(word, entries, frozenset(e for e in entries if _holds(e, word, words)))
        for word in parse.words
        if word.pos not in _NEVER and (entries := words.entries_of(word.lemma))
    )


_NEVER = frozenset({"DET", "PUNCT", "AUX", "PRON", "NUM", "CCONJ", "SCONJ", "PART"})


def _holds(entry: Entry, word: Word, words: Lexicon) -> bool:
    if entry.kind == "verbs" and word.pos not in ("VERB", "ADJ") and word.tag not in ("VBN", "VBG"):
        return False
    if entry.kind == "nouns" and word.pos not in ("NOUN", "PROPN") and word.tag != "VBG":
        return False
    if entry.particle and not _has_particle(word, entry.particle):
        return False
    return entry.beside is None or any(entry.beside in words.classes_of(w.lemma) for w in participants(word))


def _has_particle(word: Word, particle: str) -> bool:
    first, *rest = particle.split()
    return any(
        child.lower == first or child.lemma == first
        for child in [*word.children, *([word.head] if word.dep in ("compound", "amod") else [])]
    ) and (not rest or any(w.lower == rest[-1] for w in word.subtree()))


def participants(word: Word) -> Iterator[Word]:
    """Words that take part in what a word says: its subject, objects, complements, possessor, or what it modifies."""
    yield from _with_conjuncts(c for c in word.children if c.dep in _PARTICIPANT)
    for preposition in word.children:
        if preposition.dep in ("prep", "agent", "dative", "prt", "advmod"):
            for child in preposition.children:
                if child.dep in ("pobj", "pcomp"):
                    yield from _with_conjuncts([child])
                    for inner in child.children:
                        if inner.dep in ("compound", "prep"):
                            yield from (c for c in [inner, *inner.children] if c.dep in ("compound", "pobj"))
    if word.dep in ("relcl", "acl", "amod", "compound", "poss"):
        yield word.head
    if word.dep in ("dobj", "nsubjpass", "nsubj"):
        yield from (c for c in word.head.children if c is not word and c.dep in _PARTICIPANT)
    if word.dep in ("conj", "xcomp", "pcomp", "advcl") and word.pos in ("VERB", "AUX"):
        head = word.head if word.dep != "pcomp" else word.head.head
        yield from _with_conjuncts(c for c in head.children if c.dep in ("nsubj", "nsubjpass", "dobj"))


_PARTICIPANT = frozenset(
    {"nsubj", "nsubjpass", "dobj", "attr", "poss", "compound", "amod", "oprd", "nmod", "dative", "npadvmod", "acomp"}
)


def _with_conjuncts(found: Iterator[Word] | list[Word]) -> Iterator[Word]:
    for word in found:
        yield word
        yield from _with_conjuncts(word.all("conj"))
        if word.lemma in (
            "number",
            "group",
            "lot",
            "batch",
            "wave",
            "rest",
            "majority",
            "dozen",
            "hundred",
            "thousand",
            "half",
            "all",
            "one",
            "some",
            "last",
            "member",
            "unit",
        ):
            for preposition in word.all("prep"):
                yield from _with_conjuncts(preposition.all("pobj"))
