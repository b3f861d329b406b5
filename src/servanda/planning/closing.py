"""Closing the gap between the best schedule and the bound: exact answers, for tasks small enough to have them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from servanda.planning.lattice import Lattice, Verdict, fits
from servanda.planning.proof import Answer, ask

if TYPE_CHECKING:
    from servanda.planning.best_so_far import BestSoFar

PROOF_GROUPS = 80
WIDE, NARROW = Fraction(1, 50), Fraction(1, 400)
"""Ask for at most the first one less, as a share; where the gap is below the second one, for anything less at all."""
UNCLOCKED = 20_000_000
SEARCHED = "all schedules were searched"


def searchable(best: BestSoFar) -> bool:
    """Whether all schedules of the task can be searched."""
    return fits(best.task, best.arrays, best.order)


def search_all(best: BestSoFar, steps: int) -> int:
    """Ask for less and less exposure until there is none, or the steps are used up; then for the earliest end.

    Returns how many steps are left. Of no more than `UNCLOCKED` steps the clock hears nothing.
    """
    lattice = Lattice(best.task, best.arrays, best.order, best.measure)
    if not lattice.exact:
        return steps
    given = steps

    def late() -> bool:
        return given > UNCLOCKED and best.out_of_time()

    while not best.settled and steps > 0 and not late():
        best.tell("proof")
        strictly = best.proven <= 0 or best.exposure <= best.proven * (1 + NARROW)
        limit = best.exposure if strictly else max(best.exposure * (1 - WIDE), (best.exposure + best.proven) / 2)
        if best.tolerance is not None:
            strictly, limit = False, best.tolerance
        answer = lattice.earliest_within(limit, strictly=strictly, most=steps, late=late)
        steps -= answer.work
        if answer.leaving is not None:
            best.take(answer.leaving)
        elif answer.verdict is Verdict.NONE:
            best.prove(limit, SEARCHED)
            best.refuted = best.tolerance is not None
        if answer.verdict is Verdict.UNKNOWN or (best.tolerance is not None and answer.leaving is None):
            return max(0, steps)
    if best.settled and not late():
        answer = lattice.earliest_within(best.limit, strictly=False, most=max(steps, UNCLOCKED), late=late)
        if answer.leaving is not None:
            best.take(answer.leaving, within=best.limit)
    return max(0, steps)


def ask_solver(best: BestSoFar) -> None:
    """CP-SAT is asked for something strictly better, as long as it has an answer."""
    if best.arrays.groups > PROOF_GROUPS or best.tolerance is not None:
        return
    for _ in range(20):
        if best.settled or best.out_of_time():
            return
        best.tell("proof")
        reply = ask(
            best.task,
            best.arrays,
            best.measure,
            best.exposure,
            strictly=True,
            hint=best.leaving,
            effort=1.5,
            seconds=best.seconds_left(),
            seed=best.seed,
        )
        if reply.answer is Answer.NONE and not len(best.arrays.precedence):
            best.prove(best.exposure, SEARCHED)
        before = best.exposure
        if reply.leaving is None or not best.take(reply.leaving) or best.exposure >= before:
            return
