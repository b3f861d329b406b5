"""Files that are no accord, or none yet: each is a problem with a remedy, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from servanda.accords import check, forces_section, load, template
from servanda.core.problems import Problem


def only_problem(path: Path) -> Problem:
    accord, problems = load(path)
    assert accord is None
    assert check(path) == (None, problems)
    (problem,) = problems
    assert problem.error
    assert problem.location.file == str(path)
    return problem


def test_a_file_that_is_not_there_names_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "accord.yaml").write_text(template("X"), encoding="utf-8")
    problem = only_problem(tmp_path / "acord.yaml")
    assert (problem.what, problem.remedy) == ("there is no such file", "did you mean 'accord.yaml'?")


def test_a_folder_is_no_accord(tmp_path: Path) -> None:
    assert "this is a folder" in str(only_problem(tmp_path))


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such file" in str(only_problem(tmp_path / "none" / "accord.yaml"))


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    assert "the file cannot be read" in str(only_problem(tmp_path / ("x" * 300)))


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"\x89PNG\x00\x01", 1, "binary file"),
        ("accord: X\nparties: {a: {name: Türkiye}}\n".encode("latin-1"), 2, "not in UTF-8"),
        ("accord: X\n".encode("utf-16"), 1, "not in UTF-8"),
        (b"", 1, "nothing is written"),
        (b"   \n\n", 1, "nothing is written"),
    ],
    ids=["binary", "latin-1", "utf-16", "empty", "blank"],
)
def test_bytes_that_are_no_text(tmp_path: Path, raw: bytes, line: int, words: str) -> None:
    path = tmp_path / "accord.yaml"
    path.write_bytes(raw)
    problem = only_problem(path)
    assert problem.location.line == line
    assert words in problem.what


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "accord.yaml"
    path.write_text(template("X"), encoding="utf-8-sig", newline="\r\n")
    accord, problems = load(path)
    assert problems == ()
    assert accord is not None


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "accord.yaml"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert "too large" in only_problem(path).what


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "accord.yaml"
    path.write_text(template("X"), encoding="utf-8")
    path.chmod(0)
    assert "the file cannot be read" in str(only_problem(path))


def test_the_section_on_forces_is_handed_over_with_its_lines() -> None:
    text = """\
accord: X
forces:
  sides: [west, east]
  materiality: 0.050
  units:
    - {id: a, count: 300, indivisible: true, owner: "12"}
    - id: b
      earliest: null
"""
    section = forces_section(text, "accord.yaml")
    assert section == {
        "sides": ["west", "east"],
        "materiality": "0.050",
        "units": [{"id": "a", "count": 300, "indivisible": True, "owner": "12"}, {"id": "b", "earliest": None}],
    }
    assert section.lc.line + 1 == 3
    assert {key: line + 1 for key, (line, _) in section.lc.data.items()} == {"sides": 3, "materiality": 4, "units": 5}
    assert section["units"][1].lc.data["earliest"][0] + 1 == 8
    assert forces_section("accord: X\n", "accord.yaml") is None
    assert forces_section("accord: X\nforces: [1]\n", "accord.yaml") is None
    assert forces_section("[", "accord.yaml") is None


def test_the_planner_reads_the_section() -> None:
    from servanda.core.problems import ProblemsFound
    from servanda.planning.section import forces_from_accord

    text = """\
accord: X
forces:
  sides: [west, east]
  periods: 4
  units:
    - {id: a, side: west, count: 300}
    - {id: b, side: east, count: 300, capabilities: {armour: 0.35}}
"""
    section = forces_section(text, "accord.yaml")
    assert section is not None
    assert len(forces_from_accord(section, "accord.yaml").forces) == 2
    wrong = forces_section(text.replace("count: 300}", "count: many}"), "accord.yaml")
    assert wrong is not None
    with pytest.raises(ProblemsFound, match="`count` is 'many'"):
        forces_from_accord(wrong, "accord.yaml")
