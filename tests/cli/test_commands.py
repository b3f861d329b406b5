"""The whole way through the command line: every command, its shapes, its messages and its exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import ACCORD, REPORT, servanda

DATES = ("--as-of", "2021-01-29", "--known-by", "2021-01-29")


def states(folder: Path, *dates: str) -> dict[str, str]:
    run = servanda("status", folder, *dates, "--json")
    assert run.status == 0, run.err
    return {item["id"]: item["state"] for item in json.loads(run.out)["commitments"]}


def test_the_main_job(dossier: Path) -> None:
    assert states(dossier, *DATES) == {
        "troops-leave/eastland": "violated",
        "troops-leave/westland": "fulfilled",
    }


def test_known_by_takes_away_what_came_later(dossier: Path) -> None:
    dates = ("--as-of", "2021-01-29", "--known-by", "2021-01-28")
    assert set(states(dossier, *dates).values()) == {"overdue"}
    assert set(states(dossier, "--as-of", "2021-01-01", "--known-by", "2021-01-28").values()) == {"in force"}


def test_status_json_has_the_promised_shape(dossier: Path) -> None:
    shown = json.loads(servanda("status", dossier, *DATES, "--json").out)
    assert (shown["as_of"], shown["known_by"]) == ("2021-01-29", "2021-01-29")
    east = shown["commitments"][0]
    assert east["due"] == "2021-01-23"
    assert east["bound"] == "signed"
    assert east["disputed"] is False
    proof = [item for item in east["evidence"] if item["stance"] == "fails"]
    assert proof[0]["quote"] in REPORT
    assert proof[0]["document"] == "deadline-passes"
    assert proof[0]["source"] == "The Gazette"
    assert len(proof[0]["grade"]) == 2


def test_status_as_a_table_tells_state_deadline_and_quote(dossier: Path) -> None:
    shown = servanda("status", dossier, *DATES).out
    assert "violated" in shown
    assert "6 days past" in shown
    assert "did not withdraw" in shown.replace("\n", " ")


def test_why_shows_the_sentence_and_what_would_change_the_answer(dossier: Path) -> None:
    shown = servanda("why", dossier, "troops-leave/eastland", *DATES).out
    assert "Eastland did not withdraw its troops" in " ".join(shown.split())
    assert "What would change the answer" in shown


def test_why_suggests_the_nearest_commitment(dossier: Path) -> None:
    run = servanda("why", dossier, "troops-leave/eastlnd", *DATES)
    assert run.status == 2
    assert "did you mean 'troops-leave/eastland'?" in run.err


def test_brief_of_a_dossier(dossier: Path, tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    assert servanda("brief", dossier, *DATES, "--output", target).status == 0
    text = target.read_text(encoding="utf-8")
    assert "## Violated or reversed" in text
    assert "1. “" in text
    assert "Borderlands: brief as of 29 January 2021" in servanda("brief", dossier, *DATES).out


def test_brief_of_articles_needs_no_dossier(report_file: Path) -> None:
    run = servanda("brief", report_file, *DATES, "--format", "markdown")
    assert run.status == 0, run.err
    assert "brief as of 29 January 2021" in run.out


def test_a_word_document_goes_to_a_file_only(dossier: Path, tmp_path: Path) -> None:
    assert "--output" in servanda("brief", dossier, "--format", "docx").err
    target = tmp_path / "brief.docx"
    assert servanda("brief", dossier, "--format", "docx", "--output", target).status == 0
    assert target.read_bytes().startswith(b"PK")


def test_draft_is_accepted_by_check(report_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "draft.yaml"
    assert servanda("draft", report_file, "--output", target).status == 0
    run = servanda("check", target)
    assert run.status == 0, run.out


def test_export_as_csv_and_json(dossier: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(servanda("export", dossier, *DATES).out)))
    assert [row["state"] for row in rows] == ["violated", "fulfilled"]
    claims = json.loads(servanda("export", dossier, "--what", "claims", "--format", "json").out)
    assert all(claim["quote"] in REPORT for claim in claims)
    assert all(REPORT[claim["start"] : claim["end"]] == claim["quote"] for claim in claims)


def test_read_prints_claims_that_name_their_file(report_file: Path) -> None:
    lines = [json.loads(line) for line in servanda("read", report_file, "--jsonl").out.splitlines()]
    assert {line["doc"] for line in lines} == {"deadline-passes"}
    assert {"act", "action", "polarity", "actors", "source", "when", "when_kind", "quantity", "place"} <= set(lines[0])


def test_search_finds_text_and_says_when_there_is_none(dossier: Path) -> None:
    assert "deadline-passes" in servanda("search", dossier, "troops").out
    assert "Nothing found" in servanda("search", dossier, "zeppelin").out


def test_the_same_document_twice_adds_nothing(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder = tmp_path / "d"
    servanda("init", folder, "--accord", accord_file)
    servanda("add", folder, report_file)
    before = servanda("export", folder, "--what", "claims").out
    again = servanda("add", folder, report_file)
    assert again.status == 0
    assert "nothing was added" in again.out
    assert servanda("export", folder, "--what", "claims").out == before


def test_a_text_in_another_language_is_stored_and_its_language_is_named(tmp_path: Path, accord_file: Path) -> None:
    servanda("init", tmp_path / "d", "--accord", accord_file)
    article = tmp_path / "ritiro.txt"
    article.write_text(
        "Fonte: Esempio\nData: 2021-01-29\n\nTutte le forze straniere devono lasciare il paese entro tre mesi, ha "
        "detto il ministro degli esteri, che ha chiesto anche la liberazione dei prigionieri.\n",
        encoding="utf-8",
    )
    run = servanda("add", tmp_path / "d", article, "--date", "2021-01-29")
    assert "stored as ritiro; its language is Italian" in run.out
    assert servanda("export", tmp_path / "d", "--what", "claims").out.count("\n") <= 1


def test_a_correction_adds_a_record_and_is_listed(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder = tmp_path / "d"
    servanda("init", folder, "--accord", accord_file)
    servanda("add", folder, report_file)
    who = ("--by", "A. Nalyst", "--note", "the page gives another day")
    assert servanda("correct", folder, "deadline-passes", *who).status == 2
    done = servanda("correct", folder, "deadline-passes", "--publisher", "Daily Gazette", "--date", "2021-01-30", *who)
    assert done.status == 0, done.err
    listed = json.loads(servanda("list", folder, "--json").out)
    assert [(d["publisher"], d["published"]) for d in listed] == [("Daily Gazette", "2021-01-30")]
    assert servanda("correct", folder, "no-such", "--withdraw", *who).status == 2


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder, empty = tmp_path / "d", tmp_path / "empty.txt"
    empty.write_bytes(b"")
    undated = tmp_path / "undated.txt"
    undated.write_text("Eastland withdrew its troops.", encoding="utf-8")
    servanda("init", folder, "--accord", accord_file)
    run = servanda("add", folder, empty, undated, report_file, tmp_path / "missing.txt")
    assert run.status == 2
    assert "1 document added" in run.out
    assert "3 failed" in run.out
    assert "--date" in run.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("status", "nowhere"), "not a folder"),
        (("status", "."), "holds no accord.yaml"),
        (("check", "nowhere.yaml"), "nowhere.yaml"),
        (("read", "nowhere.txt"), "nowhere.txt"),
        (("brief", "nowhere.txt"), "nowhere.txt"),
        (("add", "nowhere", "x"), "not a folder"),
    ],
)
def test_what_is_not_there_is_named(arguments: tuple[str, ...], words: str, tmp_path: Path) -> None:
    run = servanda(*arguments, cwd=tmp_path)
    assert run.status == 2
    assert words in run.err + run.out


@pytest.mark.parametrize("day", ["2021-02-30", "yesterday", "2021", "29.01.2021"])
def test_a_date_that_is_none_is_explained(day: str, dossier: Path) -> None:
    run = servanda("status", dossier, "--as-of", day)
    assert run.status == 2
    assert "2021-01-29" in run.err or "write a whole date" in " ".join(run.err.replace("│", " ").split())


def test_init_does_not_overwrite(dossier: Path) -> None:
    run = servanda("init", dossier)
    assert run.status == 2
    assert "is a dossier already" in run.err


def test_an_accord_with_errors_lists_all_of_them(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(ACCORD.replace("withdraw\n", "wihdraw\n").replace("2020-10-23", "2020-02-30"), encoding="utf-8")
    run = servanda("check", bad)
    assert run.status == 1
    assert f"{bad}:10:" in run.out
    assert "withdraw" in run.out
    found = json.loads(servanda("check", bad, "--json").out)
    assert len([problem for problem in found if problem["severity"] == "error"]) >= 2
    assert servanda("init", tmp_path / "d", "--accord", bad).status == 2


def test_a_folder_with_only_an_accord_answers_with_an_empty_ledger(tmp_path: Path) -> None:
    (tmp_path / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    assert set(states(tmp_path, *DATES).values()) == {"overdue"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["accord.yaml"]


def test_status_needs_no_language_pipeline(dossier: Path) -> None:
    import subprocess
    import sys

    from tests.cli.conftest import ROOT

    code = (
        "import sys; sys.argv = ['servanda', 'status', sys.argv[1]]\n"
        "from servanda.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'thinc', 'onnxruntime', 'trafilatura', 'scipy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(dossier)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_schema_is_printed_as_json() -> None:
    assert json.loads(servanda("schema").out)["$schema"].startswith("https://json-schema.org/")


def test_an_analysts_decision_overrides_and_can_be_undone(tmp_path: Path, accord_file: Path, report_file: Path) -> None:
    folder = tmp_path / "d"
    servanda("init", folder, "--accord", accord_file)
    servanda("add", folder, report_file)
    status = json.loads(servanda("status", folder, "--as-of", "2021-01-29", "--json").out)
    proof = next(item for item in status["commitments"][0]["evidence"] if item["stance"] == "fails")
    assert states(folder, "--as-of", "2021-01-29")["troops-leave/eastland"] == "violated"
    assert servanda("review", folder, "--reject", proof["claim"]).status == 2
    rejected = servanda("review", folder, "--reject", proof["claim"], "--by", "A. Nalyst", "--note", "another Eastland")
    assert rejected.status == 0, rejected.err
    assert states(folder, "--as-of", "2021-01-29")["troops-leave/eastland"] == "overdue"
    assert servanda("review", folder, "--undo", proof["claim"], "--by", "A. Nalyst").status == 0
    assert states(folder, "--as-of", "2021-01-29")["troops-leave/eastland"] == "violated"


def test_a_relink_to_nothing_is_refused_with_the_nearest(dossier: Path) -> None:
    run = servanda("review", dossier, "--relink", "abc", "--to", "troops-leave/eastlan", "--by", "A")
    assert run.status == 2
    assert "did you mean 'troops-leave/eastland'?" in run.err


def test_dates_and_attributions_have_offsets_into_the_text(report_file: Path) -> None:
    dates = [json.loads(line) for line in servanda("read", report_file, "--dates", "--jsonl").out.splitlines()]
    assert {"doc", "start", "end", "text", "type", "value"} == set(dates[0])
    assert all(REPORT[item["start"] : item["end"]] == item["text"] for item in dates)
    assert "2021-01-20" in {item["value"] for item in dates}
    said = [json.loads(line) for line in servanda("read", report_file, "--attributions", "--jsonl").out.splitlines()]
    assert [REPORT[slice(*item["source"])] for item in said] == ["the Border Mission"]
    assert [REPORT[slice(*item["cue"])] for item in said] == ["said"]
    assert servanda("read", report_file, "--attributions", "--dates").status == 2


def test_reading_in_processes_reads_the_same_and_keeps_the_order(tmp_path: Path, report_file: Path) -> None:
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(REPORT.replace("Westland", "Northland"), encoding="utf-8")
    one = servanda("read", tmp_path, "--jsonl")
    two = servanda("read", tmp_path, "--jsonl", "--jobs", "2")
    assert one.status == two.status == 2
    assert "a.txt" in one.err
    assert one.out == two.out != ""


def test_claims_can_come_as_a_table(tmp_path: Path, accord_file: Path) -> None:
    folder, table = tmp_path / "d", tmp_path / "rows.jsonl"
    servanda("init", folder, "--accord", accord_file)
    row = {
        "doc": "patrol-7", "quote": None, "act": "report", "action": "withdraw", "polarity": "positive",
        "actors": ["Eastland"], "source": "Border Mission", "when": "2021-01-20", "when_kind": "on", "quantity": None,
        "place": "Borderlands", "certainty": "certain", "published": "2021-01-21", "publisher": "Border Mission",
        "commitment": "troops-leave/eastland", "stance": "performs",
    }  # fmt: skip
    table.write_text(json.dumps(row) + "\n" + json.dumps(row | {"action": "vanish"}) + "\n", encoding="utf-8")
    run = servanda("add", folder, "--claims", table)
    assert run.status == 2
    assert f"{table}:2:" in run.out
    shown = json.loads(servanda("status", folder, *DATES, "--json").out)["commitments"][0]
    assert shown["state"] == "fulfilled"
    assert shown["standing"] == "verified"
    assert "patrol-7" in shown["evidence"][0]["quote"]
    assert servanda("add", folder).status == 2


def test_reading_again_by_the_same_reader_changes_nothing(dossier: Path) -> None:
    before = servanda("export", dossier, "--what", "claims").out
    run = servanda("add", dossier, "--again")
    assert run.status == 0, run.err
    assert "0 decisions are orphaned" in run.out
    assert servanda("export", dossier, "--what", "claims").out == before


def test_what_is_not_english_is_said_and_not_read(tmp_path: Path) -> None:
    article = tmp_path / "retrait.txt"
    article.write_text(
        "Les forces étrangères doivent quitter le pays sans délai, a déclaré le ministre allemand des Affaires"
        " étrangères. La Turquie a émis une réserve sur ce paragraphe des conclusions de la conférence.",
        encoding="utf-8",
    )
    run = servanda("read", article, "--date", "2021-06-23", "--jsonl")
    assert run.status == 0
    assert run.out == ""
    assert "not read: French" in run.err
