"""Simulated histories of a departure: what was true, and what was reported of it. Not drawn from the filter's model."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.verifying.remaining import Count

if TYPE_CHECKING:
    from collections.abc import Sequence

START = 8000
FIRST = date(2021, 1, 4)
PLANNED = 26
STARTS = (0.85, 1.15)
"""Of `START`."""
PACES = (0.6, 1.3)
"""Of the plan."""
UNEVEN = (0.7, 1.3)
"""Of a tranche."""
STOPS = (6, 16)
"""The week of the stop, from and to."""
ARRIVALS, ARRIVING = 0.01, 0.05
"""Chance a week; at most so much of the start."""
WILD, WILD_SHARE = 2.5, 0.08
"""One report in twelve errs so many times as much."""
DONE = 0.01
"""Of `START`: an alarm when so few are left is not counted as false."""
SOURCES = (
    # name, reliability, whether interested, spread of its lasting bias, of a single report, chance of one in a week
    ("mission", "B", False, 0.06, 0.08, 0.8),
    ("outlet", "C", False, 0.12, 0.15, 0.4),
    ("the side itself", "D", True, 0.1, 0.05, 0.7),
)
INSPECTORATE = ("inspectorate", "A", False, 0.03, 0.05, 1.0)


@dataclass(frozen=True)
class History:
    """A simulated truth and what was reported of it. The simulation is not the filter's model: see `history`."""

    truth: list[float]
    reports: list[Count]
    stop: int | None


def history(seed: int, weeks: int, *, stops: bool, inspected: bool = False) -> History:
    """Departures in tranches every week or two, 26 weeks planned, paces from 60 to 130 per cent of the plan.

    Three kinds of source: a mission in four weeks of five, an outlet in two of five, and the side itself, which
    reports the plan (not the truth) most weeks; `inspected` adds an inspectorate that counts each week. Biases last;
    single errors are heavier-tailed than normal.
    """
    random_ = random.Random(f"{seed} {weeks} {stops}")
    start = START * random_.uniform(*STARTS)
    pace = random_.uniform(*PACES) / PLANNED
    every = random_.randint(1, 2)
    stop = random_.randint(*STOPS) if stops else None
    left, truth = start, []
    for week in range(weeks + 1):
        truth.append(left)
        if (stop is None or week < stop) and week % every == every - 1:
            left = max(0.0, left - start * pace * every * random_.uniform(*UNEVEN))
        if random_.random() < ARRIVALS:
            left += start * random_.uniform(0, ARRIVING)
    reports = []
    for source, reliability, interested, bias_spread, spread, rate in (*SOURCES, *[INSPECTORATE] * inspected):
        bias = random_.gauss(0, bias_spread)
        for week in range(weeks + 1):
            if random_.random() >= rate:
                continue
            seen = max(0.0, START * (1 - week / PLANNED)) if interested else truth[week]
            error = random_.gauss(0, spread) * (WILD if random_.random() < WILD_SHARE else 1)
            value = max(0.0, round(seen * (1 + bias + error), -1))
            reports.append(Count(FIRST + timedelta(weeks=week), source, value, reliability, interested))
    return History(truth, reports, stop)


def tally(cases: Sequence[History], alarms: Sequence[int | None]) -> dict[str, float]:
    """How soon the alarms came, in weeks after the stop, and how many were false; by week of each history's alarm."""
    false, delays = 0, []
    for case, at in zip(cases, alarms, strict=True):
        if at is None:
            continue
        if case.stop is None:
            false += case.truth[at] > DONE * START
        elif at >= case.stop:
            delays.append(at - case.stop)
        else:
            false += 1
    stops = sum(case.stop is not None for case in cases)
    return {
        "false_alarms": false / len(cases),
        "median_delay": statistics.median(delays) if delays else float("nan"),
        "within_4": sum(delay <= 4 for delay in delays) / max(1, stops),
        "within_5": sum(delay <= 5 for delay in delays) / max(1, stops),
        "missed": stops - len(delays) - false if stops else 0,
    }
