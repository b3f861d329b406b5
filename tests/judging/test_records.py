"""Records: what happens to a commitment after signature."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from servanda.core.accord import (
    OnDate,
    Party,
)
from servanda.core.vocabulary import (
    Action,
    Bound,
    InstrumentStatus,
    Kind,
    RecordKind,
    Standing,
    State,
)
from servanda.judging import history, judge

from .builders import AT, LATER, SIGNED, accord, claim, day, on, one, provision, record


def test_an_extension_moves_the_deadline_even_after_it_has_passed() -> None:
    for agreed in (25, 35):
        made = accord(
            provision(due=30), records=(record(RecordKind.EXTENSION, agreed, deadline=OnDate(on(60)), oral=True),)
        )
        assert one(made, [], 24).due == on(30)
        extended = one(made, [], 40)
        assert (extended.state, extended.due) == (State.IN_FORCE, on(60))
        assert any("orally" in note for note in extended.notes)
        assert one(made, [], 61).state is State.OVERDUE
        assert one(made, [claim("c", 55)], 61).state is State.FULFILLED
    assert one(made, [], 33).state is State.OVERDUE


@pytest.mark.parametrize(("stops", "due"), [(True, 40), (False, 30)])
def test_a_suspension_stops_the_clock_where_the_accord_says_so(stops: bool, due: int) -> None:
    made = accord(
        provision(due=30),
        records=(record(RecordKind.SUSPENSION, 10, clock_stops=stops), record(RecordKind.RESUMPTION, 20)),
    )
    assert one(made, [], 15).state is State.SUSPENDED
    assert one(made, [], 25).due == on(due)
    assert one(made, [], due).state is State.IN_FORCE
    assert one(made, [], due + 1).state is State.OVERDUE


def test_a_deadline_that_passes_in_a_suspension_is_felt_when_it_ends() -> None:
    made = accord(provision(due=30), records=(record(RecordKind.SUSPENSION, 25), record(RecordKind.RESUMPTION, 40)))
    assert one(made, [], 35).state is State.SUSPENDED
    assert one(made, [], 40).state is State.OVERDUE


@pytest.mark.parametrize(
    ("kind", "more", "state"),
    [
        (RecordKind.WAIVER, {}, State.DISCHARGED),
        (RecordKind.TERMINATION, {"provision": None, "instrument": "deal"}, State.TERMINATED),
        (RecordKind.AMENDMENT, {"replaced_by": "other"}, State.SUPERSEDED),
    ],
)
def test_what_ends_a_commitment(kind: RecordKind, more: dict[str, Any], state: State) -> None:
    made = accord(provision(due=30), records=(record(kind, 10, **more),))
    assert one(made, [], 9).state is State.IN_FORCE
    ended = one(made, [], 50)
    assert (ended.state, ended.standing) == (state, Standing.REPORTED)
    assert one(made, [claim("c", 5)], 50).state is State.FULFILLED


def test_a_record_is_not_shown_before_it_was_known() -> None:
    made = accord(provision(due=30), records=(record(RecordKind.WAIVER, 10, known=on(20)),))
    assert one(made, [], 15).state is State.IN_FORCE
    assert one(made, [], 25, known=15).state is State.IN_FORCE
    assert one(made, [], 25).state is State.DISCHARGED


def test_a_term_ends_without_fault() -> None:
    made = accord(provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE))
    made = replace(made, instruments=(replace(made.instruments[0], until=on(30)),))
    assert one(made, [], 30).state is State.IN_FORCE
    assert one(made, [], 31).state is State.EXPIRED


def test_a_tentative_instrument_binds_once_it_is_concluded() -> None:
    made = accord(provision(due=30), records=(record(RecordKind.CONCLUSION, 10, provision=None, instrument="deal"),))
    made = replace(made, instruments=(replace(made.instruments[0], status=InstrumentStatus.TENTATIVE),))
    assert one(made, [claim("c", 5)], 9).state is State.TENTATIVE
    assert one(made, [], 10).state is State.IN_FORCE


def test_a_successor_owes_what_its_predecessor_owed() -> None:
    parties = (Party("alpha", "Alpha", AT), Party("gamma", "Gamma", AT), Party("watch", "Watch", AT))
    succession = record(RecordKind.SUCCESSION, 10, provision=None, predecessor="alpha", successor="gamma")
    made = accord(provision(due=30), parties=parties, records=(succession,))
    assert [judged.id for judged in judge(made, [], as_of=day(9), known_by=LATER)] == ["leave/alpha"]
    judged = one(made, [claim("c", 5)], 20)
    assert (judged.id, judged.predecessor, judged.bound, judged.state) == (
        "leave/gamma", "alpha", Bound.SIGNED, State.FULFILLED,
    )  # fmt: skip
    entries = history(made, [claim("c", 5)], commitment="leave/gamma", as_of=day(20), known_by=LATER)
    assert [(entry.start, entry.state) for entry in entries] == [(SIGNED, State.IN_FORCE), (day(5), State.FULFILLED)]


def test_a_party_that_accedes_is_bound_from_then_on() -> None:
    joins = record(RecordKind.ACCESSION, 10, provision=None, instrument="deal", by=("gamma",))
    made = accord(provision(due=30, debtors=("gamma",)), records=(joins,))
    assert one(made, [], 9).bound is Bound.ADDRESSED
    assert one(made, [], 10).bound is Bound.SIGNED


def test_another_reading_is_named_with_the_state_that_it_gives() -> None:
    reading = record(RecordKind.INTERPRETATION, 3, deadline=OnDate(on(28)), text="two days earlier", language="fr")
    (other,) = one(accord(provision(due=30), records=(reading,)), [], 29).other_readings
    assert (other.state, other.due.last if other.due else None) == (State.OVERDUE, day(28))
