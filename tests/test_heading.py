"""The heading of a text file, told apart from a text that merely has colons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.heading import split_heading


def fields(text: str) -> dict[str | None, str]:
    return {line.field: line.value for line in split_heading(text).lines}


def test_a_heading_and_where_the_body_starts() -> None:
    text = "Title: Troops leave\nDate: 2021-01-29\nURL: https://example.org/a:b\n\n\n  The body.\n"
    assert fields(text) == {"title": "Troops leave", "date": "2021-01-29", "address": "https://example.org/a:b"}
    assert text[split_heading(text).body :] == "  The body.\n"


def test_names_in_any_case_unknown_ones_and_windows_lines() -> None:
    text = "DATE: 2021-01-29\r\nAuthor: Ada\r\nPublisher:\r\n\r\nBody"
    heading = split_heading(text)
    assert [(line.number, line.name, line.field, line.value) for line in heading.lines] == [
        (1, "DATE", "date", "2021-01-29"),
        (2, "Author", None, "Ada"),
        (3, "Publisher", "publisher", ""),
    ]
    assert text[heading.body :] == "Body"


def test_dashes_around_it() -> None:
    text = "---\ntitle: Troops leave\ndate: 2021-01-29\n---\n\nBody"
    assert fields(text) == {"title": "Troops leave", "date": "2021-01-29"}
    assert text[split_heading(text).body :] == "Body"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Moscow: troops leave\n\nBody",
        "Date: 2021-01-29\nThe body starts at once and is no heading line.\n\nMore",
        "Body\n\nDate: 2021-01-29\n",
        "---\ntitle: never closed\n",
        "\nDate: 2021-01-29\n\nBody",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert split_heading(text).lines == ()
    assert split_heading(text).body == 0


def test_a_heading_without_a_body() -> None:
    assert split_heading("Date: 2021-01-29\n").body == len("Date: 2021-01-29\n")


@given(st.text())
def test_the_body_is_a_part_of_any_text(text: str) -> None:
    heading = split_heading(text)
    assert 0 <= heading.body <= len(text)
    assert bool(heading.lines) or heading.body == 0
