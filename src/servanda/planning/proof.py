"""Exact questions to CP-SAT: is there a schedule whose every exposure is below a limit?

All coefficients are integers that carry no rounding wherever they fit into 62 bits (and are rounded so that they only
permit more where they do not), so that "there is none" is a proof, and a schedule that is found is certified anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from servanda.planning.integers import LARGEST, IntegerRow, integer_row

if TYPE_CHECKING:
    from servanda.core.forces import Measure, Withdrawal
    from servanda.planning.arrays import Arrays
    from servanda.planning.kernel import Bools, Ints


class Answer(Enum):
    """What is known after asking."""

    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reply:
    """The answer, and the schedule where one was found: numbers by group and period."""

    answer: Answer
    leaving: Ints | None = None


def ask(
    task: Withdrawal,
    arrays: Arrays,
    measure: Measure,
    limit: Fraction | None,
    *,
    strictly: bool = False,
    hint: Ints | None = None,
    free: Bools | None = None,
    effort: float = 5.0,
    seconds: float | None = None,
    workers: int = 1,
    seed: int = 0,
    horizon: int | None = None,
) -> Reply:
    """Whether a schedule keeps every exposure at most at the limit (or below it, `strictly`), and which.

    `free[g, t]` restricts the question to a neighbourhood of `hint`: the other numbers stay as they are there.
    `effort` is CP-SAT's deterministic time, so that the same question has the same answer on every machine, unless
    `seconds` (the clock) cut it short. Without a limit, any schedule that keeps the rules will do.
    """
    model = cp_model.CpModel()
    last = arrays.periods if horizon is None else horizon
    leaving = _variables(model, arrays, last, hint, free)
    _rules(model, task, arrays, leaving, last)
    if limit is not None:
        for dimension in task.compared:
            row = integer_row(dimension, arrays.side, arrays.count, arrays.gone, measure)
            _limit(model, row, arrays, leaving, limit, strictly, last)
    if hint is not None:
        for g, numbers in enumerate(leaving):
            for t, variable in enumerate(numbers):
                if not isinstance(variable, int):
                    model.add_hint(variable, int(hint[g, t]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    if workers > 1:
        solver.parameters.interleave_search = True
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = np.zeros((arrays.groups, arrays.periods), dtype=np.int64)
        for g, numbers in enumerate(leaving):
            for t, variable in enumerate(numbers):
                found[g, t] = variable if isinstance(variable, int) else solver.value(variable)
        return Reply(Answer.FOUND, found)
    return Reply(Answer.NONE if status == cp_model.INFEASIBLE else Answer.UNKNOWN)


def _variables(
    model: cp_model.CpModel, arrays: Arrays, last: int, hint: Ints | None, free: Bools | None
) -> list[list[cp_model.IntVar | int]]:
    leaving: list[list[cp_model.IntVar | int]] = []
    for g in range(arrays.groups):
        row: list[cp_model.IntVar | int] = []
        count = int(arrays.count[g])
        for t in range(last):
            if free is not None and hint is not None and not free[g, t]:
                row.append(int(hint[g, t]))
            elif not arrays.first[g] <= t <= arrays.last[g]:
                row.append(0)
            elif arrays.whole[g]:
                row.append(model.new_int_var_from_domain(cp_model.Domain.from_values([0, count]), f"{g}@{t}"))
            else:
                row.append(model.new_int_var(0, count, f"{g}@{t}"))
        model.add(sum(row) == count)
        leaving.append(row)
    return leaving


def _rules(
    model: cp_model.CpModel, task: Withdrawal, arrays: Arrays, leaving: list[list[cp_model.IntVar | int]], last: int
) -> None:
    for exit_, capacity in enumerate(arrays.capacity):
        users = np.flatnonzero(arrays.exit == exit_)
        for t in range(last):
            model.add(sum(leaving[g][t] for g in users) <= int(capacity))
    for need, period, member in zip(arrays.ceiling_need, arrays.ceiling_period, arrays.ceiling_member, strict=True):
        if need > 0:
            gone = [leaving[g][t] for g in np.flatnonzero(member) for t in range(min(int(period) + 1, last))]
            model.add(sum(gone) >= int(need))
    for before, after in arrays.precedence:
        for t in range(last):
            if isinstance(leaving[after][t], int):
                continue
            ready = model.new_bool_var(f"{before} ready at {t}")
            seen = max(0, t - task.lag)
            gone_by_then = sum(leaving[before][:seen]) if seen else 0
            model.add(gone_by_then == int(arrays.count[before])).only_enforce_if(ready)
            model.add(leaving[after][t] == 0).only_enforce_if(~ready)


def _limit(
    model: cp_model.CpModel,
    row: IntegerRow,
    arrays: Arrays,
    leaving: list[list[cp_model.IntVar | int]],
    limit: Fraction,
    strictly: bool,
    last: int,
) -> None:
    own, other = row.own, row.other
    bound = limit * row.scale
    right = ceil(bound) - 1 if strictly else floor(bound)
    if not row.exact:
        shrink = Fraction(LARGEST, max(row.held[0] * row.own[0], row.held[1] * row.own[1]) * 4)
        own = (floor(row.own[0] * shrink), floor(row.own[1] * shrink))
        other = (ceil(row.other[0] * shrink), ceil(row.other[1] * shrink))
        right = ceil(bound * shrink)
    gone: list[list[cp_model.IntVar | int]] = []
    for side in (0, 1):
        mine = [(group, weight) for group, weight in row.weights if arrays.side[group] == side]
        sums: list[cp_model.IntVar | int] = []
        before: cp_model.IntVar | int = row.base[side]
        for t in range(last):
            total = model.new_int_var(min(0, row.base[side]), max(row.held[side], row.base[side]), "")
            model.add(total == before + sum(weight * leaving[group][t] for group, weight in mine))
            sums.append(total)
            before = total
        gone.append(sums)
    for side in (0, 1):
        for t in range(last):
            seen = t - int(arrays.waits[side])
            verified = gone[1 - side][seen] if seen >= 0 else row.base[1 - side]
            model.add(own[side] * gone[side][t] - other[side] * verified <= right)
