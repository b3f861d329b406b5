"""`plan`: bounds, a first schedule, the search, exact proofs where they are within reach, the later aims, the check."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order
from servanda.core.problems import ServandaError
from servanda.core.schedules import Certificate, Move, Schedule
from servanda.planning.aims import Polisher
from servanda.planning.arrays import Arrays, arrays_of
from servanda.planning.bounds import Bound, best_bound, links
from servanda.planning.certificate import certify
from servanda.planning.proof import Answer, ask
from servanda.planning.relax import exit_obstacles, explain, intolerable
from servanda.planning.search import Search
from servanda.planning.small import earliest_within, is_small
from servanda.planning.start import proportional
from servanda.planning.terms import led_by_second

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servanda.core.forces import Withdrawal
    from servanda.planning.kernel import Ints

CYCLES = (250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
"""Changes tried in each cycle of the search, if nothing else is said; the seed and these decide the result."""
LONG_CYCLE = 8_000_000
CHUNK = 250_000
CHANGES_PER_SECOND = 1_000_000
"""What a time limit is counted as, on the slow side, so that the clock seldom has to cut and results repeat."""
HOT, COLD = 0.3, 0.003
"""First and last temperature of a cycle: in what a group's even tranche weighs, and in what one unit weighs."""
SMALL_STEP = 2e-3
PROOF_GROUPS = 80


class Aim(StrEnum):
    """What a schedule is to be best at, after it keeps its rules."""

    EXPOSURE = "exposure"
    COMPLETION = "completion"
    MOVEMENTS = "movements"
    SMOOTHNESS = "smoothness"


DEFAULT_AIMS = tuple(Aim)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the planner is: the least exposure so far, the proven bound, changes tried of those planned."""

    stage: str
    exposure: float
    bound: float
    done: int
    of: int


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
    if order is Order.LEAPFROG:
        half = None if time_limit is None else time_limit / 2
        plans = [
            _plan(led, order, measure, tolerance, tuple(aims), half, seed, progress)
            for led in (task, led_by_second(task))
        ]
        return min(plans, key=lambda found: (found.schedule.exposure, found.schedule.completion))
    return _plan(task, order, measure, tolerance, tuple(aims), time_limit, seed, progress)


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
    run = _Run(task, order, measure, tolerance, time_limit, seed, progress)
    try:
        run.search()
        run.prove()
        for aim in aims:
            if aim is Aim.COMPLETION:
                run.complete_earlier()
            elif aim is Aim.MOVEMENTS:
                run.polish(smooth=False)
            elif aim is Aim.SMOOTHNESS:
                run.polish(smooth=True)
    except KeyboardInterrupt:
        run.stopped = "interrupt"
    return run.result()


class _Run:
    """One task on its way to a plan. `best` is always a schedule that keeps the rules."""

    def __init__(
        self,
        task: Withdrawal,
        order: Order,
        measure: Measure,
        tolerance: Fraction | None,
        time_limit: float | None,
        seed: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.task, self.order, self.measure, self.tolerance = task, order, measure, tolerance
        self.seed, self.progress = seed, progress
        self.ends = None if time_limit is None else time.monotonic() + time_limit
        self.arrays = arrays_of(task, order, measure)
        unit = self.arrays.weight.max(axis=1)
        number = np.maximum(1, self.arrays.count)
        self._grain = float(np.average(unit, weights=number))
        self._lump = float(np.average(unit * np.maximum(1, number / self.arrays.periods), weights=number))
        self.bound = best_bound(task, order, measure)
        self.proven = self.bound.value
        self.stopped = "done"
        self.changes = 0
        self.planned = sum(CYCLES) if time_limit is None else max(CYCLES[0], int(time_limit * CHANGES_PER_SECOND))
        self.best = self._first()
        self.exposure = self._exact(self.best)

    def _first(self) -> Ints:
        if exit_obstacles(self.task):
            raise explain(self.task)
        tied = len(self.task.precedences) or len(self.task.ceilings)
        found = None if tied else proportional(self.arrays)
        if found is None:
            hint = proportional(self.arrays)
            found = ask(self.task, self.arrays, self.measure, None, hint=hint, effort=20).leaving
        if found is None:
            raise explain(self.task)
        if tied:
            found = self._loosen(found)
        self.arrays = _windows_of(self.arrays, found)
        return found

    def _loosen(self, found: Ints) -> Ints:
        """With precedences, the periods in which forces may leave are taken from a good schedule, then kept."""
        limit = self._exact(found)
        for _ in range(12):
            goal = (limit + self.proven) / 2
            reply = ask(self.task, self.arrays, self.measure, goal, hint=found, effort=3)
            if reply.leaving is None or limit - self.proven < Fraction(1, 1000):
                break
            found = reply.leaving
            limit = self._exact(found)
        return found

    def _exact(self, leaving: Ints) -> Fraction:
        return certify(self._schedule(leaving, Fraction(0)), self.task).exposure

    def _schedule(self, leaving: Ints, exposure: Fraction) -> Schedule:
        materiality = None if self.task.materiality == DEFAULT_MATERIALITY else self.task.materiality
        return Schedule(
            self.order,
            self.measure,
            self.task.lag,
            self.task.periods,
            moves_of(leaving, self.task, self.order),
            exposure,
            min(self.proven, exposure),
            materiality,
            self.tolerance,
        )

    @property
    def goal(self) -> float:
        """Exposure at which the search may end: the tolerance where there is one, else the proven bound."""
        return float(self.proven if self.tolerance is None else max(self.tolerance, self.proven))

    def _tell(self, stage: str, least: float | None = None) -> None:
        if self.progress is not None:
            done = min(self.changes, self.planned)
            exposure = float(self.exposure) if least is None else min(least, float(self.exposure))
            self.progress(Progress(stage, exposure, float(self.proven), done, self.planned))

    def _out_of_time(self) -> bool:
        if self.ends is not None and time.monotonic() >= self.ends:
            self.stopped = "clock"
            return True
        return False

    def search(self) -> None:
        """Anneal in cycles from the best so far, each cycle longer than the one before."""
        if self.tolerance is None and is_small(self.task, self.arrays):
            return
        search = Search(self.arrays, self.best)
        cycle = 0
        while self.changes < self.planned and search.least > self.goal * (1 + 1e-9):
            length = CYCLES[cycle] if cycle < len(CYCLES) else LONG_CYCLE
            length = min(length, max(CHUNK, self.planned - self.changes))
            if cycle:
                search.restart(search.best)
            if self._anneal(search, cycle, length):
                break
            cycle += 1
        if search.least < float(self.exposure):
            self._take(search.best)

    def _anneal(self, search: Search, cycle: int, length: int) -> bool:
        """One cycle, in chunks between which Ctrl-C and the clock are heard; whether the time is up."""
        chunks = -(-length // CHUNK)
        cool = (COLD * self._grain / (HOT * self._lump)) ** (1 / chunks)
        for chunk in range(chunks):
            hot = HOT * self._lump * cool**chunk
            try:
                search.anneal(
                    max(self.goal, search.least * (1 - SMALL_STEP)),
                    CHUNK,
                    (self.seed * 1_000_003 + cycle * 1009 + chunk) % 2**31,
                    hot=hot**2,
                    cold=(hot * cool) ** 2,
                    stop_at=self.goal * (1 + 1e-9),
                )
                self.changes += CHUNK
                self._tell("search", search.least)
            except KeyboardInterrupt:
                self._take(search.best)
                raise
            if search.least <= self.goal * (1 + 1e-9):
                return False
            if self._out_of_time():
                return True
        return False

    def _take(self, leaving: Ints) -> None:
        exposure = self._exact(leaving)
        if exposure <= self.exposure:
            self.best, self.exposure = leaving.copy(), exposure

    def prove(self) -> None:
        """Exact answers: all of small tasks; for middling ones CP-SAT is asked for something strictly better."""
        if is_small(self.task, self.arrays):
            self._prove_small()
        elif self.arrays.groups <= PROOF_GROUPS and self.tolerance is None and self.exposure > self.proven:
            for _ in range(20):
                if self._out_of_time():
                    return
                self._tell("proof")
                left = None if self.ends is None else self.ends - time.monotonic()
                reply = ask(
                    self.task,
                    self.arrays,
                    self.measure,
                    self.exposure,
                    strictly=True,
                    hint=self.best,
                    effort=1.5,
                    seconds=left,
                    seed=self.seed,
                )
                if reply.answer is Answer.NONE and not len(self.arrays.precedence):
                    self.proven = self.exposure
                if reply.leaving is None:
                    return
                before = self.exposure
                self._take(reply.leaving)
                if self.exposure >= before:
                    return

    def _prove_small(self) -> None:
        try:
            while self.tolerance is None or self.exposure > self.tolerance:
                self._tell("proof")
                found = earliest_within(self.task, self.arrays, self.order, self.measure, self.exposure, strictly=True)
                if found is None:
                    self.proven = self.exposure
                    break
                self._take(found)
            found = earliest_within(
                self.task,
                self.arrays,
                self.order,
                self.measure,
                self.exposure if self.tolerance is None else max(self.exposure, self.tolerance),
                strictly=False,
            )
        except OverflowError:
            return
        if found is not None:
            self.best, self.exposure = found, self._exact(found)

    def complete_earlier(self) -> None:
        """End sooner, as long as a schedule within the exposure reached (or the tolerance) is found."""
        limit = self.exposure if self.tolerance is None else max(self.exposure, self.tolerance)
        while not is_small(self.task, self.arrays):
            horizon = int(np.flatnonzero(self.best.sum(axis=0)).max())
            if horizon < 1 or (links(horizon, self.task.lag, self.order) * limit < 1 and not self.arrays.gone.any()):
                return
            shorter = _shortened(self.arrays, horizon)
            if shorter is None or len(self.arrays.precedence) or len(self.arrays.ceiling_need):
                return
            start = proportional(shorter)
            if start is None:
                return
            search = Search(shorter, start)
            for cycle, length in enumerate(CYCLES[:3]):
                if search.least <= float(limit):
                    break
                for chunk in range(length // CHUNK):
                    if self._out_of_time():
                        return
                    cool = HOT * (COLD / HOT) ** (chunk * CHUNK / length) * self._grain
                    search.anneal(
                        float(limit),
                        CHUNK,
                        (self.seed * 1_000_003 + 7919 * horizon + cycle * 1009 + chunk) % 2**31,
                        hot=cool**2,
                        cold=(cool * 0.5) ** 2,
                        stop_at=float(limit),
                    )
                    self.changes += CHUNK
                    self._tell("completion")
            padded = np.zeros_like(self.best)
            padded[:, :horizon] = search.best
            exposure = self._exact(padded)
            if exposure > limit:
                return
            self.best, self.exposure = padded, exposure

    def polish(self, *, smooth: bool) -> None:
        """Fewer movements, or a smoother load, within the exposure reached (or the tolerance)."""
        limit = self.exposure if self.tolerance is None else max(self.exposure, self.tolerance)
        polisher = Polisher(self.arrays, self.best, float(limit))
        if smooth:
            polisher.smoother_load()
        else:
            polisher.fewer_movements()
        exposure = self._exact(polisher.leaving)
        if exposure <= limit:
            self.best, self.exposure = polisher.leaving, exposure

    def result(self) -> Plan:
        """The schedule, certified."""
        if self.tolerance is not None and self.exposure > self.tolerance:
            raise intolerable(
                self.task, self.order, self.measure, self.tolerance, self.exposure, proven=self.proven > self.tolerance
            )
        schedule = self._schedule(self.best, self.exposure)
        certificate = certify(schedule, self.task)
        if not certificate.valid:
            raise ServandaError(
                f"the schedule found does not pass its own certificate: {certificate.findings[0]}",
                "please report this task: it is a fault of the planner, and no schedule was given out",
            )
        return Plan(
            schedule,
            certificate,
            self.task,
            self.proven >= self.exposure,
            replace(self.bound, value=schedule.bound),
            self.changes,
            self.stopped,
        )


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


def _windows_of(arrays: Arrays, leaving: Ints) -> Arrays:
    """Where forces precede each other, the windows in which this schedule has them, so that the search keeps them."""
    if not len(arrays.precedence):
        return arrays
    first, last = arrays.first.copy(), arrays.last.copy()
    for before, after in arrays.precedence:
        ready = int(np.flatnonzero(leaving[before]).max())
        last[before] = min(last[before], ready)
        first[after] = max(first[after], ready + 1 + arrays.lag)
    return replace(arrays, first=first, last=last)


def _shortened(arrays: Arrays, periods: int) -> Arrays | None:
    """The same with fewer periods; `None` where some force may only leave later."""
    if (arrays.first >= periods).any():
        return None
    return replace(arrays, periods=periods, last=np.minimum(arrays.last, periods - 1))
