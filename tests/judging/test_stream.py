"""The stream monitor against the definition, in any order of events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.judging.stream import Verdict, WithinDays

EVENTS = st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.integers(0, 8)), max_size=40)


def by_definition(events: list[tuple[int, bool, int]], days: int, name: int, as_of: int) -> Verdict:
    made = [day for day, fulfils, one in events if one == name and not fulfils]
    done = [day for day, fulfils, one in events if one == name and fulfils]
    if not made or min(made) > as_of:
        return Verdict.UNKNOWN
    due = min(made) + days
    if done and min(done) <= as_of:
        return Verdict.KEPT if min(done) <= due else Verdict.LATE
    return Verdict.OPEN if as_of <= due else Verdict.OVERDUE


@given(EVENTS, st.integers(0, 20), st.integers(0, 90), st.randoms())
def test_verdicts_are_those_of_the_definition_in_any_order(
    events: list[tuple[int, bool, int]], days: int, as_of: int, rng: object
) -> None:
    shuffled = list(events)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    monitor = WithinDays(days)
    monitor.feed(shuffled)
    expected = {name: by_definition(events, days, name, as_of) for name in range(9)}
    assert {name: monitor.verdict(name, as_of) for name in range(9)} == expected
    tally = monitor.tally(as_of)
    counts = list(expected.values())
    assert (tally.kept, tally.late, tally.overdue, tally.open) == tuple(
        counts.count(verdict) for verdict in (Verdict.KEPT, Verdict.LATE, Verdict.OVERDUE, Verdict.OPEN)
    )


@given(EVENTS, st.integers(0, 20))
def test_the_running_count_of_broken_obligations_is_right_after_every_event(
    events: list[tuple[int, bool, int]], days: int
) -> None:
    monitor = WithinDays(days)
    for number, broken in enumerate(monitor.verdicts(events), 1):
        seen = events[:number]
        now = max(day for day, _, _ in seen)
        expected = 0
        for name in range(9):
            made = [day for day, fulfils, one in seen if one == name and not fulfils]
            done = [day for day, fulfils, one in seen if one == name and fulfils]
            in_time = bool(made) and bool(done) and min(done) <= min(made) + days
            expected += bool(made) and min(made) + days < now and not in_time
        assert broken == expected


def test_a_reason_is_the_two_days() -> None:
    monitor = WithinDays(90)
    monitor.feed([(1, False, "a"), (95, True, "a"), (3, True, "b")])
    assert monitor.reason("a") == (1, 95)
    assert monitor.reason("b") == (None, 3)
    assert monitor.reason("c") == (None, None)
    assert monitor.verdict("a", 100) is Verdict.LATE


def test_a_negative_span_is_refused() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        WithinDays(-1)
