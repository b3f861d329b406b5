"""Rules that users of other systems were burnt by, each a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from servanda.core.accord import (
    AfterSignature,
    Group,
    OnDate,
    Party,
    Proof,
    Quantity,
    Relation,
    Source,
    Within,
)
from servanda.core.dates import Duration, PartialDate
from servanda.core.vocabulary import (
    AcceptedProof,
    Act,
    Action,
    Bound,
    Certainty,
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
from servanda.judging import history, judge

from .builders import AT, LATER, LEAVE, accord, claim, day, on, one, provision, record


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


def test_the_ends_of_the_calendar_and_absurd_numbers_break_nothing() -> None:
    for deadline in (OnDate(PartialDate(9999)), OnDate(PartialDate(9999, 12, 31)), OnDate(PartialDate(1, 1, 1))):
        made = accord(provision(deadline=deadline, quantity=Quantity(100.0)))
        for number in (float("nan"), float("inf"), -5.0, 0.0):
            records = [
                claim("c", 20, quantity=number),
                claim("d", published=20, when="9999-12-31", action=Action.DEPLOY),
                claim("e", published=20, when="0001", negative=True),
            ]
            judged = one(made, records, 30)
            assert judged.share is None or 0 <= judged.share <= 1
            assert history(made, records, commitment="leave/alpha", as_of=day(40), known_by=LATER)
