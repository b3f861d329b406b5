"""What does time buy, who should go first: questions at the table, each answered by planning again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.planning.contingency import remaining_task
from servanda.planning.planner import Plan, plan
from servanda.planning.relax import Infeasible
from servanda.planning.terms import periods_of

if TYPE_CHECKING:
    from fractions import Fraction

    from servanda.core.forces import Withdrawal


@dataclass(frozen=True, slots=True)
class Trade:
    """One point of the front: so many periods, and the exposure that they come at."""

    periods: int
    exposure: Fraction
    bound: Fraction
    plan: Plan


def front(
    task: Withdrawal,
    *,
    order: Order = Order.SIMULTANEOUS,
    measure: Measure = Measure.SHARE,
    shortest: int | None = None,
    longest: int | None = None,
    time_limit: float | None = 2.0,
    seed: int = 1,
) -> tuple[Trade, ...]:
    """How much risk a period buys: the least exposure found for each length, none worse than a shorter one's."""
    last = longest or len(task.periods)
    found: list[Trade] = []
    for number in range(shortest or 2, last + 1):
        periods = task.periods[:number] if number <= len(task.periods) else periods_of(number)
        try:
            best = plan(replace(task, periods=periods), order=order, measure=measure, time_limit=time_limit, seed=seed)
        except Infeasible:
            continue
        exposure = best.schedule.exposure
        if found and found[-1].exposure <= exposure:
            exposure, best = found[-1].exposure, found[-1].plan
        found.append(Trade(number, exposure, min(best.schedule.bound, exposure), best))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FirstMove:
    """What a first gesture is worth: the exposure of the best plan that begins with all of one force."""

    force: str
    exposure: Fraction
    change: Fraction
    """Against the plan without the gesture; negative is better."""


def which_first(
    task: Withdrawal,
    base: Plan,
    *,
    time_limit: float | None = 1.0,
    seed: int = 1,
    most: int = 12,
) -> tuple[FirstMove, ...]:
    """Which force, gone and verified before the first period, lowers the exposure of all that follows most."""
    largest = sorted(task.leaving, key=lambda force: -force.count * max((w for _, w in force.capabilities), default=1))
    found = []
    for force in largest[:most]:
        others = [other for other in task.leaving if other.side == force.side and other.id != force.id]
        if not others:
            continue
        left = remaining_task(task, {force.id: 0}, task.periods)
        try:
            after = plan(
                left, order=base.schedule.order, measure=base.schedule.measure, time_limit=time_limit, seed=seed
            )
        except ServandaError:
            continue
        exposure = after.schedule.exposure
        found.append(FirstMove(force.id, exposure, exposure - base.schedule.exposure))
    return tuple(sorted(found, key=lambda move: (move.exposure, move.force)))
