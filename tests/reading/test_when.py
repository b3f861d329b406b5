"""When: dates that are counted from others, ends of years, and weekdays, in several wordings."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.core.dates import iso_when
from servanda.reading import load_reader

PUBLISHED = date(2021, 6, 25)  # a Friday


def dates(text: str, action: str) -> list[str | None]:
    found = [c for c in load_reader().read("doc", text, PUBLISHED) if c.action == action]
    return [iso_when(c.when) if c.when is not None else None for c in found]


@pytest.mark.parametrize(
    ("text", "action", "when"),
    [
        ("The rebels left the town on Wednesday, two days after they freed the hostages.", "release", "2021-06-21"),
        (
            "Rebels freed the hostages on Tuesday, a day after government troops shelled the town.",
            "attack",
            "2021-06-21",
        ),
        ("The troops will withdraw by the end of 2022.", "withdraw", "2022-12-31"),
        ("The army pledged to withdraw before the end of next year.", "withdraw", "2022-12-31"),
    ],
)
def test_a_date_that_is_counted_or_an_end(text: str, action: str, when: str) -> None:
    assert when in dates(text, action)
