"""What people decide about documents and claims, and what becomes of it when a better reader reads anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import NOON, TEXT, claim, document, row

from servanda.core.claims import Claim, Review
from servanda.core.documents import Correction
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action
from servanda.ledger import Anchorage, Ledger
from servanda.ledger.anchoring import Anchor, anchor_review

BEFORE, AFTER = date(2021, 6, 30), date(2021, 7, 1)


def read(ledger: Ledger, *claims: Claim, reader: str = "first 1") -> tuple[str, ...]:
    return ledger.add(document(publisher="Desk"), claims, reader=reader, recorded=NOON).claims


# Corrections


def test_a_correction_is_known_from_the_day_it_was_recorded(ledger: Ledger) -> None:
    read(ledger, claim("refused to withdraw"))
    corrected = ledger.correct(Correction("report", "Ada", "misdated", NOON, date(2021, 2, 1), "Agency"))

    assert (corrected.published, corrected.publisher) == (date(2021, 2, 1), "Agency")
    assert ledger.documents() == (corrected,)
    assert ledger.documents(AFTER) == (corrected,)
    (earlier,) = ledger.documents(BEFORE)
    assert (earlier.published, earlier.publisher) == (date(2021, 1, 29), "Desk")
    assert ledger.records(date(2021, 1, 30))[0].document == earlier
    assert ledger.records(AFTER)[0].document == corrected


def test_the_last_correction_counts_and_leaves_the_rest(ledger: Ledger) -> None:
    read(ledger)
    later = NOON + timedelta(days=1)
    ledger.correct(Correction("report", "Ada", "", later, publisher="Second"))
    ledger.correct(Correction("report", "Ada", "", NOON, published=date(2020, 1, 1), publisher="First"))
    (document,) = ledger.documents()
    assert (document.publisher, document.published) == ("Second", date(2020, 1, 1))
    assert ledger.documents(AFTER)[0].publisher == "First"


def test_a_withdrawn_document_says_nothing_and_can_come_back(ledger: Ledger) -> None:
    read(ledger, claim("refused to withdraw"))
    assert ledger.correct(Correction("report", "Ada", "a hoax", NOON, withdrawn=True)).withdrawn
    assert ledger.records() == ()
    assert len(ledger.records(withdrawn=True)) == 1
    assert len(ledger.records(BEFORE)) == 1
    assert [document.withdrawn for document in ledger.documents()] == [True]
    ledger.correct(Correction("report", "Ada", "no hoax", NOON + timedelta(hours=1), withdrawn=False))
    assert len(ledger.records()) == 1


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (Correction("nowhere", "Ada", "", NOON, publisher="x"), "there is no document 'nowhere'"),
        (
            Correction("report", " ", "", NOON, publisher="x"),
            "needs somebody who answers for it; give a name with --by",
        ),
        (Correction("report", "Ada", "", NOON), "the correction changes nothing; give a date, a publisher"),
    ],
)
def test_corrections_that_make_no_sense(ledger: Ledger, correction: Correction, said: str) -> None:
    read(ledger)
    with pytest.raises(ServandaError) as refused:
        ledger.correct(correction)
    assert said in str(refused.value)
    assert ledger.counts()["corrections"] == 0


# Reviews


def test_a_review_stands_with_its_quote(ledger: Ledger) -> None:
    (name,) = read(ledger, claim("refused to withdraw"))
    kept = ledger.review(Review(name, "relink", "Ada", "meant the north", NOON, None, "leave/borland", "refuses"))
    assert kept.quote == "refused to withdraw"
    assert kept.id
    assert ledger.reviews() == (kept,)
    assert ledger.reviews(BEFORE) == ()
    assert ledger.kept_reviews()[0].anchorage is Anchorage.STANDS
    assert ledger.orphans() == ()


def test_the_same_review_twice_is_kept_once_and_undoing_is_a_new_one(ledger: Ledger) -> None:
    (name,) = read(ledger, claim("refused to withdraw"))
    review = Review(name, "reject", "Ada", "", NOON)
    assert ledger.review(review) == ledger.review(review)
    ledger.review(Review(name, "undo", "Ada", "", NOON + timedelta(minutes=1)))
    assert [kept.decision for kept in ledger.reviews()] == ["reject", "undo"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"claim": "0" * 16}, "there is no claim '0000000000000000'"),
        ({"decision": "maybe"}, "'maybe' is no decision; decide one of: accept, reject, relink, undo"),
        ({"decision": "relink"}, "a relink needs the commitment to link to"),
        ({"by": ""}, "a review needs somebody who answers for it"),
    ],
)
def test_reviews_that_make_no_sense(ledger: Ledger, change: dict[str, str], said: str) -> None:
    (name,) = read(ledger, claim("refused to withdraw"))
    with pytest.raises(ServandaError) as refused:
        ledger.review(replace(Review(name, "accept", "Ada", "", NOON), **change))
    assert said in str(refused.value)
    assert ledger.counts()["reviews"] == 0


def test_a_row_can_be_reviewed(ledger: Ledger) -> None:
    ledger.add_rows([row("a"), row("b")], recorded=NOON)
    record = ledger.records()[0]
    ledger.review(Review(record.id, "reject", "Ada", "", NOON))
    (kept,) = ledger.kept_reviews()
    assert (kept.anchorage, kept.claim, kept.review.quote) == (Anchorage.STANDS, record.id, None)


# Reading anew


def test_a_better_reader_speaks_for_the_document_and_the_first_is_kept(ledger: Ledger) -> None:
    began, refused = claim("began to withdraw"), claim("refused to withdraw")
    first = read(ledger, began, refused)
    held = claim("Elections were held", action=Action.ELECT)

    changed = ledger.reread("report", [refused, held], reader="second 1", recorded=NOON)

    assert changed.recorded
    assert (changed.kept, changed.gone) == ((first[1],), (first[0],))
    assert len(changed.found) == 1
    assert [record.claim for record in ledger.records()] == [refused, held]
    assert [reading.reader for reading in ledger.readings()] == ["second 1"]
    assert ledger.counts()["claims"] == 4
    assert {hit.claim for hit in ledger.search("withdraw") if hit.claim} == {first[1]}


def test_the_same_reader_finding_the_same_adds_nothing(ledger: Ledger) -> None:
    read(ledger, claim("began to withdraw"), claim("refused to withdraw"))
    before = ledger.revision()
    again = [claim("refused to withdraw"), claim("began to withdraw")]
    assert not ledger.reread("report", again, reader="first 1", recorded=NOON + timedelta(days=9)).recorded
    assert ledger.revision() == before
    again[0] = replace(again[0], place="Cerville")
    changed = ledger.reread("report", again, reader="first 1", recorded=NOON)
    assert (changed.recorded, changed.found) == (True, ()), "the same claim, with more said of it"
    assert ledger.records()[1].claim.place == "Cerville"


def test_an_unread_document_can_be_read_later(ledger: Ledger) -> None:
    read(ledger, reader="none")
    ledger.reread("report", [claim("refused to withdraw")], reader="first 1", recorded=NOON)
    assert len(ledger.records()) == 1
    with pytest.raises(ServandaError, match="there is no document 'other'"):
        ledger.reread("other", [], reader="first 1", recorded=NOON)


def test_reviews_follow_the_text_or_are_orphaned_and_return(ledger: Ledger) -> None:
    first = read(ledger, claim("began to withdraw its troops"), claim("refused to withdraw"))
    for name in first:
        ledger.review(Review(name, "reject", "Ada", "", NOON))

    wider = claim("Arland began to withdraw its troops", actors=("Arland",))
    decoy = claim("Arland began", act=Act.COMMIT)
    ledger.reread("report", [wider, decoy], reader="second 1", recorded=NOON)

    carried, orphan = ledger.kept_reviews()
    assert carried.anchorage is Anchorage.CARRIED
    assert {record.id: record.claim for record in ledger.records()}[carried.claim or ""] == wider
    assert (orphan.anchorage, orphan.claim, orphan.review.quote) == (Anchorage.ORPHANED, None, "refused to withdraw")
    assert ledger.orphans() == (orphan,)
    assert [review.claim for review in ledger.reviews()] == [carried.claim]
    assert carried.review.claim == first[0], "as it was made"

    ledger.reread("report", [claim("refused to withdraw")], reader="third 1", recorded=NOON)
    assert [kept.anchorage for kept in ledger.kept_reviews()] == [Anchorage.ORPHANED, Anchorage.STANDS]


def test_equal_claims_of_one_sentence_keep_their_own_reviews(ledger: Ledger) -> None:
    twins = [claim("Arland began to withdraw"), claim("withdraw its troops")]
    names = read(ledger, *twins)
    ledger.review(Review(names[1], "reject", "Ada", "", NOON))
    ledger.reread("report", twins[1:], reader="second 1", recorded=NOON)
    (kept,) = ledger.kept_reviews()
    (record,) = ledger.records()
    assert kept.claim == record.id


ANCHORS = st.builds(
    lambda name, act, action, start, length: Anchor(name, act, action, start, start + length),
    st.sampled_from("abcd"),
    st.sampled_from(["report", "demand"]),
    st.sampled_from(["withdraw", "elect"]),
    st.integers(0, 20),
    st.integers(1, 8),
)


@given(ANCHORS, st.lists(ANCHORS, unique_by=lambda anchor: anchor.claim), st.randoms(use_true_random=False))
def test_anchoring_has_laws(reviewed: Anchor, current: list[Anchor], random: object) -> None:
    state, heir = anchor_review(reviewed, current)
    shuffled = list(current)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert anchor_review(reviewed, shuffled) == (state, heir)
    overlapping = [other for other in current if reviewed.overlap(other)]
    alike = [other for other in overlapping if (other.act, other.action) == (reviewed.act, reviewed.action)]
    match state:
        case Anchorage.STANDS:
            assert heir == reviewed.claim
            assert heir in {other.claim for other in overlapping}
        case Anchorage.CARRIED:
            best = next(other for other in alike if other.claim == heir)
            assert reviewed.overlap(best) == max(map(reviewed.overlap, alike))
        case Anchorage.ORPHANED:
            assert heir is None
            assert not alike


# Accord versions and search


def test_each_version_of_the_accord_is_kept_once(ledger: Ledger) -> None:
    first = ledger.save_accord("accord: One\n", NOON, "Ada")
    assert ledger.save_accord("accord: One\n", NOON + timedelta(days=1), "Bo") == first
    second = ledger.save_accord("accord: Two\n", NOON, "Bo")
    third = ledger.save_accord("accord: One\n", NOON, "Ada")
    assert ledger.accord_versions() == (first, second, third)
    assert [version.number for version in ledger.accord_versions()] == [1, 2, 3]
    assert first.recorded == datetime(2021, 7, 1, 12, tzinfo=UTC)


def test_words_are_found_in_texts_titles_quotes_and_rows(ledger: Ledger) -> None:
    ledger.add(document(title="A naïve plan"), [claim("refused to withdraw")], reader="r", recorded=NOON)
    ledger.add_rows([row('{"notes": "shelling near Cerville"}')], recorded=NOON)

    def places(query: str) -> set[tuple[str, bool]]:
        return {(hit.document, hit.claim is None) for hit in ledger.search(query)}

    assert places("withdrew") == set(), "no stemmer knows this one"
    assert places("refusing WITHDRAW") == {("report", True), ("report", False)}
    assert places("naive") == {("report", True)}
    assert places("shelling") == {("table", False)}
    assert places("elect* cerville") == {("report", True)}
    assert places('"its troops on Monday"') == {("report", True)}
    assert places('"troops its"') == set()
    assert len(ledger.search("cerville", limit=1)) == 1


def test_excerpts_mark_what_was_found(ledger: Ledger) -> None:
    ledger.add(document(), [], reader="r", recorded=NOON)
    (hit,) = ledger.search("troops elections")
    assert [hit.excerpt[first:last] for first, last in hit.marks] == ["troops", "Elections"]
    assert hit.excerpt in TEXT


def test_a_heading_is_searched_by_field_and_never_shown_as_text(ledger: Ledger) -> None:
    text = f"Title: Talks\nDate: 2021-01-29\nAddress: https://example.org/talks\n\n{TEXT}"
    ledger.add(document(text, title="Talks", publisher="Evening Desk"), [], reader="r", recorded=NOON)
    assert ledger.search("evening talks")[0].document == "report"
    assert ledger.search("https") == ()
    assert ledger.search("cerville talks")[0].excerpt in ("Talks", TEXT)


@pytest.mark.parametrize("query", ["", "  ", "!!!", '""', "*"])
def test_a_query_without_words_is_refused(ledger: Ledger, query: str) -> None:
    with pytest.raises(ServandaError, match=r"nothing to look for in .*; give one word or more"):
        ledger.search(query)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("queries") / "ledger.db", create=True) as ledger:
        ledger.add(document(), [claim("refused to withdraw")], reader="r", recorded=NOON)
        yield ledger


@given(query=st.text(min_size=1, max_size=30))
def test_any_query_with_a_letter_is_answered(query: str, shared: Ledger) -> None:
    for asked in (f"{query} troops", f"troops {query}"):
        assert {hit.document for hit in shared.search(asked)} <= {"report"}


# What was said on a day is said of that day for ever

DAYS = st.dates(date(2021, 1, 1), date(2021, 1, 9))
CORRECTIONS = st.builds(
    lambda day, published, publisher, withdrawn: Correction(
        "report", "Ada", "", datetime(day.year, day.month, day.day, 9, tzinfo=UTC), published, publisher, withdrawn
    ),
    DAYS,
    st.none() | DAYS,
    st.just("Desk") | st.just("Agency"),
    st.none() | st.booleans(),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(CORRECTIONS, max_size=5), DAYS)
def test_later_corrections_leave_earlier_days_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, corrections: list[Correction], known_by: date
) -> None:
    path = tmp_path_factory.mktemp("days") / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(document(published=date(2021, 1, 3)), [claim("refused")], reader="r", recorded=NOON)
        for correction in corrections:
            before = ledger.documents(known_by), ledger.records(known_by)
            ledger.correct(correction)
            if correction.recorded.date() > known_by:
                assert (ledger.documents(known_by), ledger.records(known_by)) == before

        expected = replace(document(published=date(2021, 1, 3)).document, recorded=NOON)
        for correction in sorted(corrections, key=lambda correction: correction.recorded):
            if correction.recorded.date() <= known_by:
                expected = correction.apply(expected)
        assert ledger.documents(known_by) == ((expected,) if expected.published <= known_by else ())
        assert len(ledger.records(known_by)) == (expected.published <= known_by and not expected.withdrawn)
