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
    """Read an accord file and everything that is wrong with it.

    Raises:
        ServandaError: there is no such file, or it cannot be read.
    """
    from servanda import accords

    return accords.load(path)


def usable_accord(path: Path) -> Accord:
    """Read an accord file that is free of errors; advice does not stop the work.

    Raises:
        ProblemsFound: the file has errors; all of them are listed.
        ServandaError: the file cannot be read.
    """
    accord, problems = check_accord(path)
    errors = tuple(problem for problem in problems if problem.error)
    if accord is None or errors:
        raise ProblemsFound(errors)
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
    accord, problems = check_text(text, name)
    errors = tuple(problem for problem in problems if problem.error)
    if accord is None or errors:
        raise ProblemsFound(errors)
    return accord


def check_text(text: str, name: str) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord from a text, and everything that is wrong with it."""
    from servanda import accords

    return accords.parse(text, name)


def accord_schema() -> dict[str, object]:
    """The JSON Schema of accord files, for editors."""
    from servanda import accords

    return accords.json_schema()
