"""The strip is drawn to scale, and tells the deadline where it falls."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from servanda.core.dates import PartialDate
from servanda.core.judgement import HistoryEntry, Judgement
from servanda.core.vocabulary import Outlook, Standing, State
from servanda.web.strip import WIDTH, strip_of


def entry(start: date, state: State, outlook: Outlook | None = None) -> HistoryEntry:
    return HistoryEntry(start, None, state, outlook, Standing.REPORTED, "", ())


def judged(due: date | None) -> Judgement:
    """Of a judgement, the strip looks at the deadline only."""
    return cast("Judgement", SimpleNamespace(due=PartialDate.of(due) if due else None))


HISTORY = (
    entry(date(2021, 1, 1), State.IN_FORCE),
    entry(date(2021, 1, 11), State.IN_FORCE, Outlook.AT_RISK),
    entry(date(2021, 1, 21), State.OVERDUE),
)


def test_a_stretch_is_as_wide_as_it_is_long() -> None:
    strip = strip_of(HISTORY, judged(date(2021, 1, 20)), date(2021, 2, 10))
    assert [(one.start, one.width, one.style) for one in strip.stretches] == [
        (0, 250, "in-force"), (250, 250, "at-risk"), (500, 500, "overdue"),
    ]  # fmt: skip
    assert (strip.due_at, strip.due_before, strip.as_of_at) == (475, 2, WIDTH)


@pytest.mark.parametrize(("due", "drawn"), [(date(2021, 3, 22), WIDTH), (date(2020, 12, 22), 0), (None, None)])
def test_the_deadline_is_on_the_drawing_wherever_it_falls(due: date | None, drawn: float | None) -> None:
    strip = strip_of(HISTORY, judged(due), date(2021, 2, 10))
    assert strip.due_at == drawn
    assert all(one.start >= 0 and one.start + one.width <= WIDTH for one in strip.stretches)


def test_nothing_is_drawn_of_no_history() -> None:
    strip: Any = strip_of((), judged(None), date(2021, 2, 10))
    assert strip.stretches == ()
