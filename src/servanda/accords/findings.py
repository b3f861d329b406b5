"""Collecting problems: every one is kept, in file order, with the line that it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Collection

EXCERPT_LENGTH = 160
"""Longer lines are cut in excerpts; a line of a hostile file may have megabytes."""


class Findings:
    """The problems of one file. `what` says what is wrong, `remedy` what would be right."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._lines = text.splitlines()
        self._found: dict[tuple[Location, str], Problem] = {}

    def error(self, at: Location, what: str, remedy: str, code: str) -> None:
        """Note something that must be put right."""
        self._note(Problem(at, what, remedy, code, error=True, excerpt=self._excerpt(at)))

    def advice(self, at: Location, what: str, remedy: str, code: str) -> None:
        """Note something that a careful author would look at again."""
        self._note(Problem(at, what, remedy, code, error=False, excerpt=self._excerpt(at)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        return tuple(sorted(self._found.values(), key=lambda problem: problem.location))

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.error for problem in self._found.values())

    def _note(self, problem: Problem) -> None:
        self._found.setdefault((problem.location, problem.what), problem)

    def _excerpt(self, at: Location) -> str | None:
        if not 1 <= at.line <= len(self._lines):
            return None
        line = self._lines[at.line - 1].strip()
        return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"


def nearest(word: str, known: Collection[str], at_least: float = 70) -> str | None:
    """The known word that a person probably meant, or `None` where nothing is near enough.

    `at_least` is the share of characters in common, in per cent.
    """
    from rapidfuzz import fuzz, process

    if len(word) > 200:
        return None
    match = process.extractOne(word.casefold(), {name: name.casefold() for name in known}, scorer=fuzz.ratio)
    return match[2] if match is not None and match[1] >= at_least else None


def suggestion(word: str, known: Collection[str], otherwise: str) -> str:
    """`did you mean …?` where a known word is near, else `otherwise`."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near is not None else otherwise


def shown(text: str, limit: int = 60) -> str:
    """A value as messages quote it: on one line, cut where it is long."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= limit else f"'{flat[: limit - 1]}…'"


def listed(words: Collection[str], last: str = "or") -> str:
    """`a, b or c`."""
    names = list(words)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
