"""The words that the reader knows, read from the TOML files in `lexicon/`. Adding a verb means adding it there."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from servanda.core.vocabulary import Action


@dataclass(frozen=True, slots=True)
class Entry:
    """One way of speaking of an action: a head word, perhaps with a particle, perhaps only beside a class of words."""

    action: Action
    kind: str
    """`verbs`, `nouns`, `adjectives`, `contrary` or `with`."""
    particle: str | None = None
    beside: str | None = None
    contrary: bool = False


@dataclass(frozen=True, slots=True)
class Governors:
    """The words by which something is committed to, demanded, predicted, stipulated, reported, reversed or hedged."""

    tables: Mapping[str, Mapping[str, frozenset[str]]]

    def has(self, table: str, kind: str, word: str) -> bool:
        """Whether `word` stands in that list of acts.toml."""
        return word in self.tables[table].get(kind, frozenset())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the TOML files say, indexed by head word."""

    entries: Mapping[str, tuple[Entry, ...]]
    classes: Mapping[str, frozenset[str]]
    """Word → the classes that it belongs to."""
    governors: Governors
    speech: Mapping[str, frozenset[str]]

    def classes_of(self, lemma: str) -> frozenset[str]:
        """The classes of a base form; a plural that the tagger took for a name is tried as a singular."""
        found = self.classes.get(lemma)
        if found is None and lemma.endswith("s"):
            found = self.classes.get(lemma[:-1])
        return found or frozenset()

    def entries_of(self, lemma: str) -> tuple[Entry, ...]:
        """The entries headed by a base form (or by its singular)."""
        found = self.entries.get(lemma)
        if found is None and lemma.endswith("s"):
            found = self.entries.get(lemma[:-1])
        return found or ()


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package."""
    return build(table("actions"), table("classes"), table("acts"), table("speech"))


def build(
    actions: Mapping[str, Any], classes: Mapping[str, Any], acts: Mapping[str, Any], speech: Mapping[str, Any]
) -> Lexicon:
    """Index the tables of the four files."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, said in actions.items():
        action = Action(name)
        for kind in ("verbs", "nouns", "adjectives", "contrary"):
            for head, particle in _heads(said.get(kind, ())):
                entries[head].append(Entry(action, kind, particle, None, kind == "contrary"))
        for key, contrary in (("with", False), ("contrary_with", True)):
            for beside, words in said.get(key, {}).items():
                for head, particle in _heads(words):
                    entries[head].append(Entry(action, "with", particle, beside, contrary))
    memberships: defaultdict[str, set[str]] = defaultdict(set)
    for name, words in classes.items():
        for word in words:
            memberships[word].add(name)
    return Lexicon(
        {head: tuple(found) for head, found in entries.items()},
        {word: frozenset(names) for word, names in memberships.items()},
        Governors({name: {kind: frozenset(words) for kind, words in lists.items()} for name, lists in acts.items()}),
        {kind: frozenset(words) for kind, words in speech.items()},
    )


def _heads(words: Iterable[str]) -> Iterable[tuple[str, str | None]]:
    for word in words:
        head, _, particle = word.partition(" ")
        yield head, particle or None


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML files in `lexicon/`."""
    return tomllib.loads((files("servanda.reading") / "lexicon" / f"{name}.toml").read_text(encoding="utf-8"))
