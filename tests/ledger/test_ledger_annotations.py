"""Claims as people enter and correct them: laid over what readers found, from the day on which they were made."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ledger_samples import NOON, claim, document, row

from servanda.core.claims import Annotation, Claim, ClaimRecord, Review
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Action, Polarity
from servanda.ledger import Anchorage, Ledger

BEFORE, AFTER = date(2021, 6, 30), date(2021, 7, 1)


def read(ledger: Ledger, *claims: Claim, reader: str = "first 1") -> tuple[str, ...]:
    return ledger.add(document(publisher="Desk"), claims, reader=reader, recorded=NOON).claims


def annotate(ledger: Ledger, made: Claim | None, corrects: str | None = None, *, later: int = 0) -> Annotation:
    note = Annotation("report", made, "Ada", "as I read it", NOON + timedelta(minutes=later), corrects)
    return ledger.annotate(note)


def only(ledger: Ledger) -> ClaimRecord:
    (record,) = ledger.records()
    return record


def test_a_claim_that_a_person_entered_is_known_from_that_day(ledger: Ledger) -> None:
    read(ledger)
    kept = annotate(ledger, claim("refused to withdraw"))
    assert ledger.records(BEFORE) == ()
    (record,) = ledger.records(AFTER)
    assert (record.id, record.by, record.recorded) == (kept.id, "Ada", NOON)
    assert record.claim == claim("refused to withdraw")
    assert ledger.claim_id(kept.id[:6]) == kept.id


def test_a_correction_stands_over_what_was_read_under_its_id(ledger: Ledger) -> None:
    (identity,) = read(ledger, claim("refused to withdraw"))
    better = replace(claim("refused to withdraw"), action=Action.REMAIN, actors=("Eastland",))
    annotate(ledger, better, identity)
    assert (only(ledger).id, only(ledger).claim, only(ledger).by) == (identity, better, "Ada")
    assert ledger.records(BEFORE)[0].claim == claim("refused to withdraw")
    assert ledger.records(AFTER, actions=["remain"]) == (only(ledger),)
    assert ledger.records(AFTER, actions=[claim("refused to withdraw").action]) == ()


def test_corrections_are_taken_back_one_by_one(ledger: Ledger) -> None:
    (identity,) = read(ledger, claim("refused to withdraw"))
    first, second = (replace(claim("refused to withdraw"), place=place) for place in ("Sirte", "Jufra"))
    annotate(ledger, first, identity)
    annotate(ledger, second, identity, later=1)
    assert only(ledger).claim == second
    annotate(ledger, None, identity, later=2)
    assert only(ledger).claim == first
    annotate(ledger, None, identity, later=3)
    assert only(ledger).claim == claim("refused to withdraw")
    annotate(ledger, None, identity, later=4)
    assert only(ledger).by is None
    assert len(ledger.annotations("report")) == 5


def test_an_entered_claim_is_corrected_and_taken_back_like_any(ledger: Ledger) -> None:
    read(ledger)
    kept = annotate(ledger, claim("refused to withdraw"))
    better = replace(claim("refused to withdraw"), polarity=Polarity.NEGATIVE)
    annotate(ledger, better, kept.id, later=1)
    assert (only(ledger).id, only(ledger).claim) == (kept.id, better)
    for later in (2, 3):
        annotate(ledger, None, kept.id, later=later)
    assert ledger.records() == ()


def test_a_correction_follows_its_words_to_a_better_reading_and_else_stands_alone(ledger: Ledger) -> None:
    (identity,) = read(ledger, claim("refused to withdraw"))
    better = replace(claim("refused to withdraw"), place="Sirte")
    annotate(ledger, better, identity)
    heir = replace(claim("Borland refused to withdraw"), actors=("Borland",))
    (again,) = ledger.reread("report", [heir], reader="second", recorded=NOON).found
    assert [(record.id, record.claim) for record in ledger.records()] == [(again, better)]
    assert [item.corrects for item in ledger.annotations()] == [again]
    annotate(ledger, None, again, later=1)
    assert only(ledger).claim == heir
    annotate(ledger, better, again, later=2)
    ledger.reread("report", [], reader="third", recorded=NOON)
    assert [(record.id, record.claim) for record in ledger.records()] == [(again, better)]


def test_a_decision_on_an_entered_claim_stands_through_every_reading(ledger: Ledger) -> None:
    read(ledger)
    kept = annotate(ledger, claim("refused to withdraw"))
    ledger.review(Review(kept.id, "reject", "Ben", "", NOON))
    ledger.reread("report", [], reader="second", recorded=NOON)
    (review,) = ledger.kept_reviews()
    assert (review.anchorage, review.claim) == (Anchorage.STANDS, kept.id)


def test_an_annotation_shows_as_a_change_of_more_than_new_claims(ledger: Ledger) -> None:
    read(ledger)
    before = ledger.revision()
    annotate(ledger, claim("refused to withdraw"))
    assert ledger.revision() != before
    assert ledger.new_records(before) is None
    assert ledger.new_records(ledger.revision()) == ()


def test_what_cannot_be_annotated_is_refused_in_words(ledger: Ledger) -> None:
    read(ledger)
    ledger.add_rows([row("a strike")], recorded=NOON)
    made = claim("refused to withdraw")
    table = next(item.id for item in ledger.documents() if item.id != "report")
    cases = [
        (Annotation("report", made, " ", "", NOON), "needs somebody who answers for it"),
        (Annotation("nothing", made, "Ada", "", NOON), "there is no document 'nothing'"),
        (Annotation("report", replace(made, start=1), "Ada", "", NOON), "does not stand in the text"),
        (Annotation("report", replace(made, quote=None), "Ada", "", NOON), "does not stand in the text"),
        (Annotation("report", made, "Ada", "", NOON, "0" * 16), "there is no claim '0000000000000000'"),
        (Annotation("report", None, "Ada", "", NOON), "nothing is named that could be taken back"),
        (Annotation(table, made, "Ada", "", NOON), "known by rows of a table only"),
    ]
    for annotation, words in cases:
        with pytest.raises(ServandaError, match=words):
            ledger.annotate(annotation)
    assert ledger.annotations() == ()


def test_a_row_of_a_table_is_corrected_without_a_quote(ledger: Ledger) -> None:
    ledger.add_rows([row("a strike")], recorded=NOON)
    before = only(ledger)
    better = replace(before.claim, place="Sirte")
    ledger.annotate(Annotation(before.document.id, better, "Ada", "", NOON, before.id))
    assert (only(ledger).claim, only(ledger).row) == (better, before.row)


def test_a_ledger_of_the_first_schema_gains_annotations(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        read(ledger, claim("refused to withdraw"))
    with sqlite3.connect(path) as hand:
        hand.execute("DROP TRIGGER schema_versions_no_delete")
        hand.execute("DELETE FROM schema_versions WHERE version >= 2")
        hand.execute("DROP TABLE annotations")
        hand.execute("DROP TABLE stories")
    hand.close()
    with Ledger.open(path) as ledger:
        assert only(ledger).by is None
        annotate(ledger, claim("refused to withdraw"))
        assert len(ledger.records()) == 2
