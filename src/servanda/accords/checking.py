"""Checking an accord whole: what it says, and whether that can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.consistency.inspection import Inspection
from servanda.accords.consistency.naming import check_names, check_places, check_sources, check_ties
from servanda.accords.consistency.owing import (
    check_dates_of_instruments,
    check_deadlines_are_said,
    check_debtors,
    check_verifiers,
)
from servanda.accords.consistency.recording import check_records
from servanda.accords.consistency.staging import check_stage_quantities
from servanda.accords.consistency.timing import (
    check_deadlines_hold,
    check_prerequisites_fall_due_first,
    check_stages_fall_due_in_order,
)
from servanda.accords.consistency.waiting import check_references_to_parts, check_waiting
from servanda.accords.findings import Findings
from servanda.accords.loading import read_accord, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from servanda.core.accord import Accord
    from servanda.core.problems import Problem

CHECKS = (
    check_debtors,
    check_names,
    check_ties,
    check_places,
    check_sources,
    check_dates_of_instruments,
    check_deadlines_are_said,
    check_verifiers,
    check_stage_quantities,
    check_references_to_parts,
    check_waiting,
    check_stages_fall_due_in_order,
    check_prerequisites_fall_due_first,
    check_deadlines_hold,
    check_records,
)


def check(path: Path) -> tuple[Accord | None, tuple[Problem, ...]]:
    """Read an accord file and inspect it for what is inconsistent.

    Returns:
        The accord, and every problem in the order of the file. The accord is `None` where the file has errors that
        keep it from being read. An accord that contradicts itself is returned all the same: real agreements do, and
        have to be followed nonetheless.
    """
    text, problem = read_text(path)
    return (None, (problem,)) if problem is not None else check_text(text, str(path))


def check_text(text: str, file: str) -> tuple[Accord | None, tuple[Problem, ...]]:
    """As `check`, for a text. `file` is what messages call it."""
    findings = Findings(text, file)
    accord, key_places = read_accord(text, findings)
    if accord is None or findings.failed:
        return None, findings.problems
    inspection = Inspection(accord, findings, key_places)
    for inspect in CHECKS:
        inspect(inspection)
    return accord, findings.problems
