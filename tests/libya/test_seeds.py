"""What the two real articles, and nothing else, must give with the example's accord."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.libya.expectation import LATER, Row, seen

if TYPE_CHECKING:
    from servanda.dossier import Dossier

BEFORE_DUE = date(2021, 1, 22)
JANUARY = date(2021, 1, 29)
JUNE = date(2021, 6, 23)
END = date(2021, 12, 31)

TABLE = (
    Row("foreign-forces-leave/turkey", BEFORE_DUE, "in force", outlook="at risk"),
    Row("foreign-forces-leave/russia", BEFORE_DUE, "in force", outlook="none"),
    *(
        Row(
            f"foreign-forces-leave/{debtor}",
            date(2021, 1, 25),
            "overdue",
            standing="no information",
            known_by=date(2021, 1, 20),
        )
        for debtor in ("turkey", "russia")
    ),
    *(
        Row(
            f"foreign-forces-leave/{debtor}",
            JANUARY,
            "violated",
            standing="reported",
            bound="addressed",
            due="2021-01-23",
            known_by=known_by,
        )
        for debtor in ("turkey", "russia")
        for known_by in (JANUARY, LATER)
    ),
    Row("foreign-forces-leave/uae", JANUARY, "overdue", standing="no information"),
    Row("reciprocal-300/turkey", JUNE, "tentative"),
    Row("reciprocal-300/russia", JUNE, "tentative"),
    Row("elections/gnu", JUNE, "in force", outlook="at risk", due="2021-12-24"),
    Row("elections/gnu", END, "overdue", standing="no information"),
    *(
        Row(f"{provision}/{debtor}", JUNE, "in force")
        for provision in ("arms-embargo", "non-interference")
        for debtor in ("turkey", "russia")
    ),
    *(Row(f"joint-command/{debtor}", JUNE, "in force", due="none") for debtor in ("gnu", "lna")),
    Row("detention-centres/gnu", JUNE, "in force", due="none"),
    *(Row(f"ceasefire-holds/{debtor}", JUNE, "in force") for debtor in ("gnu", "lna")),
)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_state(seeds: Dossier, row: Row) -> None:
    assert seen(row, seeds.judgement(row.commitment, as_of=row.as_of, known_by=row.known_by)) == row


def test_an_understanding_does_not_exist_before_it_is_announced(seeds: Dossier) -> None:
    listed = {judgement.provision for judgement in seeds.status(as_of=JANUARY, known_by=LATER)}
    assert "foreign-forces-leave" in listed
    assert "reciprocal-300" not in listed


def test_the_sentence_that_proves_the_breach(seeds: Dossier) -> None:
    for debtor in ("turkey", "russia"):
        judgement = seeds.judgement(f"foreign-forces-leave/{debtor}", as_of=JANUARY, known_by=JANUARY)
        fails = [item.record.claim for item in judgement.evidence if item.stance.value == "fails"]
        assert any(claim.quote and "neither" in claim.quote.lower() + seeds_sentence(seeds, claim) for claim in fails)


def seeds_sentence(seeds: Dossier, claim: object) -> str:
    """The sentence in which a claim stands."""
    from servanda.core.claims import Claim

    assert isinstance(claim, Claim)
    start, end = claim.sentence
    return seeds.text(claim.doc)[start:end].lower()


def test_the_other_reading_is_named_with_the_state_that_it_would_give(seeds: Dossier) -> None:
    judgement = seeds.judgement("foreign-forces-leave/russia", as_of=BEFORE_DUE, known_by=date(2021, 1, 22))
    (other,) = judgement.other_readings
    assert judgement.state.value == "in force"
    assert other.due is not None
    assert other.due.last == date(2021, 1, 21)
    assert other.state.value == "overdue"


def test_the_unmet_prerequisite_is_among_the_reasons(seeds: Dossier) -> None:
    for day in (JUNE, END):
        judgement = seeds.judgement("elections/gnu", as_of=day, known_by=LATER)
        assert any("elections-legal-basis" in reason.text for reason in judgement.reasons), judgement.reasons


def test_demands_are_listed_as_demands(seeds: Dossier) -> None:
    judgement = seeds.judgement("foreign-forces-leave/uae", as_of=JANUARY, known_by=JANUARY)
    assert {item.stance.value for item in judgement.evidence} <= {"demands", "background"}
    assert any(item.stance.value == "demands" for item in judgement.evidence)


@pytest.mark.parametrize("provision", ["arms-embargo", "non-interference"])
@pytest.mark.parametrize("debtor", ["turkey", "russia"])
def test_undated_backing_and_a_recommitment_are_neither_performance_nor_breach(
    seeds: Dossier, provision: str, debtor: str
) -> None:
    judgement = seeds.judgement(f"{provision}/{debtor}", as_of=JUNE, known_by=LATER)
    assert judgement.evidence, "the mentions are listed"
    assert {item.stance.value for item in judgement.evidence} <= {"background", "intends", "demands"}


def test_progress_that_one_side_claims_fulfils_nothing(seeds: Dossier) -> None:
    states = {judgement.state.value for judgement in seeds.status(as_of=END, known_by=LATER)}
    assert not states & {"fulfilled", "fulfilled late", "in progress"}


def test_beatings_are_told_by_those_who_saw_them(seeds: Dossier) -> None:
    records = [record for record in seeds.records() if record.claim.quote and "beating" in record.claim.quote]
    assert records
    assert {record.claim.source for record in records} == {"Doctors Without Borders"}
    judgement = seeds.judgement("detention-centres/gnu", as_of=JUNE, known_by=LATER)
    assert not {"performs", "performs in part"} & {item.stance.value for item in judgement.evidence}


def test_every_quote_stands_in_its_article(seeds: Dossier) -> None:
    for record in seeds.records():
        claim = record.claim
        assert claim.quote == seeds.text(claim.doc)[claim.start : claim.end]
