"""Rules that users of other systems were burnt by, each a test; and the records that change what is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from servanda.core.accord import (
    Accord,
    AfterEvent,
    AfterFulfilment,
    AfterSignature,
    AllOf,
    AnyOf,
    EarlierOf,
    Event,
    Fulfilled,
    Group,
    LaterOf,
    NoDeadline,
    Occurred,
    OnDate,
    Party,
    Proof,
    Quantity,
    Record,
    Recurring,
    Relation,
    Source,
    Stage,
    Stated,
    Window,
    Within,
)
from servanda.core.claims import ClaimRecord, Review
from servanda.core.dates import Duration, PartialDate
from servanda.core.judgement import Judgement
from servanda.core.vocabulary import (
    AcceptedProof,
    Act,
    Action,
    Bound,
    Certainty,
    InstrumentStatus,
    Kind,
    Outlook,
    Part,
    Polarity,
    RecordKind,
    Stance,
    Standing,
    State,
    WhenKind,
)
from servanda.judging import changes, history, judge

from .builders import AT, SIGNED, accord, claim, day, provision

LATER = day(900)


def one(made: Accord, records: list[ClaimRecord], as_of: int, *, known: int | None = None, **more: Any) -> Judgement:
    name = more.pop("name", None)
    judged = judge(made, records, **more, as_of=day(as_of), known_by=day(known) if known is not None else LATER)
    return next(judgement for judgement in judged if name in (None, judgement.id))


def on(number: int) -> PartialDate:
    return PartialDate.of(day(number))


def record(kind: RecordKind, number: int, name: str = "leave", **more: Any) -> Record:
    return Record(kind, on(number), "https://example.org", AT, **{"provision": name, **more})


LEAVE = accord(provision(due=30))


@pytest.mark.parametrize("act", [Act.COMMIT, Act.PREDICT, Act.DEMAND, Act.STIPULATE])
def test_announced_promised_demanded_or_stipulated_is_not_done(act: Act) -> None:
    judged = one(LEAVE, [claim("c", 20, act=act, source="Jane Roe")], 31)
    assert (judged.state, judged.standing) == (State.OVERDUE, Standing.NO_INFORMATION)


def test_done_can_be_undone_and_done_again() -> None:
    records = [claim("out", 20), claim("back", 40, action=Action.DEPLOY), claim("out-again", 50)]
    assert one(LEAVE, records, 20).state is State.FULFILLED
    assert one(LEAVE, records, 40).state is State.REVERSED
    again = one(LEAVE, records, 50)
    assert again.state is State.FULFILLED
    assert [(episode.first, episode.last) for episode in again.episodes] == [(day(40), day(49))]


def test_a_headline_does_not_outweigh_its_body() -> None:
    headline = claim("h", 20, part=Part.HEADLINE, doc="same")
    judged = one(LEAVE, [headline, claim("b", 20, act=Act.COMMIT, doc="same", source="Alpha")], 31)
    assert judged.state is State.OVERDUE


WIRE = "the last of the foreign troops crossed the border on Monday the spokesman of the mission said in the capital"


def test_one_wire_story_in_ten_outlets_is_one_origin() -> None:
    altered = WIRE.replace("o", "о").replace("Monday", "Mon\u200bday")  # Cyrillic letters, invisible ones
    records = [claim(f"c{n}", 20, quote=WIRE if n % 2 else altered + " our readers were told") for n in range(10)]
    judged = one(LEAVE, records, 31)
    assert (judged.state, judged.standing) == (State.FULFILLED, Standing.REPORTED)
    assert len({evidence.origin for evidence in judged.evidence}) == 1


def test_two_outlets_that_report_for_themselves_corroborate() -> None:
    other = "our correspondent counted the empty barracks and saw no soldier anywhere"
    judged = one(LEAVE, [claim("a", 20, quote=WIRE), claim("b", 21, quote=other)], 31)
    assert judged.standing is Standing.CORROBORATED
    assert {str(evidence.grade) for evidence in judged.evidence} == {"F1"}


def test_one_speaker_quoted_by_two_outlets_is_one_origin() -> None:
    records = [claim("a", 20, source="Jane Roe", quote="x y z"), claim("b", 22, source="Jane Roe", quote="u v w")]
    assert one(LEAVE, records, 31).standing is Standing.REPORTED


def test_a_debtors_own_word_does_not_verify_itself() -> None:
    judged = one(LEAVE, [claim("c", 20, source="Alpha")], 31)
    assert (judged.state, judged.standing) == (State.OVERDUE, Standing.SELF_REPORTED)
    accepting = accord(provision(due=30, proof=Proof(frozenset({AcceptedProof.DEBTOR}))))
    judged = one(accepting, [claim("c", 20, source="Alpha")], 31)
    assert (judged.state, judged.standing) == (State.FULFILLED, Standing.SELF_REPORTED)


def test_an_adversarys_word_alone_is_an_allegation() -> None:
    judged = one(LEAVE, [claim("c", 30, negative=True, published=35, source="Beta")], 36)
    assert (judged.state, judged.standing) == (State.OVERDUE, Standing.ALLEGED)


def test_a_party_is_believed_against_its_own_interest() -> None:
    assert one(LEAVE, [claim("c", 20, source="Beta")], 31).state is State.FULFILLED
    assert one(LEAVE, [claim("c", 30, negative=True, published=35, source="Alpha")], 36).state is State.VIOLATED


@pytest.mark.parametrize("source", ["an unnamed official", "diplomats", "a senior official", "local sources"])
def test_an_unnamed_source_is_not_proof(source: str) -> None:
    assert one(LEAVE, [claim("c", 20, source=source)], 31).state is State.OVERDUE


def test_what_is_only_possible_is_not_proof() -> None:
    assert one(LEAVE, [claim("c", 20, certainty=Certainty.POSSIBLE)], 31).state is State.OVERDUE


def test_the_verifier_verifies() -> None:
    judged = one(LEAVE, [claim("c", 20, source="Watch Mission")], 31)
    assert judged.standing is Standing.VERIFIED
    assert str(judged.evidence[0].grade) == "B2"


def test_departures_are_offset_by_arrivals() -> None:
    counted = accord(provision(due=300, quantity=Quantity(20_000.0, "troops")))
    left = claim("left", 20, quantity=2000.0)
    came = claim("came", 30, action=Action.DEPLOY, quantity=1500.0)
    assert one(counted, [left], 40).share == pytest.approx(0.1)
    judged = one(counted, [left, came], 40)
    assert judged.share == pytest.approx(0.025)
    assert judged.outlook is Outlook.AT_RISK


def test_the_same_departure_told_twice_counts_once() -> None:
    counted = accord(provision(due=300, quantity=Quantity(1000.0)))
    records = [claim("a", 20, quantity=300.0), claim("b", 21, quantity=310.0, when=str(day(20)))]
    assert one(counted, records, 40).share == pytest.approx(0.3)


def test_ninety_days_are_not_three_months() -> None:
    for span, due in ((Duration(days=90), date(2020, 3, 31)), (Duration(months=3), date(2020, 4, 1))):
        judged = one(accord(provision(deadline=Within(span, AfterSignature()))), [], 5)
        assert judged.due == PartialDate.of(due)


def test_by_is_not_before() -> None:
    by = accord(provision(deadline=OnDate(on(30))))
    before = accord(provision(deadline=OnDate(on(30), inclusive=False)))
    done = [claim("c", 30)]
    assert one(by, done, 31).state is State.FULFILLED
    assert one(before, done, 31).state is State.FULFILLED_LATE
    assert one(by, [], 30).state is State.IN_FORCE
    assert one(before, [], 30).state is State.OVERDUE


def test_at_most_is_not_at_least() -> None:
    least = accord(provision(due=30, quantity=Quantity(60.0, relation="at least")))
    most = accord(provision(due=30, quantity=Quantity(60.0, relation="at most")))
    assert one(least, [claim("c", 20, quantity=40.0)], 25).state is State.IN_PROGRESS
    assert one(least, [claim("c", 20, quantity=80.0)], 25).state is State.FULFILLED
    assert one(most, [claim("c", 20, quantity=40.0)], 25).state is State.FULFILLED
    assert one(most, [claim("c", 20, quantity=80.0)], 25).state is not State.FULFILLED


def test_a_proposed_extension_is_not_an_extension() -> None:
    proposed = claim("c", 60, published=25, act=Act.PREDICT, source="Jane Roe")
    judged = one(LEAVE, [proposed], 31)
    assert (judged.state, judged.evidence[0].stance) == (State.OVERDUE, Stance.AMENDS)


def test_an_imputed_date_keeps_its_precision() -> None:
    judged = one(accord(provision(due=20)), [claim("c", published=60, when="2020-01", kind=WhenKind.ON)], 70)
    assert str(judged.evidence[0].event) == "2020-01-01/2020-01-31"
    assert judged.state is State.FULFILLED
    assert any("not exact" in note for note in judged.notes)


def test_no_news_is_not_not_done() -> None:
    judged = one(LEAVE, [], 31)
    assert (judged.state, judged.standing, judged.disputed) == (State.OVERDUE, Standing.NO_INFORMATION, None)


def test_a_reservation_binds_one_party_only() -> None:
    made = accord(
        provision(due=30, debtors=("alpha", "beta")), records=(record(RecordKind.RESERVATION, 5, by=("alpha",)),)
    )
    alpha, beta = judge(made, [], as_of=day(10), known_by=LATER)
    assert (alpha.bound, beta.bound) == (Bound.ADDRESSED, Bound.SIGNED)
    assert any("Reservation" in note for note in alpha.notes)
    assert not beta.notes


def test_a_report_without_a_date_or_from_before_is_background() -> None:
    arms = accord(provision("arms", kind=Kind.REFRAIN, action=Action.ARM))
    for when in (None, -20):
        judged = one(arms, [claim("c", when, action=Action.ARM, published=10)], 20)
        assert (judged.state, judged.evidence[0].stance) == (State.IN_FORCE, Stance.BACKGROUND)


def test_a_report_of_non_performance_speaks_of_the_day_on_which_it_is_made() -> None:
    assert one(LEAVE, [claim("c", negative=True, published=33)], 33).state is State.VIOLATED
    assert one(LEAVE, [claim("c", negative=True, published=29)], 33).state is State.OVERDUE


def test_refrain_and_a_negative_action_say_it_once() -> None:
    for polarity in Polarity:
        made = accord(provision("arms", kind=Kind.REFRAIN, action=Action.ARM, polarity=polarity))
        assert one(made, [claim("c", 5, action=Action.ARM)], 5).state is State.VIOLATED
        assert one(made, [claim("c", 5, action=Action.ARM, negative=True)], 5).state is State.IN_FORCE


def test_a_breach_lasts_from_its_first_to_its_last_day_or_to_its_end() -> None:
    holds = accord(provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE))
    once = [claim("c", 5, action=Action.ATTACK)]
    assert one(holds, once, 5).state is State.VIOLATED
    after = one(holds, once, 6)
    assert (after.state, len(after.episodes)) == (State.IN_FORCE, 1)
    lasting = [claim("c", 5, action=Action.ATTACK, kind=WhenKind.FROM)]
    assert one(holds, lasting, 60).state is State.VIOLATED
    ended = [*lasting, claim("end", 20, action=Action.CEASE_FIRE)]
    assert one(holds, ended, 19).state is State.VIOLATED
    assert one(holds, ended, 20).state is State.IN_FORCE


def test_credible_evidence_both_ways_is_shown_and_settles_nothing() -> None:
    records = [claim("yes", 25), claim("no", 31, negative=True, published=35)]
    judged = one(LEAVE, records, 40)
    assert judged.state is State.OVERDUE
    assert judged.disputed is not None
    assert judged.disputed.states == (State.FULFILLED, State.VIOLATED)
    verified = [claim("yes", 25, source="Watch Mission"), records[1]]
    judged = one(LEAVE, verified, 40)
    assert (judged.state, judged.disputed is not None) == (State.FULFILLED, True)


def test_what_was_withdrawn_counts_no_more() -> None:
    assert one(LEAVE, [claim("c", 20, withdrawn=True)], 31).state is State.OVERDUE


def test_denied_access_is_not_verifiable() -> None:
    denied = claim("c", 20, action=Action.MONITOR, negative=True, quote="inspectors were denied access")
    judged = one(LEAVE, [denied], 31)
    assert (judged.state, judged.standing) == (State.OVERDUE, Standing.NOT_VERIFIABLE)
    assert one(LEAVE, [denied, claim("d", 25)], 31).standing is Standing.REPORTED


def test_old_knowledge_is_stale() -> None:
    holds = accord(provision("hold", kind=Kind.MAINTAIN, action=Action.CEASE_FIRE))
    records = [claim("c", 10, action=Action.CEASE_FIRE)]
    assert one(holds, records, 100).stale_since is None
    assert one(holds, records, 250).stale_since == day(190)


def test_a_source_is_graded_as_the_accord_says_from_a_date_on() -> None:
    graded = replace(
        LEAVE,
        sources=(
            Source("The Herald", "B", AT),
            Source("The Herald", "D", AT, since=on(15), reason="caught inventing"),
        ),
    )
    grades = {
        evidence.record.id: evidence.grade.reliability.value
        for evidence in one(
            graded, [claim("a", 10, publisher="The Herald"), claim("b", 20, publisher="The Herald")], 31
        ).evidence
    }
    assert grades == {"a": "B", "b": "D"}


def test_what_a_debtor_owns_and_whom_it_backs() -> None:
    parties = (
        Party("alpha", "Alpha", AT, backs=(Relation("rebels"),)),
        Party("guards", "Alpha Guards", AT, member_of=(Relation("alpha", end=on(20)),)),
        Party("rebels", "Rebels", AT),
        Party("beta", "Beta", AT),
        Party("watch", "Watch", AT),
    )
    made = accord(provision(due=30), parties=parties)
    assert one(made, [claim("c", 15, actors=("Alpha Guards",))], 31).state is State.FULFILLED
    assert one(made, [claim("c", 25, actors=("Alpha Guards",))], 31).state is State.OVERDUE
    assert one(made, [claim("c", 15, source="Rebels")], 31).standing is Standing.SELF_REPORTED


def test_names_of_states_governments_and_groups() -> None:
    parties = (
        Party("col", "Government of Colombia", AT),
        Party("tur", "Türkiye", AT),
        Party("rus", "Russia", AT),
        Party("watch", "Watch", AT),
    )
    made = accord(provision(due=30, debtors=("col", "tur", "rus")), parties=parties,
                  groups=(Group("outsiders", "outside powers", AT, ("tur", "rus")),))  # fmt: skip
    for name, kept in {
        "the Colombian government": "col", "Bogota": "col", "Turkish troops": "tur", "the Kremlin": "rus",
        "outside powers": "tur rus", "Kremlin-backed fighters": "", "Turkish and Russian forces": "tur rus",
    }.items():  # fmt: skip
        judged = judge(made, [claim("c", 20, actors=(name,))], as_of=day(25), known_by=LATER)
        done = [judgement.debtor for judgement in judged if judgement.state is State.FULFILLED]
        assert done == kept.split(), name


# Records.


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


# Conditions, dependencies, deadlines.


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
    assert (one(made, [], 5).due, one(made, [], 5).share) == (on(10), 0.0)
    first = claim("a", 9, quantity=100.0)
    judged = one(made, [first], 12)
    assert (judged.state, judged.share, judged.due) == (State.IN_PROGRESS, 0.5, on(20))
    assert one(made, [first], 21).state is State.OVERDUE
    assert one(made, [first, claim("b", 19, quantity=100.0)], 21).state is State.FULFILLED
    assert one(made, [first, claim("b", 25, quantity=100.0)], 26).state is State.FULFILLED_LATE


# Reviews, claims without a text, changes.


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
