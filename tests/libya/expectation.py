"""One row of a table of what a commitment must look like, and how it is compared with a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servanda.core.judgement import Judgement

LATER = date(2030, 1, 1)
"""Known by then is everything that the example holds."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is expected of one commitment at a date; `None` compares nothing, `"none"` means that nothing is said."""

    commitment: str
    as_of: date
    state: str
    outlook: str | None = None
    standing: str | None = None
    bound: str | None = None
    due: str | None = None
    known_by: date = LATER

    def __str__(self) -> str:
        known = "" if self.known_by == LATER else f"-known-by-{self.known_by}"
        return f"{self.commitment}-{self.as_of}{known}"


def seen(row: Row, judgement: Judgement) -> Row:
    """The row that the judgement makes, with only those columns that the expectation fills."""
    return Row(
        commitment=judgement.id,
        as_of=row.as_of,
        state=judgement.state.value,
        outlook=None if row.outlook is None else (judgement.outlook.value if judgement.outlook else "none"),
        standing=None if row.standing is None else judgement.standing.value,
        bound=None if row.bound is None else judgement.bound.value,
        due=None if row.due is None else (str(judgement.due) if judgement.due else "none"),
        known_by=row.known_by,
    )
