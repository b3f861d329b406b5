"""What if a side is late, an exit closes, verification takes longer: each answer checked against a plain recount."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servanda.core.forces import Exit, Force, Order, Withdrawal
from servanda.core.problems import Location, ServandaError
from servanda.planning.certificate import exposures
from servanda.planning.planner import Plan, plan
from servanda.planning.terms import periods_of, withdrawal_of
from servanda.planning.what_if import parse_supposition, what_if, with_exits_closed
from tests.planning.shapes import orders, withdrawals

AT = Location("test", 1)


def task_of(lag: int = 0) -> Withdrawal:
    forces = [
        Force("fighters", "east", 40, AT, exit="jufra", capabilities=(("men", Fraction(1)),)),
        Force("gunners", "east", 20, AT, exit="benghazi", capabilities=(("men", Fraction(1)),)),
        Force("syrians", "west", 80, AT, exit="misrata", capabilities=(("men", Fraction(1)),)),
    ]
    exits = [Exit("jufra", 30, AT), Exit("benghazi", 30, AT), Exit("misrata", 40, AT)]
    return withdrawal_of(forces, periods_of(8), exits, sides=("east", "west"), lag=lag)


@pytest.fixture(scope="module")
def base() -> Plan:
    return plan(task_of(), time_limit=1)


def test_a_late_side_exposes_the_other_unless_it_waits(base: Plan) -> None:
    late = [what_if(base, parse_supposition(f"delay:west:{by}", base.task), time_limit=0.5) for by in (1, 2, 3)]
    regardless = [each.regardless.exposure for each in late]
    assert regardless == sorted(regardless)
    assert regardless[2] >= base.schedule.exposure + Fraction(2, 8)
    for by, each in zip((1, 2, 3), late, strict=True):
        assert each.regardless.completion == base.schedule.completion + by
        assert each.released.exposure <= base.schedule.exposure
        assert each.released.completion == base.schedule.completion + by
        assert each.anew is not None
        assert Fraction(1, 8 - by) <= each.anew.exposure <= regardless[by - 1]
        assert each.anew.completion is not None
        assert each.anew.completion <= 8


def test_a_closed_exit_holds_units_back_until_it_is_planned_anew(base: Plan) -> None:
    found = what_if(base, parse_supposition("exit-closed:benghazi:4", base.task), time_limit=0.5)
    held = sum(move.count for move in base.schedule.moves if move.exit == "benghazi" and move.period >= 4)
    assert found.regardless.behind == held > 0
    assert found.regardless.completion is None
    assert found.released.behind > held, "the others wait for them"
    assert found.released.exposure <= base.schedule.exposure
    assert found.anew is not None
    assert found.anew.behind == 0
    assert found.shifted >= held
    closed = with_exits_closed(base.task, frozenset({"benghazi"}))
    assert {force.exit for force in closed.leaving} == {"jufra", "misrata"}


def test_longer_verification_costs_what_the_bound_says() -> None:
    base = plan(task_of(1), time_limit=0.5)
    found = what_if(base, parse_supposition("verification:2x", base.task), time_limit=0.5)
    assert found.anew is not None
    assert found.anew.exposure >= Fraction(1, 3)
    assert found.regardless.exposure > base.schedule.exposure
    together = what_if(base, parse_supposition("verification:2x+delay:east:1", base.task), time_limit=0.5)
    assert together.regardless.exposure >= found.regardless.exposure
    assert (together.supposition.lag, together.supposition.delays) == (2, (("east", 1),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rain", "the what-if 'rain' is not understood; write delay:SIDE:PERIODS, exit-closed:EXIT"),
        ("", "the what-if '' is not understood"),
        ("delay:north:1", "'delay:north:1' names no side of the plan; use east or west"),
        ("delay:west:", "gives no number of periods; write a whole number from 1 to 1000"),
        ("delay:west:-1", "gives no number of periods"),
        ("delay:west:99999", "gives no number of periods"),
        ("exit-closed:tobruk", "names no exit of the plan; use jufra, benghazi, misrata"),
        ("exit-closed:jufra:9", "the plan has 8 periods; name an earlier one"),
        ("exit-closed:jufra:x", "gives no number of periods"),
        ("verification:2x", "verification takes no period now, so there is nothing to multiply"),
        ("verification:soon", "gives no number of periods"),
        ("delay:west:1+rain", "names no side of the plan|gives no number of periods"),
    ],
)
def test_what_cannot_be_supposed_is_named(text: str, message: str) -> None:
    with pytest.raises(ServandaError, match=message.replace("[", "\\[")):
        parse_supposition(text, task_of())


def test_nothing_is_left_to_plan_with(base: Plan) -> None:
    late = what_if(base, parse_supposition("delay:west:8", base.task), time_limit=0.3)
    assert late.anew is None
    assert "no time left" in late.why_not
    shut = what_if(base, parse_supposition("exit-closed:jufra+exit-closed:benghazi+exit-closed:misrata", base.task))
    assert shut.anew is None
    assert "no exit is left" in shut.why_not
    assert shut.regardless.exposure == 0
    assert shut.regardless.behind == 140


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(withdrawals(), orders, st.data())
def test_who_waits_for_the_release_never_risks_more_than_agreed(
    task: Withdrawal, order: Order, data: st.DataObject
) -> None:
    # where something had gone before, what stands from then on stands for longer, whoever waits
    assume(task.compared and not task.precedences and not task.ceilings and not any(f.gone for f in task.leaving))
    try:
        base = plan(task, order=order, time_limit=0.25)
    except ServandaError:
        assume(False)
        return
    side, by = data.draw(st.sampled_from(task.sides)), data.draw(st.integers(1, 3))
    found = what_if(base, parse_supposition(f"delay:{side}:{by}", base.task), time_limit=0.25)
    assert found.released.exposure <= base.schedule.exposure
    assert found.released.completion is not None
    assert found.regardless.completion is not None
    assert found.released.completion <= base.schedule.completion + by
    shifted = tuple(
        sorted(
            replace(move, period=move.period + (by if {f.id: f.side for f in task.leaving}[move.force] == side else 0))
            for move in base.schedule.moves
        )
    )
    periods = periods_of(len(task.periods) + by)
    recount = exposures(replace(base.schedule, periods=periods, moves=shifted), base.task)
    assert found.regardless.exposure == max(moment.exposure for moment in recount)
