"""A docket kept up to date says what judging from scratch says: after corrections, decisions and claims taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.claims import ClaimRecord, Review
from servanda.judging import Docket, history, judge

from .builders import day
from .test_properties import ACCORD, LATE, claims

DECIDED = datetime(2021, 7, 1, tzinfo=UTC)
TARGETS = ("leave/alpha", "hold/beta", "open/alpha", "vote/alpha")


@st.composite
def decisions(draw: st.DrawFn, made: list[ClaimRecord]) -> list[Review]:
    if not made:
        return []
    found = []
    for number in range(draw(st.integers(0, 5))):
        decision = draw(st.sampled_from(["accept", "reject", "relink", "undo"]))
        target = draw(st.sampled_from(TARGETS)) if decision == "relink" else None
        claim = draw(st.sampled_from(made)).id
        when = DECIDED + timedelta(minutes=number)
        found.append(Review(claim, decision, "Ada", "", when, commitment=target, id=str(number)))
    return found


@settings(max_examples=60, deadline=None)
@given(data=st.data(), as_of=st.integers(0, 90))
def test_a_revised_docket_equals_judging_from_scratch(data: st.DataObject, as_of: int) -> None:
    before = data.draw(claims())
    reviews = data.draw(decisions(before))
    docket = Docket(ACCORD, before, reviews[:2], as_of=day(as_of), known_by=LATE)

    others = data.draw(claims())
    corrected = {
        one.id: replace(other, id=one.id)
        for one, other in zip(before, others, strict=False)
        if data.draw(st.booleans())
    }
    dropped = {one.id for one in before if one.id not in corrected and data.draw(st.booleans())}
    after = [corrected.get(one.id, one) for one in before if one.id not in dropped]
    decided = {review.claim for review in reviews}
    again = docket.revise([one for one in after if one.id in corrected or one.id in decided], reviews, dropped)

    scratch = judge(ACCORD, after, reviews, as_of=day(as_of), known_by=LATE)
    assert docket.judgements == scratch
    assert set(again) <= set(scratch)
    for judgement in scratch:
        told = history(ACCORD, after, reviews, commitment=judgement.id, as_of=day(as_of), known_by=LATE)
        assert docket.history(judgement.id) == told
