"""When a tranche is missed: hold, resume, re-plan, each with the exposure that stands.

Everything is counted from stock: what is verified to remain of each force. Arrivals raise the stock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from servanda.core.dates import Duration
from servanda.core.forces import Measure, Period
from servanda.core.problems import ServandaError
from servanda.core.schedules import Moment, Move
from servanda.planning.bounds import gone_before
from servanda.planning.certificate import certify
from servanda.planning.planner import plan
from servanda.planning.relax import Infeasible
from servanda.planning.tables import LARGEST_COUNT
from servanda.planning.terms import periods_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A force of which fewer have left than the schedule has by now (more, where it is negative)."""

    force: str
    side: str
    planned: int
    verified: int

    @property
    def missing(self) -> int:
        """How many should have left and have not."""
        return self.planned - self.verified


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: the exposure it brings at worst, the period in which it ends, and the schedule, if any."""

    name: str
    exposure: Fraction
    worst: tuple[Moment, ...]
    completion: int | None
    """Counted from the first period of the old schedule; `None` where it does not end."""
    schedule: Schedule | None
    task: Withdrawal
    note: str


@dataclass(frozen=True, slots=True)
class Contingency:
    """Where things stand after a period, and the ways to go on."""

    after: int
    shortfalls: tuple[Shortfall, ...]
    arrivals: tuple[tuple[str, int], ...]
    hold: Option
    resume: Option
    replan: Option | None
    """`None` where no schedule was found; the note of `resume` then says why."""
    deadlock: str | None
    """Who waits for whom, and the smallest step that breaks it; `None` where nobody does."""


def remaining_task(task: Withdrawal, remaining: Mapping[str, int], periods: tuple[Period, ...]) -> Withdrawal:
    """The task that is left: forces as they are verified to remain, their past counted, over the periods given.

    Raises:
        ServandaError: an unknown force, or a count below nothing.
    """
    _check(task, remaining)
    passed = len(task.periods) - len(periods)
    forces = []
    for force in task.forces:
        left = force.count if force.stays else remaining.get(force.id, force.count)
        forces.append(
            replace(
                force,
                count=left,
                gone=force.gone + force.count - left,
                earliest=None if force.earliest is None else max(1, force.earliest - passed),
                latest=None if force.latest is None else max(1, force.latest - passed),
            )
        )
    gone_rules = tuple(rule for rule in task.precedences if remaining.get(rule.first, 1) > 0)
    ceilings = tuple(
        replace(ceiling, period=max(1, ceiling.period - (len(task.periods) - len(periods))))
        for ceiling in task.ceilings
    )
    return replace(task, forces=tuple(forces), periods=periods, precedences=gone_rules, ceilings=ceilings)


def _check(task: Withdrawal, remaining: Mapping[str, int]) -> None:
    names = {force.id for force in task.leaving}
    for name, number in remaining.items():
        if name not in names:
            raise ServandaError(
                f"no force of the plan is called {name!r}", f"use one of {', '.join(sorted(names)[:8])}"
            )
        if not 0 <= number <= LARGEST_COUNT:
            raise ServandaError(f"{number} of {name} cannot remain", f"give a count from 0 to {LARGEST_COUNT}")


def _belongs(schedule: Schedule, task: Withdrawal) -> None:
    counts = {force.id: force.count for force in task.leaving}
    leaving: dict[str, int] = defaultdict(int)
    for move in schedule.moves:
        leaving[move.force] += move.count
    for name, number in leaving.items():
        if number > counts.get(name, 0):
            what = f"{number} of {name!r} leave by the schedule; " + (
                f"there are {counts[name]}" if name in counts else "there is no such force"
            )
            raise ServandaError(what, "name the schedule and the forces that belong together")


def contingency(
    schedule: Schedule,
    task: Withdrawal,
    *,
    after: int,
    remaining: Mapping[str, int],
    time_limit: float | None = 5.0,
    seed: int = 1,
) -> Contingency:
    """What to do after a period, given what is verified to remain of each force (as planned, where it is not given).

    Raises:
        ServandaError: a period that the schedule does not have, or counts that cannot be.
    """
    last = len(schedule.periods)
    if not 1 <= after <= last:
        raise ServandaError(f"the schedule has no period {after}", f"give one from 1 to {last}")
    _check(task, remaining)
    _belongs(schedule, task)
    planned = {
        force.id: sum(move.count for move in schedule.moves if move.force == force.id and move.period <= after)
        for force in task.leaving
    }
    left = {force.id: remaining.get(force.id, force.count - planned[force.id]) for force in task.leaving}
    rest = periods_from(schedule.periods, after, max(1, last - after))
    now = remaining_task(task, left, rest)
    shortfalls = tuple(
        Shortfall(force.id, force.side, planned[force.id], force.count - left[force.id])
        for force in task.leaving
        if planned[force.id] != force.count - left[force.id]
    )
    arrivals = tuple((force.id, left[force.id] - force.count) for force in task.leaving if left[force.id] > force.count)
    hold = _hold(schedule, now, after)
    resume = _resume(schedule, now, left, after)
    new, why = _replan(schedule, now, after, time_limit, seed)
    if new is None:
        resume = replace(resume, note=f"{resume.note}; a new plan was not found: {why}")
    return Contingency(after, shortfalls, arrivals, hold, resume, new, deadlock_of(schedule, task, now, after))


def periods_from(periods: tuple[Period, ...], after: int, number: int) -> tuple[Period, ...]:
    """So many periods that follow a period, numbered from 1, of the same length."""
    anchor = periods[min(after, len(periods)) - 1]
    if anchor.first is None or anchor.last is None:
        return periods_of(number)
    following = Duration(days=1).after(anchor.last)
    kept = [replace(period, number=n) for n, period in enumerate(periods[after:], 1)]
    if len(kept) >= number:
        return tuple(kept[:number])
    length = Duration(days=(anchor.last - anchor.first).days + 1)
    if following.day == anchor.first.day and (anchor.last - anchor.first).days >= 27:
        length = Duration(months=1)
    return periods_of(number, following, length)


def _hold(schedule: Schedule, now: Withdrawal, after: int) -> Option:
    standing = []
    for dimension in now.compared:
        gone = gone_before(now, schedule.measure, dimension)
        for side in (0, 1):
            standing.append(
                Moment(now.sides[side], after, 2, dimension.name, dimension.region, gone[side], gone[1 - side])
            )
    worst = worst_of_sides(tuple(standing), now)
    exposure = max((moment.exposure for moment in worst), default=Fraction(0))
    return Option("hold", exposure, worst, None, None, now, "both sides stay as they are")


def worst_of_sides(moments: tuple[Moment, ...], task: Withdrawal) -> tuple[Moment, ...]:
    """The worst moment of each side, in the order of the sides."""
    return tuple(
        max((moment for moment in moments if moment.side == side), key=lambda moment: moment.exposure)
        for side in task.sides
        if any(moment.side == side for moment in moments)
    )


def _resume(schedule: Schedule, now: Withdrawal, left: Mapping[str, int], after: int) -> Option:
    """What is missing leaves first, as the exits let it; the rest of the schedule follows, later by that much."""
    late: dict[str, int] = {}
    coming: dict[str, list[Move]] = defaultdict(list)
    for move in schedule.moves:
        if move.period > after:
            coming[move.force].append(move)
    for force in now.leaving:
        late[force.id] = left[force.id] - sum(move.count for move in coming[force.id])
    half = {move.force: move.half for move in schedule.moves}
    capacity = {exit_.id: exit_.capacity for exit_ in now.exits}
    moves: list[Move] = []
    load: dict[tuple[str, int], int] = defaultdict(int)
    delay = 0
    for force in now.leaving:
        waiting, period = late[force.id], 1
        while waiting > 0:
            room = capacity.get(force.exit, waiting + load[force.exit, period]) - load[force.exit, period]
            number = waiting if not force.indivisible or room >= waiting else 0
            number = min(number, max(0, room))
            if number:
                moves.append(Move(period, half.get(force.id, 1), force.id, number, force.exit))
                load[force.exit, period] += number
                waiting -= number
                delay = max(delay, period)
            period += 1
            if period > 1000:
                return Option("resume", Fraction(0), (), None, None, now, f"{force.exit} is closed for what is missing")
    for force in now.leaving:
        early = -late[force.id]
        for move in sorted(coming[force.id]):
            number = move.count - min(early, move.count) if early > 0 else move.count
            early -= move.count - number
            if number:
                moves.append(replace(move, period=move.period - after + delay, count=number))
    moves = _merged(moves)
    number = max((move.period for move in moves), default=1)
    periods = periods_from(schedule.periods, after, max(number, len(now.periods)))
    lengthened = replace(now, periods=periods)
    draft = replace(
        schedule, periods=periods, moves=tuple(moves), exposure=Fraction(10**9), bound=Fraction(0), tolerance=None
    )
    found = certify(draft, lengthened)
    late_by = f"{delay} period{'s' if delay != 1 else ''} later" if delay else "on time"
    note = f"the missing leave first, the rest follows {late_by}"
    if not found.valid:
        note += f"; this breaks a rule: {found.findings[0]}"
    final = replace(draft, exposure=found.exposure)
    return Option("resume", found.exposure, found.worst, after + number, final, lengthened, note)


def _merged(moves: list[Move]) -> list[Move]:
    numbers: dict[tuple[int, int, str, str], int] = defaultdict(int)
    for move in moves:
        numbers[move.period, move.half, move.force, move.exit] += move.count
    return [Move(period, half, force, count, exit_) for (period, half, force, exit_), count in sorted(numbers.items())]


def _replan(
    schedule: Schedule, now: Withdrawal, after: int, time_limit: float | None, seed: int
) -> tuple[Option | None, str]:
    present = tuple(force for force in now.forces if force.count > 0 or force.stays)
    if {force.side for force in present if not force.stays} != set(now.sides):
        gone = [side for side in now.sides if all(force.side != side or force.stays for force in present)]
        return None, f"nothing of {' and '.join(gone)} is left to plan with"
    if len(schedule.periods) == after:
        return None, "the schedule has no period left: agree on a later deadline first"
    try:
        found = plan(now, order=schedule.order, measure=schedule.measure, time_limit=time_limit, seed=seed)
    except (Infeasible, ServandaError) as error:
        return None, str(error)
    note = f"at least {float(found.schedule.bound):.4g} whatever is done ({found.bound.reason})"
    return (
        Option(
            "re-plan",
            found.schedule.exposure,
            found.certificate.worst,
            after + found.schedule.completion,
            found.schedule,
            found.task,
            note,
        ),
        "",
    )


def deadlock_of(schedule: Schedule, task: Withdrawal, now: Withdrawal, after: int) -> str | None:
    """Whether each side's next tranche waits for the other's; and the smallest step that breaks the wait."""
    planned: dict[str, int] = defaultdict(int)
    for move in schedule.moves:
        if move.period <= after:
            planned[move.force] += move.count
    behind: dict[str, int] = defaultdict(int)
    for force, before in zip(now.leaving, task.leaving, strict=True):
        behind[force.side] += max(0, planned[force.id] - (before.count - force.count))
    if not all(behind[side] for side in now.sides):
        return None
    steps = [
        (force.count if force.indivisible else 1, force)
        for force in now.leaving
        if force.count and planned[force.id] > force.gone
    ]
    gone = {side: Fraction(0) for side in now.sides}
    for dimension in now.compared[:1]:
        gone = dict(zip(now.sides, gone_before(now, Measure.SHARE, dimension), strict=True))
    size, force = min(steps, key=lambda step: (gone[step[1].side], step[0]))
    return (
        f"deadlock: {now.sides[0]} is {behind[now.sides[0]]} behind and {now.sides[1]} is {behind[now.sides[1]]}, "
        f"each tranche waits for the other; the smallest step that breaks it is {size} of {force.id}"
        f" by {force.side}, which has given up less so far"
    )
