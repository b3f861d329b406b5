"""`plan`: bounds, a first schedule, the search, exact proofs where they are within reach, the later aims, the check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.core.schedules import Certificate, Schedule
from servanda.planning.aims import Polisher
from servanda.planning.annealing import CHUNK, CYCLES, complete_earlier, lower_exposure
from servanda.planning.best_so_far import BestSoFar, Progress
from servanda.planning.bounds import Bound, best_bound
from servanda.planning.certificate import certify
from servanda.planning.closing import UNCLOCKED, ask_solver, search_all, searchable
from servanda.planning.relax import intolerable
from servanda.planning.terms import led_by_second

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from servanda.core.forces import Withdrawal

CHANGES_PER_SECOND = 1_000_000
STEPS_PER_SECOND = 400_000_000
"""What a time limit is counted as, on the slow side, so that the clock seldom has to cut and results repeat."""
SEARCH_SHARE = 0.4
"""Of the changes, before all schedules are searched: the better the first one, the fewer there are."""
MOST_STEPS = 6_000_000_000
"""Of a search through all schedules, without a time limit."""


class Aim(StrEnum):
    """What a schedule is to be best at, after it keeps its rules."""

    EXPOSURE = "exposure"
    COMPLETION = "completion"
    MOVEMENTS = "movements"
    SMOOTHNESS = "smoothness"


DEFAULT_AIMS = tuple(Aim)


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule with its certificate, and how good it is known to be."""

    schedule: Schedule
    certificate: Certificate
    task: Withdrawal
    """The task as it was planned: with leapfrog moves the leading side may have changed places."""
    optimal: bool
    """Proven: no schedule exposes less."""
    bound: Bound
    changes: int
    """How many changes the search tried; the same seed and number give the same schedule."""
    stopped: str
    """`done`, `clock` or `interrupt`: what ended the search."""

    @property
    def gap(self) -> float:
        """How far above the proven bound the exposure may be, as a share of the bound."""
        return float(self.schedule.exposure / self.schedule.bound - 1) if self.schedule.bound else 0.0


def plan(
    task: Withdrawal,
    *,
    order: Order = Order.SIMULTANEOUS,
    measure: Measure = Measure.SHARE,
    tolerance: Fraction | None = None,
    aims: Sequence[Aim] = DEFAULT_AIMS,
    time_limit: float | None = None,
    seed: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """The best schedule found, certified exactly, with what is proven of it.

    Aims are met in their order, each fixed before the next. With a tolerance, exposure counts as good enough once it
    is within it, and the next aim follows. `time_limit` (seconds) is turned into a number of changes; only if the
    machine is slower than assumed does the clock cut the search, and `stopped` says so. Ctrl-C keeps the best so far.

    Raises:
        Infeasible: no schedule keeps the rules, or none was found within the tolerance.
        ServandaError: the sides have nothing in which they could be compared.
    """
    if not task.compared:
        reasons = "; ".join(f"{d.name}: {d.left_out}" for d in task.dimensions)
        raise ServandaError(f"the sides have nothing in common to compare ({reasons})", "give both a capability")
    if order is not Order.LEAPFROG:
        return _plan(task, order, measure, tolerance, tuple(aims), time_limit, seed, progress)
    half = None if time_limit is None else time_limit / 2
    plans = [_plan(task, order, measure, tolerance, tuple(aims), half, seed, progress)]
    if plans[0].stopped != "interrupt":
        plans.append(_plan(led_by_second(task), order, measure, tolerance, tuple(aims), half, seed, progress))
    best = min(plans, key=lambda found: (found.schedule.exposure, found.schedule.completion))
    # what is proven must hold whoever leads; of a lead that was not tried only the first bound is known to
    bound = min((found.bound for found in plans), key=lambda each: each.value)
    if len(plans) == 1:
        bound = min(bound, best_bound(led_by_second(task), order, measure), key=lambda each: each.value)
    schedule = replace(best.schedule, bound=min(bound.value, best.schedule.exposure))
    return replace(best, schedule=schedule, bound=bound, optimal=bound.value >= schedule.exposure)


def _plan(
    task: Withdrawal,
    order: Order,
    measure: Measure,
    tolerance: Fraction | None,
    aims: tuple[Aim, ...],
    time_limit: float | None,
    seed: int,
    progress: Callable[[Progress], None] | None,
) -> Plan:
    planned = sum(CYCLES) if time_limit is None else max(CYCLES[0], int(time_limit * CHANGES_PER_SECOND))
    best = BestSoFar(task, order, measure, tolerance, time_limit, seed, planned, progress)
    small = searchable(best)
    try:
        if small:
            lower_exposure(best, CHUNK)
            search_all(best, UNCLOCKED)
        if small and not best.settled:
            lower_exposure(best, int(planned * SEARCH_SHARE) - best.changes)
            steps = (planned - best.changes) * STEPS_PER_SECOND // CHANGES_PER_SECOND
            left = search_all(best, MOST_STEPS if time_limit is None else max(UNCLOCKED, steps))
            planned = best.changes + left * CHANGES_PER_SECOND // STEPS_PER_SECOND
        if not best.settled:
            lower_exposure(best, planned - best.changes)
        if not small:
            ask_solver(best)
        for aim in aims:
            if aim is Aim.COMPLETION and not (small and best.settled):
                complete_earlier(best)
            elif aim in (Aim.MOVEMENTS, Aim.SMOOTHNESS):
                _polish(best, smooth=aim is Aim.SMOOTHNESS)
    except KeyboardInterrupt:
        best.stopped = "interrupt"
    return _result(best)


def _polish(best: BestSoFar, *, smooth: bool) -> None:
    """Fewer movements, or a smoother load, within the exposure reached (or the tolerance)."""
    polisher = Polisher(best.arrays, best.leaving, float(best.limit))
    if smooth:
        polisher.smoother_load()
    else:
        polisher.fewer_movements()
    best.take(polisher.leaving, within=best.limit)


def _result(best: BestSoFar) -> Plan:
    """The schedule, certified."""
    if best.tolerance is not None and best.exposure > best.tolerance:
        raise intolerable(
            best.task,
            best.order,
            best.measure,
            best.tolerance,
            best.exposure,
            proven=best.refuted or best.proven > best.tolerance,
        )
    schedule = best.schedule(best.leaving, best.exposure)
    certificate = certify(schedule, best.task)
    if not certificate.valid:
        raise ServandaError(
            f"the schedule found does not pass its own certificate: {certificate.findings[0]}",
            "please report this task: it is a fault of the planner, and no schedule was given out",
        )
    return Plan(
        schedule,
        certificate,
        best.task,
        best.proven >= best.exposure,
        replace(best.bound, value=schedule.bound),
        best.changes,
        best.stopped,
    )
