"""Laws of judging, over random histories."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from servanda.core.accord import (
    Accord,
    AfterFulfilment,
    AfterSignature,
    Event,
    Fulfilled,
    NoDeadline,
    Occurred,
    OnDate,
    Party,
    Quantity,
    Record,
    Recurring,
    Relation,
    Stage,
    Within,
)
from servanda.core.claims import ClaimRecord
from servanda.core.dates import Duration, PartialDate
from servanda.core.vocabulary import Act, Action, Certainty, InstrumentStatus, Kind, Part, RecordKind, State, WhenKind
from servanda.judging import Docket, changes, concern, history, judge, judge_each
from servanda.judging.transitions import TABLE, edges

from .builders import AT, accord, claim, day, provision

LATE = day(500)
ACTIONS = (
    Action.WITHDRAW, Action.DEPLOY, Action.REMAIN, Action.CEASE_FIRE, Action.ATTACK, Action.ARM, Action.OPEN,
    Action.CLOSE, Action.ELECT, Action.RELEASE,
)  # fmt: skip
PROVISIONS = (
    provision("leave", due=30, debtors=("alpha", "beta")),
    provision("leave-count", due=40, quantity=Quantity(100.0), object="troops"),
    provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE, debtors=("alpha", "beta")),
    provision("no-arms", kind=Kind.REFRAIN, action=Action.ARM),
    provision("open", action=Action.OPEN, joint=True, debtors=("alpha", "beta"), deadline=NoDeadline("without delay")),
    provision("vote", action=Action.ELECT, deadline=Within(Duration(months=2), AfterSignature()),
              depends_on=Fulfilled("open")),
    provision("next", action=Action.RELEASE, deadline=Within(Duration(days=10), AfterFulfilment("leave-count"))),
)  # fmt: skip
ACCORD = accord(
    *PROVISIONS,
    records=(
        Record(RecordKind.EXTENSION, PartialDate.of(day(25)), "https://example.org", AT, provision="leave",
               debtors=("beta",), deadline=OnDate(PartialDate.of(day(45)))),
        Record(RecordKind.SUSPENSION, PartialDate.of(day(20)), "https://example.org", AT, provision="vote",
               clock_stops=True),
        Record(RecordKind.RESUMPTION, PartialDate.of(day(28)), "https://example.org", AT, provision="vote"),
        Record(RecordKind.INTERPRETATION, PartialDate.of(day(5)), "https://example.org", AT, provision="leave",
               deadline=OnDate(PartialDate.of(day(28)))),
    ),
)  # fmt: skip


@st.composite
def claims(draw: st.DrawFn) -> list[ClaimRecord]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        on = draw(st.one_of(st.none(), st.integers(-10, 80)))
        published = max(on or 0, 0) + draw(st.integers(0, 20))
        found.append(
            claim(
                f"c{number}",
                on,
                published=published,
                act=draw(st.sampled_from([Act.REPORT] * 5 + list(Act))),
                action=draw(st.sampled_from(ACTIONS)),
                negative=draw(st.booleans()),
                actors=draw(st.sampled_from([("Alpha",), ("Beta",), ("Alpha", "Beta"), (), ("both sides",)])),
                kind=draw(st.sampled_from(list(WhenKind))),
                source=draw(st.sampled_from([None, None, "Alpha", "Beta", "Watch Mission", "an official", "Jane Roe"])),
                quantity=draw(st.sampled_from([None, None, 40, 100])),
                certainty=draw(st.sampled_from([Certainty.CERTAIN, Certainty.CERTAIN, Certainty.POSSIBLE])),
                part=draw(st.sampled_from([Part.BODY, Part.BODY, Part.HEADLINE])),
                publisher=draw(st.sampled_from(["One", "Two", "Three"])),
                quote=draw(
                    st.sampled_from([None, "they have all left", "some have begun to leave the area", "no one left"])
                ),
                withdrawn=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return found


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90), st.integers(0, 100))
def test_the_order_of_claims_does_not_matter(records: list[ClaimRecord], as_of: int, known: int) -> None:
    one = judge(ACCORD, records, as_of=day(as_of), known_by=day(known))
    assert judge(ACCORD, records[::-1], as_of=day(as_of), known_by=day(known)) == one


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90))
def test_a_part_is_judged_as_in_the_whole(records: list[ClaimRecord], as_of: int) -> None:
    whole = judge(ACCORD, records, as_of=day(as_of), known_by=LATE)
    for judgement in whole:
        assert judge(ACCORD, records, as_of=day(as_of), known_by=LATE, only=[judgement.id]) == (judgement,)


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90))
def test_claims_that_cannot_bear_on_a_commitment_may_be_left_aside(records: list[ClaimRecord], as_of: int) -> None:
    """Which claims the ledger need not even read to judge one commitment."""
    for judgement in judge_each(ACCORD, records, as_of=day(as_of), known_by=LATE):
        asked = concern(ACCORD, [judgement.id])
        telling = [one for one in records if one.claim.action in asked.actions]
        assert judge(ACCORD, telling, as_of=day(as_of), known_by=LATE, only=[judgement.id]) == (judgement,)


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90), st.integers(0, 90))
def test_what_was_not_known_and_what_was_withdrawn_leaves_no_trace(
    records: list[ClaimRecord], as_of: int, known: int
) -> None:
    seen = [one for one in records if one.document.published <= day(known) and not one.document.withdrawn]
    assert judge(ACCORD, records, as_of=day(as_of), known_by=day(known)) == judge(
        ACCORD, seen, as_of=day(as_of), known_by=day(known)
    )


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90))
def test_words_and_doubtful_reports_never_make_a_breach_or_a_performance(
    records: list[ClaimRecord], as_of: int
) -> None:
    words = [
        one
        for one in records
        if one.claim.act is not Act.REPORT
        or one.claim.certainty is Certainty.POSSIBLE
        or one.claim.part is Part.HEADLINE
        or one.claim.source == "an official"
    ]
    silent = judge(ACCORD, [], as_of=day(as_of), known_by=LATE)
    spoken = judge(ACCORD, words, as_of=day(as_of), known_by=LATE)
    assert [one.state for one in spoken] == [one.state for one in silent]


@settings(max_examples=40, deadline=None)
@given(claims(), st.integers(0, 90))
def test_copies_of_a_report_never_corroborate_it(records: list[ClaimRecord], as_of: int) -> None:
    copies = [
        replace(one, id=f"{one.id}-copy", document=replace(one.document, id=f"{one.document.id}-copy"))
        for one in records
    ]
    once = judge(ACCORD, records, as_of=day(as_of), known_by=LATE)
    twice = judge(ACCORD, [*records, *copies], as_of=day(as_of), known_by=LATE)
    assert [(one.state, one.standing) for one in twice] == [(one.state, one.standing) for one in once]


STAGES = (
    Stage(1, AT, deadline=OnDate(PartialDate.of(day(20))), quantity=Quantity(40.0)),
    Stage(2, AT, deadline=OnDate(PartialDate.of(day(45))), quantity=Quantity(60.0)),
)
ANSWERED = (
    STAGES[0],
    Stage(2, AT, deadline=Within(Duration(days=5), AfterFulfilment("phases", stage=1)), quantity=Quantity(60.0)),
    Stage(3, AT, deadline=OnDate(PartialDate.of(day(60))), after=(AfterFulfilment("phases", stage=2),)),
)
"""Stages that wait for those of others, one for its clock to start and one to be owed at all."""
_CHANGED = accord(
        provision("leave", due=30, debtors=("alpha", "beta")),
        provision("leave-count", due=40, quantity=Quantity(100.0), object="troops", debtors=("old",)),
        provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE, debtors=("old", "beta")),
        provision("no-arms", kind=Kind.REFRAIN, action=Action.ARM),
        provision("phases", action=Action.WITHDRAW, stages=STAGES),
        provision("answer", debtors=("beta",), stages=ANSWERED),
        provision("reports", action=Action.OPEN, deadline=Recurring(Duration(days=15), AfterSignature())),
        provision("vote", action=Action.ELECT, deadline=Within(Duration(months=2), AfterSignature()),
                  depends_on=Fulfilled("reports")),
        provision("free", action=Action.RELEASE, condition=Occurred("talks")),
        provision("shut", action=Action.CLOSE, condition=Fulfilled("leave", verified=True),
                  deadline=Within(Duration(days=10), AfterFulfilment("leave"))),
        provision("quiet", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE, debtors=("beta",),
                  depends_on=Fulfilled("leave-count")),
        parties=(
            Party("alpha", "Alpha", AT, sides=(Relation("north"),)),
            Party("old", "Oldland", AT, sides=(Relation("south"),)),
            Party("new", "Newland", AT, sides=(Relation("south"),)),
            Party("beta", "Beta", AT, sides=(Relation("south"),)),
            Party("watch", "Watch Mission", AT),
        ),
        events=(Event("talks", "Talks", AT, on=PartialDate.of(day(12))),),
        records=(
            Record(RecordKind.SUCCESSION, PartialDate.of(day(22)), "https://example.org", AT, predecessor="old",
                   successor="new"),
            Record(RecordKind.CONCLUSION, PartialDate.of(day(4)), "https://example.org", AT, instrument="deal"),
            Record(RecordKind.EXTENSION, PartialDate.of(day(36)), "https://example.org", AT, provision="leave",
                   deadline=OnDate(PartialDate.of(day(50)))),
            Record(RecordKind.SUSPENSION, PartialDate.of(day(33)), "https://example.org", AT, provision="hold",
                   until=PartialDate.of(day(44))),
            Record(RecordKind.SUSPENSION, PartialDate.of(day(18)), "https://example.org", AT, provision="no-arms"),
            Record(RecordKind.RESUMPTION, PartialDate.of(day(26)), "https://example.org", AT, provision="no-arms"),
            Record(RecordKind.WAIVER, PartialDate.of(day(70)), "https://example.org", AT, provision="phases"),
        ),
)  # fmt: skip
CHANGING = replace(
    _CHANGED,
    instruments=(
        replace(_CHANGED.instruments[0], status=InstrumentStatus.TENTATIVE, parties=("alpha", "beta", "old")),
    ),
)
"""Announced on day 0, concluded on day 4, and changed in many ways after that."""


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(claims(), st.sampled_from([ACCORD, CHANGING]), st.integers(60, 90), st.integers(20, 120))
def test_history_says_on_every_day_what_judging_says(
    records: list[ClaimRecord], made: Accord, until: int, known: int
) -> None:
    told = {
        judged.id: history(made, records, commitment=judged.id, as_of=day(until), known_by=day(known))
        for judged in judge(made, records, as_of=day(until), known_by=day(known))
    }
    for entries in told.values():
        for entry, after in pairwise(entries):
            assert entry.end is not None
            assert entry.start <= entry.end < after.start
    for number in range(until + 1):
        today = {
            (judged.provision, judged.debtor): judged
            for judged in judge(made, records, as_of=day(number), known_by=day(known))
        }
        for name, entries in told.items():
            provision_id, _, debtor = name.partition("/")
            now = today.get((provision_id, debtor)) or today.get((provision_id, "old"))
            found = [e for e in entries if e.start <= day(number) and (e.end is None or day(number) <= e.end)]
            if now is None:
                assert found == []
                continue
            (entry,) = found
            assert (entry.state, entry.outlook, entry.standing) == (now.state, now.outlook, now.standing)
            if entry.start == day(number):
                assert (entry.rule, entry.evidence) == (now.reasons[-1].rule, now.reasons[-1].evidence)


@settings(max_examples=60, deadline=None)
@given(claims(), st.integers(0, 90))
def test_only_legal_edges_are_taken(records: list[ClaimRecord], as_of: int) -> None:
    rules = {row.rule: row for row in TABLE}
    for judgement in judge(ACCORD, records, as_of=day(as_of), known_by=LATE):
        state = State.TENTATIVE
        for reason in judgement.reasons:
            row = rules.get(reason.rule)
            if row is None or (reason.rule == "concluded" and state is not State.TENTATIVE):
                continue
            assert judgement.kind in row.kinds
            if reason.rule == "concluded":
                state = State.IN_FORCE
                continue
            assert state in row.sources, (judgement.id, [one.rule for one in judgement.reasons])
            if row.target is None:
                break
            assert (state, row.target) in edges(judgement.kind)
            state = row.target
        else:
            assert state in (judgement.state, State.IN_FORCE)


@settings(max_examples=40, deadline=None)
@given(claims(), st.integers(0, 45), st.integers(0, 45))
def test_changes_are_the_differences_and_each_has_one_cause(records: list[ClaimRecord], since: int, more: int) -> None:
    found = changes(ACCORD, records, since=day(since), until=day(since + more))
    before = {one.id: one for one in judge(ACCORD, records, as_of=day(since), known_by=day(since))}
    after = {one.id: one for one in judge(ACCORD, records, as_of=day(since + more), known_by=day(since + more))}
    assert {change.cause for change in found} <= {"world", "knowledge", "accord"}
    changed = {change.commitment for change in found}
    for name, judgement in after.items():
        if name not in changed:
            assert (before[name].state, before[name].standing) == (judgement.state, judgement.standing)
    for change in found:
        assert change.before == before.get(change.commitment)
        assert change.after == after.get(change.commitment)


@settings(max_examples=60, deadline=None)
@given(claims(), claims(), st.integers(0, 90))
def test_a_docket_that_takes_in_claims_says_what_judging_from_scratch_says(
    first: list[ClaimRecord], later: list[ClaimRecord], as_of: int
) -> None:
    later = [replace(one, id=f"later-{one.id}") for one in later]
    docket = Docket(ACCORD, first, as_of=day(as_of), known_by=LATE)
    again = docket.add(later)
    for name in ("leave/beta", "vote/alpha"):
        told = history(ACCORD, [*first, *later], commitment=name, as_of=day(as_of), known_by=LATE)
        assert docket.history(name) == told
    assert docket.judgements == judge(ACCORD, [*first, *later], as_of=day(as_of), known_by=LATE)
    assert set(again) <= set(docket.judgements)
