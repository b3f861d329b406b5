"""Small tasks, solved exactly: a search through what may be gone on both sides, in integers, with nothing left out."""

from __future__ import annotations

from math import ceil, floor, prod
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from servanda.core.forces import Order
from servanda.planning.integers import integer_row

if TYPE_CHECKING:
    from fractions import Fraction

    from servanda.core.forces import Measure, Withdrawal
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Bools, Ints

MOST_STEPS = 20_000_000
"""Pairs of states that one answer may look at."""


def is_small(task: Withdrawal, arrays: Arrays) -> bool:
    """Whether `earliest_within` applies: few enough states, no lag, no windows, no further rules."""
    free = (arrays.first == 0).all() and (arrays.last == arrays.periods - 1).all()
    if task.lag or not free or task.ceilings or task.precedences:
        return False
    choices = [2 if whole else int(count) + 1 for whole, count in zip(arrays.whole, arrays.count, strict=True)]
    return prod(choice * (choice + 1) // 2 for choice in choices) <= MOST_STEPS


def earliest_within(
    task: Withdrawal, arrays: Arrays, order: Order, measure: Measure, limit: Fraction, *, strictly: bool
) -> Ints | None:
    """The schedule that ends first among those with every exposure at most the limit (below it, `strictly`).

    `None` proves that there is none.

    Raises:
        OverflowError: the task's figures are too large for exact 64-bit integers.
    """
    states = [_states(arrays, side) for side in (0, 1)]
    allowed = _allowed(task, arrays, states, measure, limit, strictly)
    through = [_through(arrays, side, states[side]) for side in (0, 1)]
    (after_a, starts_a), (after_b, starts_b) = (_following(mine) for mine in states)
    capacity = arrays.capacity if len(arrays.capacity) else np.zeros(1, dtype=np.int64)
    previous: Ints = _reach(
        allowed[0],
        allowed[1],
        after_a,
        starts_a,
        after_b,
        starts_b,
        through[0],
        through[1],
        capacity,
        arrays.periods,
        order is Order.SIMULTANEOUS,
    )
    a, b = len(states[0]) - 1, len(states[1]) - 1
    if previous[a, b, 2] < 0:
        return None
    leaving = np.zeros((arrays.groups, arrays.periods), dtype=np.int64)
    members = [np.flatnonzero(arrays.side == side) for side in (0, 1)]
    while previous[a, b, 2] > 0:
        before_a, before_b, period = previous[a, b]
        leaving[members[0], period - 1] = states[0][a] - states[0][before_a]
        leaving[members[1], period - 1] = states[1][b] - states[1][before_b]
        a, b = before_a, before_b
    return leaving


def _states(arrays: Arrays, side: int) -> Ints:
    """All that may be gone of one side, one row a state; the first is nothing, the last is everything."""
    axes = [
        np.unique([0, arrays.count[g]]) if arrays.whole[g] else np.arange(arrays.count[g] + 1)
        for g in np.flatnonzero(arrays.side == side)
    ]
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1).astype(np.int64)


def _following(states: Ints) -> tuple[Ints, Ints]:
    """For each state those in which at least as much is gone: one flat list, and where each state's part begins."""
    lists = [np.flatnonzero((states >= state).all(axis=1)) for state in states]
    starts = np.cumsum([0, *(len(entry) for entry in lists)])
    return np.concatenate(lists).astype(np.int64), starts.astype(np.int64)


def _through(arrays: Arrays, side: int, states: Ints) -> Ints:
    exits = arrays.exit[arrays.side == side]
    number = max(1, len(arrays.capacity))
    return np.stack([states[:, exits == exit_].sum(axis=1) for exit_ in range(number)], axis=1).astype(np.int64)


def _allowed(
    task: Withdrawal, arrays: Arrays, states: list[Ints], measure: Measure, limit: Fraction, strictly: bool
) -> tuple[Bools, Bools]:
    """For each side, in which of its states it may be while it sees which of the other's."""
    allowed = [np.ones((len(states[side]), len(states[1 - side])), dtype=np.bool_) for side in (0, 1)]
    for dimension in task.compared:
        row = integer_row(dimension, arrays.side, arrays.count, arrays.gone, measure)
        if not row.exact:
            raise OverflowError(dimension.name)
        bound = limit * row.scale
        right = ceil(bound) - 1 if strictly else floor(bound)
        gone = []
        for side in (0, 1):
            weight = np.zeros(arrays.groups, dtype=np.int64)
            for group, each in row.weights:
                weight[group] = each
            gone.append(row.base[side] + states[side] @ weight[arrays.side == side])
        for side in (0, 1):
            own, seen = row.own[side] * gone[side], row.other[side] * gone[1 - side]
            allowed[side] &= own[:, None] - seen[None, :] <= right
    return allowed[0], allowed[1]


@njit(cache=True)
def _reach(
    allowed_a: Bools,
    allowed_b: Bools,
    after_a: Ints,
    starts_a: Ints,
    after_b: Ints,
    starts_b: Ints,
    through_a: Ints,
    through_b: Ints,
    capacity: Ints,
    periods: int,
    simultaneous: bool,
) -> Ints:
    """For each pair of states: the pair before it and the period in which it is first reached, or -1."""
    number_a, number_b = len(starts_a) - 1, len(starts_b) - 1
    previous = np.full((number_a, number_b, 3), -1, dtype=np.int64)
    previous[0, 0, 2] = 0
    front = np.zeros((number_a * number_b, 2), dtype=np.int64)
    waiting, seen = 1, 0
    for period in range(1, periods + 1):
        layer = waiting
        while seen < layer:
            a, b = front[seen]
            seen += 1
            for i in range(starts_a[a], starts_a[a + 1]):
                x = after_a[i]
                if not allowed_a[x, b]:
                    continue
                for j in range(starts_b[b], starts_b[b + 1]):
                    y = after_b[j]
                    if previous[x, y, 2] >= 0 or not allowed_b[y, a if simultaneous else x]:
                        continue
                    fits = True
                    for e in range(len(capacity)):
                        load = through_a[x, e] - through_a[a, e] + through_b[y, e] - through_b[b, e]
                        if load > capacity[e]:
                            fits = False
                            break
                    if fits:
                        previous[x, y, 0] = a
                        previous[x, y, 1] = b
                        previous[x, y, 2] = period
                        front[waiting, 0] = x
                        front[waiting, 1] = y
                        waiting += 1
    return previous
