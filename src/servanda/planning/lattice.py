"""Small and middling tasks, solved exactly: all that may be gone on both sides, in integers, with nothing left out.

A state is a pair: what is gone of the first side, and of the second. Which pairs can be reached in so many periods is
searched from the start on, and from the end back, until the two searches meet: half the periods each way are far fewer
pairs than all of them one way. A pair that was reached early need not be reached again, since to wait is always
allowed. The first meeting is the schedule that ends earliest; when there is none, that is the proof.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from math import ceil, floor, prod
from typing import TYPE_CHECKING

import numpy as np

from servanda.core.forces import Order
from servanda.planning.integers import integer_row
from servanda.planning.lattice_steps import meeting, next_layer, predecessor

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from servanda.core.forces import Measure, Withdrawal
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Ints
    from servanda.planning.lattice_steps import Bits, Digits

MOST_STATES = 500_000
"""What may be gone of one side: each takes a row in the tables."""
MOST_PAIRS = 4_000_000_000
"""One bit each, twice; memory is only taken where pairs are reached."""
MOST_FOLLOWING = 1_000_000
MOST_REACHED = 30_000_000
BUFFER = 1 << 20
MOST_UNITS = 150
"""Single steps in all: with more, as of groups of thousands, too many steps lead from each pair."""


class Verdict(Enum):
    """What a search found out."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"
    """It was ended before it knew."""


@dataclass(frozen=True)
class Answer:
    """The verdict, the schedule where one was found (numbers by group and period), and how many steps were tried."""

    verdict: Verdict
    leaving: Ints | None
    work: int


@dataclass(frozen=True)
class _Side:
    """All that may be gone of one side, one row a state; the first is nothing, the last is everything."""

    groups: Ints
    most: Ints
    """How many single steps each group can make: its units, or one where it leaves whole."""
    step: Ints
    """What one step of a group adds to a state's number."""
    digits: Digits
    through: Ints
    """By state and exit: how many have left through it."""
    units: Ints
    """How many leave in one step of a group."""


@dataclass
class _Way:
    """The search from one end. Backwards it is the same search over what is still there, negative."""

    lead: int
    """The side whose move within a period comes first; either, where both move at once."""
    backwards: bool
    sides: tuple[_Side, _Side]
    gone: tuple[Ints, Ints]
    reached: Bits
    layers: list[Ints] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many pairs the last layer has."""
        return len(self.layers[-1])

    def numbers(self, key: int) -> tuple[int, int]:
        """A pair as the numbers of the first and the second side's states, counted from the start."""
        row, column = divmod(key, len(self.sides[1].digits))
        if self.backwards:
            row, column = len(self.sides[0].digits) - 1 - row, len(self.sides[1].digits) - 1 - column
        return (row, column) if self.lead == 0 else (column, row)


class Lattice:
    """The pairs of one task. Ask it for a schedule within a limit, as often as needed."""

    def __init__(self, task: Withdrawal, arrays: Arrays, order: Order, measure: Measure) -> None:
        self.arrays, self.simultaneous = arrays, order is Order.SIMULTANEOUS
        self.sides = (_side(arrays, 0), _side(arrays, 1))
        self.capacity = arrays.capacity if len(arrays.capacity) else np.zeros(1, dtype=np.int64)
        rows = [integer_row(each, arrays.side, arrays.count, arrays.gone, measure) for each in task.compared]
        self.exact = all(row.exact for row in rows)
        """Where the figures are too large for exact integers, nothing can be asked."""
        self._scale = [row.scale for row in rows]
        gone: list[Ints] = []
        for own, side in enumerate(self.sides):
            weight = np.zeros((arrays.groups, len(rows)), dtype=np.int64)
            base = np.zeros(len(rows), dtype=np.int64)
            for d, row in enumerate(rows if self.exact else []):
                base[d] = row.base[own] * row.own[own]
                for group, each in row.weights:
                    weight[group, d] = each * row.own[own]
            gone.append(base + side.digits.astype(np.int64) @ (weight[side.groups] * side.units[:, None]))
        self._gone = (gone[0], gone[1])

    def earliest_within(
        self, limit: Fraction, *, strictly: bool, most: int | None = None, late: Callable[[], bool] = lambda: False
    ) -> Answer:
        """The schedule that ends first among those with every exposure at most the limit (below it, `strictly`).

        `most` limits the steps that are tried, and `late` is asked now and then whether the time is up; then the
        verdict is unknown, as it is where memory would not do.
        """
        bounds = [ceil(limit * scale) - 1 if strictly else floor(limit * scale) for scale in self._scale]
        right = np.array(bounds, dtype=np.int64)
        for end in (0, -1):
            # both ends are moments themselves: where one side is ahead there, nothing helps
            if (abs(self._gone[0][end] - self._gone[1][end]) > right).any():
                return Answer(Verdict.NONE, None, 0)
        onward, back = self._way(backwards=False), self._way(backwards=True)
        work = 0
        for _ in range(self.arrays.periods):
            way, other = (onward, back) if onward.size <= back.size else (back, onward)
            looked = self._advance(way, right, None if most is None else most - work, late)
            if looked is None:
                return Answer(Verdict.UNKNOWN, None, work if most is None else most)
            work += looked
            if not way.size:
                return Answer(Verdict.NONE, None, work)
            met = self._meeting(way, other)
            if met is not None:
                return Answer(Verdict.FOUND, self._path(onward, back, met, right), work)
        return Answer(Verdict.NONE, None, work)

    def _way(self, *, backwards: bool) -> _Way:
        lead = 1 if backwards and not self.simultaneous else 0
        sides = (self.sides[lead], self.sides[1 - lead])
        gone = (self._gone[lead], self._gone[1 - lead])
        if backwards:
            gone = (np.ascontiguousarray(-gone[0][::-1]), np.ascontiguousarray(-gone[1][::-1]))
        reached = np.zeros((len(sides[0].digits), (len(sides[1].digits) + 7) // 8), dtype=np.uint8)
        reached[0, 0] = 1
        return _Way(lead, backwards, sides, gone, reached, [np.zeros(1, dtype=np.int64)])

    def _advance(self, way: _Way, right: Ints, most: int | None, late: Callable[[], bool]) -> int | None:
        """One more layer; the steps tried, `None` where they would be more than `most`, or too many pairs."""
        a, b = way.sides
        found: list[Ints] = []
        out = np.zeros(BUFFER, dtype=np.int64)
        following = np.zeros((2, MOST_FOLLOWING), dtype=np.int64)
        at = work = pairs = 0
        while at < way.size:
            at, number, tried = next_layer(
                way.reached, way.layers[-1], at, out, following[0], following[1], *way.gone, a.digits, b.digits,
                a.most, b.most, a.step, b.step, a.through, b.through, self.capacity, right, self.simultaneous,
            )  # fmt: skip
            work += tried
            pairs += number
            if at < 0 or pairs > MOST_REACHED or (most is not None and work > most) or late():
                return None
            found.append(out[:number].copy())
        way.layers.append(np.concatenate(found))
        return work

    def _meeting(self, way: _Way, other: _Way) -> tuple[int, int] | None:
        """A pair of the last layer that the other search has reached too."""
        rows, width = (len(side.digits) for side in way.sides)
        crossed = way.lead != other.lead
        place = meeting(way.layers[-1], rows, width, other.reached, crossed)
        return None if place < 0 else way.numbers(int(way.layers[-1][place]))

    def _path(self, onward: _Way, back: _Way, met: tuple[int, int], right: Ints) -> Ints:
        """From where the searches met to both ends, through a pair of each layer."""
        leaving = np.zeros((self.arrays.groups, self.arrays.periods), dtype=np.int64)
        before = self._pairs(onward, met, right)[::-1]
        after = self._pairs(back, met, right)[1:]
        pairs = [*before, *after]
        for period, (here, there) in enumerate(pairwise(pairs)):
            for side, start, end in zip(self.sides, here, there, strict=True):
                steps = side.digits[end].astype(np.int64) - side.digits[start]
                leaving[side.groups, period] = steps * side.units
        return leaving

    def _pairs(self, way: _Way, met: tuple[int, int], right: Ints) -> list[tuple[int, int]]:
        """The pairs from the meeting to the search's own end."""
        first, second = met if way.lead == 0 else (met[1], met[0])
        a, b = way.sides
        width = len(b.digits)
        if way.backwards:
            first, second = len(a.digits) - 1 - first, width - 1 - second
        key = first * width + second
        layer = next(n for n, keys in enumerate(way.layers) if (keys == key).any())
        pairs = [way.numbers(key)]
        for keys in way.layers[:layer][::-1]:
            key = int(
                predecessor(
                    keys, key, *way.gone, a.digits, b.digits, a.through, b.through, self.capacity, right,
                    self.simultaneous,
                )
            )  # fmt: skip
            pairs.append(way.numbers(key))
        return pairs


def fits(task: Withdrawal, arrays: Arrays, order: Order) -> bool:
    """Whether `Lattice` applies: few enough pairs, no lag, no windows, no further rules."""
    free = (arrays.first == 0).all() and (arrays.last == arrays.periods - 1).all()
    if task.lag or not free or task.ceilings or task.precedences:
        return False
    if arrays.gone.any() and order is not Order.SIMULTANEOUS:
        return False
    states = [
        prod(2 if arrays.whole[g] else int(arrays.count[g]) + 1 for g in np.flatnonzero(arrays.side == side))
        for side in (0, 1)
    ]
    units = np.where(arrays.whole, 1, arrays.count).sum()
    return units <= MOST_UNITS and max(states) <= MOST_STATES and states[0] * states[1] <= MOST_PAIRS


def _side(arrays: Arrays, side: int) -> _Side:
    groups = np.flatnonzero(arrays.side == side)
    most = np.where(arrays.whole[groups], 1, arrays.count[groups])
    axes = np.meshgrid(*[np.arange(each + 1) for each in most], indexing="ij")
    digits = np.stack([axis.ravel() for axis in axes], axis=1).astype(np.int16)
    step = np.append(np.cumprod((most + 1)[::-1])[::-1][1:], 1).astype(np.int64)
    number = max(1, len(arrays.capacity))
    units = np.where(arrays.whole[groups], arrays.count[groups], 1)
    through = np.stack(
        [(digits * units)[:, arrays.exit[groups] == exit_].sum(axis=1) for exit_ in range(number)], axis=1
    ).astype(np.int64)
    if not len(arrays.capacity):
        through[:] = 0
    return _Side(groups.astype(np.int64), most.astype(np.int64), step, digits, through, units.astype(np.int64))
