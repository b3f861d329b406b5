"""How soon could anybody know? A filter that knows exactly how the histories of `remaining.py` are made.

It knows every distribution from which they are drawn (not what was drawn) and takes the side's own word for nothing,
since that repeats the plan. Particles for starts, paces, rhythms and weeks of a stop; each source's bias is integrated
exactly. One oracle expects a stop in any week; the other is also told that stops come in weeks 6 to 16 only, which no
observer could know. The alarm is called on the odds "stopped within the last so many weeks" against "never stops".
From which odds on, and how many weeks, is chosen on the measured histories themselves, so that most stops are called
within four weeks with at most 5 % false alarms: in its favour throughout, as a bound and not as a competitor.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

import remaining_histories as made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from remaining_histories import History

    Floats = NDArray[np.float64]
    Row = tuple[str, dict[str, float], dict[str, float]]

PARTICLES = 12000
NEVER = 10**6
ROUNDING = 10.0
"""Reports are rounded to tens."""
FALSE_ALARMS = 0.05
RECENT = (4, 5, 6, 99)
"""Weeks: how long ago a stop may be for the alarm to be about it."""


def odds(case: History, weeks: int, stops: tuple[int, int], seed: int) -> Floats:
    """By week: the odds of a stop in each earlier week against none ever. Half of the histories stop, it believes."""
    draw = np.random.default_rng(seed)
    start = made.START * draw.uniform(*made.STARTS, PARTICLES)
    pace = draw.uniform(*made.PACES, PARTICLES) / made.PLANNED
    every = draw.integers(1, 3, PARTICLES)
    stop = np.where(draw.random(PARTICLES) < 0.5, draw.integers(stops[0], stops[1] + 1, PARTICLES), NEVER)
    left = start.copy()
    seeing = {name: (n, bias, spread) for n, (name, _, own, bias, spread, _) in enumerate(made.SOURCES) if not own}
    bias = np.zeros((len(made.SOURCES), PARTICLES))
    doubt = np.zeros_like(bias)
    for number, spread, _ in seeing.values():
        doubt[number] = spread**2
    weight = np.full(PARTICLES, 1 / PARTICLES)
    found = np.zeros((weeks + 1, weeks + 1))
    for week in range(weeks + 1):
        for report in case.reports:
            if _week(report.day, made.FIRST) != week or report.source not in seeing:
                continue
            number, _, spread = seeing[report.source]
            error = report.value - left * (1 + bias[number])
            known = left**2 * doubt[number] + ROUNDING**2
            usual, wild = known + (spread * left) ** 2, known + (made.WILD * spread * left) ** 2
            ordinary = (1 - made.WILD_SHARE) * np.exp(-0.5 * error**2 / usual) / np.sqrt(usual)
            likelihood = ordinary + made.WILD_SHARE * np.exp(-0.5 * error**2 / wild) / np.sqrt(wild) + 1e-300
            # whether this one was wild is drawn, so that the bias stays normal within each particle
            variance = np.where(draw.random(PARTICLES) * likelihood > ordinary, wild, usual)
            gain = left * doubt[number] / variance
            bias[number] += gain * error
            doubt[number] *= 1 - gain * left
            weight = weight * likelihood
            weight /= weight.sum()
            if 1 / np.sum(weight**2) < PARTICLES / 2:
                points = (draw.random() + np.arange(PARTICLES)) / PARTICLES
                chosen = np.minimum(np.searchsorted(np.cumsum(weight), points), PARTICLES - 1)
                start, every, stop = start[chosen], every[chosen], stop[chosen]
                bias, doubt = bias[:, chosen], doubt[:, chosen]
                pace = np.clip(
                    pace[chosen] * np.exp(draw.normal(0, 0.01, PARTICLES)), *_bounds(made.PACES, made.PLANNED)
                )
                left = left[chosen] * np.exp(draw.normal(0, 0.002, PARTICLES))
                weight = np.full(PARTICLES, 1 / PARTICLES)
        over = stop <= week
        np.add.at(found[week], stop[over], weight[over])
        found[week] /= max(float(weight[stop == NEVER].sum()), 1 / PARTICLES)
        tranche = start * pace * every * draw.uniform(*made.UNEVEN, PARTICLES)
        left = np.where((week < stop) & (week % every == every - 1), np.maximum(0.0, left - tranche), left)
        came = draw.random(PARTICLES) < made.ARRIVALS
        left = left + came * start * draw.uniform(0, made.ARRIVING, PARTICLES)
    return found


def rows(going: Sequence[History], stopping: Sequence[History], weeks: int) -> list[Row]:
    """Both oracles' alarms, at most one history in twenty with a false one."""
    found: list[Row] = []
    for name, stops in (
        ("oracle, a stop in any week", (1, weeks)),
        (f"oracle, told that stops come in weeks {made.STOPS[0]} to {made.STOPS[1]}", made.STOPS),
    ):
        by_week = [
            np.array([odds(case, weeks, stops, 1 + n) for n, case in enumerate(cases)]) for cases in (going, stopping)
        ]
        choices = []
        for recent in RECENT:
            on, over = (_within(each, recent) for each in by_week)
            least = np.nextafter(on.max(), np.inf)
            for level in np.sort(on.max(axis=1))[::-1]:
                # from the highest odds down, as long as few enough of those that go on are called stopped
                before = made.tally(going, _alarms(on, level))
                if before["false_alarms"] > FALSE_ALARMS:
                    break
                least = level
            choices.append((made.tally(going, _alarms(on, least)), made.tally(stopping, _alarms(over, least)), recent))
        soonest = max(choices, key=lambda choice: choice[1]["within_4"])
        surest = choices[-1]
        found.append((f"{name}; all stops alike", surest[0], surest[1]))
        if soonest is not surest:
            found.append((f"{name}; only those of the last {soonest[2]} weeks", soonest[0], soonest[1]))
    return found


def _week(day: date, first: date) -> int:
    return (day - first).days // 7


def _bounds(paces: tuple[float, float], planned: int) -> tuple[float, float]:
    return paces[0] / planned, paces[1] / planned


def _within(found: Floats, recent: int) -> Floats:
    """By history and week: the odds of a stop in the last so many weeks."""
    weeks = found.shape[1]
    sums = [found[:, week, max(0, week - recent) : week + 1].sum(axis=1) for week in range(weeks)]
    return np.stack(sums, axis=1)


def _alarms(found: Floats, level: float) -> list[int | None]:
    """The first week of each history with such odds."""
    return [int(np.argmax(each >= level)) if (each >= level).any() else None for each in found]
