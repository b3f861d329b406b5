"""The front door of planning: tasks from tables or accords, schedules, certificates, contingencies, what-ifs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servanda.core.dates import Duration
from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order
from servanda.core.problems import ServandaError
from servanda.dossier import ACCORD_FILE, Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Certificate, Schedule
    from servanda.planning.best_so_far import Progress as Progress
    from servanda.planning.contingency import Contingency as Contingency
    from servanda.planning.contingency import Option as Option
    from servanda.planning.negotiation import FirstMove as FirstMove
    from servanda.planning.negotiation import Trade
    from servanda.planning.planner import Plan as Plan
    from servanda.planning.what_if import Outcome as Outcome
    from servanda.planning.what_if import WhatIf as WhatIf


def task_from(
    folder: Path | None = None,
    *,
    forces: Path | None = None,
    exits: Path | None = None,
    periods: int | None = None,
    start: date | None = None,
    deadline: date | None = None,
    length: str | None = None,
    lag: int | None = None,
    materiality: Fraction | None = None,
) -> Withdrawal:
    """The withdrawal that a dossier's accord describes, or a table of forces; given terms override written ones.

    Raises:
        ServandaError: nothing to plan from, or terms that are missing or cannot be.
    """
    from servanda import planning

    span = _span(length)
    timetable = None
    if periods is not None:
        timetable = planning.periods_of(periods, start, span)
    elif start is not None and deadline is not None:
        timetable = planning.periods_until(deadline, start, span)
    if forces is not None:
        if timetable is None:
            raise ServandaError("the timetable has no length", "give --periods, or --start and --deadline")
        return planning.withdrawal_of(
            planning.read_forces_csv(forces),
            timetable,
            None if exits is None else planning.read_exits_csv(exits),
            lag=lag or 0,
            materiality=DEFAULT_MATERIALITY if materiality is None else materiality,
        )
    if folder is None:
        raise ServandaError("there is nothing to plan from", "name a dossier, or a table with --forces")
    task = _task_of_accord(folder)
    if timetable is None and deadline is not None:
        begins = start or task.periods[0].first
        if begins is None:
            raise ServandaError("the accord's timetable has no dates", "give --start beside --deadline")
        timetable = planning.periods_until(deadline, begins, span)
    return replace(
        task,
        periods=task.periods if timetable is None else timetable,
        lag=task.lag if lag is None else lag,
        materiality=task.materiality if materiality is None else materiality,
    )


def _span(length: str | None) -> Duration:
    if length is None:
        return Duration(weeks=1)
    try:
        return Duration.parse(length)
    except ValueError as error:
        raise ServandaError(f"the period is {length!r}", str(error)) from None


def _task_of_accord(folder: Path) -> Withdrawal:
    from servanda import accords, planning

    path = folder / ACCORD_FILE if folder.is_dir() else folder
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ServandaError(f"{path} cannot be read ({reason})", "name a dossier or an accord file") from None
    section = accords.forces_section(text, str(path))
    if section is None:
        raise ServandaError(f"{path} has no section `forces`", "write one, or give a table with --forces")
    return planning.forces_from_accord(section, str(path), section.lc.line + 1)


def has_forces(folder: Path) -> bool:
    """Whether a dossier's accord has forces to plan for."""
    from servanda import accords

    path = folder / ACCORD_FILE
    return accords.forces_section(path.read_text(encoding="utf-8"), str(path)) is not None


def sites_of(folder: Path) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the sites of an accord's forces, where the accord gives them as numbers."""
    from servanda import accords

    path = folder / ACCORD_FILE
    section: Mapping[str, Any] = accords.forces_section(path.read_text(encoding="utf-8"), str(path)) or {}
    sites = section.get("sites")
    found = {}
    for name, node in sites.items() if isinstance(sites, Mapping) else ():
        if isinstance(node, Mapping) and "latitude" in node and "longitude" in node:
            try:
                found[str(name)] = (float(node["latitude"]), float(node["longitude"]))
            except (TypeError, ValueError):
                continue
    return found


def plan_withdrawal(
    task: Withdrawal,
    *,
    order: Order = Order.SIMULTANEOUS,
    measure: Measure = Measure.SHARE,
    tolerance: Fraction | None = None,
    aims: Sequence[str] = (),
    time_limit: float | None = None,
    seed: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """See `servanda.planning.plan`; aims by name, those not named follow in their usual order.

    Raises:
        ServandaError: an unknown aim, or no schedule meets the terms; the message says what to relax.
    """
    from servanda.planning import Aim, plan

    try:
        named = tuple(Aim(name) for name in aims)
    except ValueError:
        raise ServandaError(f"nobody knows one of the aims {', '.join(aims)}", f"use {', '.join(Aim)}") from None
    ordered = (*named, *(aim for aim in Aim if aim not in named))
    return plan(
        task,
        order=order,
        measure=measure,
        tolerance=tolerance,
        aims=ordered,
        time_limit=time_limit,
        seed=seed,
        progress=progress,
    )


def read_schedule(path: Path) -> Schedule:
    """A schedule that `plan --json` wrote."""
    from servanda import planning

    return planning.read_schedule(path)


def schedule_values(schedule: Schedule) -> dict[str, object]:
    """The schedule as plain values, for JSON."""
    from servanda import planning

    return planning.schedule_json(schedule)


def certify_schedule(
    schedule: Schedule, folder: Path | None = None, *, forces: Path | None = None, exits: Path | None = None
) -> tuple[Certificate, Withdrawal]:
    """Check a schedule against forces from a table or a dossier's accord. Only the certifier is loaded, no solver."""
    from servanda import planning

    if forces is not None:
        task = planning.withdrawal_of(
            planning.read_forces_csv(forces),
            schedule.periods,
            None if exits is None else planning.read_exits_csv(exits),
            lag=schedule.lag,
            materiality=DEFAULT_MATERIALITY if schedule.materiality is None else schedule.materiality,
        )
    else:
        task = task_from(folder)
    return planning.certify(schedule, task), task


def equal_numbers_beside(plan: Plan, each: int | None = None) -> tuple[Schedule, Certificate]:
    """The schedule of equal numbers for the same task, with what it exposes."""
    from servanda.planning.certificate import certify
    from servanda.planning.equal import equal_numbers

    schedule, task = equal_numbers(plan.task, order=plan.schedule.order, measure=plan.schedule.measure, each=each)
    return schedule, certify(schedule, task)


def contingency_of(
    schedule: Schedule,
    task: Withdrawal,
    *,
    after: int,
    remaining: Mapping[str, int],
    time_limit: float | None = 5.0,
    seed: int = 1,
) -> Contingency:
    """Hold, resume or re-plan. See `servanda.planning.contingency`."""
    from servanda.planning.contingency import contingency

    return contingency(schedule, task, after=after, remaining=remaining, time_limit=time_limit, seed=seed)


def verified_remaining(
    folder: Path, schedule: Schedule, task: Withdrawal, *, as_of: date, known_by: date
) -> dict[str, int]:
    """How many of each force remain by what the dossier's verified judgements of the schedule's provisions say.

    A provision's verified share counts for its forces in the order of the schedule. What is only claimed has not left.

    Raises:
        ServandaError: the accord does not hold the schedule's provisions.
    """
    from servanda.core.vocabulary import Standing
    from servanda.publishing.schedule_provisions import provision_of

    provision = provision_of(task)
    judged = {
        judgement.provision: judgement
        for judgement in Dossier(folder).status(as_of=as_of, known_by=known_by)
        if judgement.provision in provision.values()
    }
    if not judged:
        raise ServandaError(
            f"the accord of {folder} does not hold the schedule's provisions",
            "add them with `plan --as-provisions`, or say what remains with --remaining",
        )
    left = {force.id: force.count for force in task.leaving}
    for name, judgement in judged.items():
        owed = [force.id for force in task.leaving if provision[force.id] == name]
        verified = judgement.standing is Standing.VERIFIED and judgement.share is not None
        gone = round((judgement.share or 0) * sum(left[force] for force in owed)) if verified else 0
        for move in schedule.moves:
            if move.force in owed:
                number = min(move.count, gone)
                left[move.force] -= number
                gone -= number
    return left


def trade_off(task: Withdrawal, *, order: Order, measure: Measure, time_limit: float | None) -> tuple[Trade, ...]:
    """How much exposure each further period saves."""
    from servanda.planning.negotiation import front

    return front(task, order=order, measure=measure, time_limit=time_limit)


def first_moves(plan: Plan) -> tuple[FirstMove, ...]:
    """Which force, moved first, lowers the exposure of the rest most."""
    from servanda.planning.negotiation import which_first

    return which_first(plan.task, plan)


def check_supposition(text: str, task: Withdrawal) -> None:
    """Whether a what-if can be understood.

    Raises:
        ServandaError: it cannot; the message says how it is written.
    """
    from servanda.planning.what_if import parse_supposition

    parse_supposition(text, task)


def suppose(plan: Plan, text: str, *, time_limit: float | None = None, seed: int = 1) -> WhatIf:
    """What comes of a supposition such as `delay:west:2`. See `servanda.planning.what_if`."""
    from servanda.planning.what_if import parse_supposition, what_if

    return what_if(plan, parse_supposition(text, plan.task), time_limit=time_limit, seed=seed)
