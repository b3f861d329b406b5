"""Tables of claims: our own fields, ACLED, UCDP; each row a claim or a message with its line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.claims import ClaimRow
from servanda.core.dates import DateRange, Duration, PartialDate
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action, Certainty, Polarity, WhenKind
from servanda.intake import iterate_claims_table, read_claims_table
from servanda.intake.event_rows import ACLED_EVENTS

FORMATS = Path(__file__).resolve().parents[3] / "shared" / "facts" / "formats"
DAY = date(2021, 1, 29)
CLAIM: dict[str, object] = {
    "doc": "daily-7",
    "quote": None,
    "act": "report",
    "action": "withdraw",
    "polarity": "negative",
    "actors": ["Arland", "Borland"],
    "source": "monitors",
    "when": "2021-01",
    "when_kind": "by",
    "quantity": 300,
    "place": "Cerville",
    "certainty": "possible",
    "published": "2021-01-29",
    "recorded": "2021-01-30T08:00:00+02:00",
    "publisher": "Mission",
    "reliability": "b",
    "credibility": 2,
    "commitment": "leave/arland",
    "stance": "fails",
}


def put(folder: Path, content: str | bytes, name: str = "table.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def only(path: Path, **given: object) -> ClaimRow:
    (row,), problems = read_claims_table(path, **given)  # type: ignore[arg-type]
    assert problems == ()
    return row


def faults(path: Path) -> list[str]:
    _, problems = read_claims_table(path)
    return [str(problem).replace(str(path), path.name) for problem in problems]


def test_a_line_gives_a_claim_with_all_that_it_says(tmp_path: Path) -> None:
    row = only(put(tmp_path, lines(CLAIM)))

    claim = row.claim
    assert (claim.act, claim.action, claim.polarity) == (Act.REPORT, Action.WITHDRAW, Polarity.NEGATIVE)
    assert (claim.doc, claim.quote, claim.actors, claim.source) == ("daily-7", None, ("Arland", "Borland"), "monitors")
    assert (claim.when, claim.when_kind) == (PartialDate(2021, 1), WhenKind.BY)
    assert (claim.quantity, claim.place, claim.certainty) == (300, "Cerville", Certainty.POSSIBLE)
    assert (row.document.id, row.document.published, row.document.publisher) == ("daily-7", DAY, "Mission")
    assert (row.document.reliability, row.credibility) == ("B", "2")
    assert (row.commitment, row.stance) == ("leave/arland", "fails")
    assert row.recorded == datetime(2021, 1, 30, 6, tzinfo=UTC)
    assert json.loads(row.row) == CLAIM
    assert (row.at.file, row.at.line) == (str(tmp_path / "table.jsonl"), 1)


def test_what_a_reader_prints_can_be_handed_in(tmp_path: Path) -> None:
    claim = only(put(tmp_path, lines(CLAIM))).claim
    again = only(put(tmp_path, lines(claim.fields() | {"published": "2021-01-29"})))
    assert again.claim == claim
    quoted = only(put(tmp_path, lines(CLAIM | {"quote": "they stayed"})))
    assert quoted.claim.quote == "they stayed"


def test_the_least_that_a_row_needs(tmp_path: Path) -> None:
    path = put(tmp_path, '{"act": "report", "action": "withdraw", "polarity": "positive"}\n\n')
    row = only(path, published=DAY, publisher="Mission")
    assert (row.document.id, row.document.published, row.document.publisher) == ("table-2021-01-29", DAY, "Mission")
    assert (row.commitment, row.stance, row.credibility, row.recorded) == (None, None, None, None)
    assert row.claim.certainty is Certainty.CERTAIN


def test_what_a_row_says_wins_over_what_is_given_for_all(tmp_path: Path) -> None:
    row = only(put(tmp_path, lines(CLAIM)), published=date(2020, 1, 1), publisher="Other")
    assert (row.document.published, row.document.publisher) == (DAY, "Mission")


CSV = """act,action,polarity,actors,when,quantity,published,commitment,remarks
report,withdraw,positive,Arland; Borland,2021-01-03/2021-01-05,"1e3",2021-01-29,,"said
on the radio"
demand,elect,positive,"[""Arland""]",P90D,,2021-01-29,vote/arland,
"""


def test_a_csv_table(tmp_path: Path) -> None:
    (first, second), problems = read_claims_table(put(tmp_path, CSV, "table.csv"))
    assert problems == ()
    assert first.claim.actors == ("Arland", "Borland")
    assert first.claim.when == DateRange(date(2021, 1, 3), date(2021, 1, 5))
    assert first.claim.quantity == 1000
    assert json.loads(first.row)["remarks"] == "said\non the radio"
    assert (second.claim.actors, second.claim.when) == (("Arland",), Duration(days=90))
    assert (first.at.line, second.at.line) == (2, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_office_programs_write_it(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["act", "action", "polarity", "place", "published"],
        ["report", "attack", "positive", "Séville", "2021-01-29"],
    ]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    assert only(put(tmp_path, text.encode(encoding), "table.csv")).claim.place == "Séville"


def test_the_kind_of_a_file_without_a_telling_name(tmp_path: Path) -> None:
    assert only(put(tmp_path, lines(CLAIM), "claims.dat")).claim.action is Action.WITHDRAW
    assert len(read_claims_table(put(tmp_path, CSV, "table.txt"))[0]) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"act": "reprot"}, "'reprot' is no act; did you mean 'report'? it is one of: stipulate, commit, demand"),
        ({"action": "dance"}, "'dance' is no action; it is one of: withdraw, deploy"),
        ({"polarity": None}, "polarity is missing; give act, action, polarity in every row"),
        ({"actors": "[1]"}, 'actors is no list of names; write ["Turkey", "Russia"], or in CSV Turkey; Russia'),
        ({"actors": 7}, "actors is no list of names"),
        ({"when": "2021-02-30"}, "when is '2021-02-30'; give a date as YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"when": "2021-02/2021-01"}, "when is '2021-02/2021-01'; give a date"),
        ({"when_kind": "until"}, "'until' is no when kind; it is one of: by, on, from"),
        ({"quantity": "many"}, 'quantity is "many"; give a number such as 300 or 0.5'),
        ({"quantity": True}, "quantity is true; give a number"),
        ({"quantity": 10**400}, "quantity is 1000"),
        ({"published": "2021-02-30"}, "published is '2021-02-30'; give a day of the calendar as YYYY-MM-DD"),
        ({"published": None}, "nothing says when this was published; give published as YYYY-MM-DD, or --date"),
        ({"recorded": "yesterday"}, "recorded is 'yesterday'; give a moment as YYYY-MM-DD"),
        ({"reliability": "Z"}, "'Z' is no reliability; give one letter from A to F"),
        ({"credibility": 7}, "'7' is no credibility; give one digit from 1 to 6"),
        ({"commitment": "leave"}, "'leave' is no commitment; write provision/debtor"),
        ({"commitment": None}, "a stance is given, and no commitment; say which commitment"),
        ({"stance": "breaks"}, "'breaks' is no stance; did you mean 'breaches'?"),
        ({"place": 3}, "place is 3; give a text in quotes, or null"),
        ({"comitment": "a/b"}, "'comitment' is no field of a claim; did you mean 'commitment'?"),
    ],
)
def test_a_row_at_fault_is_named_by_its_line_and_the_others_go_on(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = put(tmp_path, lines(CLAIM, CLAIM | change, CLAIM))
    rows, problems = read_claims_table(path)
    assert [row.at.line for row in rows] == [1, 3]
    assert str(problems[0]).startswith(f"{path}:2: {said}")


def test_every_fault_of_a_row_is_named(tmp_path: Path) -> None:
    path = put(tmp_path, lines(CLAIM | {"act": "x", "when": "y", "reliability": "z"}))
    assert len(faults(path)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json}", "this is no JSON object at column 2; write one object a line"),
        ("[1, 2]", "this is no JSON object; write one object a line, in braces"),
        ('{"quantity": NaN}', "this is no JSON object"),
        ("[" * 100_000, "this is no JSON object"),
        ('{"act": "report", "place": "\\ud800"}', "this holds half of a character; write the text as UTF-8"),
    ],
)
def test_lines_that_are_no_objects(tmp_path: Path, line: str, said: str) -> None:
    path = put(tmp_path, lines(CLAIM) + line + "\n" + lines(CLAIM))
    assert faults(path)[0].startswith(f"table.jsonl:2: {said}")
    assert len(read_claims_table(path)[0]) == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.jsonl", b"", "t.jsonl is empty"),
        ("t.csv", b"act,action,polarity\n", "t.csv holds no rows; give a table with a claim in each row"),
        ("t.jsonl", b"[{}]", "t.jsonl is one JSON list; write one object a line (JSONL)"),
        ("t.csv", b"\x00\x01\x02" * 99, "t.csv is not a text"),
        (
            "t.csv",
            b"name,age\nAda,36\n",
            "t.csv:2: this is no table of claims; its columns are age, name; claims need act",
        ),
        ("t.jsonl", b'{"a": 1}', "t.jsonl:1: this is no table of claims; its columns are a; claims need act"),
        ("t.csv", b"act,act\n1,2\n", "t.csv:1: the column 'act' occurs twice; give each column its own name"),
        ("t.csv", b"act,action\nreport,attack\n", "t.csv: the column polarity is missing"),
        ("t.csv", b"act,action,polarity,plase\na,b,c,d\n", "'plase' is no column of claims; did you mean 'place'?"),
        ("t.csv", b'act,action,polarity\n"report,a,b\n', "t.csv:2: the table breaks off"),
    ],
)
def test_files_that_are_no_tables_of_claims(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = put(tmp_path, content, name)
    with pytest.raises(ServandaError) as refused:
        read_claims_table(path)
    assert said in str(refused.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none.csv", "does not exist"), (tmp_path, "is a folder; name a JSONL or CSV file")):
        with pytest.raises(ServandaError, match=said):
            read_claims_table(path)


def test_a_row_with_too_few_fields(tmp_path: Path) -> None:
    text = "act,action,polarity,published\nreport,attack\nreport,attack,positive,2021-01-29\n"
    path = put(tmp_path, text, "t.csv")
    assert faults(path) == ["t.csv:2: this row has 2 fields, the header 4; check the separators and quotation marks"]
    assert len(read_claims_table(path)[0]) == 1


def test_a_table_that_turns_bad_far_from_its_start(tmp_path: Path) -> None:
    path = put(tmp_path, lines(CLAIM).encode() * 3000 + b'{"place": "\xff"}\n')
    with pytest.raises(ServandaError, match=r"is damaged: after its start it is no longer UTF-8"):
        read_claims_table(path)


def test_tables_that_overlap_share_their_reports(tmp_path: Path) -> None:
    one = only(put(tmp_path, lines(CLAIM | {"doc": None}), "january.jsonl"))
    other = only(put(tmp_path, lines(CLAIM | {"doc": None}), "spring.jsonl"))
    assert (one.document.sha256, one.row) == (other.document.sha256, other.row)
    assert one.document.id != other.document.id


# Event data sets

ACLED = {
    "event_id_cnty": "ARL1",
    "event_date": "2021-01-20",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Arland",
    "actor2": "Northern Front",
    "country": "Arland",
    "admin1": "North",
    "location": "Cerville",
    "source": "Desk; Agency",
    "fatalities": "7",
    "timestamp": "1611878400",
}


@pytest.mark.skipif(not FORMATS.is_dir(), reason="needs ../shared/facts beside the repository")
def test_the_columns_are_those_of_the_data_sets() -> None:
    from servanda.intake.event_rows import ACLED_COLUMNS, UCDP_COLUMNS

    acled = set(json.loads((FORMATS / "acled_columns.json").read_text())["columns"])
    assert acled >= ACLED_COLUMNS | ACLED.keys()
    ucdp = set(json.loads((FORMATS / "ucdp_ged_columns.json").read_text())["columns"])
    assert ucdp >= UCDP_COLUMNS | UCDP.keys()


def csv_of(*rows: dict[str, str]) -> str:
    quoted = [",".join(f'"{cell}"' for cell in cells) for cells in (rows[0], *(row.values() for row in rows))]
    return "\n".join(quoted) + "\n"


def test_an_acled_row(tmp_path: Path) -> None:
    row = only(put(tmp_path, csv_of(ACLED), "acled.csv"))
    assert (row.claim.act, row.claim.action, row.claim.polarity) == (Act.REPORT, Action.ATTACK, Polarity.POSITIVE)
    assert row.claim.actors == ("Military Forces of Arland", "Northern Front")
    assert (row.claim.when, row.claim.when_kind) == (PartialDate(2021, 1, 20), WhenKind.ON)
    assert (row.claim.quantity, row.claim.place, row.claim.quote) == (7, "Cerville", None)
    assert (row.document.published, row.document.publisher) == (DAY, "Desk; Agency")
    assert json.loads(row.row) == ACLED
    assert only(put(tmp_path, lines(ACLED))).claim == row.claim.__class__(  # type: ignore[arg-type]
        **{name: getattr(row.claim, name) for name in row.claim.__slots__} | {"doc": "table-2021-01-29"}
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sub_event_type": "Air/drone strike"}, {"actors": ("Military Forces of Arland",)}),
        ({"sub_event_type": "Abduction/forced disappearance"}, {"action": Action.DETAIN, "quantity": None}),
        ({"sub_event_type": "Agreement"}, {"action": Action.AGREE, "quantity": None}),
        ({"sub_event_type": "Excessive force against protesters"}, {"actors": ("Northern Front",)}),
        ({"actor2": "", "sub_event_type": "Non-violent transfer of territory"}, {"actors": ()}),
        ({"event_date": "20 January 2021"}, {"when": PartialDate(2021, 1, 20)}),
        ({"time_precision": "2"}, {"when": DateRange(date(2021, 1, 14), date(2021, 1, 26))}),
        ({"time_precision": "3"}, {"when": PartialDate(2021, 1)}),
        ({"fatalities": "0"}, {"quantity": None}),
        ({"location": ""}, {"place": "North"}),
    ],
)
def test_what_acled_says_and_no_more(tmp_path: Path, change: dict[str, str], expected: dict[str, object]) -> None:
    claim = only(put(tmp_path, csv_of(ACLED | change), "acled.csv")).claim
    assert {name: getattr(claim, name) for name in expected} == expected


def test_acled_rows_that_make_no_claim_are_counted(tmp_path: Path) -> None:
    march = ACLED | {"sub_event_type": "Peaceful protest"}
    path = put(tmp_path, csv_of(ACLED, march, march), "acled.csv")
    rows, problems = read_claims_table(path)
    assert len(rows) == 1
    assert [problem.error for problem in problems] == [False]
    assert faults(path) == [
        "acled.csv:3: 2 rows of the kind 'Peaceful protest' from here on;"
        " they make no claim of our vocabulary and are left out"
    ]
    assert "Peaceful protest" not in ACLED_EVENTS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event_date": "2021-02-30"}, "event_date is '2021-02-30'; give a day such as"),
        ({"event_date": ""}, "event_date is missing"),
        ({"fatalities": "few"}, 'fatalities is "few"; give a number'),
        ({"timestamp": ""}, "nothing says when this was published; keep ACLED's column timestamp, or give --date"),
        ({"timestamp": "1e30"}, "timestamp is 1e+30; give seconds since 1970"),
    ],
)
def test_acled_rows_at_fault(tmp_path: Path, change: dict[str, str], said: str) -> None:
    assert faults(put(tmp_path, csv_of(ACLED | change), "acled.csv"))[0].startswith(f"acled.csv:2: {said}")


def test_a_given_date_stands_in_for_a_missing_timestamp(tmp_path: Path) -> None:
    path = put(tmp_path, csv_of(ACLED | {"timestamp": ""}), "acled.csv")
    assert only(path, published=DAY).document.published == DAY


UCDP = {
    "id": "1",
    "type_of_violence": "1",
    "code_status": "Clear",
    "side_a": "Government of Arland",
    "side_b": "Northern Front",
    "source_office": "Agency;Desk",
    "source_date": "2021-01-21;2021-01-29",
    "where_coordinates": "Cerville town",
    "adm_1": "North",
    "country": "Arland",
    "date_start": "2021-01-20 00:00:00.000",
    "date_end": "2021-01-20 00:00:00.000",
    "best": "12",
}


def test_a_ucdp_row(tmp_path: Path) -> None:
    row = only(put(tmp_path, csv_of(UCDP), "ged.csv"))
    assert (row.claim.act, row.claim.action) == (Act.REPORT, Action.ATTACK)
    assert row.claim.actors == ("Government of Arland", "Northern Front")
    assert (row.claim.when, row.claim.quantity, row.claim.place) == (PartialDate(2021, 1, 20), 12, "Cerville town")
    assert (row.document.published, row.document.publisher) == (DAY, "Agency;Desk")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type_of_violence": "3"}, {"actors": ("Government of Arland",)}),
        ({"date_end": "2021-01-25"}, {"when": DateRange(date(2021, 1, 20), date(2021, 1, 25))}),
        ({"code_status": "Check deaths"}, {"certainty": Certainty.POSSIBLE}),
        ({"where_coordinates": ""}, {"place": "North"}),
    ],
)
def test_what_ucdp_says_and_no_more(tmp_path: Path, change: dict[str, str], expected: dict[str, object]) -> None:
    claim = only(put(tmp_path, csv_of(UCDP | change), "ged.csv")).claim
    assert {name: getattr(claim, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type_of_violence": "9"}, "type_of_violence is '9'; UCDP knows 1, 2 and 3"),
        ({"date_end": "2021-01-19"}, "date_end lies before date_start; check both dates"),
        ({"source_date": "unknown"}, "nothing says when this was published; keep UCDP's column source_date"),
    ],
)
def test_ucdp_rows_at_fault(tmp_path: Path, change: dict[str, str], said: str) -> None:
    assert faults(put(tmp_path, csv_of(UCDP | change), "ged.csv"))[0].startswith(f"ged.csv:2: {said}")


# Laws

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(CLAIM)), JSON), max_size=4))
def test_any_lines_give_claims_or_problems_with_their_place(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, object]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    path.write_text(lines(CLAIM, *(CLAIM | change for change in changes)))
    good = set()
    for item in iterate_claims_table(path):
        if isinstance(item, ClaimRow):
            item.row.encode()
            good.add(item.at.line)
        else:
            assert 1 < item.location.line <= len(changes) + 1
            assert item.location.line not in good
    assert 1 in good


@given(st.text(max_size=120))
def test_any_text_is_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    for ending in ("csv", "jsonl"):
        path = tmp_path_factory.getbasetemp() / f"any.{ending}"
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            rows, problems = read_claims_table(path)
        except ServandaError:
            continue
        assert rows == ()
        assert problems
