"""The first schedule: one that keeps every rule, from which the search goes on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from servanda.planning.proof import ask
from servanda.planning.relax import exit_obstacles, explain
from servanda.planning.start import proportional

if TYPE_CHECKING:
    from collections.abc import Callable

    from servanda.core.forces import Measure, Withdrawal
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Ints

NEAR = Fraction(1, 1000)


def first_schedule(
    task: Withdrawal, arrays: Arrays, measure: Measure, bound: Fraction, exposure_of: Callable[[Ints], Fraction]
) -> Ints:
    """Numbers by group and period that keep the rules.

    Raises:
        Infeasible: there are none; the message says which rule to relax.
    """
    if exit_obstacles(task):
        raise explain(task)
    tied = bool(len(task.precedences) or len(task.ceilings))
    start = proportional(arrays)
    if start is not None and not tied:
        return start
    found = ask(task, arrays, measure, None, hint=start, effort=20).leaving
    if found is None:
        raise explain(task)
    return _loosened(task, arrays, measure, bound, found, exposure_of) if tied else found


def _loosened(
    task: Withdrawal,
    arrays: Arrays,
    measure: Measure,
    bound: Fraction,
    found: Ints,
    exposure_of: Callable[[Ints], Fraction],
) -> Ints:
    """With precedences, the periods in which forces may leave are taken from a good schedule, then kept."""
    limit = exposure_of(found)
    for _ in range(12):
        reply = ask(task, arrays, measure, (limit + bound) / 2, hint=found, effort=3)
        if reply.leaving is None or limit - bound < NEAR:
            break
        found = reply.leaving
        limit = exposure_of(found)
    return found


def with_windows_of(arrays: Arrays, leaving: Ints) -> Arrays:
    """Where forces precede each other, the windows in which this schedule has them, so that the search keeps them."""
    if not len(arrays.precedence):
        return arrays
    first, last = arrays.first.copy(), arrays.last.copy()
    for before, after in arrays.precedence:
        ready = int(np.flatnonzero(leaving[before]).max())
        last[before] = min(last[before], ready)
        first[after] = max(first[after], ready + 1 + arrays.lag)
    return replace(arrays, first=first, last=last)
