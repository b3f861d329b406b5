"""Withdrawals of the past, planned under their real constraints; and Libya's closed forms."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from servanda.core.forces import Force, Order
from servanda.core.problems import Location, ProblemsFound
from servanda.planning.certificate import certify
from servanda.planning.contingency import contingency
from servanda.planning.equal import equal_numbers
from servanda.planning.planner import plan
from servanda.planning.terms import periods_of, withdrawal_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
from historic_cases import cases, historic, task_of

AT = Location("test", 1)


@pytest.mark.parametrize("case", cases())
def test_a_feasible_schedule_that_exposes_no_more_than_what_was_done(case: str) -> None:
    task = task_of(case)
    found = plan(task, time_limit=1)
    assert certify(found.schedule, task).valid
    done = historic(case, task)
    if done is not None:
        was = certify(done, task)
        # who was late in fact broke a ceiling; nothing else may be wrong with what was done
        assert all("the ceiling is" in finding for finding in was.findings), was.findings
        assert found.schedule.exposure <= was.exposure


def test_the_ceilings_of_1989_are_kept_and_bind_the_exposure() -> None:
    task = task_of("angola-namibia-1989")
    found = plan(task, time_limit=1)
    gone = {
        (force.id, period): sum(m.count for m in found.schedule.moves if m.force == force.id and m.period <= period)
        for force in task.leaving
        for period in (3, 10, 15, 21)
    }
    ceilings = ((3, 47_000), (10, 25_000), (15, 17_000), (21, 12_000))
    assert all(50_000 - gone["cubans", period] <= most for period, most in ceilings)
    assert 12_000 - gone["south-africans", 10] <= 1_500


def test_hodeidah_where_nobody_moved_is_a_deadlock_with_a_way_out() -> None:
    task = task_of("hodeidah-2019")
    found = plan(task, time_limit=1)
    stuck = contingency(
        found.schedule, task, after=3, remaining={force.id: force.count for force in task.leaving}, time_limit=0.5
    )
    assert stuck.deadlock is not None
    assert "1 of kilo-7" in stuck.deadlock or "1 of ports" in stuck.deadlock


def test_one_side_alone_is_no_mutual_withdrawal() -> None:
    with pytest.raises(ProblemsFound, match="a mutual withdrawal has two"):
        withdrawal_of([Force("arms", "farc", 7132, AT)], periods_of(3))


def test_three_hundred_each_from_thirteen_and_seven_thousand() -> None:
    forces = [Force("a", "west", 13_000, AT), Force("b", "east", 7_000, AT)]
    schedule, task = equal_numbers(withdrawal_of(forces, periods_of(11)), each=300)
    assert schedule.completion == 44
    assert float(certify(schedule, task).exposure) == pytest.approx(0.48, abs=0.005)


@pytest.mark.parametrize(("order", "links"), [(Order.SIMULTANEOUS, 11), (Order.LEAPFROG, 21)])
def test_eleven_weeks_to_the_vote_in_libya(order: Order, links: int) -> None:
    forces = [Force("a", "west", 13_860, AT), Force("b", "east", 6_930, AT)]
    found = plan(withdrawal_of(forces, periods_of(11)), order=order, time_limit=2)
    assert found.schedule.exposure == Fraction(1, links)
    assert found.optimal
