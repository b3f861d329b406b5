"""What is put into the ledger comes out as it was, once, and nothing is ever taken away."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import NOON, TEXT, claim, document, row

from servanda.core.claims import Claim
from servanda.core.dates import DateRange, Duration, PartialDate, When
from servanda.core.documents import Correction, Document, NewDocument
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, WhenKind
from servanda.ledger import Ledger, queries


def test_a_document_is_kept_with_its_text_bytes_and_claims(ledger: Ledger) -> None:
    new = document(publisher="Desk", title="A report", address="https://example.org/1", reliability="B")
    began = claim("began to withdraw its troops", actors=("Arland",), when=PartialDate(2021, 1), when_kind=WhenKind.ON)
    refused = claim("refused to withdraw", act=Act.COMMIT, polarity=Polarity.NEGATIVE, actors=("Borland",))

    added = ledger.add(new, [refused, began], reader="first 1.0", recorded=NOON)

    assert added.new
    assert ledger.documents() == (replace(new.document, recorded=NOON),)
    assert (ledger.text("report"), ledger.raw("report")) == (TEXT, TEXT.encode())
    assert (ledger.media_type("report"), ledger.published_from("report")) == ("text/plain", "given")
    assert [record.claim for record in ledger.records()] == [began, refused]
    assert tuple(record.id for record in ledger.records()) == added.claims
    assert {record.recorded for record in ledger.records()} == {NOON}
    assert [(reading.document, reading.reader) for reading in ledger.readings()] == [("report", "first 1.0")]


def test_the_same_bytes_twice_add_nothing(ledger: Ledger) -> None:
    first = ledger.add(document(), [claim("refused to withdraw")], reader="r", recorded=NOON)
    before = ledger.revision()

    again = ledger.add(document(name="copy", published=date(2022, 2, 2)), [], reader="r", recorded=NOON)

    assert not again.new
    assert again.claims == first.claims
    assert again.document.published == date(2021, 1, 29)
    assert ledger.revision() == before
    assert ledger.document_with(document().document.sha256) == first.document
    assert ledger.document_with("0" * 64) is None


def test_two_documents_of_one_name_get_two_ids(ledger: Ledger) -> None:
    first = ledger.add(document("One."), [claim("One", "One.")], reader="r", recorded=NOON)
    second = ledger.add(document("Two."), [claim("Two", "Two.")], reader="r", recorded=NOON)
    third = ledger.add(document("Three.", name=second.document.id), [], reader="r", recorded=NOON)

    assert first.document.id == "report"
    assert second.document.id == "report-" + hashlib.sha256(b"Two.").hexdigest()[:8]
    assert third.document.id not in {first.document.id, second.document.id}
    assert {record.claim.doc for record in ledger.records()} == {"report", second.document.id}


def test_equal_claims_of_one_sentence_are_told_apart(ledger: Ledger) -> None:
    same = claim("refused to withdraw")
    added = ledger.add(document(), [same, same, replace(same, place="Cerville")], reader="r", recorded=NOON)
    assert len(set(added.claims)) == 3


def test_a_quote_that_is_not_in_the_text_is_refused_and_nothing_is_kept(ledger: Ledger) -> None:
    invented = replace(claim("refused to withdraw"), quote="agreed to withdraw!")
    with pytest.raises(ServandaError, match=r"the reader odd 1 quotes 'agreed to withdraw!' at 55 to 74 of report"):
        ledger.add(document(), [invented], reader="odd 1", recorded=NOON)
    assert set(ledger.counts().values()) == {0}


def test_a_number_is_one_number_however_it_is_written(ledger: Ledger) -> None:
    counted = [claim("refused to withdraw", quantity=quantity) for quantity in (300, 0)]
    first = ledger.add(document(), counted, reader="r", recorded=NOON).claims
    again = [claim("refused to withdraw", quantity=quantity) for quantity in (300.0, -0.0)]
    assert ledger.reread("report", again, reader="s", recorded=NOON).kept == first


@pytest.mark.parametrize("quantity", [float("nan"), float("inf"), 10**400])
def test_a_quantity_that_is_no_number_is_refused(ledger: Ledger, quantity: float) -> None:
    with pytest.raises(ServandaError, match="finite number"):
        ledger.add(document(), [claim("refused to withdraw", quantity=quantity)], reader="r", recorded=NOON)
    assert set(ledger.counts().values()) == {0}


def test_half_a_character_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ServandaError, match="half of a character"):
        ledger.add(replace(document(), text="\ud800"), [], reader="r", recorded=NOON)
    assert set(ledger.counts().values()) == {0}


def test_a_moment_without_a_zone_is_a_mistake_of_the_caller(ledger: Ledger) -> None:
    with pytest.raises(Exception, match="time zone"):
        ledger.add(document(), [], reader="r", recorded=datetime(2021, 7, 1))


def test_moments_come_back_as_utc(ledger: Ledger) -> None:
    ledger.add(document(), [], reader="r", recorded=datetime(2021, 7, 1, 14, tzinfo=timezone(timedelta(hours=2))))
    assert ledger.documents()[0].recorded == NOON
    assert ledger.documents()[0].recorded.tzinfo is UTC  # type: ignore[union-attr]


def test_an_unknown_document_is_named(ledger: Ledger) -> None:
    for ask in (ledger.text, ledger.raw, ledger.media_type, ledger.published_from):
        with pytest.raises(ServandaError, match="there is no document 'nowhere'"):
            ask("nowhere")


def test_known_by_shows_what_was_published_by_that_day(ledger: Ledger) -> None:
    ledger.add(document("One.", "one", date(2021, 1, 1)), [claim("One", "One.")], reader="r", recorded=NOON)
    ledger.add(document("Two.", "two", date(2021, 1, 2)), [claim("Two", "Two.")], reader="r", recorded=NOON)
    assert [known.id for known in ledger.documents(date(2021, 1, 1))] == ["one"]
    assert [record.claim.quote for record in ledger.records(date(2021, 1, 1))] == ["One"]
    assert ledger.records(date(2020, 12, 31)) == ()


def test_records_can_be_narrowed(ledger: Ledger) -> None:
    ledger.add(document("One.", "one"), [claim("One", "One.")], reader="r", recorded=NOON)
    ledger.add(document("Two.", "two"), [claim("Two", "Two.", action=Action.ELECT)], reader="r", recorded=NOON)
    assert [record.claim.quote for record in ledger.records(documents=["two"])] == ["Two"]
    assert [record.claim.quote for record in ledger.records(actions=[Action.WITHDRAW])] == ["One"]
    assert ledger.records(documents=[]) == ()


def test_only_what_is_new_is_read(ledger: Ledger) -> None:
    ledger.add(document("One.", "one"), [claim("One", "One.")], reader="r", recorded=NOON)
    ledger.add_rows([row("a")], recorded=NOON)
    start, before = ledger.revision(), ledger.records()
    assert ledger.new_records(start) == ()

    ledger.add(document("Two.", "two"), [claim("Two", "Two.")], reader="r", recorded=NOON)
    ledger.add(document("Three.", "three", date(2021, 2, 1)), [claim("Three", "Three.")], reader="r", recorded=NOON)
    ledger.add_rows([row("a"), row("b")], recorded=NOON)

    new = ledger.new_records(start)
    assert new is not None
    assert {record.claim.quote or record.row for record in new} == {"Two", "Three", "b"}
    assert set(ledger.records()) == {*before, *new}
    assert [record for record in ledger.records() if record in new] == list(new)
    assert len(ledger.new_records(start, date(2021, 1, 31)) or ()) == 2
    later = ledger.revision()
    ledger.reread("one", [], reader="s", recorded=NOON)
    assert ledger.new_records(later) is None
    later = ledger.revision()
    ledger.correct(Correction("two", "Ada", "", NOON, publisher="Desk"))
    assert ledger.new_records(later) is None


def test_long_lists_of_documents(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MANY", 1)
    for name in ("One", "Two", "Three"):
        ledger.add(document(f"{name}.", name), [claim(name, f"{name}.")], reader="r", recorded=NOON)
    assert {record.claim.quote for record in ledger.records(documents=["One", "Three"])} == {"One", "Three"}


def test_a_claim_is_found_by_the_start_of_its_id(ledger: Ledger) -> None:
    quotes = ["began to withdraw", "refused to withdraw", *TEXT.split()]
    ids = ledger.add(document(), [claim(quote) for quote in quotes], reader="r", recorded=NOON).claims
    assert ledger.claim_id(ids[0].upper()) == ids[0]
    unique = next(size for size in range(1, 16) if sum(name.startswith(ids[0][:size]) for name in ids) == 1)
    assert ledger.claim_id(ids[0][:unique]) == ids[0]
    assert len({name[0] for name in ids}) < len(ids), "two ids share their first digit"
    shared = next(name[0] for name in ids if sum(other[0] == name[0] for other in ids) > 1)
    with pytest.raises(ServandaError, match="more of the id's digits"):
        ledger.claim_id(shared)
    for unknown in ("", "zz", "0" * 16, "%"):
        with pytest.raises(ServandaError, match="there is no claim"):
            ledger.claim_id(unknown)


# Tables


def test_rows_are_kept_with_what_they_bring(ledger: Ledger) -> None:
    entered = datetime(2021, 2, 3, tzinfo=UTC)
    given_row = row("x", recorded=entered, commitment="leave/arland", stance="fails", credibility="2", place="Cerville")
    assert ledger.add_rows(iter([given_row, row("y")]), recorded=NOON).new == 2

    first, second = sorted(ledger.records(), key=lambda record: record.row or "")
    assert first.claim == given_row.claim
    assert (first.row, first.recorded, first.commitment, first.stance, first.credibility) == (
        "x",
        entered,
        "leave/arland",
        "fails",
        "2",
    )
    assert (second.row, second.recorded, second.commitment) == ("y", NOON, None)
    assert ledger.text("table") is None
    assert ledger.raw("table") is None


def test_a_row_with_a_quote_shows_the_quote(ledger: Ledger) -> None:
    ledger.add_rows([row("{...}", quote="they left")], recorded=NOON)
    (record,) = ledger.records()
    assert (record.claim.quote, record.row) == ("they left", None)


def test_overlapping_tables_add_each_row_once(ledger: Ledger) -> None:
    assert ledger.add_rows([row("a"), row("b"), row("a")], recorded=NOON).new == 3
    assert ledger.add_rows([row("b"), row("a"), row("c"), row("a")], recorded=NOON).new == 1
    assert sorted(record.row or "" for record in ledger.records()) == ["a", "a", "b", "c"]


def test_the_same_words_in_two_reports_are_two_rows(ledger: Ledger) -> None:
    rows = [row("a", report="one"), row("a", report="two"), row("a", published=date(2021, 2, 1))]
    added = ledger.add_rows(rows, recorded=NOON)
    assert (added.rows, added.new, added.reports) == (3, 3, 3)
    assert len(ledger.records(date(2021, 1, 29))) == 2


def test_a_table_that_breaks_off_leaves_nothing(ledger: Ledger) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield from (row(str(number)) for number in range(12_000))
        raise ServandaError("table.csv:12001: no such day")

    with pytest.raises(ServandaError, match="no such day"):
        ledger.add_rows(rows(), recorded=NOON)
    assert set(ledger.counts().values()) == {0}


def test_a_report_of_rows_cannot_be_reread(ledger: Ledger) -> None:
    ledger.add_rows([row("a")], recorded=NOON)
    with pytest.raises(ServandaError, match="has no text to read"):
        ledger.reread("table", [], reader="r", recorded=NOON)


# Nothing is changed or removed


TABLES = (
    "schema_versions",
    "documents",
    "texts",
    "stories",
    "readings",
    "claims",
    "annotations",
    "corrections",
    "reviews",
    "accord_versions",
)


@pytest.fixture
def full(ledger: Ledger, path: Path) -> Path:
    from servanda.core.claims import Annotation, Review
    from servanda.core.documents import Correction

    (claim_id,) = ledger.add(document(), [claim("refused to withdraw")], reader="r", recorded=NOON).claims
    ledger.correct(Correction("report", "Ada", "a slip", NOON, publisher="Desk"))
    ledger.review(Review(claim_id, "accept", "Ada", "", NOON))
    ledger.annotate(Annotation("report", claim("refused"), "Ada", "", NOON))
    ledger.save_accord("accord: Test\n", NOON, "Ada")
    return path


def test_every_table_is_covered(full: Path) -> None:
    with sqlite3.connect(full) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in names if "_words" not in name} == set(TABLES)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_updated_deleted_or_replaced(full: Path, table: str, recursive: str) -> None:
    connection = sqlite3.connect(full)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = connection.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    columns = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
    for statement in (
        f'UPDATE {table} SET "{columns[-1]}" = "{columns[-1]}"',
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=f"append-only: {table} keeps every row"):
            connection.execute(statement)
    assert connection.execute(f"SELECT * FROM {table}").fetchall() == before
    connection.close()


# Laws

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NAMES = st.none() | WORDS
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WHENS: st.SearchStrategy[When] = st.one_of(
    DAYS.map(PartialDate.of),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.tuples(DAYS, DAYS).map(lambda days: DateRange(min(days), max(days))),
    st.builds(Duration, *[st.integers(0, 400)] * 5),
)


@st.composite
def texts_with_claims(draw: st.DrawFn) -> tuple[NewDocument, list[Claim]]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    raw = text.encode()
    new = NewDocument(
        Document(
            draw(st.sampled_from(["a", "b", "c"])),
            hashlib.sha256(raw).hexdigest(),
            draw(DAYS),
            draw(NAMES),
            draw(NAMES),
            address=draw(NAMES),
            reliability=draw(st.sampled_from([None, *"ABCDEF"])),
        ),
        text,
        raw,
        "text/plain",
        "given",
    )
    claims = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        when = draw(st.none() | WHENS)
        claims.append(
            Claim(
                new.document.id,
                draw(st.sampled_from(Act)),
                draw(st.sampled_from(Action)),
                draw(st.sampled_from(Polarity)),
                text[start:end],
                start,
                end,
                (draw(st.integers(0, start)), draw(st.integers(end, len(text)))),
                tuple(draw(st.lists(WORDS, max_size=2))),
                draw(NAMES),
                when,
                draw(st.none() | st.sampled_from(WhenKind)),
                draw(st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)),
                draw(NAMES),
                draw(st.sampled_from(Certainty)),
                draw(NAMES),
                draw(st.sampled_from(Part)),
            )
        )
    return new, claims


BATCHES = st.lists(texts_with_claims(), max_size=4, unique_by=lambda pair: pair[0].document.sha256)


def contents(path: Path) -> dict[str, object]:
    """What a ledger holds, but for the names that it gave to documents."""
    with Ledger.open(path) as ledger:
        names = {known.id: known.sha256 for known in ledger.documents()}
        return {
            "documents": sorted((replace(known, id="") for known in ledger.documents()), key=repr),
            "texts": {sha: (ledger.text(name), ledger.raw(name)) for name, sha in names.items()},
            "claims": {(record.id, replace(record.claim, doc=names[record.claim.doc])) for record in ledger.records()},
            "faults": ledger.faults(),
        }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BATCHES, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    batch: list[tuple[NewDocument, list[Claim]]],
    random: object,
) -> None:
    folder = tmp_path_factory.mktemp("laws")
    shuffled = [*batch, *batch]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for name, order in (("one.db", batch), ("other.db", shuffled)):
        with Ledger.open(folder / name, create=True) as ledger:
            for new, claims in order:
                mixed = list(claims)
                random.shuffle(mixed)  # type: ignore[attr-defined]
                ledger.add(new, mixed, reader="r", recorded=NOON)

    one = contents(folder / "one.db")
    assert one == contents(folder / "other.db")
    assert one["texts"] == {new.document.sha256: (new.text, new.raw) for new, _ in batch}
    assert one["claims"].__len__() == sum(len(claims) for _, claims in batch)  # type: ignore[attr-defined]
    assert one["faults"] == ()
    with Ledger.open(folder / "one.db") as ledger:
        kept = {known.sha256: known.id for known in ledger.documents()}
        found = [replace(record.claim, doc="") for record in ledger.records()]
    assert set(kept) == {new.document.sha256 for new, _ in batch}
    wanted = [replace(claim, doc="") for _, claims in batch for claim in claims]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), WORDS, DAYS), max_size=8), st.randoms(use_true_random=False))
def test_tables_in_any_order_and_overlap_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, given_rows: list[tuple[str, str, date]], random: object
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    rows = [row(words, published, report) for report, words, published in given_rows]
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    kept = []
    for name, tables in (("one.db", [rows]), ("other.db", [mixed[:3], mixed, rows])):
        with Ledger.open(folder / name, create=True) as ledger:
            for table in tables:
                ledger.add_rows(table, recorded=NOON)
            kept.append({(record.id, record.row, record.document.published) for record in ledger.records()})
    assert kept[0] == kept[1]
    assert len(kept[0]) == len(rows)
