"""The later aims, within an exposure that is fixed by then: fewer movements, then a smoother load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servanda.planning.arrays import gone_of

if TYPE_CHECKING:
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Floats, Ints

SLACK = 1e-12
"""Rounding of sums that are allowed for; whatever comes of it is certified exactly."""
MOST_TRIES = 200_000


class Polisher:
    """A schedule that is changed step by step, each step keeping every rule and the exposure limit."""

    def __init__(self, arrays: Arrays, leaving: Ints, limit: float) -> None:
        self.arrays = arrays
        self.leaving = leaving.copy()
        self.limit = limit + SLACK
        self._gone: Floats = gone_of(leaving, arrays)
        self._load = np.zeros((len(arrays.capacity), arrays.periods), dtype=np.int64)
        for exit_ in range(len(arrays.capacity)):
            self._load[exit_] = leaving[arrays.exit == exit_].sum(axis=0)
        self._bound_by_rules = set(arrays.precedence.ravel().tolist()) | set(
            np.flatnonzero(arrays.ceiling_member.any(axis=0)).tolist()
        )

    def movements(self) -> int:
        """How many times some force moves."""
        return int((self.leaving > 0).sum())

    def shift(self, g: int, source: int, goal: int, number: int) -> bool:
        """Let so many of `g` leave in the period `goal` instead; whether that was possible."""
        a = self.arrays
        if g in self._bound_by_rules or not a.first[g] <= goal <= a.last[g] or self.leaving[g, source] < number:
            return False
        exit_ = a.exit[g]
        if exit_ >= 0 and self._load[exit_, goal] + number > a.capacity[exit_]:
            return False
        side = int(a.side[g])
        start, end = min(source, goal), max(source, goal)
        change = a.weight[g] * (number if goal < source else -number)
        self._gone[side, start:end] += change
        if self._worst(start, end) > self.limit:
            self._gone[side, start:end] -= change
            return False
        self.leaving[g, source] -= number
        self.leaving[g, goal] += number
        if exit_ >= 0:
            self._load[exit_, source] -= number
            self._load[exit_, goal] += number
        return True

    def _worst(self, start: int, end: int) -> float:
        a = self.arrays
        worst = -np.inf
        for side in (0, 1):
            last = min(a.periods, end + int(a.waits[side]))
            for period in range(start, last):
                seen = period - int(a.waits[side])
                own = self._gone[side, period]
                worst = max(worst, float((own - (self._gone[1 - side, seen] if seen >= 0 else a.base[1 - side])).max()))
        return worst

    def fewer_movements(self) -> None:
        """Let parts of a force leave with other parts of it, where that keeps the limit."""
        tries = 0
        for g in np.flatnonzero((self.leaving > 0).sum(axis=1) > 1):
            for source in np.argsort(self.leaving[g], kind="stable"):
                for goal in np.argsort(-self.leaving[g], kind="stable"):
                    number = int(self.leaving[g, source])
                    if not number or goal == source or not self.leaving[g, goal]:
                        continue
                    tries += 1
                    if tries > MOST_TRIES or self.shift(int(g), int(source), int(goal), number):
                        break
                if tries > MOST_TRIES:
                    return

    def smoother_load(self) -> None:
        """Take from the fullest period and give to the emptiest, without a further movement."""
        periods = np.flatnonzero(self.leaving.sum(axis=0))
        for _ in range(2000):
            load = self.leaving.sum(axis=0)
            high = periods[np.argmax(load[periods])]
            low = periods[np.argmin(load[periods])]
            if load[high] - load[low] <= 1:
                return
            movers = np.flatnonzero((self.leaving[:, high] > 1) & (self.leaving[:, low] > 0) & ~self.arrays.whole)
            if not any(self.shift(int(g), int(high), int(low), 1) for g in movers):
                return
