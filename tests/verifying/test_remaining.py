"""How many are left: calibration on a few simulated histories, and the laws that any estimate obeys."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.verifying.remaining import ALARM, ARRIVED, GONE, LEFT, Count, how_many_left, level_wanted

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from remaining import measure
from remaining_histories import STOPS, history, tally
from remaining_oracle import odds

FIRST = date(2021, 1, 4)


def weekly(values: list[float], **terms) -> list[Count]:
    return [Count(FIRST + timedelta(weeks=n), "mission", value, "B", **terms) for n, value in enumerate(values)]


@pytest.mark.parametrize("stops", [False, True])
def test_intervals_are_calibrated_and_better_than_the_median_of_reports(stops: bool) -> None:
    found = measure(12, 30, stops=stops, seed=500)
    assert 0.7 <= found["held"] <= 1.0
    assert found["rmse"] < found["median_rmse"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(0, 20_000), max_size=12), st.integers(0, 99))
def test_an_interval_is_ordered_and_never_negative(values: list[float], seed: int) -> None:
    found = how_many_left(weekly(values), start=8000, first=FIRST, until=FIRST + timedelta(weeks=12), seed=seed)
    assert len(found.estimates) == 13
    assert len(found.reports) == len(values)
    for estimate in found.estimates:
        assert 0 <= estimate.low <= estimate.middle <= estimate.high
        assert 0 <= estimate.stopped <= 1


def test_weeks_without_a_report_are_said_to_be_uninformed_and_grow_wider() -> None:
    reports = weekly([8000.0, 7600.0, 7200.0])
    found = how_many_left(reports, start=8000, first=FIRST, until=FIRST + timedelta(weeks=12), weeks_planned=20)
    assert [estimate.informed for estimate in found.estimates] == [True] * 3 + [False] * 10
    widths = [estimate.high - estimate.low for estimate in found.estimates]
    assert widths[-1] > 2 * widths[2]
    assert "do not replace inspection" in found.warning


def test_a_stop_raises_the_alarm_and_a_promise_kept_does_not() -> None:
    def leaving(week: int, stop: int) -> float:
        return 8000.0 * (1 - min(week, stop) / 26)

    until = FIRST + timedelta(weeks=22)
    terms = {"start": 8000, "first": FIRST, "until": until, "weeks_planned": 26}
    kept = how_many_left(weekly([leaving(n, 99) for n in range(23)]), **terms)
    broken = how_many_left(weekly([leaving(n, 8) for n in range(23)]), **terms)
    assert kept.alarm is None
    assert broken.alarm is not None
    assert broken.alarm > FIRST + timedelta(weeks=8)


def test_silence_raises_no_alarm() -> None:
    reports = weekly([8000.0 - 80 * n for n in range(12)])
    found = how_many_left(reports, start=8000, first=FIRST, until=FIRST + timedelta(weeks=80), weeks_planned=100)
    assert max(estimate.stopped for estimate in found.estimates) > ALARM
    assert found.alarm is None


@given(st.integers(1, 200), st.floats(0.01, 0.99))
def test_the_level_of_the_alarm_falls_as_more_is_heard_and_never_below_what_was_asked(heard: int, alarm: float) -> None:
    assert 1 >= level_wanted(heard, alarm) >= level_wanted(heard + 1, alarm) >= alarm - 1e-12


def test_a_side_s_word_about_itself_moves_nothing_but_its_own_bias() -> None:
    seen = weekly([8000.0 - 300 * min(n, 8) for n in range(20)])
    terms = {"start": 8000, "first": FIRST, "until": FIRST + timedelta(weeks=19), "weeks_planned": 26}

    def with_word(values: list[float]) -> list[Count]:
        word = [Count(FIRST + timedelta(weeks=n), "the side", v, "D", interested=True) for n, v in enumerate(values)]
        return [*seen, *word]

    promise = how_many_left(with_word([8000.0 * (1 - n / 26) for n in range(20)]), **terms)
    nothing_left = how_many_left(with_word([0.0] * 20), **terms)
    assert promise.estimates == nothing_left.estimates
    assert promise.alarm == nothing_left.alarm is not None
    assert promise.biases != nothing_left.biases
    alone = how_many_left(with_word([8000.0] * 20)[20:], **terms)
    assert not any(estimate.informed for estimate in alone.estimates)


def test_alarms_are_tallied_as_false_late_or_missed() -> None:
    going = [history(n, 20, stops=False) for n in range(4)]
    assert tally(going, [None, 3, None, 5])["false_alarms"] == 0.5
    stopping = [history(n, 20, stops=True) for n in range(4)]
    stops = [case.stop for case in stopping]
    found = tally(stopping, [stops[0] - 1, stops[1] + 4, stops[2] + 5, None])
    assert (found["false_alarms"], found["within_4"], found["within_5"]) == (0.25, 0.25, 0.5)
    assert (found["median_delay"], found["missed"]) == (4.5, 1)


def test_the_oracle_sees_a_stop_and_no_other() -> None:
    stopping, going = (odds(history(7, 30, stops=stops), 30, STOPS, 1).sum(axis=1) for stops in (True, False))
    assert stopping[-1] > 100
    assert going[-1] < 0.1


def test_the_bias_of_a_source_is_learnt_from_the_others() -> None:
    truth = [8000.0 - 300 * n for n in range(20)]
    liar = [
        Count(FIRST + timedelta(weeks=n), "the side", value * 0.6, "D", interested=True)
        for n, value in enumerate(truth)
    ]
    found = how_many_left(
        weekly(truth) + liar, start=8000, first=FIRST, until=FIRST + timedelta(weeks=19), weeks_planned=26
    )
    bias = {source: mean for source, mean, _ in found.biases}
    assert bias["the side"] == pytest.approx(-0.4, abs=0.12)
    assert found.estimates[-1].low <= truth[-1] <= found.estimates[-1].high


def test_reports_of_how_many_have_gone_count_too() -> None:
    reports = weekly([300.0 * n for n in range(16)], kind=GONE)
    found = how_many_left(reports, start=8000, first=FIRST, until=FIRST + timedelta(weeks=15), weeks_planned=26)
    assert found.estimates[-1].low <= 8000 - 300 * 15 <= found.estimates[-1].high


def test_departures_speak_against_a_stop_and_arrivals_raise_the_stock() -> None:
    until = FIRST + timedelta(weeks=12)
    terms = {"start": 8000, "first": FIRST, "until": until, "weeks_planned": 26}
    stock = weekly([8000.0 - 300 * min(n, 6) for n in range(13)])
    silent = how_many_left(stock, **terms)
    leaving = weekly([300.0] * 13, kind=LEFT)
    moving = how_many_left([*stock, *leaving], **terms)
    assert moving.estimates[-1].stopped < silent.estimates[-1].stopped
    came = Count(until, "mission", 1500.0, "B", kind=ARRIVED, since=FIRST + timedelta(weeks=8))
    more = how_many_left([*weekly([8000.0 - 300 * n for n in range(7)]), came], **terms)
    fewer = how_many_left(weekly([8000.0 - 300 * n for n in range(7)]), **terms)
    assert more.estimates[-1].middle > fewer.estimates[-1].middle


def test_a_wild_report_is_shown_as_such_and_does_not_carry_the_estimate_off() -> None:
    values = [8000.0 - 300 * n for n in range(12)]
    wild = Count(FIRST + timedelta(weeks=11), "rumour", 500.0, "E")
    found = how_many_left(
        [*weekly(values), wild], start=8000, first=FIRST, until=FIRST + timedelta(weeks=11), weeks_planned=26
    )
    assert {checked.verdict for checked in found.reports if checked.report.source == "rumour"} == {"below"}
    assert found.estimates[-1].middle > 3500


def test_the_same_seed_gives_the_same_estimates() -> None:
    terms = {"start": 8000, "first": FIRST, "until": FIRST + timedelta(weeks=5)}
    assert how_many_left(weekly([8000, 7000]), **terms) == how_many_left(weekly([8000, 7000]), **terms)


def test_what_cannot_be_used_is_named() -> None:
    with pytest.raises(ServandaError, match="the report of mission on 2021-01-04 cannot be used"):
        how_many_left(weekly([-1.0]), start=8000, first=FIRST, until=FIRST)
    with pytest.raises(ServandaError, match="give positive numbers"):
        how_many_left([], start=0, first=FIRST, until=FIRST)
    with pytest.raises(ServandaError, match="an alarm from a chance of 1 on cannot be"):
        how_many_left([], start=8000, first=FIRST, until=FIRST, alarm=1.0)
