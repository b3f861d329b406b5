"""The shapes that other tools rely on."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

from syrupy.assertion import SnapshotAssertion

from servanda.core.dates import Duration
from servanda.core.judgement import Dispute, Episode, Figure, HistoryEntry
from servanda.core.vocabulary import Standing, State
from servanda.publishing.explanation import explain
from servanda.publishing.status import history_json, status_json
from servanda.publishing.tables import CLAIM_COLUMNS, STATUS_COLUMNS, as_csv, as_json, claim_rows, status_rows
from tests.builders import accord, evidence, judgement, record

AS_OF = date(2021, 1, 29)
PROMISED = {
    "id", "instrument", "provision", "debtor", "predecessor", "bound", "kind", "state", "outlook", "standing",
    "disputed", "stale_since", "due", "share", "evidence", "reasons",
}  # fmt: skip


def test_a_status_has_the_promised_shape(snapshot: SnapshotAssertion) -> None:
    status = status_json([judgement()], AS_OF, AS_OF)
    assert set(status) == {"as_of", "known_by", "commitments"}
    assert set(status["commitments"][0]) >= PROMISED
    assert {"stance", "quote", "document", "published", "source", "grade"} <= set(
        status["commitments"][0]["evidence"][0]
    )
    assert json.loads(as_json(status)) == snapshot


def test_a_dispute_names_states_and_figures() -> None:
    disputed = judgement(disputed=Dispute((State.FULFILLED, State.IN_PROGRESS), (Figure(840, "AMM", "a"),)))
    shown = status_json([disputed], AS_OF, AS_OF)["commitments"][0]["disputed"]
    assert shown == {"states": ["fulfilled", "in progress"], "figures": [{"value": 840, "source": "AMM"}]}
    assert status_json([judgement()], AS_OF, AS_OF)["commitments"][0]["disputed"] is False


def test_the_publisher_is_the_source_of_what_an_outlet_says_itself() -> None:
    shown = status_json([judgement()], AS_OF, AS_OF)["commitments"][0]["evidence"][0]
    assert shown["source"] == "The Gazette"
    named = judgement(evidence=(replace(evidence(), record=record(source="Doctors Abroad")),))
    assert status_json([named], AS_OF, AS_OF)["commitments"][0]["evidence"][0]["source"] == "Doctors Abroad"


def test_history_ends_open() -> None:
    entry = HistoryEntry(AS_OF, None, State.OVERDUE, None, Standing.NO_INFORMATION, "deadline-passed", ())
    assert history_json([entry])[0]["to"] is None


def test_claims_and_status_as_csv_have_their_columns_and_no_formulas() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(claim_rows([record(quote="=cmd|' /C calc'!A0")]), CLAIM_COLUMNS))))
    assert rows[0] == list(CLAIM_COLUMNS)
    assert rows[1][CLAIM_COLUMNS.index("quote")] == "'=cmd|' /C calc'!A0"
    status = list(csv.DictReader(io.StringIO(as_csv(status_rows([judgement()]), STATUS_COLUMNS))))
    assert status[0]["evidence"] == "Eastland did not pull out its troops"


def test_a_duration_is_exported_as_iso() -> None:
    assert claim_rows([record(when=Duration(months=18))])[0]["when"] == "P18M"


def test_an_explanation_is_whole(snapshot: SnapshotAssertion) -> None:
    judged = judgement(
        episodes=(Episode(AS_OF, None, ("a",)),), would_change=("A report of the verifier that they left.",)
    )
    assert explain(accord(), judged, AS_OF, AS_OF) == snapshot


def test_what_reads_the_same_is_told_once() -> None:
    twice = (evidence("report-1:1"), evidence("report-1:2"), evidence("report-1:3", why="the verifier says so"))
    [(_, told)] = explain(accord(), judgement(evidence=twice), AS_OF, AS_OF).evidence
    assert [one.record.id for one in told] == ["report-1:1", "report-1:3"]
