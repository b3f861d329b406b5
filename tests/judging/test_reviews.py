"""Analysts' decisions, claims handed in with their commitment, and what changed between two days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from servanda.core.claims import Review
from servanda.core.vocabulary import (
    Action,
    RecordKind,
    State,
)
from servanda.judging import changes

from .builders import LEAVE, accord, claim, day, one, provision, record


def review(name: str, decision: str, **more: Any) -> Review:
    from datetime import UTC, datetime, timedelta

    later = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(seconds=more.pop("order", 0))
    return Review(name, decision, "analyst", "note", later, **more)


def test_an_analysts_decision_overrides_and_can_be_undone() -> None:
    made = accord(provision(due=30), provision("free", action=Action.RELEASE))
    records = [claim("c", 20)]
    rejected = [review("c", "reject")]
    assert one(made, records, 31, reviews=rejected).state is State.OVERDUE
    undone = [*rejected, review("c", "undo", order=1)]
    assert one(made, records, 31, reviews=undone).state is State.FULFILLED
    moved = [review("c", "relink", commitment="free/alpha", stance="performs")]
    assert one(made, records, 31, reviews=moved).state is State.OVERDUE
    judged = one(made, records, 31, reviews=moved, name="free/alpha")
    assert (judged.state, judged.evidence[0].link.decided_by) == (State.FULFILLED, "analyst")


def test_a_claim_handed_in_with_its_commitment_needs_no_link() -> None:
    given = claim("c", 20, action=Action.AID, actors=("somebody",), commitment="leave/alpha", stance="performs")
    assert one(LEAVE, [given], 31).state is State.FULFILLED
    unknown = claim("c", 20, commitment="no-such/alpha", stance="performs")
    assert one(LEAVE, [unknown], 31).state is State.OVERDUE


def test_changes_name_their_cause() -> None:
    late_news = [claim("c", 9, published=20)]
    (known,) = changes(LEAVE, late_news, since=day(10), until=day(20))
    assert known.cause == "knowledge"
    (world,) = changes(LEAVE, [claim("c", 15)], since=day(10), until=day(20))
    assert world.cause == "world"
    waived = replace(LEAVE, records=(record(RecordKind.WAIVER, 15),))
    (ended,) = changes(waived, [], since=day(10), until=day(20))
    assert ended.cause == "accord"
    assert changes(LEAVE, [], since=day(10), until=day(20)) == ()
