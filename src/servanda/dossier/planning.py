"""The front door of planning and verifying: tasks from tables or accords, schedules, certificates, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servanda.core.dates import Duration, days_of
from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action, Certainty, Polarity
from servanda.dossier import ACCORD_FILE, Dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from servanda.core.claims import ClaimRecord
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
    from servanda.verifying import Count, Delay, Inspection
    from servanda.verifying import Outlook as Outlook
    from servanda.verifying import Visit as Visit


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


def inspection(
    sites: int,
    breached: int,
    *,
    goal: float = 0.95,
    detection: float = 1.0,
    units: int | None = None,
    breached_units: int = 1,
    checked_units: int | None = None,
) -> Inspection:
    """How many sites to visit. See `servanda.verifying.inspect`."""
    from servanda.verifying import inspect

    return inspect(
        sites,
        breached,
        goal,
        detection,
        units=units,
        breached_units=breached_units,
        checked_units=checked_units,
    )


def false_alarm_chance(checks: int, specificity: float, *, confirmed: bool) -> float:
    """The chance of a false alarm in so many checks."""
    from servanda.verifying import false_alarms

    return false_alarms(checks, specificity, confirmed=confirmed)


def detection_delay(every: float, detection: float) -> Delay:
    """Mean days until a breach is noticed."""
    from servanda.verifying import delay

    return delay(every, detection)


def visiting_calendar(
    sites: Sequence[str], first: date, last: date, *, every: float, sites_a_visit: int, seed: int
) -> tuple[Visit, ...]:
    """A calendar of visits, random within limits."""
    from servanda.verifying import calendar

    return calendar(sites, first, last, every=every, sites_a_visit=sites_a_visit, seed=seed)


def counts_in(records: Sequence[ClaimRecord], party: str | None) -> tuple[Count, ...]:
    """What certain claims report in numbers: how many remain, have left or have come; only of a party that they name.

    Of departures and arrivals it matters when they were: on the days that the claim names, else in the week before it
    was published. A party's word about itself counts as that of an interested source.
    """
    from servanda.verifying import ARRIVED, LEFT, REMAINING, Count

    kinds = {Action.REMAIN: REMAINING, Action.WITHDRAW: LEFT, Action.DEPLOY: ARRIVED}
    found = []
    for record in records:
        claim = record.claim
        if (
            claim.act is not Act.REPORT
            or claim.action not in kinds
            or claim.polarity is not Polarity.POSITIVE
            or claim.certainty is not Certainty.CERTAIN
            or claim.quantity is None
            or claim.quantity < 2
            or (party and not _among(party, (*claim.actors, claim.object or "")))
        ):
            continue
        source = claim.source or record.document.publisher or record.document.id
        published = record.document.published
        days = days_of(claim.when) if claim.action is not Action.REMAIN else None
        day = published if days is None else min(days.last, published)
        found.append(
            Count(
                day,
                source,
                float(claim.quantity),
                record.document.reliability or "F",
                interested=any(actor.casefold() in source.casefold() for actor in claim.actors if actor),
                kind=kinds[claim.action],
                reference=record.document.id,
                since=None if days is None or days.first >= day else days.first,
            )
        )
    return tuple(found)


def check_party(dossier: Dossier, records: Sequence[ClaimRecord], party: str) -> None:
    """Whether anything here is called so: a party of the accord, or who is named in a report.

    Raises:
        ServandaError: nothing is; the message names the accord's parties.
    """
    parties = dossier.accord.parties
    known = [name for each in parties for name in (each.id, each.name, *each.aliases)]
    known += [name for record in records for name in (*record.claim.actors, record.claim.object or "")]
    if not _among(party, known):
        names = ", ".join(each.name for each in parties)
        raise ServandaError(f"neither the accord nor any report names a party {party!r}", f"the parties are: {names}")


def _among(party: str, names: Iterable[str]) -> bool:
    return any(party.casefold() in name.casefold() for name in names)


def counts_table(path: Path) -> tuple[Count, ...]:
    """Reports of counts from a table."""
    from servanda.verifying.count_tables import read_counts_csv

    return read_counts_csv(path)


def how_many_left(
    counts: Sequence[Count], *, start: float, first: date, until: date, weeks_planned: float | None = None
) -> Outlook:
    """Estimate how many are left. See `servanda.verifying.how_many_left`."""
    from servanda.verifying import how_many_left as estimate

    return estimate(counts, start=start, first=first, until=until, weeks_planned=weeks_planned)
