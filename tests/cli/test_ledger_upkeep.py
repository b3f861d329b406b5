"""Users can check a ledger, back it up, and see what was withdrawn."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import servanda


@pytest.fixture
def own(tmp_path: Path, accord_file: Path, report_file: Path) -> Path:
    folder = tmp_path / "borderlands"
    assert servanda("init", folder, "--accord", accord_file).status == 0
    assert servanda("add", folder, report_file).status == 0
    return folder


def test_a_sound_ledger_is_said_to_be_sound(dossier: Path) -> None:
    run = servanda("check", dossier, "--ledger")
    assert (run.status, "1 document; the file is sound" in run.out) == (0, True)
    assert json.loads(servanda("check", dossier, "--ledger", "--json").out) == {"faults": [], "orphaned_decisions": []}


def test_a_text_that_was_tampered_with_is_found(own: Path) -> None:
    with sqlite3.connect(own / "ledger.db") as hand:
        hand.execute("DROP TRIGGER texts_no_update")
        hand.execute("UPDATE texts SET text = replace(text, 'Eastland did not', 'Eastland did now'), raw = x'00'")
    hand.close()
    run = servanda("check", own, "--ledger")
    assert run.status == 1
    assert "its bytes are not those that were entered" in run.out
    assert "does not stand in its text" in run.out
    assert "restore the ledger from a backup" in run.out


def test_a_backup_is_a_complete_ledger_and_overwrites_nothing(own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert servanda("export", own, "--what", "ledger", "--output", copy).status == 0
    before = servanda("status", own, "--json").out
    (own / "ledger.db").unlink()
    copy.rename(own / "ledger.db")
    assert servanda("status", own, "--json").out == before
    run = servanda("export", own, "--what", "ledger", "--output", own / "ledger.db")
    assert (run.status, "exists already" in run.err) == (2, True)
    run = servanda("export", own, "--what", "ledger")
    assert (run.status, "name a new file with --output" in run.err) == (2, True)


def test_a_search_says_what_was_withdrawn(own: Path) -> None:
    assert "(withdrawn)" not in servanda("search", own, "troops").out
    document = json.loads(servanda("list", own, "--json").out)[0]["id"]
    assert servanda("correct", own, document, "--withdraw", "--by", "Ada", "--note", "retracted").status == 0
    assert "(withdrawn)" in servanda("search", own, "troops").out
    assert all(hit["withdrawn"] for hit in json.loads(servanda("search", own, "troops", "--json").out))
