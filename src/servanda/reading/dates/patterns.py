"""Patterns of the grammar: "LAST NUM? UNITS" is two or three words. Capitals are word classes, the rest are words.

`(a | b)` is a choice and `?` after an item makes it optional. `NAME:label` keeps what was found under another name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servanda.reading.dates.lattice import Edge, Meaning
    from servanda.reading.dates.tokens import Token

_ITEM = re.compile(r"[()|?]|[^\s()|?]+")

Found = tuple[tuple[str, "Meaning"], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text as patterns see it: its tokens and what they may stand for."""

    tokens: Sequence[Token]
    edges: Sequence[tuple[Edge, ...]]


@dataclass(frozen=True, slots=True)
class Word:
    """One literal word or sign."""

    word: str

    def ends(self, words: Words, at: int, found: Found) -> Iterator[tuple[int, Found]]:
        """Where it may end, and what was found on the way."""
        if at < len(words.tokens) and words.tokens[at].lower == self.word:
            yield at + 1, found

    def first(self) -> tuple[frozenset[str], bool]:
        """What it may begin with, and whether it may be empty."""
        return frozenset({self.word}), False


@dataclass(frozen=True, slots=True)
class OfClass:
    """One stretch of a word class, kept under a label."""

    word_class: str
    label: str

    def ends(self, words: Words, at: int, found: Found) -> Iterator[tuple[int, Found]]:
        """Where it may end, and what was found on the way."""
        if at < len(words.tokens):
            for edge in words.edges[at]:
                if edge.word_class == self.word_class:
                    yield edge.end, (*found, (self.label, edge.meaning))

    def first(self) -> tuple[frozenset[str], bool]:
        """What it may begin with, and whether it may be empty."""
        return frozenset({self.word_class}), False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several, or (where `optional`) nothing."""

    options: tuple[Row, ...]
    optional: bool = False

    def ends(self, words: Words, at: int, found: Found) -> Iterator[tuple[int, Found]]:
        """Where it may end, and what was found on the way."""
        for option in self.options:
            yield from option.ends(words, at, found)
        if self.optional:
            yield at, found

    def first(self) -> tuple[frozenset[str], bool]:
        """What it may begin with, and whether it may be empty."""
        firsts = [option.first() for option in self.options]
        return frozenset().union(*(start for start, _ in firsts)), self.optional or any(empty for _, empty in firsts)


@dataclass(frozen=True, slots=True)
class Row:
    """One item after another."""

    items: tuple[Word | OfClass | Choice, ...]

    def ends(self, words: Words, at: int, found: Found, done: int = 0) -> Iterator[tuple[int, Found]]:
        """Where it may end, and what was found on the way."""
        if done == len(self.items):
            yield at, found
            return
        for middle, kept in self.items[done].ends(words, at, found):
            yield from self.ends(words, middle, kept, done + 1)

    def first(self) -> tuple[frozenset[str], bool]:
        """What it may begin with, and whether it may be empty."""
        starts: frozenset[str] = frozenset()
        for item in self.items:
            start, empty = item.first()
            starts |= start
            if not empty:
                return starts, False
        return starts, True


Pattern = Row

END = ""
"""Stands for the end of a pattern among what may come next."""


def after(items: Sequence[Word | OfClass | Choice], word: str) -> frozenset[str]:
    """What may come next once a pattern has begun with a literal word: words, word classes, or `END`."""
    if not items:
        return frozenset()
    head, rest = items[0], items[1:]
    if isinstance(head, Choice):
        ways = [(*option.items, *rest) for option in head.options] + ([tuple(rest)] if head.optional else [])
        return frozenset().union(*(after(way, word) for way in ways))
    if not isinstance(head, Word) or head.word != word:
        return frozenset()
    starts, may_end = Row(tuple(rest)).first()
    return starts | {END} if may_end else starts


def compile_pattern(source: str) -> Pattern:
    """Read a pattern.

    Raises:
        ValueError: brackets do not match, or `?` follows nothing.
    """
    items = _ITEM.findall(source)
    pattern, rest = _choice(items, 0)
    if rest != len(items):
        raise ValueError(f"unmatched bracket in the pattern {source!r}")
    return pattern


def _choice(items: list[str], at: int) -> tuple[Row, int]:
    options: list[Row] = []
    current: list[Word | OfClass | Choice] = []
    while at < len(items) and items[at] != ")":
        item = items[at]
        if item == "|":
            options.append(Row(tuple(current)))
            current = []
        elif item == "?":
            if not current:
                raise ValueError(f"nothing before '?' in the pattern {' '.join(items)!r}")
            current.append(Choice((Row((current.pop(),)),), optional=True))
        elif item == "(":
            inner, at = _choice(items, at + 1)
            if at == len(items):
                raise ValueError(f"unmatched bracket in the pattern {' '.join(items)!r}")
            current.append(Choice((inner,)))
        elif item[0].isupper():
            word_class, _, label = item.partition(":")
            current.append(OfClass(word_class, label or word_class))
        else:
            current.append(Word(item))
        at += 1
    options.append(Row(tuple(current)))
    return (options[0] if len(options) == 1 else Row((Choice(tuple(options)),))), at
