"""Words to look for, and what is found. How a database searches is its own module's business."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.core.problems import ServandaError

MARK_START, MARK_END = "\ufdd0", "\ufdd1"
"""Code points that Unicode reserves for such uses and no text holds; they mark the words found in an excerpt."""

Words = list[tuple[str, bool]]
"""Words or phrases; `True` where any ending will do."""

_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that holds all words looked for. `claim` is `None` where they stand in the text at large."""

    document: str
    claim: str | None
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    """The words found, as stretches of the excerpt."""


def parse_query(query: str) -> Words:
    """Split what a person typed: words, "quoted phrases", and beginnings of words with a star (`withdr*`).

    Raises:
        ServandaError: there is no word in it.
    """
    words: Words = []
    visible = "".join(character if character.isprintable() else " " for character in query)
    for phrase, word in _WORD.findall(visible):
        term = phrase or word
        if any(character.isalnum() for character in term):
            words.append((term.rstrip("*"), not phrase and term.endswith("*")))
    if not words:
        raise ServandaError(f"nothing to look for in {query!r}", "give one word or more, or a phrase in quotes")
    return words


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """An excerpt without its marks, and the stretches that they enclosed."""
    plain: list[str] = []
    marks: list[tuple[int, int]] = []
    length = start = 0
    for piece in re.split(f"([{MARK_START}{MARK_END}])", marked):
        if piece == MARK_START:
            start = length
        elif piece == MARK_END:
            marks.append((start, length))
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), tuple(marks)
