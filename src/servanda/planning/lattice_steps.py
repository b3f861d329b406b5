"""The compiled part of the search through all schedules: steps between pairs of states, and where two searches meet."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from servanda.planning.compiled import compiled
from servanda.planning.kernel import Ints

Bits = NDArray[np.uint8]
Digits = NDArray[np.int16]
PAUSE = 50_000_000
"""Steps after which the compiled search comes up for air."""


@compiled
def _following(
    state: int,
    digits: Digits,
    most: Ints,
    step: Ints,
    gone: Ints,
    seen: Ints,
    right: Ints,
    added: Ints,
    found: Ints,
) -> int:
    """All states from this one on that are ahead of `seen` by at most `right`; how many, or -1: too many to list."""
    groups, dimensions = len(most), len(right)
    added[:] = 0
    now = state
    found[0] = state
    number = 1
    worst = 0
    g = 0
    while g < groups:
        fits = digits[state, g] + added[g] < most[g]
        if fits:
            then = now + step[g]
            # what was too much of last time mostly is again
            fits = gone[then, worst] - seen[worst] <= right[worst]
            if fits:
                for d in range(dimensions):
                    if gone[then, d] - seen[d] > right[d]:
                        fits = False
                        worst = d
                        break
        if fits:
            now += step[g]
            added[g] += 1
            if number == len(found):
                return -1
            found[number] = now
            number += 1
            g = 0
        else:
            now -= added[g] * step[g]
            added[g] = 0
            g += 1
    return number


@compiled
def next_layer(
    reached: Bits,
    layer: Ints,
    at: int,
    out: Ints,
    after_a: Ints,
    after_b: Ints,
    gone_a: Ints,
    gone_b: Ints,
    digits_a: Digits,
    digits_b: Digits,
    most_a: Ints,
    most_b: Ints,
    step_a: Ints,
    step_b: Ints,
    through_a: Ints,
    through_b: Ints,
    capacity: Ints,
    right: Ints,
    simultaneous: bool,
) -> tuple[int, int, int]:
    """One period on from the layer, beginning at one of its pairs: pairs not reached before go into `out`.

    Returns where to go on (it stops where `out` is full, and now and then to let Ctrl-C through; -1: there are too many
    to list), how many pairs were found and how many steps were tried.
    """
    width = len(digits_b)
    exits = len(capacity)
    added_a, added_b = np.zeros_like(most_a), np.zeros_like(most_b)
    work = number = 0
    for n in range(at, len(layer)):
        if work > PAUSE:
            return n, number, work
        a, b = layer[n] // width, layer[n] % width
        number_a = _following(a, digits_a, most_a, step_a, gone_a, gone_b[b], right, added_a, after_a)
        number_b = 0
        if simultaneous:
            number_b = _following(b, digits_b, most_b, step_b, gone_b, gone_a[a], right, added_b, after_b)
        if number_a < 0 or number_b < 0:
            return -1, number, work
        work += 10 * (number_a + number_b)
        for i in range(number_a):
            x = after_a[i]
            if not simultaneous:
                number_b = _following(b, digits_b, most_b, step_b, gone_b, gone_a[x], right, added_b, after_b)
                if number_b < 0:
                    return -1, number, work
            row = reached[x]
            work += number_b + 4
            for j in range(number_b):
                y = after_b[j]
                if row[y >> 3] >> (y & 7) & 1:
                    continue
                fits = True
                for e in range(exits):
                    if through_a[x, e] - through_a[a, e] + through_b[y, e] - through_b[b, e] > capacity[e]:
                        fits = False
                        break
                if fits:
                    if number == len(out):
                        return n, number, work
                    row[y >> 3] |= np.uint8(1 << (y & 7))
                    out[number] = x * width + y
                    number += 1
    return len(layer), number, work


@compiled
def meeting(layer: Ints, rows: int, width: int, reached: Bits, crossed: bool) -> int:
    """Where in the layer a pair stands that the search from the other end has reached; -1: nowhere."""
    for n in range(len(layer)):
        x, y = rows - 1 - layer[n] // width, width - 1 - layer[n] % width
        if crossed:
            x, y = y, x
        if reached[x, y >> 3] >> (y & 7) & 1:
            return n
    return -1


@compiled
def predecessor(
    layer: Ints,
    key: int,
    gone_a: Ints,
    gone_b: Ints,
    digits_a: Digits,
    digits_b: Digits,
    through_a: Ints,
    through_b: Ints,
    capacity: Ints,
    right: Ints,
    simultaneous: bool,
) -> int:
    """A pair of the layer before from which this one is reached in one period."""
    width = len(digits_b)
    x, y = key // width, key % width
    for before in layer:
        a, b = before // width, before % width
        possible = a <= x and b <= y
        if possible:
            for g in range(digits_a.shape[1]):
                possible = possible and digits_a[a, g] <= digits_a[x, g]
            for h in range(digits_b.shape[1]):
                possible = possible and digits_b[b, h] <= digits_b[y, h]
        if possible:
            for d in range(len(right)):
                seen = gone_a[a, d] if simultaneous else gone_a[x, d]
                if gone_a[x, d] - gone_b[b, d] > right[d] or gone_b[y, d] - seen > right[d]:
                    possible = False
                    break
        if possible:
            for e in range(len(capacity)):
                if through_a[x, e] - through_a[a, e] + through_b[y, e] - through_b[b, e] > capacity[e]:
                    possible = False
                    break
        if possible:
            return int(before)
    return -1
