"""Snapshots keep up with the ledger: what they show is what judging from scratch shows, however it came in."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from servanda.core.claims import Annotation, Review
from servanda.dossier import Dossier, Sitting, doubts_of
from servanda.web import create_app, snapshots
from servanda.web.snapshots import Snapshots
from servanda.web.view import View, today
from tests.cli.conftest import ACCORD, REPORT

AS_OF = date(2021, 1, 29)


@pytest.fixture
def own(web_dossier: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(web_dossier, tmp_path / "own"))


def same(kept: Snapshots, folder: Path) -> None:
    """A kept snapshot says what a new dossier judges from scratch."""
    view = View(AS_OF, today(), stated=True)
    shown, fresh = kept.at(view), Dossier(folder)
    judged = fresh.status(as_of=AS_OF, known_by=today())
    assert shown.judgements == judged
    assert shown.documents == fresh.documents(today())
    assert shown.doubts() == doubts_of(judged)
    assert shown.doubts(1) == doubts_of(judged)[:1]
    assert shown.sitting.waiting == len(doubts_of(judged))
    links = {(evidence.record.id, judgement.id) for judgement in judged for evidence in judgement.evidence}
    assert {(claim, name) for claim, names in shown.links.items() for name in names} == links
    for judgement in judged:
        told = fresh.history(judgement.id, as_of=AS_OF, known_by=today())
        assert kept.history(shown, judgement) == told


def test_a_snapshot_keeps_up_with_whatever_comes_in(own: Path, tmp_path: Path) -> None:
    dossier = Dossier(own)
    kept = Snapshots(Dossier(own, keeps_open=True))
    same(kept, own)
    first = kept.at(View(AS_OF, today(), stated=True))
    claim = dossier.records(documents=["four-stages"])[0]

    dossier.decide(Review(claim.id, "accept", "Amal", "", datetime.now(UTC), commitment="troops-leave/eastland"))
    same(kept, own)
    dossier.decide(Review(claim.id, "undo", "Amal", "", datetime.now(UTC)))
    same(kept, own)
    own_claim = dossier.records(documents=["deadline-passes"])[0]
    made = Annotation("deadline-passes", own_claim.claim, "Amal", "", datetime.now(UTC))
    entered = dossier.annotate(made)
    same(kept, own)
    dossier.annotate(Annotation("deadline-passes", None, "Amal", "", datetime.now(UTC), corrects=entered.id))
    same(kept, own)
    again = tmp_path / "again.txt"
    again.write_text(REPORT.replace("Eastland did not", "Westland did not"), encoding="utf-8")
    list(dossier.add([again]))
    same(kept, own)
    assert kept.at(View(AS_OF, today(), stated=True)).sitting is first.sitting, "nothing asked for judging all anew"

    (own / "accord.yaml").write_text(ACCORD.replace("three months", "two months"), encoding="utf-8")
    same(kept, own)
    assert kept.at(View(AS_OF, today(), stated=True)).sitting is not first.sitting


def test_a_ledger_that_was_restored_is_noticed_even_if_it_counts_as_many_rows(own: Path, tmp_path: Path) -> None:
    dossier, view = Dossier(own), View(AS_OF, today(), stated=True)
    first, other = dossier.records(documents=["deadline-passes"])[:2]
    with dossier.ledger() as ledger:
        ledger.backup(tmp_path / "backup.db")
    dossier.decide(Review(first.id, "reject", "Amal", "", datetime.now(UTC)))
    kept = Snapshots(Dossier(own, keeps_open=True))
    before = kept.at(view).judgements

    for name in ("ledger.db-wal", "ledger.db-shm"):
        (own / name).unlink(missing_ok=True)
    (tmp_path / "backup.db").replace(own / "ledger.db")
    dossier.decide(Review(other.id, "reject", "Badr", "", datetime.now(UTC)))
    same(kept, own)
    assert kept.at(view).judgements != before


def test_while_all_is_judged_anew_for_long_the_last_snapshot_is_shown_and_said_to_be(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()

    class Slow(Sitting):
        def __init__(self, *arguments: object, **named: object) -> None:
            assert may_go_on.wait(30)
            super().__init__(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshots, "_PATIENCE", 0.0)
    with TestClient(create_app(own), base_url="http://localhost") as client:
        address = "/?as_of=2021-01-29"
        assert "judged anew" not in client.get(address).text
        monkeypatch.setattr(snapshots, "Sitting", Slow)
        text = (own / "accord.yaml").read_text(encoding="utf-8")
        (own / "accord.yaml").write_text(text.replace("accord: Borderlands", "accord: Newer"), encoding="utf-8")
        behind = client.get(address).text
        assert "judged anew" in behind
        assert "troops-leave" in behind
        may_go_on.set()
        for _ in range(200):
            if "judged anew" not in client.get(address).text:
                break
            threading.Event().wait(0.05)
        assert "judged anew" not in client.get(address).text
