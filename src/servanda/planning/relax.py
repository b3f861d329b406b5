"""When no schedule exists: which requirement stands in the way, and how far it would have to give."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.planning.arrays import arrays_of
from servanda.planning.bounds import best_bound, chain, links, unit_bounds
from servanda.planning.proof import Answer, ask
from servanda.planning.terms import MOST_PERIODS

if TYPE_CHECKING:
    from fractions import Fraction

    from servanda.core.forces import Withdrawal


class Infeasible(ServandaError):
    """No schedule meets the terms; the remedy says which to relax, and by how much."""


def exit_obstacles(task: Withdrawal) -> list[tuple[str, str]]:
    """Exits that are too narrow for what must pass: what is wrong, and what would do."""
    load: dict[str, int] = defaultdict(int)
    largest: dict[str, int] = defaultdict(int)
    for force in task.leaving:
        load[force.exit] += force.count
        if force.indivisible:
            largest[force.exit] = max(largest[force.exit], force.count)
    periods = len(task.periods)
    found = []
    for exit_ in task.exits:
        leaving = load[exit_.id]
        if largest[exit_.id] > exit_.capacity:
            what = f"an indivisible force of {largest[exit_.id]} cannot leave through {exit_.id} ({exit_.capacity})"
            found.append((what, f"split the force, or open {exit_.id} for {largest[exit_.id]} a period"))
        elif leaving > exit_.capacity * periods:
            needed = -(-leaving // exit_.capacity) if exit_.capacity else None
            what = f"{leaving} must leave through {exit_.id}, which lets {exit_.capacity} a period pass in {periods}"
            wider = f"open {exit_.id} for {-(-leaving // periods)} a period"
            found.append((what, f"allow {needed} periods, or {wider}" if needed else wider))
    return found


def explain(task: Withdrawal, *, effort: float = 2.0) -> Infeasible:
    """Why not even one schedule exists, exposure apart."""
    obstacles = exit_obstacles(task)
    if obstacles:
        return Infeasible("; ".join(what for what, _ in obstacles), "; ".join(remedy for _, remedy in obstacles))
    relaxed = {
        "the precedences": replace(task, precedences=()),
        "the ceilings": replace(task, ceilings=()),
        "the exits' capacities": replace(task, exits=()),
        "the earliest and latest periods": replace(
            task, forces=tuple(replace(force, earliest=None, latest=None) for force in task.forces)
        ),
    }
    helping = [name for name, easier in relaxed.items() if easier != task and _possible(easier, effort)]
    later = smallest_deadline(task, effort=effort)
    words = [f"{name}{_by_how_much(task, name, effort)}" for name in helping]
    remedies = [f"relax {' or '.join(words)}"] if words else []
    if later is not None:
        remedies.append(f"allow {later} periods")
    what = f"the terms cannot all be met in {len(task.periods)} periods"
    return Infeasible(what, ", or ".join(remedies) or "relax more than one of the terms at once")


def _by_how_much(task: Withdrawal, name: str, effort: float) -> str:
    """The least number of units by which all ceilings, or all exits, would have to give, in words."""
    most = sum(force.count for force in task.leaving)

    def easier(by: int) -> Withdrawal:
        if name == "the ceilings":
            return replace(task, ceilings=tuple(replace(each, at_most=each.at_most + by) for each in task.ceilings))
        return replace(task, exits=tuple(replace(each, capacity=each.capacity + by) for each in task.exits))

    if name not in ("the ceilings", "the exits' capacities") or not _possible(easier(most), effort):
        return ""
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if _possible(easier(middle), effort):
            high = middle
        else:
            low = middle
    return f" by {high}"


def smallest_deadline(task: Withdrawal, *, effort: float = 2.0) -> int | None:
    """The fewest periods, beyond those of the task, in which its rules can be met; `None` where none was found."""
    tried = len(task.periods) + 1
    while tried <= min(MOST_PERIODS, 4 * len(task.periods) + 8):
        if _possible(_lengthened(task, tried), effort):
            return tried
        tried += max(1, tried // 8)
    return None


def _lengthened(task: Withdrawal, periods: int) -> Withdrawal:
    from servanda.planning.terms import periods_of

    return replace(task, periods=periods_of(periods))


def _possible(task: Withdrawal, effort: float) -> bool:
    arrays = arrays_of(task, Order.SIMULTANEOUS, Measure.SHARE)
    return ask(task, arrays, Measure.SHARE, None, effort=effort).answer is Answer.FOUND


def intolerable(
    task: Withdrawal, order: Order, measure: Measure, tolerance: Fraction, reached: Fraction, *, proven: bool
) -> Infeasible:
    """Why the tolerance is not met: what is proven, what was reached, and what would help."""
    bound = best_bound(task, order, measure)
    least = f"the least exposure found is {float(reached):.4g}"
    if not proven:
        what = f"no schedule within the tolerance {float(tolerance):.4g} was found; {least}"
        return Infeasible(what, f"accept {_upwards(reached)}, give it more time, or a later deadline")
    what = f"no schedule keeps every exposure within {float(tolerance):.4g}: {bound.reason}; {least}"
    remedies = [f"accept a tolerance of {_upwards(reached)}"]
    if chain(task, order, measure).value > tolerance and measure is Measure.SHARE and tolerance > 0:
        needed = len(task.periods)
        while links(needed, task.lag, order) * tolerance < 1 and needed < MOST_PERIODS:
            needed += 1
        if best_bound(_lengthened(task, needed), order, measure).value <= tolerance:
            remedies.append(f"allow {needed} periods")
        if order is Order.SIMULTANEOUS and best_bound(task, Order.ALTERNATING, measure).value <= tolerance:
            remedies.append("let the sides alternate")
    binding = next((each for each in unit_bounds(task, order, measure) if each.value > tolerance), None)
    if binding is not None:
        remedies.append(f"split the units that bind ({binding.reason})")
    return Infeasible(what, ", or ".join(remedies))


def _upwards(value: Fraction) -> str:
    """A tolerance that is enough: rounded up, never down."""
    return f"{ceil(value * 10_000) / 10_000:.10g}"
