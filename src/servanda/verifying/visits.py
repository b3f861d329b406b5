"""How soon a breach shows under a calendar of visits, and a calendar that is random within limits."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_VISITS = 10_000
MOST_DAYS = 36_525


@dataclass(frozen=True, slots=True)
class Delay:
    """Mean days from a breach to its detection, by what the side in breach knows of the calendar."""

    periodic_unaware: float
    """Visits every so many days; the breach begins at a random moment."""
    periodic_aware: float
    """The same calendar, but the side knows it and begins right after a visit."""
    at_random: float
    """Visits at random at the same rate: it makes no difference what the side knows."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A day of the calendar and the sites to visit on it."""

    day: date
    sites: tuple[str, ...]


def delay(every: float, detection: float = 1.0) -> Delay:
    """Mean delays for visits every so many days, each noticing the breach with the detection probability.

    The number of visits until one notices is geometric with mean 1/p; the first comes after half an interval on
    average, after a whole one where the breach begins right behind a visit. Random visits are a Poisson process,
    thinned by p.

    Raises:
        ServandaError: numbers that cannot be.
    """
    if not 0 < every <= MOST_DAYS or not 0 < detection <= 1:
        raise ServandaError(
            f"visits every {every:g} days that notice {detection:g} cannot be",
            f"give more than 0 days, up to {MOST_DAYS}, and a share above 0, up to 1",
        )
    return Delay(every / detection - every / 2, every / detection, every / detection)


def calendar(
    sites: Sequence[str],
    first: date,
    last: date,
    *,
    every: float,
    sites_a_visit: int = 1,
    least_gap: int = 1,
    most_gap: int | None = None,
    seed: int,
) -> tuple[Visit, ...]:
    """Days and sites of visits, random within limits; the same seed gives the same calendar.

    Gaps are `least_gap` days and a random rest, exponential so that the mean is `every` days, cut at `most_gap` (three
    times the mean where it is not given). Sites are drawn anew each time, each as likely as any other, so that a visit
    yesterday is no promise for today. Keep the seed secret until the last visit.

    Raises:
        ServandaError: limits that cannot be kept.
    """
    longest = most_gap if most_gap is not None else round(3 * every)
    if not sites or len(set(sites)) != len(sites):
        raise ServandaError("the sites to visit are none, or some are named twice", "name each site once")
    if not 1 <= sites_a_visit <= len(sites):
        raise ServandaError(
            f"{sites_a_visit} sites a visit cannot be drawn from {len(sites)}", f"give 1 to {len(sites)}"
        )
    if not 1 <= least_gap <= every <= longest:
        raise ServandaError(
            f"gaps of {least_gap} to {longest} days cannot have a mean of {every:g}",
            "give a least gap of 1 or more, below the mean, and a longest one above it",
        )
    if last < first:
        raise ServandaError(f"the calendar would end on {last} before it begins on {first}", "give the days in order")
    if (last - first).days / every > MOST_VISITS:
        raise ServandaError(f"this would be more than {MOST_VISITS:,} visits", "give a shorter time or longer gaps")
    draw = random.Random(seed)
    visits = []
    day = first + timedelta(days=draw.randrange(round(every)) if every >= 2 else 0)
    while day <= last:
        visits.append(Visit(day, tuple(sorted(draw.sample(list(sites), sites_a_visit)))))
        rest = draw.expovariate(1 / (every - least_gap)) if every > least_gap else 0.0
        day += timedelta(days=min(longest, least_gap + round(rest)))
    return tuple(visits)
