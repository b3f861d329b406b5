"""Hold, resume, re-plan; what if; what time buys; who should go first."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servanda.core.forces import Exit, Force, Order, Withdrawal
from servanda.core.problems import Location, ServandaError
from servanda.planning.certificate import certify
from servanda.planning.contingency import contingency
from servanda.planning.negotiation import front, which_first
from servanda.planning.planner import plan
from servanda.planning.terms import periods_of, withdrawal_of
from tests.planning.shapes import withdrawals

AT = Location("test", 1)


def task_of(periods: int = 8) -> Withdrawal:
    forces = [
        Force("wagner", "east", 1200, AT, exit="jufra"),
        Force("fighters", "east", 800, AT, exit="benghazi"),
        Force("syrians", "west", 3200, AT, exit="misrata"),
    ]
    exits = [Exit("jufra", 300, AT), Exit("benghazi", 300, AT), Exit("misrata", 600, AT)]
    return withdrawal_of(forces, periods_of(periods, date(2021, 10, 8)), exits)


def test_nothing_missed_means_nothing_changes() -> None:
    task = task_of()
    planned = plan(task, time_limit=1)
    found = contingency(planned.schedule, task, after=3, remaining={}, time_limit=0.5)
    assert found.shortfalls == found.arrivals == ()
    assert found.deadlock is None
    assert found.resume.completion == planned.schedule.completion
    assert found.resume.exposure <= planned.schedule.exposure


def test_a_missed_tranche_is_held_resumed_or_planned_anew() -> None:
    task = task_of()
    planned = plan(task, time_limit=1)
    gone = sum(m.count for m in planned.schedule.moves if m.force == "syrians" and m.period <= 3)
    found = contingency(planned.schedule, task, after=3, remaining={"syrians": 3200 - gone + 300}, time_limit=1)
    assert [(each.force, each.missing) for each in found.shortfalls] == [("syrians", 300)]
    assert found.hold.exposure > 0
    assert {moment.side for moment in found.hold.worst if moment.exposure > 0} == {"east"}
    assert found.resume.completion is not None
    assert found.resume.completion > planned.schedule.completion
    assert found.replan is not None
    assert found.replan.schedule is not None
    assert certify(found.replan.schedule, found.replan.task).valid
    assert found.replan.completion is not None
    assert found.replan.completion <= len(task.periods) < found.resume.completion, "it keeps the deadline"
    assert found.replan.schedule.periods[0].first == task.periods[3].first


def test_arrivals_raise_the_stock() -> None:
    task = task_of()
    planned = plan(task, time_limit=1)
    found = contingency(planned.schedule, task, after=1, remaining={"syrians": 3500}, time_limit=1)
    assert found.arrivals == (("syrians", 300),)
    west = next(moment for moment in found.hold.worst if moment.side == "east")
    assert west.seen == Fraction(-300, 3200)
    assert found.replan is not None
    assert sum(move.count for move in found.replan.schedule.moves if move.force == "syrians") == 3500


def test_a_deadlock_is_named_with_the_smallest_step_out_of_it() -> None:
    task = task_of()
    planned = plan(task, time_limit=1)
    found = contingency(
        planned.schedule, task, after=2, remaining={force.id: force.count for force in task.leaving}, time_limit=0.5
    )
    assert found.deadlock is not None
    assert "each tranche waits for the other; the smallest step that breaks it is 1 of" in found.deadlock


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(withdrawals(), st.data())
def test_whatever_remains_is_planned_for_with_a_valid_certificate(task: Withdrawal, data: st.DataObject) -> None:
    assume(task.compared)
    planned = plan(task, time_limit=0.25)
    after = data.draw(st.integers(1, len(task.periods) - 1))
    remaining = {}
    for force in task.leaving:
        gone = sum(m.count for m in planned.schedule.moves if m.force == force.id and m.period <= after)
        if not force.indivisible:
            remaining[force.id] = force.count - data.draw(st.integers(0, gone))
    found = contingency(planned.schedule, planned.task, after=after, remaining=remaining, time_limit=0.25)
    assert found.hold.exposure >= 0
    if found.replan is not None:
        checked = certify(found.replan.schedule, found.replan.task)
        assert checked.valid, checked.findings
        assert checked.exposure >= found.hold.exposure


def test_what_cannot_be_is_named() -> None:
    task = task_of()
    schedule = plan(task, time_limit=0.5).schedule
    for remaining, after, message in [
        ({"nobody": 3}, 1, "no force of the plan is called 'nobody'"),
        ({"syrians": -1}, 1, "-1 of syrians cannot remain"),
        ({"syrians": 10**14}, 1, "give a count from 0 to 10000000"),
        ({}, 9, "the schedule has no period 9"),
    ]:
        with pytest.raises(ServandaError) as raised:
            contingency(schedule, task, after=after, remaining=remaining)
        assert message in str(raised.value)
    foreign = replace(schedule, moves=(*schedule.moves, replace(schedule.moves[0], force="nobody")))
    with pytest.raises(ServandaError, match="of 'nobody' leave by the schedule; there is no such force"):
        contingency(foreign, task, after=1, remaining={})


def test_the_front_never_rises_with_time() -> None:
    found = front(task_of(), longest=8, time_limit=0.25)
    assert [trade.periods for trade in found] == list(range(6, 9)), "shorter ones are too narrow for the exits"
    assert all(later.exposure <= sooner.exposure for sooner, later in itertools.pairwise(found))


def test_which_force_first() -> None:
    forces = [
        Force("brigade", "east", 1, AT, capabilities=(("men", Fraction(60)),)),
        *(Force(f"east {n}", "east", 1, AT, capabilities=(("men", Fraction(10)),)) for n in range(4)),
        *(Force(f"west {n}", "west", 1, AT, capabilities=(("men", Fraction(10)),)) for n in range(10)),
    ]
    task = withdrawal_of(forces, periods_of(5))
    base = plan(task, order=Order.ALTERNATING, time_limit=0.5)
    found = which_first(task, base, time_limit=0.25, most=4)
    assert found[0].exposure == min(move.exposure for move in found)
    assert {move.force for move in found} <= {force.id for force in forces}
    assert found[0].change == found[0].exposure - base.schedule.exposure
    assert replace(found[0]) == found[0]
