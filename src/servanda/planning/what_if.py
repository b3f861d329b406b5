"""What if: one side is late, an exit closes, verification takes longer. Each beside the plan as it was agreed.

Every supposition is answered three times: both sides go on by their dates regardless; each tranche waits until the one
that releases it is verified; the schedule is planned anew by whoever knows of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from servanda.core.forces import Order
from servanda.core.problems import ServandaError
from servanda.planning.certificate import exposures
from servanda.planning.contingency import periods_from, remaining_task, worst_of_sides
from servanda.planning.planner import Plan, plan

if TYPE_CHECKING:
    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Moment, Move

FORMS = "delay:SIDE:PERIODS, exit-closed:EXIT[:FROM], verification:PERIODS or verification:2x"
_KINDS = ("delay", "exit-closed", "verification")
_JOINT = re.compile(rf"\+(?=\s*(?:{'|'.join(_KINDS)}):)")
MOST = 1000


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed, all of it together."""

    words: str
    delays: tuple[tuple[str, int], ...] = ()
    """Sides that do everything so many periods late."""
    closed: tuple[tuple[str, int], ...] = ()
    """Exits and the period from whose beginning on nothing passes them."""
    lag: int | None = None
    """Periods that verification takes; `None`: as agreed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way on: the worst exposure, when it ends, who stays behind."""

    exposure: Fraction
    worst: tuple[Moment, ...]
    completion: int | None
    """Counted from the first period of the agreed schedule; `None` where it does not end."""
    behind: int = 0
    """Units that do not get away."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A supposition and its three answers."""

    supposition: Supposition
    regardless: Outcome
    """Both sides go on by the agreed dates, as far as they can."""
    released: Outcome
    """Each tranche waits for the verification that releases it: what the schedule demands."""
    anew: Outcome | None
    """Planned anew; `None` where that is impossible or nothing was found: `why_not` says why."""
    why_not: str
    shifted: int
    """Units that leave in another period, or by another exit, in the new plan than in the agreed one."""


def parse_supposition(text: str, task: Withdrawal) -> Supposition:
    """A supposition as it is typed: `delay:west:2`, `exit-closed:port:4`, `verification:2x`; joined by `+`.

    Raises:
        ServandaError: it is none of these, or names a side, exit or period that the task does not have.
    """
    delays: list[tuple[str, int]] = []
    closed: list[tuple[str, int]] = []
    lag = None
    for part in _JOINT.split(text):
        kind, _, rest = part.strip().partition(":")
        if kind == "delay":
            side, _, number = rest.rpartition(":")
            if side not in task.sides:
                raise ServandaError(f"{part!r} names no side of the plan", f"use {' or '.join(task.sides)}")
            delays.append((side, _number(number, part, 1)))
        elif kind == "exit-closed":
            closed.append(_closing(rest, part, task))
        elif kind == "verification":
            lag = _lag(rest.strip(), part, task)
        else:
            raise ServandaError(f"the what-if {text!r} is not understood", f"write {FORMS}, several joined by +")
    return Supposition(text, tuple(delays), tuple(closed), lag)


def _number(text: str, part: str, least: int) -> int:
    shown = text.strip()
    if not (shown.isascii() and shown.isdigit()) or not least <= int(shown) <= MOST:
        raise ServandaError(f"{part!r} gives no number of periods", f"write a whole number from {least} to {MOST}")
    return int(shown)


def _closing(rest: str, part: str, task: Withdrawal) -> tuple[str, int]:
    names = [exit_.id for exit_ in task.exits]
    exit_id, since = rest.strip(), 1
    if exit_id not in names:
        exit_id, _, number = (piece.strip() for piece in rest.rpartition(":"))
        if exit_id in names:
            since = _number(number, part, 1)
    if exit_id not in names:
        raise ServandaError(
            f"{part!r} names no exit of the plan", f"use {', '.join(names)}" if names else "the plan has no exits"
        )
    if since > len(task.periods):
        raise ServandaError(f"{part!r}: the plan has {len(task.periods)} periods", "name an earlier one")
    return exit_id, since


def _lag(text: str, part: str, task: Withdrawal) -> int:
    if text.endswith("x"):
        if not task.lag:
            raise ServandaError(
                f"{part!r}: verification takes no period now, so there is nothing to multiply",
                "write for instance verification:1, for one period",
            )
        return task.lag * _number(text.removesuffix("x"), part, 1)
    return _number(text, part, 0)


def with_exits_closed(task: Withdrawal, names: frozenset[str]) -> Withdrawal:
    """What if exits close: their forces share the others, each force the widest that is left.

    Raises:
        ServandaError: there is no such exit, or no other.
    """
    known = {exit_.id for exit_ in task.exits}
    for name in sorted(names - known):
        raise ServandaError(f"no exit is called {name!r}", f"use one of {', '.join(sorted(known))}")
    others = [exit_ for exit_ in task.exits if exit_.id not in names]
    if not others and any(force.exit in names for force in task.leaving):
        raise ServandaError(f"with {', '.join(sorted(names))} closed no exit is left", "open another one")
    load = {exit_.id: sum(force.count for force in task.leaving if force.exit == exit_.id) for exit_ in others}
    forces = []
    for force in task.forces:
        if force.exit in names and not force.stays:
            best = min(others, key=lambda exit_: (load[exit_.id] + force.count) / max(1, exit_.capacity))
            load[best.id] += force.count
            force = replace(force, exit=best.id)
        forces.append(force)
    return replace(task, forces=tuple(forces), exits=tuple(others))


def what_if(base: Plan, supposition: Supposition, *, time_limit: float | None = 5.0, seed: int = 1) -> WhatIf:
    """The supposition's three answers, beside the plan as it was agreed."""
    task, schedule = base.task, base.schedule
    delay = [sum(by for name, by in supposition.delays if name == side) for side in task.sides]
    number = len(schedule.periods)
    late = {(side, period): period + delay[side] for side in (0, 1) for period in range(1, number + 1)}
    regardless, moves = _followed(base, supposition, late)
    released, _ = _followed(base, supposition, _released(base, supposition, delay))
    try:
        anew, shifted = _anew(base, supposition, delay, moves, time_limit, seed)
    except ServandaError as error:
        return WhatIf(supposition, regardless, released, None, str(error), 0)
    return WhatIf(supposition, regardless, released, anew, "", shifted)


def _followed(
    base: Plan, supposition: Supposition, when: dict[tuple[int, int], int]
) -> tuple[Outcome, tuple[Move, ...]]:
    """What comes of the agreed tranches if they leave in the periods given, none through a closed exit."""
    task, schedule = base.task, base.schedule
    number = {force.id: task.side_of(force) for force in task.leaving}
    closed = dict(supposition.closed)
    moves, behind = [], 0
    for move in schedule.moves:
        period = when.get((number[move.force], move.period))
        if period is None or (move.exit in closed and period >= closed[move.exit]):
            behind += move.count
        else:
            moves.append(replace(move, period=period))
    last = max((move.period for move in moves), default=0)
    lag = task.lag if supposition.lag is None else supposition.lag
    planned = len(schedule.periods)
    further = periods_from(schedule.periods, planned, last - planned) if last > planned else ()
    periods = (*schedule.periods, *(replace(each, number=each.number + planned) for each in further))
    done = replace(schedule, periods=periods, moves=tuple(sorted(moves)), lag=lag, tolerance=None)
    worst = worst_of_sides(exposures(done, task), task)
    load: dict[tuple[str, int], int] = defaultdict(int)
    for move in moves:
        load[move.exit, move.period] += move.count
    capacity = {exit_.id: exit_.capacity for exit_ in task.exits}
    full = sorted({name for (name, _), leaving in load.items() if leaving > capacity.get(name, leaving)})
    note = f"more than {', '.join(full)} can pass at times" if full else ""
    exposure = max((moment.exposure for moment in worst), default=Fraction(0))
    return Outcome(exposure, worst, None if behind else last, behind, note), done.moves


def _released(base: Plan, supposition: Supposition, delay: list[int]) -> dict[tuple[int, int], int]:
    """When each side's tranche of each period leaves, if it waits for what releases it; without those that never do."""
    task, schedule = base.task, base.schedule
    number = {force.id: task.side_of(force) for force in task.leaving}
    closed = dict(supposition.closed)
    lag = task.lag if supposition.lag is None else supposition.lag
    answers = [1, 1 if schedule.order is Order.SIMULTANEOUS else 0]
    exits: dict[tuple[int, int], set[str]] = defaultdict(set)
    for move in schedule.moves:
        exits[number[move.force], move.period].add(move.exit)
    when: dict[tuple[int, int], int] = {}
    whole = [0, 0]
    """The last tranche of each side that left completely, as far as it is known; it only matters that it grows."""
    for period in range(1, len(schedule.periods) + 1):
        for side in (0, 1):
            earliest = max(period + delay[side], when.get((side, period - 1), 0) + 1)
            if period > 1 and (side, period - 1) not in when:
                continue
            awaited = period - schedule.lag - answers[side]
            if awaited >= 1:
                if whole[1 - side] < awaited:
                    continue
                earliest = max(earliest, when[1 - side, awaited] + lag + answers[side])
            when[side, period] = earliest
            stuck = any(name in closed and earliest >= closed[name] for name in exits[side, period])
            if not stuck and whole[side] == period - 1:
                whole[side] = period
    return when


def _anew(
    base: Plan, supposition: Supposition, delay: list[int], moves: tuple[Move, ...], time_limit: float | None, seed: int
) -> tuple[Outcome, int]:
    """Planned again from the period in which the first exit closes (else from the first), by the same deadline."""
    task, schedule = base.task, base.schedule
    since = min((period for _, period in supposition.closed), default=1)
    late = tuple(
        replace(force, earliest=(force.earliest or 1) + delay[task.side_of(force)])
        if not force.stays and delay[task.side_of(force)]
        else force
        for force in task.forces
    )
    changed = replace(task, forces=late, lag=task.lag if supposition.lag is None else supposition.lag)
    before = [move for move in moves if move.period < since]
    gone: dict[str, int] = defaultdict(int)
    for move in before:
        gone[move.force] += move.count
    if since > 1:
        left = {force.id: force.count - gone[force.id] for force in task.leaving}
        changed = remaining_task(changed, left, periods_from(task.periods, since - 1, len(task.periods) - since + 1))
    if supposition.closed:
        changed = with_exits_closed(changed, frozenset(name for name, _ in supposition.closed))
    if any((force.earliest or 1) > len(changed.periods) for force in changed.leaving if force.count):
        raise ServandaError(
            f"within the {len(task.periods)} periods the side that is late has no time left", "allow more periods"
        )
    found = plan(changed, order=schedule.order, measure=schedule.measure, time_limit=time_limit, seed=seed)
    done = replace(schedule, lag=changed.lag, moves=tuple(before), tolerance=None)
    earlier = [moment for moment in exposures(done, task) if moment.period < since]
    later = [replace(moment, period=moment.period + since - 1) for moment in found.certificate.moments]
    worst = worst_of_sides((*earlier, *later), task)
    agreed: dict[tuple[str, int, str], int] = defaultdict(int)
    for move in schedule.moves:
        agreed[move.force, move.period, move.exit] += move.count
    kept = sum(min(move.count, agreed[move.force, move.period, move.exit]) for move in before)
    kept += sum(
        min(move.count, agreed[move.force, move.period + since - 1, move.exit]) for move in found.schedule.moves
    )
    completion = max([move.period for move in before] + [found.schedule.completion + since - 1])
    exposure = max(moment.exposure for moment in worst)
    note = "" if found.optimal else f"the proven bound is {float(found.schedule.bound):.3f}"
    return Outcome(exposure, worst, completion, 0, note), sum(force.count for force in task.leaving) - kept
