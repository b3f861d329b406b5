"""Accord files without a dossier: read, checked, drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord


def check_accord(path: Path) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord file, and everything that is wrong with it or contradicts itself in it.

    An accord that can be read is returned even where it contradicts itself: real agreements do, and are judged all
    the same.

    Raises:
        ServandaError: there is no such file, or it cannot be read.
    """
    from servanda import accords

    return accords.check(path)


def usable_accord(path: Path) -> Accord:
    """Read an accord file that can be read whole.

    Raises:
        ProblemsFound: it cannot; every error is listed.
        ServandaError: there is no such file.
    """
    from servanda import accords

    accord, problems = accords.load(path)
    if accord is None:
        raise ProblemsFound(tuple(problem for problem in problems if problem.error))
    return accord


def draft_accord(title: str, records: Sequence[ClaimRecord]) -> str:
    """Propose an accord file from the commitments and stipulations that texts mention."""
    from servanda import accords

    return accords.draft(title, records)


def parse_accord(text: str, name: str) -> Accord:
    """Read an accord from a text.

    Raises:
        ProblemsFound: the text has errors; all of them are listed.
    """
    from servanda import accords

    accord, problems = accords.parse(text, name)
    if accord is None:
        raise ProblemsFound(tuple(problem for problem in problems if problem.error))
    return accord


def check_text(text: str, name: str) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord from a text, and everything that is wrong with it or contradicts itself in it."""
    from servanda import accords

    return accords.check_text(text, name)


def accord_schema() -> dict[str, object]:
    """The JSON Schema of accord files, for editors."""
    from servanda import accords

    return accords.json_schema()
