"""The page about judging says what the table says."""

from __future__ import annotations

from pathlib import Path

from servanda.core.vocabulary import Kind, Stance, State
from servanda.judging.transitions import TABLE, Transition

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "judging.md").read_text(encoding="utf-8")


def listed(row: Transition) -> str:
    kinds = "all" if len(row.kinds) == len(Kind) else ", ".join(kind.value for kind in Kind if kind in row.kinds)
    sources = ", ".join(state.value for state in State if state in row.sources)
    target = row.target.value if row.target else "the state before"
    return f"| {row.rule} | {kinds} | {sources} | {row.trigger.value} | {target} |"


def test_the_table_on_the_page_is_the_table_in_the_code() -> None:
    start = PAGE.index("| rule | kinds |")
    rows = PAGE[start:].split("\n\n")[0].splitlines()[2:]
    assert rows == [listed(row) for row in TABLE]


def test_every_stance_is_on_the_page() -> None:
    assert [stance.value for stance in Stance if stance.value not in PAGE] == []
