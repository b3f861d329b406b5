"""plan, certify, replan, inspect and remaining, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.cli.conftest import ACCORD as WITHOUT_FORCES
from tests.cli.conftest import ROOT, servanda

FORCES = """\
id,side,owner,kind,count,indivisible,site,region,exit,cap_men
wagner,east,russia,fighters,1200,no,Jufra,centre,Jufra airfield,1
sna,west,turkey,fighters,2400,no,Misrata,centre,Misrata port,1
"""
EXITS = "exit,capacity\nJufra airfield,300\nMisrata port,700\n"
ACCORD = """\
accord: Withdrawal
forces:
  sides: [east, west]
  start: 2021-10-08
  periods: 6
  exits: {Jufra airfield: 300, Misrata port: 700}
  units:
    - {id: wagner, side: east, count: 1200, exit: Jufra airfield, capabilities: {men: 1}}
    - {id: sna, side: west, count: 2400, exit: Misrata port, capabilities: {men: 1}}
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    folder = tmp_path_factory.mktemp("tables")
    (folder / "forces.csv").write_text(FORCES, encoding="utf-8")
    (folder / "exits.csv").write_text(EXITS, encoding="utf-8")
    return ("--forces", str(folder / "forces.csv"), "--exits", str(folder / "exits.csv"))


@pytest.fixture(scope="module")
def schedule(tables: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schedule") / "schedule.json"
    run = servanda("plan", *tables, "--periods", "6", "--time-limit", "0.5", "--json", "--output", path)
    assert run.status == 0, run.err
    return path


def test_a_plan_is_certified_and_an_altered_one_is_refused(
    schedule: Path, tables: tuple[str, ...], tmp_path: Path
) -> None:
    values = json.loads(schedule.read_text(encoding="utf-8"))
    assert list(values) == ["order", "measure", "lag", "periods", "moves", "exposure", "bound"]
    assert (values["exposure"], values["bound"]) == ("1/6", "1/6")
    run = servanda("certify", schedule, *tables)
    assert (run.status, run.out.splitlines()[0]) == (0, "valid")
    values["moves"][0]["count"] -= 1
    altered = tmp_path / "altered.json"
    altered.write_text(json.dumps(values), encoding="utf-8")
    run = servanda("certify", altered, *tables, "--json")
    assert run.status == 1
    assert not json.loads(run.out)["valid"]


def test_the_table_says_who_leaves_when_and_what_is_proven(tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, "--periods", "6", "--start", "2021-10-08", "--verification-lag", "1",
                   "--time-limit", "0.5", "--equal-numbers", "--which-first")  # fmt: skip
    assert run.status == 0, run.err
    for words in ("2021-10-14", "verification of west's tranche 1", "proven: no schedule exposes less",
                  "a tranche counts 1 period after it has left", "certificate: valid", "Equal numbers"):  # fmt: skip
        assert words in run.out


@pytest.mark.parametrize("tolerance", [("30%",), ("0.3",), ("1500", "--measure", "absolute")])
def test_a_tolerance_is_a_share_or_an_amount(tolerance: tuple[str, ...], tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, "--periods", "6", "--time-limit", "0.5", "--tolerance", *tolerance, "--json")
    assert run.status == 0, run.err
    assert Fraction(json.loads(run.out)["tolerance"]) == (Fraction(3, 10) if len(tolerance) == 1 else 1500)


def test_an_accord_plans_as_well(tmp_path: Path) -> None:
    (tmp_path / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    run = servanda("plan", tmp_path, "--time-limit", "0.5", "--order", "leapfrog", "--json")
    assert run.status == 0, run.err
    values = json.loads(run.out)
    assert Fraction(1, 11) <= Fraction(values["bound"]) <= Fraction(values["exposure"])
    assert Fraction(values["exposure"]) < Fraction(12, 125), "1,200 cannot be cut into eleven, so not quite"
    (tmp_path / "s.json").write_text(run.out, encoding="utf-8")
    assert servanda("certify", tmp_path / "s.json", "--dossier", tmp_path).status == 0
    later = servanda("plan", tmp_path, "--time-limit", "0.5", "--deadline", "2021-12-24", "--json")
    found = json.loads(later.out)
    assert Fraction(1, 11) <= Fraction(found["bound"]) <= Fraction(found["exposure"])


def test_provisions_are_an_accord_that_check_accepts(tables: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "accord.yaml"
    run = servanda("plan", *tables, "--periods", "6", "--start", "2021-10-08", "--time-limit", "0.5",
                   "--order", "alternating", "--as-provisions", "--output", path)  # fmt: skip
    assert run.status == 0, run.err
    checked = servanda("check", path)
    assert checked.status == 0, checked.out
    assert "no errors" in checked.out
    status = servanda("status", tmp_path, "--as-of", "2021-10-09", "--known-by", "2021-10-09", "--json")
    assert {item["state"] for item in json.loads(status.out)["commitments"]} == {"tentative"}


@pytest.mark.parametrize(
    ("form", "begins"),
    [("svg", b"<?xml"), ("png", b"\x89PNG"), ("xlsx", b"PK"), ("icalendar", b"BEGIN:VCALENDAR"), ("csv", b"period,")],
)
def test_every_format(form: str, begins: bytes, tables: tuple[str, ...], tmp_path: Path) -> None:
    written = []
    for name in ("first", "second") if form in ("svg", "xlsx") else ("first",):
        path = tmp_path / name
        run = servanda("plan", *tables, "--periods", "4", "--start", "2021-10-08", "--time-limit", "0.3",
                       "--equal-numbers", "--format", form, "--output", path)  # fmt: skip
        assert run.status == 0, run.err
        written.append(path.read_bytes())
    assert written[0].startswith(begins)
    assert written[0] == written[-1], "the same schedule gives the same bytes"


def test_csv_has_a_row_for_each_departure(tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, "--periods", "4", "--time-limit", "0.3", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert sum(int(row["number"]) for row in rows) == 3600
    assert {row["owner"] for row in rows} == {"russia", "turkey"}


def test_the_front(tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, "--periods", "6", "--front", "--time-limit", "0.3")
    assert run.status == 0, run.err
    assert "6 periods: exposure 16.7%" in run.out


def test_what_if_stands_beside_the_plan(tables: tuple[str, ...]) -> None:
    asked = ("--what-if", "delay:west:2", "--what-if", "exit-closed:Jufra airfield:3",
             "--what-if", "verification:1+delay:east:1")  # fmt: skip
    run = servanda("plan", *tables, "--periods", "6", "--start", "2021-10-08", "--time-limit", "0.5", *asked)
    assert run.status == 0, run.err
    for words in ("as planned", "what if delay:west:2", "both go on by their dates", "each waits to be released",
                  "planned anew", "period 8 (+2)", "stay behind", "does not end"):  # fmt: skip
        assert words in run.out
    run = servanda("plan", *tables, "--periods", "6", "--time-limit", "0.5", "--json", *asked)
    values = json.loads(run.out)
    assert values["base"]["exposure"] == "1/6"
    assert [each["what_if"] for each in values["what_if"]] == [asked[1], asked[3], asked[5]]
    late, _, slow = values["what_if"]
    assert Fraction(late["regardless"]["exposure"]) == Fraction(1, 2)
    assert Fraction(late["released"]["exposure"]) == Fraction(1, 6)
    assert Fraction(slow["anew"]["exposure"]) >= Fraction(1, 3)
    wrong = servanda("plan", *tables, "--periods", "6", "--what-if", "delay:north:1")
    assert (wrong.status, wrong.out) == (2, "")
    assert "names no side of the plan; use east or west" in wrong.err


def test_the_front_and_the_first_move_as_json(tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, "--periods", "4", "--front", "--time-limit", "0.3", "--json")
    front = [Fraction(each["exposure"]) for each in json.loads(run.out)["front"]]
    assert front == sorted(front, reverse=True)
    run = servanda("plan", *tables, "--periods", "4", "--which-first", "--time-limit", "0.3", "--json")
    assert json.loads(run.out)["first"] == []


def test_it_is_said_where_no_first_move_helps(tables: tuple[str, ...], tmp_path: Path) -> None:
    run = servanda("plan", *tables, "--periods", "4", "--which-first", "--time-limit", "0.3")
    assert "no force can go first: each is all that its side has" in run.out
    forces, written = tmp_path / "forces.csv", tmp_path / "plan.txt"
    rows = [f"{side}-{n},{side},{side},men,1,yes,x,here,gate,1\n" for side in ("east", "west") for n in (1, 2)]
    forces.write_text(FORCES.splitlines()[0] + "\n" + "".join(rows), encoding="utf-8")
    run = servanda("plan", "--forces", forces, "--periods", "3", "--which-first", "--time-limit", "0.3", "-o", written)
    assert (run.status, run.out) == (0, ""), run.err
    assert "nothing helps: no force, moved first, lowers the exposure" in written.read_text(encoding="utf-8")


def test_replan_goes_on_from_what_remains(schedule: Path, tables: tuple[str, ...], tmp_path: Path) -> None:
    run = servanda("replan", schedule, "--after", "2", *tables, "--remaining", "sna=2000", "--time-limit", "0.5")
    assert run.status == 0, run.err
    for words in ("sna (west): 400 of 800 planned have left: 400 missing", "hold", "resume", "re-plan"):
        assert words in run.out
    path = tmp_path / "new.json"
    run = servanda("replan", schedule, "--after", "2", *tables, "--remaining", "sna=2000", "--json", "-o", path)
    assert run.status == 0, run.err
    assert sum(m["count"] for m in json.loads(path.read_text())["moves"] if m["force"] == "sna") == 2000
    stuck = servanda("replan", schedule, "--after", "1", *tables, "--remaining", "sna=2400", "--remaining",
                     "wagner=1200", "--time-limit", "0.3")  # fmt: skip
    assert "deadlock" in stuck.out


def test_inspect() -> None:
    run = servanda("inspect", "--sites", "40", "--breached", "4", "--detection", "0.7", "--json")
    assert json.loads(run.out)["visits"] == 30
    same = servanda("inspect", "--sites", "40", "--breached", "4", "--detection", "70%", "--goal", "95%", "--json")
    assert same.out == run.out
    run = servanda("inspect", "--sites", "10", "--breached", "1", "--detection", "0.7", "--specificity", "0.98",
                   "--every", "14", "--calendar", "--start", "2021-10-08", "--until", "2021-12-24")  # fmt: skip
    assert run.status == 0, run.err
    for words in ("visit all of them 3 times", "false alarms", "a breach shows after 13.0 days", "assumed:", "site "):
        assert words in run.out


def test_remaining_from_a_table_and_from_a_dossier(dossier: Path, tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text(
        "date,source,value,reliability,interested\n2021-10-08,mission,8000,B,no\n2021-10-22,mission,7300,B,no\n"
        "2021-10-22,the side,6000,D,yes\n",
        encoding="utf-8",
    )
    run = servanda("remaining", "--counts", counts, "--start", "8000", "--until", "2021-11-05", "--json")
    assert run.status == 0, run.err
    found = json.loads(run.out)
    assert [each["informed"] for each in found["estimates"]] == [True, False, True, False, False]
    assert "do not replace inspection" in found["warning"]
    shown = servanda("remaining", dossier, "--start", "500", "--since", "2021-01-01", "--until", "2021-01-29")
    assert shown.status == 0, shown.err
    assert "no information" in shown.out
    assert shown.out.startswith("from 2021-01-01 to 2021-01-29\n")


def test_remaining_says_that_a_side_s_word_alone_is_no_information(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("date,source,value,interested\n2021-10-08,the side,6000,yes\n", encoding="utf-8")
    shown = servanda("remaining", "--counts", counts, "--start", "8000", "--until", "2021-10-15")
    assert "no information: only a side's word about its own forces" in shown.out
    assert "the side: 6,000 remaining" in shown.out


def test_remaining_says_which_days_it_is_about(tmp_path: Path) -> None:
    counts, written = tmp_path / "counts.csv", tmp_path / "written.txt"
    counts.write_text("date,source,value\n2021-10-08,mission,8000\n2021-10-22,mission,7300\n", encoding="utf-8")
    shown = servanda("remaining", "--counts", counts, "--start", "8000")
    assert shown.out.startswith("from 2021-10-08 (the first report; another first day: --since) to ")
    assert "(today; another last day: --until)" in shown.out.splitlines()[0]
    run = servanda("remaining", "--counts", counts, "--start", "8000", "--until", "2021-10-15", "-o", written)
    assert (run.status, run.out) == (0, "")
    assert "reports outside the weeks below, left out: 1" in written.read_text(encoding="utf-8")
    run = servanda("remaining", "--counts", counts, "--start", "8000", "--until", "2021-10-01")
    assert "the last day, 2021-10-01, is before the first, 2021-10-08" in run.err


def test_remaining_of_a_party_that_nobody_knows_is_refused(dossier: Path) -> None:
    of = ("remaining", dossier, "--start", "500", "--until", "2021-01-29", "--party")
    run = servanda(*of, "Estonia")
    assert (run.status, "names a party 'Estonia'; the parties are: Eastland, Westland" in run.err) == (2, True)
    assert servanda(*of, "eastern").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("plan",), "there is nothing to plan from; name a dossier, or a table with --forces"),
        (("plan", "{dossier}"), "has no section `forces`"),
        (("plan", "{tables}"), "the timetable has no length; give --periods, or --start and --deadline"),
        (("plan", "{tables}", "--periods", "2"), "allow 4 periods, or open Jufra airfield for 600 a period"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "1%", "--time-limit", "0.2"), "5 periods leave 5 links"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "12"), "'12' is more than the whole"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "12"), "write 12% or 0.12"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "120%"), "write 100% or less"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "some"), "'some' is no number"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "-1"), "'-1' is below 0"),
        (("plan", "{tables}", "--periods", "5", "--tolerance", "9%", "--measure", "absolute"), "compares amounts"),
        (("plan", "{tables}", "--periods", "5", "--materiality", "5"), "write 5% or 0.05"),
        (("plan", "{tables}", "--periods", "5", "--aim", "glory"), "nobody knows one of the aims glory"),
        (("plan", "{tables}", "--periods", "5", "--period", "soon"), "the period is 'soon'"),
        (("plan", "{tables}", "--periods", "4", "--time-limit", "0.2", "--format", "png"), "name a file with --output"),
        (("plan", "{tables}", "--periods", "4", "--time-limit", "0.2", "--format", "icalendar", "-o", "x"), "--start"),
        (("certify", "nowhere.json", "--forces", "x.csv"), "nowhere.json cannot be read"),
        (("certify", "{schedule}"), "name --forces or --dossier"),
        (("replan", "{schedule}", "--after", "1"), "name --forces or --dossier"),
        (("replan", "{schedule}", "--after", "1", "{tables}", "--remaining", "sna"), "is not a force and a number"),
        (("replan", "{schedule}", "--after", "9", "{tables}"), "the schedule has no period 9"),
        (("inspect", "--sites", "0"), "0 sites cannot be inspected"),
        (("inspect", "--sites", "5", "--goal", "95"), "write 95% or 0.95"),
        (("inspect", "--sites", "5", "--calendar"), "give --start, --until and --every"),
        (("plan", "{tables}", "--periods", "4", "--which-first", "--format", "csv"), "stands under the table"),
        (("remaining", "--counts", "x.csv", "--start", "9", "--party", "east"), "does not say of whom"),
        (("remaining",), "name a dossier, or a table with --counts"),
        (("remaining", "{dossier}"), "it is not said how many there were at first"),
    ],
)
def test_messages(
    arguments: tuple[str, ...], message: str, tables: tuple[str, ...], schedule: Path, tmp_path: Path
) -> None:
    (tmp_path / "accord.yaml").write_text(WITHOUT_FORCES, encoding="utf-8")
    filled: list[object] = []
    for argument in arguments:
        known = {"{dossier}": (tmp_path,), "{tables}": tables, "{schedule}": (schedule,)}
        filled += known.get(argument, (argument,))
    run = servanda(*filled)
    assert run.status == 2
    assert message in run.err
    assert "Traceback" not in run.err


def test_the_example_of_libya_is_about_twenty_thousand_and_can_be_planned(tmp_path: Path) -> None:
    folder = ROOT / "examples" / "libya"
    with (folder / "forces.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert 19_000 <= sum(int(row["count"]) * float(row["cap_men"]) for row in rows) <= 21_000
    assert len({row["site"] for row in rows}) >= 9
    assert all(row["source"] and row["confidence"] for row in rows)
    path = tmp_path / "schedule.json"
    tables = ("--forces", folder / "forces.csv", "--exits", folder / "exits.csv")
    run = servanda("plan", *tables, "--start", "2021-10-08", "--deadline", "2021-12-24", "--time-limit", "1",
                   "--json", "--output", path)  # fmt: skip
    assert run.status == 0, run.err
    values = json.loads(path.read_text(encoding="utf-8"))
    assert len(values["periods"]) == 11
    assert Fraction(1, 11) <= Fraction(values["bound"]) <= Fraction(values["exposure"])
    assert servanda("certify", path, *tables).status == 0


def test_what_the_ledger_has_verified_decides_what_has_left(
    tables: tuple[str, ...], schedule: Path, tmp_path: Path
) -> None:
    accord = tmp_path / "accord.yaml"
    run = servanda("plan", *tables, "--periods", "6", "--start", "2021-10-08", "--time-limit", "0.5",
                   "--as-provisions", "--output", accord)  # fmt: skip
    assert run.status == 0, run.err
    signed = "status: signed\n    verifier: mission\n    parties: [russia, turkey]"
    text = accord.read_text(encoding="utf-8").replace("status: tentative", signed)
    accord.write_text(text.replace("parties:\n", "parties:\n  mission: {name: Mission}\n", 1), encoding="utf-8")
    dossier = tmp_path / "dossier"
    assert servanda("init", dossier, "--accord", accord).status == 0
    claims = tmp_path / "claims.jsonl"
    claim = {"doc": "r1", "published": "2021-10-16", "publisher": "Mission", "act": "report", "action": "withdraw",
             "polarity": "positive", "actors": ["russia"], "source": "Mission", "when": "2021-10-14",
             "when_kind": "on", "quantity": 200, "certainty": "certain", "quote": None}  # fmt: skip
    claims.write_text(json.dumps(claim), encoding="utf-8")
    assert servanda("add", dossier, "--claims", claims).status == 0
    run = servanda("replan", schedule, "--after", "1", *tables, "--ledger", dossier, "--as-of", "2021-10-20",
                   "--known-by", "2021-10-20", "--time-limit", "0.3")  # fmt: skip
    assert run.status == 0, run.err
    assert "sna (west): 0 of 400 planned have left: 400 missing" in run.out
    assert "wagner" not in run.out.split("hold")[0], "its 200 are verified"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--periods", "30", "--start", "9999-12-01"), "30 periods of 1 week go beyond the calendar; begin earlier"),
        (("--periods", "0"), "0 periods cannot be planned; give a number from 1 to 1000"),
        (
            ("--periods", "2"),
            "1200 must leave through Jufra airfield, which lets 300 a period pass in 2",
        ),
        (("--periods", "6", "--tolerance", "5%"), "6 periods leave 6 links of trust"),
        (("--periods", "6", "--aim", "beauty"), "nobody knows one of the aims beauty; use exposure"),
    ],
)
def test_what_cannot_be_planned_is_said(arguments: tuple[str, ...], message: str, tables: tuple[str, ...]) -> None:
    run = servanda("plan", *tables, *arguments, "--time-limit", "0.3")
    assert (run.status, run.out) == (2, "")
    assert message in run.err


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("date,source,value\n1021-01-01,y,3\n2021-01-01,y,3\n", "are more than 1040 weeks; name a later first day"),
        ("date,source,value\n2021-01-01,y," + "9" * 400 + "\n", "not a number from 0 to 1e+12"),
        ("date,source,value\n2021-01-01,y,\u00b2\n", "not a number from 0 to 1e+12"),
        ("date,source,value\n2021-01-01,y,3,4\n", "the row has more fields than the heading's 3"),
        ("date,source,value\n2021-01-01," + "y" * 200_000 + ",3\n", "the row cannot be read (field larger"),
        ("date,source,value,kind,since\n2021-01-01,y,3,left,2022-01-01\n", "'since' is 2022-01-01, after the date"),
        ("date,source,value,kind\n2021-01-01,y,3,much\n", "the kind is 'much', not remaining, gone, left, arrived"),
    ],
)
def test_counts_that_cannot_be_used_are_named(table: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(table, encoding="utf-8")
    run = servanda("remaining", "--counts", path, "--start", "300", "--until", "2021-02-01")
    assert (run.status, run.out) == (2, "")
    assert message in run.err
    assert "Traceback" not in run.err


def test_a_visit_every_so_many_days_that_is_no_number() -> None:
    run = servanda("inspect", "--sites", "10", "--every", "nan")
    assert (run.status, run.out) == (2, "")
    assert "give more than 0 days, up to 36525" in run.err
