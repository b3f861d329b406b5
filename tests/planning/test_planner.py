"""The planner: what it finds is certified, never below its bound, optimal where it says so, the same for a seed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servanda.core.forces import Ceiling, Exchange, Exit, Force, Measure, Order, Precedence, Withdrawal
from servanda.core.problems import Location, ServandaError
from servanda.core.schedules import Move, Schedule
from servanda.planning.arrays import arrays_of
from servanda.planning.best_so_far import Progress
from servanda.planning.bounds import best_bound, links, periods_for
from servanda.planning.certificate import certify
from servanda.planning.lattice import Lattice, Verdict, fits
from servanda.planning.planner import Aim, plan
from servanda.planning.relax import Infeasible
from servanda.planning.terms import periods_of, withdrawal_of
from tests.planning.shapes import orders, withdrawals

AT = Location("test", 1)
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def equal_sides(number: int, periods: int, **terms) -> Withdrawal:
    forces = [Force(f"{side}-{n}", side, 1, AT) for side in ("east", "west") for n in range(number)]
    return withdrawal_of(forces, periods_of(periods), **terms)


def least_by_trying_everything(task: Withdrawal, order: Order, measure: Measure = Measure.SHARE) -> Fraction | None:
    """Every assignment of single units to periods, each certified: slow, and hard to get wrong."""
    best = None
    forces = task.leaving
    for periods in itertools.product(range(1, len(task.periods) + 1), repeat=len(forces)):
        moves = tuple(
            Move(
                period,
                2 if order is not Order.SIMULTANEOUS and force.side == task.sides[1] else 1,
                force.id,
                1,
                force.exit,
            )
            for force, period in zip(forces, periods, strict=True)
        )
        found = certify(
            Schedule(order, measure, task.lag, task.periods, moves, Fraction(10**6), Fraction(-(10**6))), task
        )
        if found.valid and (best is None or found.exposure < best):
            best = found.exposure
    return best


@SLOW
@given(withdrawals(most_forces=3, most_count=1), orders)
def test_small_tasks_are_solved_exactly(task: Withdrawal, order: Order) -> None:
    assume(task.compared and len(task.periods) <= 3 and order is not Order.LEAPFROG)
    expected = least_by_trying_everything(task, order)
    if expected is None:
        with pytest.raises(Infeasible):
            plan(task, order=order, time_limit=0.25)
        return
    found = plan(task, order=order, time_limit=0.25)
    assert found.schedule.bound <= expected
    assert found.schedule.exposure >= expected
    if fits(task, arrays_of(task, order, Measure.SHARE), order):
        assert found.optimal
        assert found.schedule.exposure == expected


@SLOW
@given(withdrawals(), orders)
def test_what_is_planned_is_certified_and_not_below_the_bound(task: Withdrawal, order: Order) -> None:
    assume(task.compared)
    for measure in Measure:
        found = plan(task, order=order, measure=measure, time_limit=0.25)
        checked = certify(found.schedule, found.task)
        assert checked.valid, checked.findings
        assert best_bound(found.task, order, measure).value <= found.schedule.exposure == checked.exposure


@given(withdrawals(), orders)
@settings(max_examples=60, deadline=None)
def test_no_schedule_is_below_the_bound(task: Withdrawal, order: Order) -> None:
    assume(task.compared)
    arrays = arrays_of(task, order, Measure.SHARE)
    assume(fits(task, arrays, order))
    bound = best_bound(task, order, Measure.SHARE).value
    answer = Lattice(task, arrays, order, Measure.SHARE).earliest_within(bound, strictly=True)
    assert answer.verdict is Verdict.NONE


@SLOW
@given(withdrawals(most_forces=3, most_count=1), orders, st.sampled_from(list(Measure)))
def test_the_search_through_everything_agrees_with_trying_everything(
    task: Withdrawal, order: Order, measure: Measure
) -> None:
    assume(task.compared and len(task.periods) <= 3 and order is not Order.LEAPFROG)
    arrays = arrays_of(task, order, measure)
    assume(fits(task, arrays, order))
    lattice = Lattice(task, arrays, order, measure)
    least = least_by_trying_everything(task, order, measure)
    if least is None:
        assert lattice.earliest_within(Fraction(10**6), strictly=False).verdict is Verdict.NONE
        return
    found = lattice.earliest_within(least, strictly=False)
    assert found.verdict is Verdict.FOUND
    assert found.leaving is not None
    assert found.leaving.sum(axis=1).tolist() == arrays.count.tolist()
    assert lattice.earliest_within(least, strictly=True).verdict is Verdict.NONE
    assert lattice.earliest_within(least, strictly=False, most=0).verdict is not Verdict.NONE


@pytest.mark.parametrize(
    ("order", "lag", "expected"),
    [
        (Order.SIMULTANEOUS, 0, Fraction(1, 4)),
        (Order.SIMULTANEOUS, 1, Fraction(1, 2)),
        (Order.ALTERNATING, 0, Fraction(1, 7)),
        (Order.LEAPFROG, 0, Fraction(1, 7)),
        (Order.LEAPFROG, 1, Fraction(1, 3)),
    ],
)
def test_divisible_sides_reach_the_closed_form(order: Order, lag: int, expected: Fraction) -> None:
    forces = [Force("a", "east", 84, AT), Force("b", "west", 84, AT)]
    task = withdrawal_of(forces, periods_of(4), lag=lag)
    found = plan(task, order=order, time_limit=1)
    assert found.schedule.exposure == expected == Fraction(1, links(4, lag, order))
    assert found.optimal


def test_periods_for_inverts_links() -> None:
    for order in Order:
        for lag in range(3):
            for periods in range(1, 30):
                wanted = Fraction(1, links(periods, lag, order))
                assert periods_for(wanted, lag, order) <= periods


def test_the_same_seed_gives_the_same_schedule() -> None:
    task = equal_sides(30, 6, lag=1)
    first, second = (plan(task, order=Order.ALTERNATING, seed=5, time_limit=None) for _ in range(2))
    assert first.schedule == second.schedule
    assert first.stopped == "done"


def test_the_earliest_completion_within_the_exposure_is_taken() -> None:
    forces = [
        Force("a", "east", 1, AT, indivisible=True),
        Force("b", "east", 1, AT),
        Force("c", "west", 2, AT),
    ]
    found = plan(withdrawal_of(forces, periods_of(12)))
    assert found.schedule.exposure == Fraction(1, 2)
    assert found.schedule.completion == 2


def test_a_tolerance_buys_time_or_is_explained() -> None:
    forces = [Force("a", "east", 120, AT), Force("b", "west", 60, AT)]
    task = withdrawal_of(forces, periods_of(12))
    assert plan(task, time_limit=1).schedule.exposure == Fraction(1, 12)
    loose = plan(task, tolerance=Fraction(1, 4), time_limit=2)
    assert loose.schedule.completion == 4
    assert loose.schedule.exposure <= Fraction(1, 4)
    with pytest.raises(Infeasible) as raised:
        plan(task, tolerance=Fraction(1, 20), time_limit=0.25)
    assert "12 periods leave 12 links of trust" in str(raised.value)
    assert "allow 20 periods" in str(raised.value)
    assert "let the sides alternate" in str(raised.value)


def test_an_indivisible_unit_that_binds_is_named() -> None:
    forces = [Force("a", "east", 1, AT), Force("b", "west", 50, AT)]
    with pytest.raises(Infeasible, match="split the units that bind"):
        plan(withdrawal_of(forces, periods_of(12)), tolerance=Fraction(1, 10), time_limit=0.25)


def test_exits_that_are_too_narrow_are_named_with_what_would_do() -> None:
    forces = [Force("a", "east", 90, AT, exit="port"), Force("b", "west", 10, AT, exit="port")]
    task = withdrawal_of(forces, periods_of(4), [Exit("port", 20, AT)])
    with pytest.raises(Infeasible) as raised:
        plan(task)
    assert "100 must leave through port, which lets 20 a period pass in 4" in str(raised.value)
    assert "allow 5 periods, or open port for 25 a period" in str(raised.value)
    whole = withdrawal_of([replace(forces[0], indivisible=True), forces[1]], periods_of(9), [Exit("port", 20, AT)])
    with pytest.raises(Infeasible, match="an indivisible force of 90 cannot leave through port"):
        plan(whole)


def test_rules_that_cannot_all_be_met_are_named() -> None:
    forces = [Force("a", "east", 4, AT, earliest=3), Force("b", "west", 4, AT), Force("c", "west", 4, AT)]
    task = withdrawal_of(forces, periods_of(3), precedences=[Precedence("a", "b", AT)])
    with pytest.raises(Infeasible) as raised:
        plan(task)
    assert "the precedences" in str(raised.value)
    assert "allow 4 periods" in str(raised.value)


def test_precedence_ceilings_and_exchanges_are_kept() -> None:
    forces = [
        Force("rifles", "gam", 840, AT, kind="weapons"),
        Force("first", "tni", 9000, AT, kind="soldiers"),
        Force("second", "tni", 5700, AT, kind="soldiers"),
    ]
    task = withdrawal_of(
        forces,
        periods_of(8),
        lag=1,
        precedences=[Precedence("first", "second", AT)],
        ceilings=[Ceiling("tni", 6, 5000, AT)],
        exchanges=[Exchange("pledge", (("gam", "weapons"), ("tni", "soldiers")), AT)],
    )
    found = plan(task, order=Order.ALTERNATING, time_limit=1)
    assert found.certificate.valid
    assert found.schedule.exposure <= Fraction(1, 2)


def test_nothing_to_compare_is_said() -> None:
    forces = [
        Force("a", "east", 4, AT, capabilities=(("tanks", Fraction(1)),)),
        Force("b", "west", 4, AT, capabilities=(("ships", Fraction(1)),)),
    ]
    with pytest.raises(ServandaError, match=r"nothing in common to compare .*only east holds it"):
        plan(withdrawal_of(forces, periods_of(3)))


def test_progress_is_told_and_an_interrupt_keeps_the_best() -> None:
    task = equal_sides(60, 7, lag=1)
    heard: list[Progress] = []

    def stop_soon(at: Progress) -> None:
        heard.append(at)
        if len(heard) == 2:
            raise KeyboardInterrupt

    forces = [replace(force, capabilities=(("men", Fraction(7 + n % 11)),)) for n, force in enumerate(task.forces)]
    found = plan(replace(task, forces=tuple(forces)), progress=stop_soon)
    assert found.stopped == "interrupt"
    assert found.certificate.valid
    assert heard[0].exposure >= heard[0].bound > 0


def test_fewer_movements_come_after_exposure() -> None:
    forces = [Force(f"{side}{n}", side, 6, AT) for side in ("east", "west") for n in range(4)]
    task = withdrawal_of(forces, periods_of(4))
    scattered = plan(task, aims=(Aim.EXPOSURE,), time_limit=0.5)
    gathered = plan(task, time_limit=0.5)
    assert gathered.schedule.exposure == scattered.schedule.exposure == Fraction(1, 4)
    assert len(gathered.schedule.moves) <= len(scattered.schedule.moves)


def test_advice_helps_when_it_is_followed() -> None:
    forces = [
        Force("a", "east", 10, AT),
        Force("ship", "west", 8, AT, indivisible=True),
        Force("b", "west", 4, AT),
    ]
    task = withdrawal_of(forces, periods_of(3))
    with pytest.raises(Infeasible) as raised:
        plan(task, tolerance=Fraction(1, 10), time_limit=0.3)
    remedy = raised.value.remedy or ""
    assert "split the units that bind" in remedy
    assert "periods" not in remedy, "no time helps against a ship that is two thirds of its side"
    enough = Fraction(remedy.split("tolerance of ")[1].split(",")[0])
    assert plan(task, tolerance=enough, time_limit=0.3).schedule.exposure <= enough


def test_ceilings_that_cannot_be_kept_are_named_with_the_number_that_would_do() -> None:
    forces = [Force("a", "east", 10, AT, exit="x"), Force("b", "west", 10, AT, exit="x")]
    ceilings = [Ceiling("west", 1, 3, AT)]
    task = withdrawal_of(forces, periods_of(4), [Exit("x", 5, AT)], ceilings=ceilings)
    with pytest.raises(Infeasible, match="relax the ceilings by 2"):
        plan(task, time_limit=0.3)
    eased = withdrawal_of(forces, periods_of(4), [Exit("x", 5, AT)], ceilings=[Ceiling("west", 1, 5, AT)])
    assert plan(eased, time_limit=0.3).certificate.valid
