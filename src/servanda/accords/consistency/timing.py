"""Deadlines that cannot all hold together, and steps that fall due in an order that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.consistency.due_dates import day_name, last_day
from servanda.accords.consistency.inspection import requirements, step_name
from servanda.accords.consistency.temporal_network import contradictions
from servanda.accords.consistency.timetable import ORIGIN, Reason, Timetable, latest_deadlines
from servanda.core.accord import AllOf, Fulfilled
from servanda.core.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Provision, Requirement

MOST_REPORTED = 25


def check_deadlines_hold(inspection: Inspection) -> None:
    """Name the smallest sets of dates and spans that contradict each other, first as signed, then as amended."""
    found = contradictions(Timetable(inspection).constraints, ORIGIN, MOST_REPORTED)
    _report(found, inspection)
    if len(found) == MOST_REPORTED:
        inspection.findings.advice(
            inspection.accord.at,
            f"{MOST_REPORTED} contradictions between dates are listed, and there may be more",
            "correct these and check again",
            "more-contradictions",
        )
    if latest_deadlines(inspection):
        later = contradictions(Timetable(inspection, amended=True).constraints, ORIGIN, MOST_REPORTED)
        _report([reasons for reasons in later if any(reason.amended for reason in reasons)], inspection)


def _report(found: list[tuple[Reason, ...]], inspection: Inspection) -> None:
    for reasons in found:
        ordered = sorted(reasons, key=lambda reason: reason.at)
        said = "; ".join(f"{reason.text} (line {reason.at.line})" for reason in ordered)
        if len(ordered) == 1:
            what, remedy = f"this cannot be kept: {said}", "correct its dates or spans"
        else:
            what, remedy = f"these cannot all hold: {said}", "correct the one that is wrong"
        inspection.findings.error(ordered[0].at, what, remedy, "contradictory-deadlines")


def check_stages_fall_due_in_order(inspection: Inspection) -> None:
    """Find stages that are due before the stage that comes first."""
    for provision in inspection.accord.provisions:
        latest: tuple[int, int] | None = None
        for stage in provision.stages:
            last = last_day(stage.deadline, provision, inspection)
            if last is not None and latest is not None and last < latest[1]:
                inspection.findings.error(
                    inspection.place(stage.at, "deadline"),
                    f"{step_name(provision.id, stage.number)} is due on {day_name(last)}, before stage {latest[0]} "
                    f"({day_name(latest[1])})",
                    "put the stages in the order in which they fall due, or correct the date",
                    "stages-out-of-order",
                )
            if last is not None:
                latest = (stage.number, last)


def check_prerequisites_fall_due_first(inspection: Inspection) -> None:
    """Advise where a prerequisite may be met only after what needs it is due."""
    for provision in inspection.accord.provisions:
        due = last_day(provision.deadline, provision, inspection)
        if due is None or provision.kind is not Kind.ACHIEVE:
            continue
        for key, requirement in requirements(provision):
            for needed in _all_needed(requirement, inspection):
                needed_due = last_day(needed.deadline, needed, inspection)
                if needed_due is not None and needed_due > due:
                    inspection.findings.advice(
                        inspection.place(provision.at, key),
                        f"'{provision.id}' is due on {day_name(due)} and needs '{needed.id}', which is due only on "
                        f"{day_name(needed_due)}",
                        "check both deadlines",
                        "prerequisite-due-later",
                    )


def _all_needed(requirement: Requirement, inspection: Inspection) -> Iterator[Provision]:
    if isinstance(requirement, AllOf):
        for part in requirement.parts:
            yield from _all_needed(part, inspection)
    elif isinstance(requirement, Fulfilled) and requirement.stage is None:
        yield inspection.provisions[requirement.provision]
