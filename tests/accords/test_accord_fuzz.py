"""No input whatever makes the reader of accords fail: it answers with an accord or with problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from accord_samples import texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servanda.accords import check_text, forces_section, load, parse, template

ACCORD = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
FRAGMENTS = [
    *("a", "accord", "parties", "instruments", "provisions", "deadline", "within", "after", "signature", "{", "}", "["),
    *(
        "]",
        ":",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "\t",
        "#",
        "&x ",
        "*x",
        "!!int ",
        "!x ",
        "'",
        '"',
        "|",
        ">",
        "|2-\n",
    ),
    *("%YAML 1.1\n", "%TAG ! !\n", "---\n", "...\n", "? ", "<<: ", "2021-02-30", "2021", "~", "null", "\\", "\x00"),
    *("\ufeff", "\u2028", "\x85", "é", "😀", "@", "`", ",", "1e999", "nan", ".inf", "0x1f", "yes", "\r", "\r\n"),
]


def answers(text: str) -> None:
    accord, problems = parse(text, "accord.yaml")
    assert (accord is None) == any(problem.error for problem in problems)
    for problem in problems:
        assert problem.location.line >= 1
        assert problem.what
        assert problem.remedy
        assert "\n" not in str(problem)
        assert len(str(problem)) < 2000
    assert list(problems) == sorted(problems, key=lambda problem: problem.location)
    forces_section(text, "accord.yaml")


@settings(max_examples=400, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    answers(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_any_heap_of_yaml(text: str) -> None:
    answers(text)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_accord_with_a_piece_changed(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ACCORD)))
    end = min(len(ACCORD), start + data.draw(st.integers(0, 40)))
    put = data.draw(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)))
    answers(ACCORD[:start] + put + ACCORD[end:])


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_any_file(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "accord.yaml"
    path.write_bytes(raw)
    accord, problems = load(path)
    assert (accord is None) == any(problem.error for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 20_000,
        "- " * 50_000,
        "? " * 20_000,
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        "accord: " + "x" * 3_000_000,
        "accord: X\n" + "".join(f"k{number}: 1\n" for number in range(3_000)),
        "accord: X\nparties:\n" + "".join(f"  p{number}: {{nme: X}}\n" for number in range(2_000)),
        "a" * 30_000_000,
        "\ud800",
        "accord: X\nforces: " + "[" * 39 + "]" * 39,
        template("x").replace("\n", "\r\n"),
    ],
    ids=lambda text: text[:12].replace("\n", " ").encode("ascii", "replace").decode(),
)
def test_hostile_texts(text: str) -> None:
    answers(text)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_any_accord_that_can_be_read_can_be_checked(text: str) -> None:
    _, problems = parse(text, "accord.yaml")
    assert [str(problem) for problem in problems if problem.code not in ("deadline-keys", "bad-span")] == []
    if problems:
        return
    accord, found = check_text(text, "accord.yaml")
    assert accord is not None
    assert list(found) == sorted(found, key=lambda problem: problem.location)
    assert all(problem.excerpt for problem in found)
    assert check_text(text, "accord.yaml")[1] == found
