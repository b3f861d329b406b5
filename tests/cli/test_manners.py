"""How the program behaves towards people: words in the right number, refusals that say why, and a quiet end."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
import typer
from rich.console import Console

from servanda.cli import reviewing, texts
from servanda.core.claims import Review
from servanda.dossier import Dossier, Doubt
from tests.builders import evidence, judgement
from tests.cli.conftest import ROOT, servanda

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}


def test_the_default_of_a_date_is_told() -> None:
    assert "(default: today)" in " ".join(servanda("status", "--help").out.replace("│", " ").split())


def test_one_is_not_counted_as_many(dossier: Path, report_file: Path) -> None:
    checked = servanda("check", dossier).out
    assert "1 instrument, 1 provision, 2 commitments; no errors." in checked
    assert "from 1 document." in servanda("brief", dossier).out
    assert "1 claims" not in servanda("read", report_file).out


def test_an_empty_count_says_so(dossier: Path) -> None:
    run = servanda("status", dossier, "--by", "party", "--as-of", "2019-01-01")
    assert (run.status, run.out.strip()) == (0, "No commitment is on record at this date.")


def test_who_withdraws_a_document_is_not_its_publisher(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder = tmp_path / "d"
    servanda("init", folder, "--accord", accord_file)
    servanda("add", folder, report_file)
    correction = ("correct", folder, "deadline-passes", "--by", "Ada", "--withdraw", "--note")
    run = servanda(*correction, "retracted")
    assert "published 2021-01-29 by The Gazette, withdrawn." in run.out
    run = servanda(*correction, " ")
    assert (run.status, "needs its reason" in run.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("review", "--to", "troops-leave/eastland"), "--to goes with a decision"),
        (("brief", "--date", "2021-01-29"), "--date says when articles were published"),
        (("review", "--accept", "f00", "--by", "Ada"), "servanda export DIR --what claims"),
    ],
)
def test_an_option_out_of_place_is_refused(arguments: tuple[str, ...], words: str, dossier: Path) -> None:
    command, *rest = arguments
    run = servanda(command, dossier, *rest)
    assert (run.status, words in run.err) == (2, True), run.err


def test_a_brief_for_word_is_known_by_its_name(dossier: Path, tmp_path: Path) -> None:
    assert servanda("brief", dossier, "--output", tmp_path / "brief.docx").status == 0
    assert (tmp_path / "brief.docx").read_bytes().startswith(b"PK")
    assert servanda("brief", dossier, "--output", tmp_path / "brief.md").status == 0
    assert (tmp_path / "brief.md").read_text(encoding="utf-8").startswith("# Borderlands")


def test_a_draft_from_nothing_leaves_the_old_one(tmp_path: Path) -> None:
    kept = tmp_path / "accord.yaml"
    kept.write_text("mine", encoding="utf-8")
    run = servanda("draft", tmp_path / "missing.txt", "--output", kept)
    assert (run.status, "none of these could be read" in run.err, kept.read_text("utf-8")) == (2, True, "mine")


def test_a_draft_without_commitments_says_so(tmp_path: Path) -> None:
    text = tmp_path / "weather.txt"
    text.write_text("Date: 2021-01-29\n\nIt was cold and bright.\n", encoding="utf-8")
    run = servanda("draft", text)
    assert (run.status, "no commitment was found in these texts" in run.err) == (0, True)


def test_a_brief_of_what_is_not_english_says_that_it_was_not_read(tmp_path: Path) -> None:
    text = tmp_path / "depeche.txt"
    words = (
        "Les forces étrangères quitteront Bamako avant le 3 mai 2019, et le gouvernement a libéré douze prisonniers."
    )
    text.write_text(words, encoding="utf-8")
    run = servanda("brief", text, "--date", "2019-05-01")
    assert "not read: French" in run.err


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
@pytest.mark.parametrize("arguments", [("schema",), ("status", "DOSSIER"), ("list", "DOSSIER")])
def test_a_reader_who_leaves_is_no_error(arguments: tuple[str, ...], dossier: Path) -> None:
    words = [str(dossier) if word == "DOSSIER" else word for word in arguments]
    program = subprocess.Popen(
        [sys.executable, "-u", "-m", "servanda", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    said = program.stderr.read()
    assert (program.wait(timeout=60), said) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_with_a_word_and_keeps_what_was_finished(tmp_path: Path) -> None:
    folder, reports = tmp_path / "d", tmp_path / "reports"
    reports.mkdir()
    for number in range(400):
        text = f"Date: 2021-01-29\n\nReport {number}: the army withdrew {number + 2} soldiers from the town.\n"
        (reports / f"{number:03}.txt").write_text(text, encoding="utf-8")
    servanda("init", folder)
    program = subprocess.Popen(
        [sys.executable, "-u", "-m", "servanda", "add", str(folder), str(reports)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert program.stdout is not None
    assert program.stdout.readline().startswith("added")
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=60)
    assert (program.returncode, said) == (130, "servanda: stopped; what was finished before is kept\n")
    kept = servanda("check", folder, "--ledger")
    assert (kept.status, "the file is sound" in kept.out) == (0, True)


def test_ctrl_c_before_anything_is_loaded_ends_with_a_word() -> None:
    program = """
import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name not in ("servanda", "servanda.entry", "servanda.cli") and name.startswith(("servanda.", "typer")):
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from servanda.entry import main
main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert (done.returncode, done.stderr) == (130, "servanda: stopped; what was finished before is kept\n")


def test_someone_who_waits_sees_what_is_being_read(
    report_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = Console(file=io.StringIO(), width=400, force_terminal=True)
    monkeypatch.setattr(texts, "console", lambda *, stderr=False: screen)
    readings, failed = texts.read_all([report_file], None)
    assert (len(readings), failed) == (1, 0)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert f"reading {report_file} (1 of 1)" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert capsys.readouterr() == ("", "")
    assert servanda("read", report_file).err == ""


def test_a_day_that_is_still_to_come_is_refused(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder, late = tmp_path / "d", tmp_path / "late.txt"
    servanda("init", folder, "--accord", accord_file)
    late.write_text("Date: 2091-01-29\n\nEastland withdrew its troops.\n", encoding="utf-8")
    run = servanda("add", folder, late, report_file)
    assert (run.status, "2091-01-29, which is still to come" in run.out) == (2, True)
    assert "1 document added" in run.out
    run = servanda("correct", folder, "deadline-passes", "--date", "2091-01-01", "--by", "Ada", "--note", "slip")
    assert (run.status, "still to come" in run.err) == (2, True)


def test_a_row_that_will_not_count_is_named_and_kept(tmp_path: Path, accord_file: Path) -> None:
    folder, table = tmp_path / "d", tmp_path / "claims.csv"
    servanda("init", folder, "--accord", accord_file)
    table.write_text(
        "doc,published,act,action,polarity,actors,commitment,stance\n"
        "a,2021-01-25,report,withdraw,positive,Eastland,troops-leave/eastlant,performs\n"
        "b,2091-01-25,report,withdraw,positive,Eastland,,\n"
        "c,2021-01-25,report,withdraw,positive,Eastland,troops-leave/eastland,performs\n",
        encoding="utf-8",
    )
    run = servanda("add", folder, "--claims", table)
    assert run.status == 0, run.err
    assert "claims.csv:2: 'troops-leave/eastlant' is no commitment of the accord" in run.out
    assert "did you mean 'troops-leave/eastland'?" in run.out
    assert "claims.csv:3: the report would be published on 2091-01-25, which is still to come" in run.out
    assert "claims.csv:4" not in run.out
    assert "3 claims, 3 of them new" in run.out


def test_only_a_decision_that_stands_can_be_taken_back(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder = tmp_path / "d"
    servanda("init", folder, "--accord", accord_file)
    servanda("add", folder, report_file)
    claim = servanda("export", folder, "--what", "claims").out.splitlines()[1].split(",")[0]
    undo = ("review", folder, "--undo", claim, "--by", "Ada")
    run = servanda(*undo)
    assert (run.status, "no decision about claim" in run.err) == (2, True)
    assert servanda("review", folder, "--accept", claim, "--by", "Ada").status == 0
    assert servanda(*undo).status == 0
    assert servanda(*undo).status == 2


def test_articles_of_one_name_keep_their_own_sources(tmp_path: Path) -> None:
    texts = {
        "east": "Eastland agreed to withdraw its troops from Westland by May 2021.",
        "west": "Westland agreed to release all prisoners of Eastland by June 2021.",
    }
    for folder, text in texts.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(f"Date: 2021-02-01\n\n{text}\n", encoding="utf-8")
    shutil.copy(tmp_path / "east" / "report.txt", tmp_path / "again.txt")
    run = servanda("brief", *(tmp_path / folder / "report.txt" for folder in texts), tmp_path / "again.txt")
    assert run.status == 0, run.err
    said = " ".join(run.out.split())
    assert "from 2 documents." in said
    assert said.count("2 “") == 1
    for text in texts.values():
        assert said.count(text.rstrip(".")) == 1
    assert "days past" not in said
    assert "Withdraw troops (Westland). Eastland: tentative" in said


def test_a_narrow_terminal_keeps_lines_under_their_commitment(dossier: Path) -> None:
    shown = servanda("status", dossier, "--as-of", "2021-01-29", env={"COLUMNS": "50"}).out.splitlines()
    first = next(n for n, line in enumerate(shown) if line.strip() == "troops-leave/eastland")
    below = shown[first + 1 : next(n for n, line in enumerate(shown) if line.strip() == "troops-leave/westland")]
    assert len(below) > 2
    assert all(line.startswith("    ") for line in below)


def test_what_was_undone_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[str] = []

    class Deciding:
        def decide(self, review: Review) -> None:
            decided.append(f"{review.decision} {review.claim}")

    doubts = tuple(Doubt((judgement(),), evidence(name)) for name in ("first", "second"))
    keys = iter("auq")
    monkeypatch.setattr(typer, "prompt", lambda _: next(keys))
    out = Console(file=io.StringIO(), width=120)
    reviewing._decide_one_by_one(out, cast(Dossier, Deciding()), doubts, "Ada")
    assert decided == ["accept first", "undo first"]
    asked = re.findall(r"claim (\w+)", out.file.getvalue())  # type: ignore[attr-defined]
    assert asked == ["first", "second", "first"]
