"""The task as arrays, for the search. Floating point: what comes of it is always certified exactly afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.forces import Measure, Order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from servanda.core.forces import Withdrawal


@dataclass(frozen=True)
class Arrays:
    """Groups g, periods t from 0, dimensions d, sides s; what one unit of g contributes to d is `weight[g, d]`."""

    side: NDArray[np.int64]
    count: NDArray[np.int64]
    whole: NDArray[np.bool_]
    weight: NDArray[np.float64]
    """In the measure that is asked for: shares of the side's own holding, or amounts."""
    gone: NDArray[np.int64]
    """Units of each group that had left before the first period; negative after arrivals."""
    exit: NDArray[np.int64]
    """-1 where there is no limit."""
    capacity: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    waits: NDArray[np.int64]
    """Periods after which each side sees what the other did: see `exposures`."""
    base: NDArray[np.float64]
    """What had gone of each side, in each dimension, before the first period."""
    periods: int
    ceiling_need: NDArray[np.int64]
    """How many units must be gone by the end of the ceiling's period."""
    ceiling_period: NDArray[np.int64]
    ceiling_member: NDArray[np.bool_]
    precedence: NDArray[np.int64]
    """Pairs of groups: the first is gone and verified before the second begins."""
    lag: int

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.side)


def arrays_of(task: Withdrawal, order: Order, measure: Measure) -> Arrays:
    """The arrays of a task. The first side leads where moves alternate."""
    forces = task.leaving
    exits = {exit_.id: number for number, exit_ in enumerate(task.exits)}
    compared = task.compared
    weight = np.zeros((len(forces), len(compared)))
    side = np.array([task.side_of(force) for force in forces], dtype=np.int64)
    for number, dimension in enumerate(compared):
        for group, each in dimension.weights:
            held = dimension.held[side[group]] if measure is Measure.SHARE else 1
            weight[group, number] = float(each / held)
    periods = len(task.periods)
    member = np.array(
        [
            [force.side == ceiling.side and ceiling.kind in (None, force.kind) for force in forces]
            for ceiling in task.ceilings
        ],
        dtype=np.bool_,
    ).reshape(len(task.ceilings), len(forces))
    count = np.array([force.count for force in forces], dtype=np.int64)
    gone = np.array([force.gone for force in forces], dtype=np.int64)
    index = {force.id: number for number, force in enumerate(forces)}
    return Arrays(
        side=side,
        count=count,
        whole=np.array([force.indivisible for force in forces], dtype=np.bool_),
        weight=weight,
        gone=gone,
        exit=np.array([exits.get(force.exit, -1) for force in forces], dtype=np.int64),
        capacity=np.array([exit_.capacity for exit_ in task.exits], dtype=np.int64),
        first=np.array([(force.earliest or 1) - 1 for force in forces], dtype=np.int64),
        last=np.array([min(force.latest or periods, periods) - 1 for force in forces], dtype=np.int64),
        waits=np.array(
            [task.lag + 1, task.lag + (1 if order is Order.SIMULTANEOUS else 0)],
            dtype=np.int64,
        ),
        base=np.array([(weight * gone[:, None])[side == own].sum(axis=0) for own in (0, 1)]),
        periods=periods,
        ceiling_need=np.array(
            [count[row].sum() - ceiling.at_most for row, ceiling in zip(member, task.ceilings, strict=True)],
            dtype=np.int64,
        ),
        ceiling_period=np.array([ceiling.period - 1 for ceiling in task.ceilings], dtype=np.int64),
        ceiling_member=member,
        precedence=np.array(
            [(index[rule.first], index[rule.then]) for rule in task.precedences if rule.first in index],
            dtype=np.int64,
        ).reshape(-1, 2),
        lag=task.lag,
    )


def gone_of(leaving: NDArray[np.int64], arrays: Arrays) -> NDArray[np.float64]:
    """What has gone of each side by the end of each period, in each dimension, for the numbers `leaving[g, t]`."""
    gone = np.zeros((2, arrays.periods, arrays.weight.shape[1]))
    for side in (0, 1):
        mine = arrays.side == side
        gone[side] = arrays.base[side] + np.cumsum(leaving[mine].T.astype(np.float64) @ arrays.weight[mine], axis=0)
    return gone


def exposure_of(leaving: NDArray[np.int64], arrays: Arrays) -> NDArray[np.float64]:
    """Exposure of each side, period and dimension, for the numbers `leaving[g, t]`."""
    gone = gone_of(leaving, arrays)
    seen = np.zeros_like(gone)
    for side in (0, 1):
        seen[side] = arrays.base[1 - side]
        waits = int(arrays.waits[side])
        if waits < arrays.periods:
            seen[side, waits:] = gone[1 - side, : arrays.periods - waits]
    return gone - seen
