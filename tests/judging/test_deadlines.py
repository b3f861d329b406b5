"""Conditions, prerequisites, stages, and deadlines of every form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from servanda.core.accord import (
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    AllOf,
    AnyOf,
    EarlierOf,
    Event,
    Fulfilled,
    LaterOf,
    NoDeadline,
    Occurred,
    OnDate,
    Quantity,
    Recurring,
    Stage,
    Stated,
    Window,
    Within,
)
from servanda.core.dates import Duration, PartialDate
from servanda.core.vocabulary import Act, Action, Outlook, RecordKind, State

from .builders import AT, accord, claim, on, one, provision, record


def test_a_condition_is_that_without_which_nothing_is_owed() -> None:
    first = provision("first", action=Action.RELEASE)
    made = accord(provision(due=30, condition=AllOf((Fulfilled("first"), Occurred("vote")))), first,
                  events=(Event("vote", "Vote", AT, on=on(12)),))  # fmt: skip
    assert one(made, [], 40).state is State.CONDITIONAL
    released = [claim("r", 10, action=Action.RELEASE)]
    assert one(made, released, 11).state is State.CONDITIONAL
    assert one(made, released, 12).state is State.IN_FORCE
    assert one(made, released, 31).state is State.OVERDUE
    either = accord(provision(condition=AnyOf((Fulfilled("first"), Stated("all is quiet")))), first)
    assert one(either, released, 11).state is State.IN_FORCE


def test_a_condition_in_words_is_met_by_a_record_only() -> None:
    made = accord(provision(condition=Stated("all is quiet")))
    assert one(made, [], 20).state is State.CONDITIONAL
    said = replace(made, records=(record(RecordKind.CONCLUSION, 10),))
    assert one(said, [], 20).state is State.IN_FORCE


def test_two_that_wait_for_each_other_are_told_so_and_either_may_begin() -> None:
    first = provision("first", action=Action.RELEASE, condition=Fulfilled("leave"))
    made = accord(provision(condition=Fulfilled("first")), first)
    judged = one(made, [], 20)
    assert judged.state is State.CONDITIONAL
    assert "each waits for the other" in {reason.rule for reason in judged.reasons}
    begun = [claim("r", 10, action=Action.RELEASE)]
    assert one(made, begun, 20, name="first/alpha").state is State.FULFILLED
    assert one(made, begun, 20, name="leave/alpha").state is State.IN_FORCE


def test_a_prerequisite_is_no_excuse() -> None:
    law = provision("law", action=Action.LEGISLATE)
    made = accord(provision("vote", action=Action.ELECT, due=30, depends_on=Fulfilled("law")), law)
    before, after = one(made, [], 10), one(made, [], 31)
    assert (before.state, before.outlook) == (State.IN_FORCE, Outlook.AT_RISK)
    assert after.state is State.OVERDUE
    assert "prerequisite unmet" in {reason.rule for reason in after.reasons}


def test_verified_fulfilment_needs_the_verifier() -> None:
    next_step = provision(
        "next", action=Action.RELEASE, deadline=Within(Duration(days=5), AfterFulfilment("leave", verified=True))
    )
    made = accord(provision(), next_step)
    assert one(made, [claim("c", 10)], 20, name="next/alpha").due is None
    judged = one(made, [claim("c", 10), claim("v", 12, source="Watch Mission")], 20, name="next/alpha")
    assert judged.due == on(17)


def test_reciprocity_each_stage_waits_for_the_others() -> None:
    def stages(other: str) -> tuple[Stage, ...]:
        release = (AfterFulfilment(other, stage=1),) if other == "beta-out" else ()
        return (
            Stage(1, AT, deadline=OnDate(on(10)), quantity=Quantity(100.0), after=()),
            Stage(2, AT, deadline=OnDate(on(20)), quantity=Quantity(100.0), after=release),
        )

    made = accord(
        provision("alpha-out", stages=stages("beta-out")),
        provision("beta-out", debtors=("beta",), stages=stages("alpha-out")),
    )
    own = claim("a", 8, quantity=100.0)
    assert one(made, [own], 25, name="alpha-out/alpha").state is State.IN_PROGRESS
    theirs = claim("b", 22, actors=("Beta",), quantity=100.0)
    released = one(made, [own, theirs], 22, name="alpha-out/alpha")
    assert (released.state, released.due) == (State.IN_PROGRESS, on(22))
    assert one(made, [own, theirs], 23, name="alpha-out/alpha").state is State.OVERDUE


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (EarlierOf((OnDate(on(30)), Within(Duration(days=10), AfterEvent("vote")))), on(22)),
        (LaterOf((OnDate(on(30)), Within(Duration(days=10), AfterEvent("vote")))), on(30)),
        (LaterOf((OnDate(on(30)), Within(Duration(days=10), AfterEvent("never")))), None),
        (Within(Duration(business_days=2), AfterEvent("vote")), on(14)),
        (Window(OnDate(on(5)), OnDate(on(9))), on(9)),
        (OnDate(PartialDate(2020, 2)), PartialDate(2020, 2)),
        (NoDeadline("without delay"), None),
    ],
)
def test_deadlines_of_every_form(deadline: Any, due: PartialDate | None) -> None:
    events = (Event("vote", "Vote", AT, on=on(12)), Event("never", "Never", AT))
    assert one(accord(provision(deadline=deadline), events=events), [], 13).due == due


def test_a_recurring_duty_falls_due_again_and_again() -> None:
    made = accord(provision("report", action=Action.MONITOR, deadline=Recurring(Duration(days=30), AfterSignature())))
    reports = [claim("one", 25, action=Action.MONITOR), claim("two", 58, action=Action.MONITOR)]
    assert one(made, reports, 31).state in (State.IN_PROGRESS, State.IN_FORCE)
    assert one(made, reports, 61).state in (State.IN_PROGRESS, State.IN_FORCE)
    assert one(made, reports, 91).state is State.OVERDUE
    assert one(made, [], 31).state is State.OVERDUE
    late = one(made, [claim("late", 35, action=Action.MONITOR)], 36)
    assert late.state is State.IN_PROGRESS


def test_stages_are_due_one_by_one() -> None:
    stages = tuple(Stage(n, AT, deadline=OnDate(on(10 * n)), quantity=Quantity(100.0)) for n in (1, 2))
    made = accord(provision(stages=stages))
    assert (one(made, [], 5).due, one(made, [], 5).share) == (on(10), None)
    first = claim("a", 9, quantity=100.0)
    judged = one(made, [first], 12)
    assert (judged.state, judged.share, judged.due) == (State.IN_PROGRESS, 0.5, on(20))
    assert one(made, [first], 21).state is State.OVERDUE
    assert one(made, [first, claim("b", 19, quantity=100.0)], 21).state is State.FULFILLED
    assert one(made, [first, claim("b", 25, quantity=100.0)], 26).state is State.FULFILLED_LATE


def test_a_stage_that_is_complete_is_not_the_whole() -> None:
    stages = tuple(Stage(n, AT, text=f"step {n}") for n in (1, 2, 3, 4))
    for made in (accord(provision(due=90)), accord(provision(due=90, stages=stages))):
        judged = one(made, [claim("c", 20, quote="the first phase of the withdrawal was completed")], 25)
        assert judged.state is State.IN_PROGRESS
    assert judged.share == 0.25
    both = [
        claim("c", 20, quote="the first phase was completed"),
        claim("d", 30, quote="stage 3 of the plan is complete"),
    ]
    assert one(made, both, 35).share == 0.75
    assert one(made, [claim("e", 40, quote="the fourth stage has been completed")], 45).state is State.FULFILLED


def _tranches(other: str, *, within: bool) -> tuple[Stage, ...]:
    """Four tranches of a hundred; each but the first waits for the one that the other side owes before it."""
    return tuple(
        Stage(
            number, AT, quantity=Quantity(100.0),
            deadline=Within(Duration(days=10), AfterFulfilment(other, stage=number - 1))
            if within and number > 1 else OnDate(on(10 * number)),
            after=(AfterFulfilment(other, stage=number - 1),) if number > 1 and not within else (),
        )
        for number in (1, 2, 3, 4)
    )  # fmt: skip


@pytest.mark.parametrize("within", [False, True], ids=["released by", "within days of"])
def test_who_did_its_own_stage_is_not_behind_while_the_other_side_is(within: bool) -> None:
    made = accord(
        provision("alpha-out", stages=_tranches("beta-out", within=within)),
        provision("beta-out", debtors=("beta",), stages=_tranches("alpha-out", within=within)),
    )
    own = claim("a", 8, quantity=100.0)
    waiting = one(made, [own], 60, name="alpha-out/alpha")
    assert (waiting.state, waiting.outlook, waiting.due, waiting.share) == (State.IN_PROGRESS, None, None, 0.25)
    assert (
        "All that is due by now is done (stage 1). Stage 2 waits for the fulfilment of beta-out, stage 1"
        in " ".join(waiting.notes)
    )
    said = {reason.rule: reason.text for reason in waiting.reasons}
    assert said["stage fulfilled"] == "Stage 1 was done by 9 January 2020."
    assert one(made, [own], 60, name="beta-out/beta").state is State.OVERDUE
    theirs = claim("b", 15, actors=("Beta",), quantity=100.0)
    released = one(made, [own, theirs], 18, name="alpha-out/alpha")
    assert (released.state, released.due) == (State.IN_PROGRESS, on(25 if within else 20))
    assert not any("All that is due" in note for note in released.notes)
    assert one(made, [own, theirs], 26, name="alpha-out/alpha").state is State.OVERDUE


def test_what_is_done_before_others_release_it_is_not_late() -> None:
    made = accord(
        provision("alpha-out", stages=_tranches("beta-out", within=False)),
        provision("beta-out", debtors=("beta",), stages=_tranches("alpha-out", within=False)),
    )
    whole = [claim("a", 8, quantity=100.0), claim("w", 15, quote="all soldiers have left")]
    assert one(made, whole, 18, name="alpha-out/alpha").state is State.FULFILLED


def test_refusal_puts_at_risk_also_what_waits_for_others() -> None:
    made = accord(
        provision("alpha-out", stages=_tranches("beta-out", within=False)),
        provision("beta-out", debtors=("beta",), stages=_tranches("alpha-out", within=False)),
    )
    refusal = claim("r", 12, act=Act.COMMIT, negative=True, source="Alpha", published=12)
    judged = one(made, [claim("a", 8, quantity=100.0), refusal], 18, name="alpha-out/alpha")
    assert (judged.state, judged.outlook) == (State.IN_PROGRESS, Outlook.AT_RISK)


def test_the_whole_done_by_its_last_day_makes_up_for_a_stage_that_was_missed() -> None:
    stages = tuple(Stage(n, AT, deadline=OnDate(on(10 * n)), quantity=Quantity(100.0)) for n in (1, 2))
    judged = one(accord(provision(stages=stages)), [claim("w", 15, quote="all soldiers have left")], 18)
    assert judged.state is State.FULFILLED
    assert {"deadline passed", "stage reached"} <= {reason.rule for reason in judged.reasons}


def test_the_pace_is_measured_by_what_is_due_at_each_stage() -> None:
    stages = tuple(Stage(n, AT, deadline=OnDate(on(10 * n)), quantity=Quantity(100.0)) for n in (1, 2, 3, 4))
    made = accord(provision(stages=stages))
    first = claim("a", 9, quantity=100.0)
    assert one(made, [first], 10).outlook is Outlook.ON_TRACK
    assert one(made, [first], 19).outlook is None
    assert one(made, [first], 21).state is State.OVERDUE
    few = claim("b", 9, quantity=20.0)
    slow = one(made, [few], 10)
    assert slow.outlook is Outlook.AT_RISK
    assert "20% of what is due by then done when 100% of the time has gone" in slow.reasons[-1].text
