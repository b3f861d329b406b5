"""What cannot concern a commitment, whose words are whose, and what the completion of a stage says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servanda.core.accord import NoDeadline, Party, Quantity, Relation, Source, Stage
from servanda.core.vocabulary import Act, Action, InstrumentStatus, Stance, State
from servanda.judging import judge

from .builders import AT, LATER, accord, claim, day, on, one, provision

PARTIES = (
    Party("alpha", "Alpha", AT, sides=(Relation("north"),)),
    Party("gamma", "Gamma", AT, sides=(Relation("north"),)),
    Party("militia", "Valley Militia", AT, sides=(Relation("south"),)),
    Party("watch", "Watch Mission", AT),
)
FOREIGN = accord(
    provision(debtors=("alpha", "gamma"), object="foreign forces and mercenaries"),
    parties=PARTIES,
    sources=(Source("Alpha Broadcasting", "C", AT, party="alpha"),),
)


@pytest.mark.parametrize("act", [Act.COMMIT, Act.DEMAND, Act.PREDICT])
def test_words_from_before_the_instrument_existed_do_not_concern_it(act: Act) -> None:
    made = accord(provision())
    assert one(made, [claim("c", published=-1, act=act)], 50).evidence == ()
    assert one(made, [claim("c", published=1, act=act)], 50).evidence != ()


def test_a_failure_reported_before_the_instrument_existed_is_background() -> None:
    judged = one(accord(provision(due=30)), [claim("c", published=-3, negative=True)], 50)
    (evidence,) = judged.evidence
    assert (evidence.stance, evidence.accepted) == (Stance.BACKGROUND, False)
    assert evidence.why == "background: it was published before the commitment began"
    assert judged.state is State.OVERDUE


def test_nothing_fails_and_nothing_is_breached_under_what_is_only_tentative() -> None:
    made = accord(provision())
    tentative = replace(made, instruments=(replace(made.instruments[0], status=InstrumentStatus.TENTATIVE),))
    said = [claim("fails", 5, negative=True), claim("contrary", 6, action=Action.DEPLOY)]
    judged = one(tentative, said, 50)
    assert judged.state is State.TENTATIVE
    assert {(e.stance, e.why) for e in judged.evidence} == {
        (Stance.BACKGROUND, "background: nothing was owed under it yet")
    }


def test_what_is_known_of_an_instrument_before_its_signature_may_be_spoken_of() -> None:
    """Leaked on day -20, signed on day 0: words of day -10 are about it."""
    made = accord(provision())
    leaked = replace(made, instruments=(replace(made.instruments[0], known=on(-20)),))
    assert one(leaked, [claim("c", published=-10, act=Act.COMMIT)], 50).evidence != ()


def test_a_named_party_beside_a_group_speaks_for_itself_only() -> None:
    """An armed group says that 300 foreign fighters would leave: no promise of the states whose forces these are."""
    said = claim(
        "c", published=5, act=Act.COMMIT, actors=("Valley Militia", "foreign fighters"), source="Valley Militia"
    )
    assert all(judged.evidence == () for judged in judge(FOREIGN, [said], as_of=day(50), known_by=LATER))


def test_all_of_a_group_beside_a_named_party_is_still_all_of_them() -> None:
    said = claim(
        "c", 5, actors=("Valley Militia", "all foreign forces"), quote="the militia and all foreign forces left"
    )
    assert {judged.debtor for judged in judge(FOREIGN, [said], as_of=day(50), known_by=LATER) if judged.evidence} == {
        "alpha",
        "gamma",
    }


@pytest.mark.parametrize(
    ("publisher", "source", "stance"),
    [
        ("Alpha Broadcasting", None, Stance.BACKGROUND),
        ("Other Outlet", "Alpha Broadcasting", Stance.BACKGROUND),
        ("Other Outlet", None, Stance.BACKGROUND),
        ("Other Outlet", "Alpha", Stance.REFUSES),
        ("Ministry of Defence of Alpha", None, Stance.REFUSES),
        ("Alpha", None, Stance.REFUSES),
        ("The Alpha Times", None, Stance.BACKGROUND),
    ],
)
def test_an_outlet_that_belongs_to_the_debtor_does_not_speak_its_words(
    publisher: str, source: str | None, stance: Stance
) -> None:
    said = claim("c", published=5, act=Act.PREDICT, action=Action.REMAIN, publisher=publisher, source=source)
    judged = one(FOREIGN, [said], 50, name="leave/alpha")
    assert [evidence.stance for evidence in judged.evidence] == [stance]
    assert judged.outlook is None or stance is Stance.REFUSES


def test_an_outlet_that_belongs_to_the_debtor_does_not_prove_its_performance() -> None:
    said = claim("c", 5, publisher="Alpha Broadcasting", quote="all its troops have left")
    judged = one(FOREIGN, [said], 50, name="leave/alpha")
    assert (judged.evidence[0].stance, judged.evidence[0].accepted, judged.evidence[0].interest) == (
        Stance.PERFORMS, False, "debtor",
    )  # fmt: skip


def test_opened_alone_says_nothing_of_detention_centres() -> None:
    made = accord(provision("centres", action=Action.CLOSE, object="detention centres"))
    assert one(made, [claim("c", 5, action=Action.OPEN, quote="open")], 50).evidence == ()
    assert one(made, [claim("c", 5, action=Action.OPEN, quote="the road opens again")], 50).evidence == ()
    named = claim("c", 5, action=Action.OPEN, object="a detention centre", quote="opened a detention centre")
    assert one(made, [named], 50).evidence[0].stance is Stance.BREACHES


STAGES = tuple(Stage(number, AT, deadline=NoDeadline()) for number in (1, 2, 3, 4))
COUNTED = tuple(
    Stage(number, AT, deadline=NoDeadline(), quantity=Quantity(value)) for number, value in ((1, 100.0), (2, 300.0))
)


@pytest.mark.parametrize(
    ("quote", "share"),
    [
        ("the second phase is complete", 0.5),
        ("Phase III has been completed", 0.75),
        ("stage 1 was fully carried out", 0.25),
        ("the second phase has begun", None),
    ],
)
def test_a_stage_said_to_be_complete_is_reached_without_any_number(quote: str, share: float | None) -> None:
    judged = one(accord(provision(stages=STAGES)), [claim("c", 5, quote=quote)], 50)
    assert (judged.state, judged.share) == (State.IN_PROGRESS, share)


def test_the_last_stage_complete_is_the_whole() -> None:
    said = claim("c", 5, quote="the fourth and last phase is complete")
    assert one(accord(provision(stages=STAGES)), [said], 50).state is State.FULFILLED


def test_where_a_stage_has_a_count_the_count_decides() -> None:
    made = accord(provision(stages=COUNTED))
    complete = claim("said", 8, quote="the first stage is complete")
    assert one(made, [complete], 50).share == 0.25, "no count at all: the report of its completion counts"
    counted = claim("counted", 5, quantity=60, quote="60 soldiers left")
    judged = one(made, [counted, complete], 50)
    assert (judged.state, judged.share) == (State.IN_PROGRESS, 0.15)


def test_the_whole_is_due_where_its_stages_have_no_dates() -> None:
    made = accord(provision(due=30, stages=STAGES))
    assert one(made, [], 31).state is State.OVERDUE
    first = claim("c", 35, quote="the first phase is complete")
    late = one(made, [first], 40)
    assert (late.state, late.share) == (State.OVERDUE, 0.25), "a part does not make up for the deadline of the whole"
    whole = claim("all", 36, quote="the fourth and last phase is complete")
    assert one(made, [first, whole], 40).state is State.FULFILLED_LATE


def test_a_doubtful_report_from_before_the_instrument_existed_does_not_concern_it() -> None:
    made = accord(provision("centres", action=Action.CLOSE, object="detention centres"))
    assert one(made, [claim("c", -5, published=-5, action=Action.CLOSE, quote="closed")], 50).evidence == ()
    assert one(made, [claim("c", 5, action=Action.CLOSE, quote="closed")], 50).evidence != ()
