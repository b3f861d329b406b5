"""The strip of a commitment's states over time, drawn to scale, with its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servanda.core.dates import DateRange, days_of
from servanda.core.vocabulary import Outlook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.judgement import HistoryEntry, Judgement

WIDTH = 1000
"""Units of the drawing from its first day to its last."""
_NARROWEST = 3.0
"""Units that even a single day is drawn wide, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in one state, as drawn and as told."""

    entry: HistoryEntry
    style: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The stretches in order, and where on the drawing the deadline and the day of the judgement lie."""

    stretches: tuple[Stretch, ...]
    due: DateRange | None
    due_at: float | None
    """`None` where nothing is due on a day."""
    due_before: int
    """How many stretches begin by the deadline; it is told after them."""
    as_of_at: float


def style_of(entry: HistoryEntry) -> str:
    """The style class of a stretch: its state, or that it is at risk."""
    return "at-risk" if entry.outlook is Outlook.AT_RISK else entry.state.value.replace(" ", "-")


def strip_of(history: Sequence[HistoryEntry], judgement: Judgement, as_of: date) -> Strip:
    """Lay a history out from its first day to the judgement's day or the deadline, whichever comes later."""
    due = days_of(judgement.due)
    first = history[0].start if history else as_of
    if due is not None:
        first = min(first, due.last)
    last = max(as_of, due.last) if due is not None else as_of
    scale = WIDTH / max((last - first).days, 1)

    def at(day: date) -> float:
        return round((day - first).days * scale, 1)

    ends = [*(entry.start for entry in history[1:]), as_of][: len(history)]
    stretches = tuple(
        Stretch(entry, style_of(entry), at(entry.start), max(round(at(end) - at(entry.start), 1), _NARROWEST))
        for entry, end in zip(history, ends, strict=True)
    )
    due_at = at(due.last) if due is not None else None
    before = sum(entry.start <= due.last for entry in history) if due is not None else 0
    return Strip(stretches, due, due_at, before, at(as_of))
