"""Lower bounds on exposure that hold for every schedule. Exact; each is proved in docs/planning.md, appendix A."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING

from servanda.core.forces import Measure, Order

if TYPE_CHECKING:
    from servanda.core.forces import Dimension, Withdrawal


@dataclass(frozen=True, slots=True)
class Bound:
    """No schedule has a worst exposure below `value`, because of `reason`."""

    value: Fraction
    reason: str


def links(periods: int, lag: int, order: Order) -> int:
    """Into how many links a withdrawal can be cut: each side trusts the other with one at a time."""
    if order is Order.SIMULTANEOUS:
        return -(-periods // (1 + lag))
    return -(-(2 * periods - 1) // (1 + 2 * lag))


def periods_for(wanted: Fraction, lag: int, order: Order) -> int:
    """The fewest periods whose links are at least `1 / wanted`."""
    periods = 1
    while links(periods, lag, order) * wanted < 1:
        periods += 1
    return periods


def best_bound(task: Withdrawal, order: Order, measure: Measure) -> Bound:
    """The strongest of all bounds."""
    found = [chain(task, order, measure)]
    for dimension in task.compared:
        found += [
            crowding(task, order, measure, dimension),
            surplus(task, measure, dimension),
            standing(task, order, measure, dimension),
        ]
    return max(found, key=lambda bound: bound.value)


def unit_bounds(task: Withdrawal, order: Order, measure: Measure) -> list[Bound]:
    """The bounds that come of indivisible units, the strongest first."""
    found = [crowding(task, order, measure, dimension) for dimension in task.compared]
    return sorted(found, key=lambda bound: -bound.value)


def chain(task: Withdrawal, order: Order, measure: Measure) -> Bound:
    """All that a side gives up must be covered link by link: `1 / links` of it stands out at some moment."""
    number = links(len(task.periods), task.lag, order)
    whole = max(
        (Fraction(1) if measure is Measure.SHARE else min(dimension.held)) - max(gone_before(task, measure, dimension))
        for dimension in task.compared
    )
    reason = f"{len(task.periods)} periods leave {number} links of trust"
    return Bound(whole / number, reason if not task.lag else f"{reason}, with a verification lag of {task.lag}")


def gone_before(task: Withdrawal, measure: Measure, dimension: Dimension) -> tuple[Fraction, Fraction]:
    """What had gone of each side before the first period."""
    gone = [Fraction(0), Fraction(0)]
    for number, weight in dimension.weights:
        force = task.leaving[number]
        if not force.gone:
            continue
        gone[task.side_of(force)] += weight * force.gone
    if measure is Measure.ABSOLUTE:
        return gone[0], gone[1]
    return gone[0] / dimension.held[0], gone[1] / dimension.held[1]


def standing(task: Withdrawal, order: Order, measure: Measure, dimension: Dimension) -> Bound:
    """Whoever has given up more at the start is exposed by that much until the other side's first move is seen.

    The side that answers sees the leader's first move before its own first moment, unless verification takes longer.
    """
    gone = gone_before(task, measure, dimension)
    more = 0 if gone[0] >= gone[1] else 1
    answers_first = order is not Order.SIMULTANEOUS and more == 1 and task.lag == 0
    value = Fraction(0) if answers_first else abs(gone[0] - gone[1])
    return Bound(value, f"{task.sides[more]} has given up that much more of {dimension.name} already")


def surplus(task: Withdrawal, measure: Measure, dimension: Dimension) -> Bound:
    """Counted in amounts, the side that holds more is exposed by the difference in the end."""
    if measure is Measure.SHARE:
        return Bound(Fraction(0), "")
    more = 0 if dimension.held[0] >= dimension.held[1] else 1
    gap = dimension.held[more] - dimension.held[1 - more]
    return Bound(gap, f"{task.sides[more]} gives up {float(gap):g} more of {dimension.name} than the other side has")


def crowding(task: Withdrawal, order: Order, measure: Measure, dimension: Dimension) -> Bound:
    """Indivisible units must share stretches of time in which no more than twice the exposure can leave.

    Of `n * k + 1` units in `n` stretches, some stretch holds `k + 1`: half the sum of the smallest of them is a bound.
    With `k = 0` it is half of the largest unit. Where moves alternate and something had gone before, the first stretch
    is bounded by nothing, so nothing is said.
    """
    if order is not Order.SIMULTANEOUS and any(force.gone for force in task.leaving):
        return Bound(Fraction(0), "")
    items, unit = _items(task, measure, dimension)
    periods, lag = len(task.periods), task.lag
    if order is Order.SIMULTANEOUS:
        pools = [items[0] + items[1]]
        stretches = -(-periods // (1 + lag))
    else:
        pools = items
        stretches = -(-periods // (1 + 2 * lag))
    best = Bound(Fraction(0), "")
    for pool in pools:
        total, count = _pigeonhole(pool, stretches)
        value = Fraction(total, 2 * unit)
        if value > best.value:
            what = "its largest indivisible unit" if count == 1 else f"{count} of its units that must go close together"
            best = Bound(value, f"{dimension.name}: half of {what}")
    return best


Items = list[tuple[int, int]]


def _items(task: Withdrawal, measure: Measure, dimension: Dimension) -> tuple[list[Items], int]:
    """Per side, what one indivisible unit is worth and how many such units there are; in integers, of so many to 1."""
    scale = lcm(*(weight.denominator for _, weight in dimension.weights))
    held = [int(each * scale) for each in dimension.held]
    items: list[dict[int, int]] = [defaultdict(int), defaultdict(int)]
    for number, weight in dimension.weights:
        force = task.leaving[number]
        side = task.side_of(force)
        each = weight.numerator * (scale // weight.denominator)
        if measure is Measure.SHARE:
            each *= held[1 - side]
        size, times = (each * force.count, 1) if force.indivisible else (each, force.count)
        items[side][size] += times
    return [list(mine.items()) for mine in items], held[0] * held[1] if measure is Measure.SHARE else scale


def _pigeonhole(items: Items, stretches: int) -> tuple[int, int]:
    """The largest sum that some stretch must hold, over all `k`, and how many units it speaks of."""
    ordered = [size for size, times in sorted(items, reverse=True) for _ in range(times)]
    sums = [0, *accumulate(ordered)]
    best, count = 0, 0
    for k in range((len(ordered) - 1) // stretches + 1 if ordered else 0):
        top = stretches * k + 1
        total = sums[top] - sums[top - k - 1]
        if total > best:
            best, count = total, k + 1
    return best, count
