"""Equal numbers: so many from each side in each period, the plan that everybody thinks of first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from servanda.core.forces import DEFAULT_MATERIALITY, Measure, Order
from servanda.core.problems import ServandaError
from servanda.core.schedules import Move, Schedule
from servanda.planning.certificate import certify
from servanda.planning.terms import MOST_PERIODS, periods_of

if TYPE_CHECKING:
    from servanda.core.forces import Withdrawal


def equal_numbers(
    task: Withdrawal, *, order: Order = Order.SIMULTANEOUS, measure: Measure = Measure.SHARE, each: int | None = None
) -> tuple[Schedule, Withdrawal]:
    """The schedule by which both sides let the same number go in each period, forces in the order of the list.

    Without `each`, it is the number that lets the larger side finish in time. With it, the schedule takes as many
    periods as it needs; the task that is returned with it has that many. Exits are not looked at: the certificate is.

    Raises:
        ServandaError: a number that would take for ever.
    """
    totals = [sum(force.count for force in task.leaving if force.side == side) for side in task.sides]
    number = each or -(-max(totals) // len(task.periods))
    needed = -(-max(totals) // number) if number > 0 else MOST_PERIODS + 1
    if needed > MOST_PERIODS:
        raise ServandaError(f"{number} of each side a period would take {needed} periods", "give a larger number")
    periods = task.periods if needed <= len(task.periods) else periods_of(needed)
    moves = []
    for own, side in enumerate(task.sides):
        half = 2 if order is not Order.SIMULTANEOUS and own == 1 else 1
        period, room = 1, number
        for force in (force for force in task.leaving if force.side == side):
            left = force.count
            while left:
                going = min(left, room)
                moves.append(Move(period, half, force.id, going, force.exit))
                left -= going
                room -= going
                if not room:
                    period, room = period + 1, number
    materiality = None if task.materiality == DEFAULT_MATERIALITY else task.materiality
    stretched = replace(task, periods=periods)
    draft = Schedule(order, measure, task.lag, periods, tuple(sorted(moves)), Fraction(0), Fraction(0), materiality)
    return replace(draft, exposure=certify(draft, stretched).exposure), stretched
