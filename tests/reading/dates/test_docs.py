"""What docs/dates.md shows is what happens."""

import doctest
import re
from datetime import date
from pathlib import Path

from servanda.reading.dates import tag

DOCS = Path(__file__).resolve().parents[3] / "docs" / "dates.md"


def test_the_example_runs() -> None:
    found = doctest.testfile(str(DOCS), module_relative=False)
    assert (found.failed, found.attempted) == (0, 4)


def test_the_table_of_what_is_not_guessed_is_right() -> None:
    rows = re.findall(
        r"^\| (.+?) \| (DATE|DURATION) \| `(.+?)`(?:, `.+?`)? \| (\w+) \|$", DOCS.read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) == 9
    for words, kind, value, calendar in rows:
        phrase = re.split(r", (?:the 2021|where|soon)", words)[0]
        (expression,) = tag(f"It was in {phrase}.", date(2021, 6, 23))
        assert (expression.type, expression.value, expression.calendar) == (kind, value, calendar), phrase
