"""The peers that the planner is measured against, on the very same arrays."""

import math
import time
from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from servanda.planning.arrays import Arrays, exposure_of
from servanda.planning.start import proportional

Leaving = NDArray[np.int64]
clock = time.perf_counter
SCALE = 10**8


def equal_numbers(arrays: Arrays, seconds: float) -> Leaving | None:
    """The same number of units from each side in each period, in the order in which they are listed."""
    leaving = np.zeros((arrays.groups, arrays.periods), dtype=np.int64)
    load = np.zeros((max(1, len(arrays.capacity)), arrays.periods), dtype=np.int64)
    left = arrays.count.copy()
    each = -(-max(int(left[arrays.side == side].sum()) for side in (0, 1)) // arrays.periods)
    for period in range(arrays.periods):
        for side in (0, 1):
            wanted = each
            for group in np.flatnonzero((arrays.side == side) & (left > 0)):
                hub = arrays.exit[group]
                room = arrays.capacity[hub] - load[hub, period] if hub >= 0 else wanted
                number = int(min(left[group], wanted, room))
                leaving[group, period] += number
                left[group] -= number
                wanted -= number
                if hub >= 0:
                    load[hub, period] += number
    return leaving if not left.any() else None


def greedy(arrays: Arrays, seconds: float) -> Leaving | None:
    """The planner's own start: each side along the diagonal."""
    return proportional(arrays)


def highs(arrays: Arrays, seconds: float) -> Leaving | None:
    """A mixed-integer programme on counts, through SciPy."""
    groups, periods, dimensions = arrays.groups, arrays.periods, arrays.weight.shape[1]
    variables = groups * periods + 1
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    low: list[float] = []
    high: list[float] = []

    def add(entries: list[tuple[int, float]], least: float, most: float) -> None:
        rows.extend([len(low)] * len(entries))
        columns.extend(column for column, _ in entries)
        values.extend(value for _, value in entries)
        low.append(least)
        high.append(most)

    for group in range(groups):
        count = float(arrays.count[group])
        add([(group * periods + t, 1.0) for t in range(periods)], count, count)
    for exit_, capacity in enumerate(arrays.capacity):
        users = np.flatnonzero(arrays.exit == exit_)
        for t in range(periods):
            add([(int(g) * periods + t, 1.0) for g in users], 0, float(capacity))
    for side in (0, 1):
        for t in range(periods):
            seen = t - int(arrays.waits[side])
            for d in range(dimensions):
                entries = [(variables - 1, -1.0)]
                for g in np.flatnonzero(arrays.weight[:, d]):
                    sign, last = (1.0, t) if arrays.side[g] == side else (-1.0, seen)
                    entries += [(int(g) * periods + u, sign * float(arrays.weight[g, d])) for u in range(last + 1)]
                add(entries, -np.inf, 0.0)
    matrix = coo_array((values, (rows, columns)), shape=(len(low), variables)).tocsr()
    objective = np.zeros(variables)
    objective[-1] = 1.0
    found = milp(
        objective,
        integrality=np.append(np.ones(variables - 1), 0),
        bounds=Bounds(np.zeros(variables), np.append(np.repeat(arrays.count, periods), np.inf)),
        constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": seconds},
    )
    return None if found.x is None else np.rint(found.x[:-1]).astype(np.int64).reshape(groups, periods)


def cp_sat(arrays: Arrays, seconds: float) -> Leaving | None:
    """CP-SAT on counts, from the proportional start, coefficients scaled by 10^8."""
    model = cp_model.CpModel()
    groups, periods, dimensions = arrays.groups, arrays.periods, arrays.weight.shape[1]
    start = proportional(arrays)
    x = [[model.new_int_var(0, int(arrays.count[g]), "") for _ in range(periods)] for g in range(groups)]
    for g in range(groups):
        model.add(sum(x[g]) == int(arrays.count[g]))
        for t in range(periods):
            if start is not None:
                model.add_hint(x[g][t], int(start[g, t]))
    for exit_, capacity in enumerate(arrays.capacity):
        for t in range(periods):
            model.add(sum(x[g][t] for g in np.flatnonzero(arrays.exit == exit_)) <= int(capacity))
    worst = model.new_int_var(0, 2 * SCALE, "")
    hinted = np.zeros((2, periods, dimensions), dtype=np.int64)
    for d in range(dimensions):
        gone: list[list[cp_model.IntVar]] = []
        for side in (0, 1):
            mine = [(int(g), round(arrays.weight[g, d] * SCALE)) for g in np.flatnonzero(arrays.weight[:, d])]
            mine = [(g, weight) for g, weight in mine if arrays.side[g] == side]
            before: cp_model.IntVar | int = 0
            reached = 0
            gone.append([])
            for t in range(periods):
                total = model.new_int_var(0, 2 * SCALE, "")
                model.add(total == before + sum(weight * x[g][t] for g, weight in mine))
                gone[side].append(total)
                before = total
                if start is not None:
                    reached += sum(weight * int(start[g, t]) for g, weight in mine)
                    model.add_hint(total, reached)
                    hinted[side, t, d] = reached
        for side in (0, 1):
            for t in range(periods):
                seen = t - int(arrays.waits[side])
                model.add(gone[side][t] - (gone[1 - side][seen] if seen >= 0 else 0) <= worst)
    model.minimize(worst)
    if start is not None:
        seen_by = [np.roll(hinted[1 - side], int(arrays.waits[side]), axis=0) for side in (0, 1)]
        for side in (0, 1):
            seen_by[side][: int(arrays.waits[side])] = 0
        model.add_hint(worst, int(max((hinted[side] - seen_by[side]).max() for side in (0, 1))))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return np.array([[solver.value(variable) for variable in row] for row in x], dtype=np.int64)


@njit(cache=True)
def _anneal_plainly(
    leaving: NDArray[np.int64],
    gone: NDArray[np.float64],
    load: NDArray[np.int64],
    weight: NDArray[np.float64],
    side: NDArray[np.int64],
    exits: NDArray[np.int64],
    capacity: NDArray[np.int64],
    waits: NDArray[np.int64],
    hot: float,
    cold: float,
    rounds: int,
    seed: int,
    best: NDArray[np.int64],
    least: float,
) -> float:
    np.random.seed(seed)
    groups, periods = leaving.shape
    dimensions = weight.shape[1]

    def _worst() -> float:
        worst = -1.0
        for s in range(2):
            for t in range(periods):
                seen = t - waits[s]
                for d in range(dimensions):
                    worst = max(worst, gone[s, t, d] - (gone[1 - s, seen, d] if seen >= 0 else 0.0))
        return worst

    now = _worst()
    for n in range(rounds):
        heat = hot * (cold / hot) ** (n / rounds)
        g, source, goal = np.random.randint(groups), np.random.randint(periods), np.random.randint(periods)
        if source == goal or leaving[g, source] == 0:
            continue
        if exits[g] >= 0 and load[exits[g], goal] >= capacity[exits[g]]:
            continue
        sign = 1.0 if goal < source else -1.0
        for t in range(min(source, goal), max(source, goal)):
            gone[side[g], t] += sign * weight[g]
        then = _worst()
        if then <= now or np.random.random() < math.exp((now - then) / heat):
            now = then
            leaving[g, source] -= 1
            leaving[g, goal] += 1
            if exits[g] >= 0:
                load[exits[g], source] -= 1
                load[exits[g], goal] += 1
            if now < least:
                least = now
                best[:] = leaving
        else:
            for t in range(min(source, goal), max(source, goal)):
                gone[side[g], t] -= sign * weight[g]
    return least


def plain_annealing(arrays: Arrays, seconds: float) -> Leaving | None:
    """Textbook annealing, compiled: one unit, another period, the worst exposure itself as the energy."""
    leaving = proportional(arrays)
    if leaving is None:
        return None
    gone = np.zeros((2, arrays.periods, arrays.weight.shape[1]))
    for side in (0, 1):
        mine = arrays.side == side
        gone[side] = np.cumsum(leaving[mine].T.astype(float) @ arrays.weight[mine], axis=0)
    load = np.array([leaving[arrays.exit == e].sum(axis=0) for e in range(len(arrays.capacity))], dtype=np.int64)
    best, least = leaving.copy(), float(exposure_of(leaving, arrays).max())
    warm = (leaving.copy(), gone.copy(), load.copy())
    common = (arrays.weight, arrays.side, arrays.exit, arrays.capacity, arrays.waits)
    _anneal_plainly(*warm, *common, 0.01, 0.001, 1000, 1, best.copy(), least)
    started = clock()
    probe = 20_000
    _anneal_plainly(*warm, *common, 0.01, 0.001, probe, 1, best.copy(), least)
    rounds = max(probe, int(probe * seconds / max(1e-6, clock() - started)))
    _anneal_plainly(leaving, gone, load, *common, least / 10, least / 1000, rounds, 2, best, least)
    return best


PEERS: dict[str, Callable[[Arrays, float], Leaving | None]] = {
    "equal": equal_numbers,
    "greedy": greedy,
    "HiGHS": highs,
    "CP-SAT": cp_sat,
    "annealing": plain_annealing,
}
