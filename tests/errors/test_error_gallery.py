"""The gallery of errors: a small accord with each mistake, and the very message that its author reads.

After a deliberate change of a message, `python tests/errors/test_error_gallery.py` writes the expected texts anew;
read the difference before committing it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from servanda.accords import check_text
from servanda.core.problems import Problem

GALLERY = Path(__file__).parent
SOURCE = GALLERY.parents[1] / "src" / "servanda" / "accords"
ACCORDS = sorted(GALLERY.glob("*.yaml"))
OF_WHOLE_FILES = {"too-large", "unreadable"}
"""Codes that no small YAML file can show; test_accord_files.py does."""


def problems_of(path: Path) -> tuple[Problem, ...]:
    return check_text(path.read_bytes().decode("utf-8"), path.name)[1]


def shown(problem: Problem) -> str:
    return f"{problem}{'' if problem.error else ' (advice)'}\n    | {problem.excerpt or ''}".rstrip() + "\n"


def shown_all(path: Path) -> str:
    return "".join(map(shown, problems_of(path)))


@pytest.mark.parametrize("path", ACCORDS, ids=lambda path: path.stem)
def test_the_message_is_the_expected_one(path: Path) -> None:
    assert shown_all(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ACCORDS, ids=lambda path: path.stem)
def test_the_message_is_the_same_without_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.accords.yaml_tree._PARSER", yaml.SafeLoader)
    test_the_message_is_the_expected_one(path)


@pytest.mark.parametrize("path", ACCORDS, ids=lambda path: path.stem)
def test_each_accord_of_the_gallery_says_what_it_teaches(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")


def codes_in_source() -> set[str]:
    codes = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                last = node.args[-1] if node.args else None
                if name in ("error", "advice", "report", "failed", "Problem") and isinstance(last, ast.Constant):
                    codes.add(str(last.value))
    return codes


def test_every_kind_of_problem_is_in_the_gallery() -> None:
    shown_codes = {problem.code for path in ACCORDS for problem in problems_of(path)}
    unknown = {f"unknown-{kind}" for kind in ("party", "group", "place", "event", "instrument", "provision")}
    assert (codes_in_source() | unknown - {"unknown-group"}) - OF_WHOLE_FILES - shown_codes == set()


if __name__ == "__main__":
    for accord in ACCORDS:
        accord.with_suffix(".txt").write_text(shown_all(accord), encoding="utf-8")
