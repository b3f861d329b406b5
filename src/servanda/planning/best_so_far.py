"""One task on its way to a plan: the best schedule so far, what is proven, and how much time is left."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.forces import DEFAULT_MATERIALITY, Order
from servanda.core.schedules import Move, Schedule
from servanda.planning.arrays import arrays_of
from servanda.planning.bounds import Bound, best_bound
from servanda.planning.certificate import certify
from servanda.planning.first import first_schedule, with_windows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from servanda.core.forces import Measure, Withdrawal
    from servanda.planning.kernel import Ints

clock = time.monotonic
"""What time limits are measured by; a benchmark on a machine that others use may prefer the processor's time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the planner is: the least exposure so far, the proven bound, changes tried of those planned."""

    stage: str
    exposure: float
    bound: float
    done: int
    of: int


class BestSoFar:
    """`leaving` is always a schedule that keeps the rules, and `exposure` its worst exposure, exactly.

    Raises:
        Infeasible: no schedule keeps the rules.
    """

    def __init__(
        self,
        task: Withdrawal,
        order: Order,
        measure: Measure,
        tolerance: Fraction | None,
        time_limit: float | None,
        seed: int,
        planned: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.task, self.order, self.measure, self.tolerance = task, order, measure, tolerance
        self.seed, self.planned = seed, planned
        self.changes = 0
        self.stopped = "done"
        self.refuted = False
        """Proven: the tolerance cannot be met."""
        self._progress = progress
        self._ends = None if time_limit is None else clock() + time_limit
        self.arrays = arrays_of(task, order, measure)
        self.bound = best_bound(task, order, measure)
        self._stage = "first schedule"
        self.leaving = first_schedule(task, self.arrays, measure, self.bound.value, self.exact)
        self.exposure = self.exact(self.leaving)
        self.arrays = with_windows_of(self.arrays, self.leaving)

    @property
    def proven(self) -> Fraction:
        """No schedule exposes less."""
        return self.bound.value

    @property
    def limit(self) -> Fraction:
        """What the later aims may use up: the exposure reached, or the tolerance where that is more."""
        return self.exposure if self.tolerance is None else max(self.exposure, self.tolerance)

    @property
    def goal(self) -> float:
        """Exposure at which the search may end: the tolerance where there is one, else the proven bound."""
        return float(self.proven if self.tolerance is None else max(self.tolerance, self.proven))

    @property
    def settled(self) -> bool:
        """Whether less exposure is impossible, or not asked for."""
        return self.exposure <= self.proven or (self.tolerance is not None and self.exposure <= self.tolerance)

    def exact(self, leaving: Ints) -> Fraction:
        """The worst exposure of a schedule, certified."""
        return certify(self.schedule(leaving, Fraction(0)), self.task).exposure

    def take(self, leaving: Ints, within: Fraction | None = None) -> bool:
        """Keep a schedule if it exposes no more than the best so far (or than `within`); whether it was kept."""
        exposure = self.exact(leaving)
        if exposure > (self.exposure if within is None else within):
            return False
        self.leaving, self.exposure = leaving.copy(), exposure
        return True

    def prove(self, value: Fraction, reason: str) -> None:
        """Note that no schedule exposes less than this."""
        if value > self.bound.value:
            self.bound = Bound(value, reason)
            self.tell(self._stage)

    def schedule(self, leaving: Ints, exposure: Fraction) -> Schedule:
        """The numbers by group and period as a schedule that claims this exposure."""
        materiality = None if self.task.materiality == DEFAULT_MATERIALITY else self.task.materiality
        return Schedule(
            self.order,
            self.measure,
            self.task.lag,
            self.task.periods,
            moves_of(leaving, self.task, self.order),
            exposure,
            min(self.bound.value, exposure),
            materiality,
            self.tolerance,
        )

    def tell(self, stage: str, least: float | None = None) -> None:
        """Report progress; `least` is an exposure that is not taken yet."""
        self._stage = stage
        if self._progress is not None:
            exposure = float(self.exposure) if least is None else min(least, float(self.exposure))
            done = min(self.changes, self.planned)
            self._progress(Progress(stage, exposure, float(self.proven), done, self.planned))

    def seconds_left(self) -> float | None:
        """By the clock; `None` where there is no limit."""
        return None if self._ends is None else self._ends - clock()

    def out_of_time(self) -> bool:
        """Whether the clock has cut the search, which is noted."""
        left = self.seconds_left()
        if left is None or left > 0:
            return False
        self.stopped = "clock"
        return True


def moves_of(leaving: Ints, task: Withdrawal, order: Order) -> tuple[Move, ...]:
    """The numbers by group and period as moves, in order of time."""
    moves = []
    for g, force in enumerate(task.leaving):
        half = 2 if order is not Order.SIMULTANEOUS and task.side_of(force) == 1 else 1
        moves += [
            Move(int(period) + 1, half, force.id, int(leaving[g, period]), force.exit)
            for period in np.flatnonzero(leaving[g])
        ]
    return tuple(sorted(moves, key=lambda move: (move.period, move.half)))
