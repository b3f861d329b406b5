"""The certificate: exact figures worked by hand, and mutations, each refused or still within the bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.dates import Duration
from servanda.core.forces import Ceiling, Exit, Force, Measure, Order, Precedence, Withdrawal
from servanda.core.problems import Location, ServandaError
from servanda.core.schedules import Move, Schedule
from servanda.planning.certificate import certify, exposures
from servanda.planning.terms import periods_of, withdrawal_of
from servanda.planning.written_schedules import parse_schedule, schedule_json
from tests.planning.shapes import withdrawals

AT = Location("test", 1)


def task_of(lag: int = 0, periods: int = 4) -> Withdrawal:
    forces = [
        Force("a", "east", 8, AT, exit="port"),
        Force("b", "west", 4, AT, exit="port", influence=(("north", Fraction(1)),)),
    ]
    return withdrawal_of(forces, periods_of(periods, date(2021, 10, 8)), [Exit("port", 3, AT)], lag=lag)


def even(task: Withdrawal, order: Order = Order.SIMULTANEOUS) -> Schedule:
    second = 1 if order is Order.SIMULTANEOUS else 2
    moves = [Move(t, 1, "a", 2, "port") for t in range(1, 5)] + [Move(t, second, "b", 1, "port") for t in range(1, 5)]
    return Schedule(order, Measure.SHARE, task.lag, task.periods, tuple(moves), Fraction(1, 4), Fraction(1, 4))


def test_an_even_schedule_exposes_by_one_period() -> None:
    task = task_of()
    found = certify(even(task), task)
    assert found.valid, found.findings
    assert found.exposure == Fraction(1, 4)
    assert {moment.side for moment in found.worst} == {"east", "west"}


@pytest.mark.parametrize(
    ("order", "lag", "expected"),
    [
        (Order.SIMULTANEOUS, 0, (Fraction(1, 4), Fraction(1, 4))),
        (Order.SIMULTANEOUS, 1, (Fraction(1, 2), Fraction(1, 2))),
        (Order.SIMULTANEOUS, 9, (Fraction(1), Fraction(1))),
        (Order.ALTERNATING, 0, (Fraction(1, 4), Fraction(0))),
        (Order.ALTERNATING, 1, (Fraction(1, 2), Fraction(1, 4))),
    ],
)
def test_exposure_by_order_and_lag(order: Order, lag: int, expected: tuple[Fraction, Fraction]) -> None:
    task = task_of(lag)
    found = certify(even(task, order), task)
    assert tuple(moment.exposure for moment in found.worst) == expected


def test_leapfrog_with_half_a_tranche_first_halves_the_exposure() -> None:
    forces = [Force("a", "east", 7, AT), Force("b", "west", 7, AT)]
    task = withdrawal_of(forces, periods_of(4))
    moves = [Move(1, 1, "a", 1)] + [Move(t, 1, "a", 2) for t in (2, 3, 4)]
    moves += [Move(t, 2, "b", 2) for t in (1, 2, 3)] + [Move(4, 2, "b", 1)]
    schedule = Schedule(Order.LEAPFROG, Measure.SHARE, 0, task.periods, tuple(moves), Fraction(1, 7), Fraction(1, 7))
    assert certify(schedule, task).exposure == Fraction(1, 2 * 4 - 1)


def test_amounts_are_compared_as_amounts() -> None:
    task = task_of()
    schedule = replace(even(task), measure=Measure.ABSOLUTE, exposure=Fraction(5), bound=Fraction(4))
    found = certify(schedule, task)
    assert found.exposure == 8 - 3
    assert found.valid


def moved_date(schedule: Schedule, number: int, by: int, end: str) -> Schedule:
    periods = list(schedule.periods)
    period = periods[number]
    periods[number] = replace(period, **{end: getattr(period, end) + timedelta(days=by)})
    return replace(schedule, periods=tuple(periods))


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_schedule_with_one_date_altered_is_refused(number: int, by: int, end: str) -> None:
    task = task_of()
    altered = moved_date(even(task), number, by, end)
    own_periods = replace(task, periods=altered.periods)
    assert not certify(altered, task).valid
    assert not certify(altered, own_periods).valid, "also where the dates come from the schedule alone"


def test_monthly_periods_may_differ_in_length() -> None:
    task = replace(task_of(), periods=periods_of(4, date(2021, 1, 1), Duration(months=1)))
    schedule = replace(even(task), periods=task.periods)
    assert certify(schedule, task).valid
    assert not certify(moved_date(schedule, 3, 1, "last"), replace(task, periods=())).valid


ALTERATIONS = [
    (lambda m: replace(m, exit="airfield"), "its exit is 'port'"),
    (lambda m: replace(m, count=m.count + 1), "leave; there are"),
    (lambda m: replace(m, force="c"), "is no force of the task"),
    (lambda m: replace(m, half=3 - m.half), "leaves in half"),
    (lambda m: replace(m, period=9), "leaves in period 9, of 4"),
    (lambda m: replace(m, count=0), "0 units leave"),
]


@pytest.mark.parametrize(("alter", "finding"), ALTERATIONS)
def test_one_altered_move_is_refused(alter, finding: str) -> None:
    task = task_of()
    schedule = even(task)
    altered = replace(schedule, moves=(*schedule.moves[:-1], alter(schedule.moves[-1])))
    found = certify(altered, task)
    assert not found.valid
    assert any(finding in line for line in found.findings), found.findings


def test_rules_are_checked() -> None:
    task = task_of()
    schedule = even(task)
    for changed, finding in [
        (replace(task, precedences=(Precedence("a", "b", AT),)), "b begins in period 1"),
        (replace(task, ceilings=(Ceiling("east", 2, 3, AT),)), "east keeps 4 units at the end of period 2"),
        (replace(task, exits=(Exit("port", 2, AT),)), "3 leave through port in period 1; its capacity is 2"),
        (replace(task, lag=1), "verification lag"),
        (replace(task, forces=(replace(task.forces[0], indivisible=True), task.forces[1])), "is indivisible"),
        (replace(task, forces=(replace(task.forces[0], earliest=2), task.forces[1])), "before period 2"),
        (replace(task, forces=(replace(task.forces[0], latest=3), task.forces[1])), "after period 3"),
        (replace(task, forces=(*task.forces, Force("host", "west", 5, AT, stays=True))), None),
        (replace(task, periods=task.periods[:3]), "the deadline leaves 3"),
    ]:
        found = certify(schedule, changed)
        assert found.valid == (finding is None), found.findings
        assert finding is None or any(finding in line for line in found.findings), found.findings
    assert not certify(replace(schedule, tolerance=Fraction(1, 5)), task).valid
    assert not certify(replace(schedule, bound=Fraction(1, 3)), task).valid
    assert not certify(replace(schedule, exposure=Fraction(1, 5), bound=Fraction(0)), task).valid


@given(withdrawals(), st.data())
def test_moving_one_unit_is_refused_or_stays_within_the_claim(task: Withdrawal, data: st.DataObject) -> None:
    moves = []
    for force in task.leaving:
        left = force.count
        if force.indivisible:
            moves.append(Move(data.draw(st.integers(1, len(task.periods))), 1, force.id, left, force.exit))
            continue
        for period in range(1, len(task.periods) + 1):
            count = left if period == len(task.periods) else data.draw(st.integers(0, left))
            left -= count
            if count:
                moves.append(Move(period, 1, force.id, count, force.exit))
    draft = Schedule(Order.SIMULTANEOUS, Measure.SHARE, task.lag, task.periods, tuple(moves), Fraction(10), Fraction(0))
    claimed = max((moment.exposure for moment in exposures(draft, task)), default=Fraction(0))
    schedule = replace(draft, exposure=claimed)
    number = data.draw(st.integers(0, len(moves) - 1))
    move = moves[number]
    to = data.draw(st.integers(1, len(task.periods)).filter(lambda period: period != move.period))
    altered = [*moves[:number], *moves[number + 1 :], replace(move, period=to, count=1)]
    if move.count > 1:
        altered.append(replace(move, count=move.count - 1))
    found = certify(replace(schedule, moves=tuple(altered)), task)
    assert not found.valid or found.exposure <= claimed


@given(withdrawals())
def test_json_comes_back_as_it_went(task: Withdrawal) -> None:
    import json

    moves = tuple(Move(1, 1, force.id, force.count, force.exit) for force in task.leaving)
    schedule = Schedule(
        Order.LEAPFROG, Measure.SHARE, task.lag, task.periods, moves, Fraction(2, 7), Fraction(1, 7), Fraction(1, 3)
    )
    assert parse_schedule(json.dumps(schedule_json(schedule))) == schedule


def test_the_json_has_the_published_shape() -> None:
    found = schedule_json(even(task_of()))
    assert list(found) == ["order", "measure", "lag", "periods", "moves", "exposure", "bound"]
    assert found["periods"][0] == {"n": 1, "from": "2021-10-08", "to": "2021-10-14"}
    assert found["moves"][0] == {"period": 1, "half": 1, "force": "a", "count": 2, "exit": "port"}
    assert found["exposure"] == "1/4"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[]", "the schedule is not an object"),
        ("{}", "'order' is missing"),
        (
            '{"order":"x","measure":"share","lag":-1,"periods":3,"moves":[1],"exposure":0.3,"bound":"1/0"}',
            "order is 'x'",
        ),
        (
            '{"order":"leapfrog","measure":"share","lag":0,"periods":[{"n":1,"from":"soon"}],"moves":[{"period":true}],'
            '"exposure":"1/4","bound":"1/4"}',
            "period 1: from is 'soon'",
        ),
    ],
)
def test_a_broken_schedule_is_named(text: str, message: str) -> None:
    with pytest.raises(ServandaError) as raised:
        parse_schedule(text, "schedule.json")
    assert message in str(raised.value)
