"""A dimension's exposures in plain integers, so that a solver's "there is none" carries no rounding."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from servanda.core.forces import Measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from servanda.core.forces import Dimension
    from servanda.planning.kernel import Ints

LARGEST = 2**59
"""Sums are kept below this, so that 64-bit integers never overflow."""


@dataclass(frozen=True)
class IntegerRow:
    """One dimension in integers: exposure of side s is `own[s] * gone_s - other[s] * gone_o`, at most `limit[s]`."""

    weights: tuple[tuple[int, int], ...]
    base: tuple[int, int]
    """What had gone of each side before the first period."""
    held: tuple[int, int]
    own: tuple[int, int]
    other: tuple[int, int]
    scale: Fraction
    """What an exposure of 1 is in these integers."""
    exact: bool


def integer_row(
    dimension: Dimension, side: NDArray[np.int64], count: Ints, before: Ints, measure: Measure
) -> IntegerRow:
    """The dimension without fractions, with the smallest integers that say the same."""
    scale = lcm(*(weight.denominator for _, weight in dimension.weights))
    weights = [(group, weight.numerator * (scale // weight.denominator)) for group, weight in dimension.weights]
    common = gcd(*(weight for _, weight in weights)) or 1
    weights = [(group, weight // common) for group, weight in weights]
    held, base = [0, 0], [0, 0]
    for group, weight in weights:
        base[side[group]] += weight * int(before[group])
        held[side[group]] += weight * int(count[group] + before[group])
    if measure is Measure.ABSOLUTE:
        exact = max(held) < LARGEST
        own, other, unit = (1, 1), (1, 1), Fraction(scale, common)
    else:
        divisor = gcd(held[0], held[1])
        own = (held[1] // divisor, held[0] // divisor)
        other = (own[1], own[0])
        unit = Fraction(held[0] * held[1], divisor)
        exact = held[0] * held[1] // divisor < LARGEST
    return IntegerRow(tuple(weights), (base[0], base[1]), (held[0], held[1]), own, other, unit, exact)
