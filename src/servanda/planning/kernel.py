"""The compiled kernel of the search: simulated annealing on the numbers that leave, by group and period.

It minimises the sum of squared excesses over a target exposure. When nothing exceeds the target, the state is kept and
the target is set just below the exposure it reached: each success asks for a little more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from servanda.planning.compiled import compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@compiled
def worst_of(gone: Floats, base: Floats, waits: Ints) -> float:
    """The largest exposure of any side, period and dimension."""
    worst = -np.inf
    periods, dimensions = gone.shape[1], gone.shape[2]
    for side in range(2):
        for period in range(periods):
            before = period - waits[side]
            for d in range(dimensions):
                exposure = gone[side, period, d] - (gone[1 - side, before, d] if before >= 0 else base[1 - side, d])
                worst = max(worst, exposure)
    return worst


@compiled
def excess_of(gone: Floats, base: Floats, waits: Ints, target: float) -> float:
    """The sum of squared excesses over the target."""
    total = 0.0
    periods, dimensions = gone.shape[1], gone.shape[2]
    for side in range(2):
        for period in range(periods):
            before = period - waits[side]
            for d in range(dimensions):
                over = (
                    gone[side, period, d] - (gone[1 - side, before, d] if before >= 0 else base[1 - side, d]) - target
                )
                if over > 0.0:
                    total += over * over
    return total


@compiled
def _change(
    gone: Floats,
    base: Floats,
    waits: Ints,
    side: int,
    start: int,
    end: int,
    delta: Floats,
    dims: Ints,
    used: int,
    target: float,
) -> float:
    """How the sum of squared excesses changes when `delta` is added to what `side` has gone in periods start..end-1."""
    other = 1 - side
    periods = gone.shape[1]
    own_wait, other_wait = waits[side], waits[other]
    total = 0.0
    for period in range(start, end):
        before = period - own_wait
        after = period + other_wait
        for n in range(used):
            d = dims[n]
            step = delta[d]
            here = gone[side, period, d]
            exposure = here - (gone[other, before, d] if before >= 0 else base[other, d]) - target
            if exposure > 0.0:
                total -= exposure * exposure
            exposure += step
            if exposure > 0.0:
                total += exposure * exposure
            if after < periods:
                exposure = gone[other, after, d] - here - target
                if exposure > 0.0:
                    total -= exposure * exposure
                exposure -= step
                if exposure > 0.0:
                    total += exposure * exposure
    return total


@compiled
def anneal(
    leaving: Ints,
    gone: Floats,
    base: Floats,
    load: Ints,
    weight: Floats,
    dims_of: Ints,
    used_of: Ints,
    side: Ints,
    members: Ints,
    starts: Ints,
    exits: Ints,
    capacity: Ints,
    first: Ints,
    last: Ints,
    whole: Bools,
    waits: Ints,
    ceiling_gone: Ints,
    ceiling_need: Ints,
    ceiling_period: Ints,
    ceiling_member: Bools,
    target: float,
    step: float,
    hot: float,
    cold: float,
    rounds: int,
    seed: int,
    best: Ints,
    stop_at: float,
) -> tuple[float, float]:
    """Anneal in place for so many rounds; returns the least exposure found and the last target.

    `leaving`, `gone`, `load` and `ceiling_gone` are the state and stay consistent; `best` receives the best state.
    `hot` and `cold` are the first and last temperatures, in units of squared exposure. `step` is how much below the
    exposure reached the next target is set, as a share of it.
    """
    np.random.seed(seed)
    groups, periods = leaving.shape
    dimensions = weight.shape[1]
    ceilings = len(ceiling_need)
    delta = np.zeros(dimensions)
    dims = np.zeros(dimensions, dtype=np.int64)
    mark = np.zeros(dimensions, dtype=np.int64)
    stamp = 0
    energy = excess_of(gone, base, waits, target)
    least = np.inf
    cooling = (cold / hot) ** (1.0 / max(1, rounds // 256))
    heat = hot
    for n in range(rounds):
        if n % 256 == 255:
            heat *= cooling
        if n % 1_000_000 == 999_999:
            energy = excess_of(gone, base, waits, target)
        g = np.random.randint(groups)
        t1 = np.random.randint(periods)
        tries = 0
        while leaving[g, t1] == 0:
            t1 += 1
            if t1 == periods:
                t1 = 0
            tries += 1
            if tries > periods:
                break
        if leaving[g, t1] == 0:
            continue
        swap = np.random.random() < 0.5
        k = leaving[g, t1]
        if k > 1 and not whole[g]:
            k = 1 if np.random.random() < 0.5 else 1 + np.random.randint(k)
        h = -1
        j = 0
        if swap:
            s = side[g]
            h = members[starts[s] + np.random.randint(starts[s + 1] - starts[s])]
            if h == g:
                continue
            t2 = np.random.randint(periods)
            tries = 0
            while leaving[h, t2] == 0 and tries <= periods:
                t2 += 1
                if t2 == periods:
                    t2 = 0
                tries += 1
            if leaving[h, t2] == 0 or t2 == t1:
                continue
            if t2 < first[g] or t2 > last[g] or t1 < first[h] or t1 > last[h]:
                continue
            j = leaving[h, t2]
            if j > 1 and not whole[h]:
                j = min(j, k) if np.random.random() < 0.5 else 1 + np.random.randint(j)
        else:
            if np.random.random() < 0.7:
                t2 = t1 + 1 if np.random.random() < 0.5 else t1 - 1
            else:
                t2 = np.random.randint(periods)
            if t2 == t1 or t2 < first[g] or t2 > last[g]:
                continue
        # exits
        eg = exits[g]
        if h < 0:
            if eg >= 0 and load[eg, t2] + k > capacity[eg]:
                continue
        else:
            eh = exits[h]
            if eg == eh:
                if eg >= 0 and (load[eg, t2] + k - j > capacity[eg] or load[eg, t1] + j - k > capacity[eg]):
                    continue
            elif (eg >= 0 and load[eg, t2] + k > capacity[eg]) or (eh >= 0 and load[eh, t1] + j > capacity[eh]):
                continue
        # ceilings
        allowed = True
        for c in range(ceilings):
            p = ceiling_period[c]
            change = 0
            if ceiling_member[c, g]:
                change += (k if t2 <= p else 0) - (k if t1 <= p else 0)
            if h >= 0 and ceiling_member[c, h]:
                change += (j if t1 <= p else 0) - (j if t2 <= p else 0)
            if change < 0 and ceiling_gone[c] + change < ceiling_need[c]:
                allowed = False
                break
        if not allowed:
            continue
        # what it changes, in periods start..end-1
        start, end = (t1, t2) if t1 < t2 else (t2, t1)
        sign = -1.0 if t1 < t2 else 1.0
        stamp += 1
        used = 0
        for m in range(used_of[g]):
            d = dims_of[g, m]
            delta[d] = sign * k * weight[g, d]
            mark[d] = stamp
            dims[used] = d
            used += 1
        if h >= 0:
            for m in range(used_of[h]):
                d = dims_of[h, m]
                if mark[d] == stamp:
                    delta[d] -= sign * j * weight[h, d]
                else:
                    delta[d] = -sign * j * weight[h, d]
                    mark[d] = stamp
                    dims[used] = d
                    used += 1
        change_of_energy = _change(gone, base, waits, side[g], start, end, delta, dims, used, target)
        if change_of_energy > 0.0 and np.random.random() >= np.exp(-change_of_energy / heat):
            continue
        energy += change_of_energy
        s = side[g]
        for period in range(start, end):
            for m in range(used):
                gone[s, period, dims[m]] += delta[dims[m]]
        leaving[g, t1] -= k
        leaving[g, t2] += k
        if eg >= 0:
            load[eg, t1] -= k
            load[eg, t2] += k
        if h >= 0:
            leaving[h, t2] -= j
            leaving[h, t1] += j
            eh = exits[h]
            if eh >= 0:
                load[eh, t2] -= j
                load[eh, t1] += j
        for c in range(ceilings):
            p = ceiling_period[c]
            if ceiling_member[c, g]:
                ceiling_gone[c] += (k if t2 <= p else 0) - (k if t1 <= p else 0)
            if h >= 0 and ceiling_member[c, h]:
                ceiling_gone[c] += (j if t1 <= p else 0) - (j if t2 <= p else 0)
        if energy < 1e-15:
            reached = worst_of(gone, base, waits)
            if reached < least:
                least = reached
                best[:] = leaving
            if reached <= stop_at:
                return least, target
            target = min(target, reached) * (1.0 - step)
            energy = excess_of(gone, base, waits, target)
    return least, target
