"""A first plan: each side follows the diagonal, period by period, in all capabilities and regions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servanda.planning.compiled import compiled

if TYPE_CHECKING:
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Bools, Floats, Ints


def diagonal(arrays: Arrays) -> Floats:
    """The share that each side should have gone by the end of each period, if units could be cut at will.

    It meets the closed bound: a side moves one link further each time the other's last link has been seen.
    """
    periods, waits = arrays.periods, arrays.waits
    moment = np.zeros((2, periods), dtype=np.int64)
    if waits[0] == waits[1]:
        wait = int(waits[0])
        moment[:] = np.arange(1, periods + 1)
    else:
        wait = int(waits[0] + waits[1])
        moment[0] = 2 * np.arange(1, periods + 1) - 1
        moment[1] = moment[0] + 1
    links = -(-moment // wait)
    shares: Floats = np.minimum(1.0, links / links[0, -1])
    return shares


@compiled
def _fill(
    leaving: Ints,
    load: Ints,
    members: Ints,
    left: Ints,
    weight: Floats,
    scale: Floats,
    exits: Ints,
    capacity: Ints,
    first: Ints,
    last: Ints,
    whole: Bools,
    shares: Floats,
) -> None:
    periods = leaving.shape[1]
    dimensions = weight.shape[1]
    gone = np.zeros(dimensions)
    waiting = np.zeros(load.shape[0], dtype=np.int64)
    for g in members:
        if exits[g] >= 0:
            waiting[exits[g]] += left[g]
    room = np.zeros(load.shape[0], dtype=np.int64)
    for period in range(periods):
        for e in range(load.shape[0]):
            room[e] = 0
            for later in range(period + 1, periods):
                room[e] += max(0, capacity[e] - load[e, later])
        while True:
            pick, gain = -1, -1e-12
            for g in members:
                k = left[g] if whole[g] else 1
                if left[g] == 0 or period < first[g] or period > last[g]:
                    continue
                if exits[g] >= 0 and load[exits[g], period] + k > capacity[exits[g]]:
                    continue
                change = 0.0
                for d in range(dimensions):
                    if weight[g, d] > 0.0:
                        before = (gone[d] - shares[period] * scale[d]) / scale[d]
                        after = before + k * weight[g, d] / scale[d]
                        change += after * after - before * before
                late = exits[g] >= 0 and waiting[exits[g]] > room[exits[g]]
                if late or period == periods - 1 or period == last[g]:
                    change -= 1e6
                if change < gain:
                    gain, pick = change, g
            if pick < 0:
                break
            k = left[pick] if whole[pick] else 1
            left[pick] -= k
            leaving[pick, period] += k
            if exits[pick] >= 0:
                load[exits[pick], period] += k
                waiting[exits[pick]] -= k
            for d in range(dimensions):
                gone[d] += k * weight[pick, d]


def proportional(arrays: Arrays) -> Ints | None:
    """Numbers leaving by group and period; `None` where this simple way finds no room in the exits."""
    shares = diagonal(arrays)
    leaving = np.zeros((arrays.groups, arrays.periods), dtype=np.int64)
    load = np.zeros((max(1, len(arrays.capacity)), arrays.periods), dtype=np.int64)
    left = arrays.count.copy()
    for side in (0, 1):
        members = np.flatnonzero(arrays.side == side)
        scale = (arrays.weight[members] * arrays.count[members, None]).sum(axis=0)
        scale[scale == 0] = 1.0
        capacity = arrays.capacity if len(arrays.capacity) else np.zeros(1, dtype=np.int64)
        if side == 0:
            capacity = _share_of_exits(arrays, capacity)
        _fill(
            leaving,
            load,
            members,
            left,
            arrays.weight,
            scale,
            arrays.exit,
            capacity,
            arrays.first,
            arrays.last,
            arrays.whole,
            shares[side],
        )
    return leaving if not left.any() else None


def _share_of_exits(arrays: Arrays, capacity: Ints) -> Ints:
    """What the first side may use of each exit, so that the second side finds its part of it."""
    users = np.zeros((2, len(capacity)))
    for side in (0, 1):
        limited = (arrays.side == side) & (arrays.exit >= 0)
        np.add.at(users[side], arrays.exit[limited], arrays.count[limited])
    share = np.divide(users[0], users.sum(axis=0), out=np.ones(len(capacity)), where=users.sum(axis=0) > 0)
    least = -(-users[0].astype(np.int64) // arrays.periods)
    part: Ints = np.minimum(capacity, np.maximum(np.round(capacity * share).astype(np.int64), least))
    return part
