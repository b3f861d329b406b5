"""docs/intake.md names every ending, heading line and field that is taken in, and no others."""

import re
from pathlib import Path

from servanda.core.heading import NAMES
from servanda.intake import ENDINGS
from servanda.intake.claim_rows import FIELDS

PAGE = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")


def test_endings() -> None:
    named = set(re.findall(r"`(\.[a-z]+)`", PAGE))
    assert named == set(ENDINGS)


def test_heading_lines() -> None:
    example = PAGE.split("```")[1]
    shown = set(re.findall(r"^([A-Z]\w+):", example, re.MULTILINE)) | set(re.findall(r"`([A-Z]\w+)`", PAGE))
    assert {name.lower() for name in shown} == set(NAMES)


def test_fields_of_a_row() -> None:
    table = PAGE.split("| field | value |")[1].split("\n\n")[0]
    named = {
        field
        for line in table.splitlines()
        for field in re.findall(r"`([a-z_]+)`", line.split("|")[1] if "|" in line else "")
    }
    assert named == set(FIELDS)
