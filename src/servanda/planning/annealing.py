"""The search in cycles, each longer than the one before; and again over fewer periods, to end sooner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from servanda.planning.bounds import links
from servanda.planning.search import Search
from servanda.planning.start import proportional

if TYPE_CHECKING:
    from servanda.planning.arrays import Arrays
    from servanda.planning.best_so_far import BestSoFar

CYCLES = (250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
"""Changes tried in each cycle of the search, if nothing else is said; the seed and these decide the result."""
LONG_CYCLE = 8_000_000
CHUNK = 250_000
"""Between chunks Ctrl-C and the clock are heard."""
HOT, COLD = 0.3, 0.003
"""First and last temperature of a cycle: in what a group's even tranche weighs, and in what one unit weighs."""
SMALL_STEP = 2e-3
NEAR = 1e-9


def lower_exposure(best: BestSoFar, changes: int) -> None:
    """Anneal with so many changes, in cycles from the best so far."""
    search = Search(best.arrays, best.leaving)
    end = best.changes + changes
    cycle = 0
    try:
        while best.changes < end and search.least > best.goal * (1 + NEAR):
            length = CYCLES[cycle] if cycle < len(CYCLES) else LONG_CYCLE
            if cycle:
                search.restart(search.best)
            if not _cycle(best, search, cycle, min(length, max(CHUNK, end - best.changes))):
                break
            cycle += 1
    finally:
        if search.least < float(best.exposure):
            best.take(search.best)


def _cycle(best: BestSoFar, search: Search, cycle: int, length: int) -> bool:
    """One cycle from hot to cold; whether there is time for another."""
    unit = best.arrays.weight.max(axis=1)
    number = np.maximum(1, best.arrays.count)
    grain = float(np.average(unit, weights=number))
    lump = float(np.average(unit * np.maximum(1, number / best.arrays.periods), weights=number))
    chunks = -(-length // CHUNK)
    cool = (COLD * grain / (HOT * lump)) ** (1 / chunks)
    for chunk in range(chunks):
        hot = HOT * lump * cool**chunk
        search.anneal(
            max(best.goal, search.least * (1 - SMALL_STEP)),
            CHUNK,
            (best.seed * 1_000_003 + cycle * 1009 + chunk) % 2**31,
            hot=hot**2,
            cold=(hot * cool) ** 2,
            stop_at=best.goal * (1 + NEAR),
        )
        best.changes += CHUNK
        best.tell("search", search.least)
        if search.least <= best.goal * (1 + NEAR):
            return True
        if best.out_of_time():
            return False
    return True


def complete_earlier(best: BestSoFar) -> None:
    """End sooner, as long as a schedule within the exposure reached (or the tolerance) is found."""
    limit = best.limit
    while not len(best.arrays.precedence) and not len(best.arrays.ceiling_need):
        horizon = int(np.flatnonzero(best.leaving.sum(axis=0)).max())
        task = best.task
        if horizon < 1 or (links(horizon, task.lag, best.order) * limit < 1 and not best.arrays.gone.any()):
            return
        shorter = _shortened(best.arrays, horizon)
        start = None if shorter is None else proportional(shorter)
        if shorter is None or start is None:
            return
        search = Search(shorter, start)
        if not _cool_below(best, search, float(limit), horizon):
            return
        padded = np.zeros_like(best.leaving)
        padded[:, :horizon] = search.best
        if not best.take(padded, within=limit):
            return


def _cool_below(best: BestSoFar, search: Search, limit: float, horizon: int) -> bool:
    """Anneal towards a limit; whether there was time for it."""
    number = np.maximum(1, best.arrays.count)
    grain = float(np.average(best.arrays.weight.max(axis=1), weights=number))
    for cycle, length in enumerate(CYCLES[:3]):
        for chunk in range(length // CHUNK):
            if search.least <= limit:
                return True
            if best.out_of_time():
                return False
            hot = HOT * (COLD / HOT) ** (chunk * CHUNK / length) * grain
            search.anneal(
                limit,
                CHUNK,
                (best.seed * 1_000_003 + 7919 * horizon + cycle * 1009 + chunk) % 2**31,
                hot=hot**2,
                cold=(hot * 0.5) ** 2,
                stop_at=limit,
            )
            best.changes += CHUNK
            best.tell("completion")
    return True


def _shortened(arrays: Arrays, periods: int) -> Arrays | None:
    """The same with fewer periods; `None` where some force may only leave later."""
    if (arrays.first >= periods).any():
        return None
    return replace(arrays, periods=periods, last=np.minimum(arrays.last, periods - 1))
