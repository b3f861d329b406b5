"""Delays against simulation; calendars within their limits."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.verifying.visits import calendar, delay

SITES = [f"base {n}" for n in range(10)]


@pytest.mark.parametrize("detection", [1.0, 0.6])
def test_delays_agree_with_a_simulation(detection: float) -> None:
    draw = random.Random(3)
    every = 14.0
    unaware, aware, at_random = [], [], []
    for _ in range(40_000):
        missed = 0
        while draw.random() >= detection:
            missed += 1
        unaware.append(draw.uniform(0, every) + missed * every)
        aware.append(every + missed * every)
        at_random.append(sum(draw.expovariate(1 / every) for _ in range(missed + 1)))
    found = delay(every, detection)
    assert found.periodic_unaware == pytest.approx(fmean(unaware), rel=0.03)
    assert found.periodic_aware == pytest.approx(fmean(aware), rel=0.03)
    assert found.at_random == pytest.approx(fmean(at_random), rel=0.03)


@given(st.integers(1, 9), st.integers(0, 40), st.integers(1, 10), st.integers(0, 10**6))
def test_a_calendar_keeps_its_limits_and_repeats_for_its_seed(gap: int, more: int, each: int, seed: int) -> None:
    first, last = date(2021, 10, 8), date(2022, 4, 8)
    every = gap + more

    def draw():
        return calendar(SITES, first, last, every=every, sites_a_visit=each, least_gap=gap, seed=seed)

    visits = draw()
    assert visits == draw()
    assert all(first <= visit.day <= last and len(set(visit.sites)) == each for visit in visits)
    gaps = [(after.day - before.day).days for before, after in itertools.pairwise(visits)]
    assert all(gap <= days <= max(3 * every, gap) for days in gaps)


def test_the_mean_gap_is_about_what_is_asked() -> None:
    visits = calendar(SITES, date(2000, 1, 1), date(2100, 1, 1), every=14, least_gap=3, seed=1)
    assert (visits[-1].day - visits[0].day) / (len(visits) - 1) == pytest.approx(timedelta(days=14), rel=0.05)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sites": []}, "the sites to visit are none"),
        ({"sites": ["a", "a"]}, "named twice"),
        ({"sites_a_visit": 11}, "11 sites a visit"),
        ({"least_gap": 20}, "gaps of 20 to 42 days"),
        ({"last": date(2020, 1, 1)}, "would end on 2020-01-01 before"),
        ({"last": date(9999, 1, 1)}, "more than 10,000 visits"),
    ],
)
def test_limits_that_cannot_be_kept_are_named(change, message: str) -> None:
    terms = {"sites": SITES, "first": date(2021, 1, 1), "last": date(2021, 6, 1), "every": 14, "seed": 1} | change
    with pytest.raises(ServandaError) as raised:
        calendar(**terms)
    assert message in str(raised.value)


def test_delays_that_cannot_be_are_named() -> None:
    with pytest.raises(ServandaError, match="visits every 0 days"):
        delay(0)
