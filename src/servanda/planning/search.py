"""Local search: annealing rounds of the kernel on one state. Deterministic for a seed and a number of rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from servanda.planning import kernel
from servanda.planning.arrays import exposure_of, gone_of

if TYPE_CHECKING:
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Ints


class Search:
    """A state that the kernel anneals, and the best that it met."""

    def __init__(self, arrays: Arrays, leaving: Ints) -> None:
        self.arrays = arrays
        self.best = leaving.copy()
        self.least = float(exposure_of(leaving, arrays).max())
        order = np.argsort(arrays.side, kind="stable")
        self._members = order.astype(np.int64)
        self._starts = np.searchsorted(arrays.side[order], [0, 1, 2]).astype(np.int64)
        self._used = (arrays.weight > 0).sum(axis=1).astype(np.int64)
        self._dims = np.argsort(arrays.weight <= 0, axis=1, kind="stable").astype(np.int64)
        self.restart(leaving)

    def restart(self, leaving: Ints) -> None:
        """Go on from another state."""
        arrays = self.arrays
        self.leaving = leaving.copy()
        self._gone = gone_of(leaving, arrays)
        self._load = np.zeros((max(1, len(arrays.capacity)), arrays.periods), dtype=np.int64)
        for exit_ in range(len(arrays.capacity)):
            self._load[exit_] = leaving[arrays.exit == exit_].sum(axis=0)
        self._ceiling_gone = np.array(
            [
                leaving[member, : period + 1].sum()
                for member, period in zip(arrays.ceiling_member, arrays.ceiling_period, strict=True)
            ],
            dtype=np.int64,
        )

    def anneal(
        self,
        target: float,
        rounds: int,
        seed: int,
        *,
        hot: float,
        cold: float,
        step: float = 1e-3,
        stop_at: float = 0.0,
    ) -> bool:
        """Anneal for so many rounds; whether a better plan than any before was found."""
        a = self.arrays
        found = np.zeros_like(self.leaving)
        least, _ = kernel.anneal(
            self.leaving,
            self._gone,
            a.base,
            self._load,
            a.weight,
            self._dims,
            self._used,
            a.side,
            self._members,
            self._starts,
            a.exit,
            a.capacity,
            a.first,
            a.last,
            a.whole,
            a.waits,
            self._ceiling_gone,
            a.ceiling_need,
            a.ceiling_period,
            a.ceiling_member,
            target,
            step,
            hot,
            cold,
            rounds,
            seed,
            found,
            stop_at,
        )
        if least < self.least:
            self.least = float(exposure_of(found, a).max())
            self.best = found
            return True
        return False
