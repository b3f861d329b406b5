"""Inspection: reference values, laws, and what is said when a goal is out of reach."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.verifying.inspection import chance_of_detection, false_alarms, inspect


@pytest.mark.parametrize(
    ("sites", "breached", "detection", "visits"),
    [
        (40, 4, 1.0, 21),
        (40, 4, 0.9, 23),
        (40, 4, 0.7, 30),
        (100, 5, 1.0, 45),
        (100, 5, 0.9, 50),
        (100, 5, 0.7, 64),
        (500, 25, 1.0, 56),
        (500, 25, 0.9, 62),
        (500, 25, 0.7, 80),
    ],
)
def test_reference_values_at_95_per_cent(sites: int, breached: int, detection: float, visits: int) -> None:
    assert inspect(sites, breached, 0.95, detection).visits == visits


@given(st.integers(1, 60), st.data())
def test_a_sure_visit_agrees_with_counting(sites: int, data: st.DataObject) -> None:
    breached = data.draw(st.integers(1, sites))
    visits = data.draw(st.integers(0, sites))
    missed = comb(sites - breached, visits) / comb(sites, visits)
    assert chance_of_detection(sites, breached, visits) == pytest.approx(1 - missed, abs=1e-9)


@given(st.integers(1, 80), st.floats(0.05, 1.0), st.floats(0.05, 0.99), st.data())
@settings(deadline=None)
def test_the_answer_is_the_least_that_reaches_the_goal(
    sites: int, detection: float, goal: float, data: st.DataObject
) -> None:
    breached = data.draw(st.integers(1, sites))
    found = inspect(sites, breached, goal, detection)
    if found.visits is None:
        assert chance_of_detection(sites, breached, sites, detection) < goal
        assert 1 - (1 - detection) ** (breached * found.rounds) >= goal - 1e-9
        assert 1 - (1 - detection) ** (breached * (found.rounds - 1)) < goal
    else:
        assert found.chance >= goal
        if found.visits:
            assert chance_of_detection(sites, breached, found.visits - 1, detection) < goal


def test_a_goal_out_of_reach_says_why_and_what_would_do() -> None:
    found = inspect(10, 1, 0.95, 0.7)
    assert found.visits is None
    assert found.chance == pytest.approx(0.7)
    assert found.rounds == 3
    assert "visit all of them 3 times" in found.why


def test_two_stages_take_the_fewest_checks() -> None:
    found = inspect(20, 4, 0.9, 0.9, units=12, breached_units=4)
    assert found.visits is not None
    assert found.stages is not None
    assert found.chance >= 0.9
    fixed = inspect(20, 4, 0.9, 0.9, units=12, breached_units=4, checked_units=12)
    assert fixed.visits is not None
    assert found.visits * found.stages.checked <= fixed.visits * 12
    assert fixed.detection == pytest.approx(1 - 0.1**4)


def test_false_alarms_and_their_confirmation() -> None:
    assert false_alarms(30, 0.98) == pytest.approx(0.4545, abs=1e-4)
    assert false_alarms(30, 0.98, confirmed=True) == pytest.approx(0.0119, abs=1e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: inspect(0, 1), "0 sites cannot be inspected"),
        (lambda: inspect(5, 6), "6 of 5 cannot be in breach"),
        (lambda: inspect(5, 1, 1.0), "a goal of 1 cannot be planned for"),
        (lambda: inspect(5, 1, 0.9, 0.0), "a detection probability of 0 cannot be"),
        (lambda: chance_of_detection(5, 1, 6), "6 of 5 sites cannot be visited"),
        (lambda: false_alarms(-1, 0.9), "-1 checks"),
    ],
)
def test_numbers_that_cannot_be_are_named(call, message: str) -> None:
    with pytest.raises(ServandaError) as raised:
        call()
    assert message in str(raised.value)
