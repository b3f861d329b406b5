"""Dates that a sentence gives by counting from another: "on Wednesday, a day after the assembly *approved* it"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from servanda.core.dates import Duration, PartialDate, days_of
from servanda.reading.attachment import Dated
from servanda.reading.parsing import Word

_BACK, _AHEAD = "after", "before"
_MOST_DAYS = 60


def counted(item: Dated, found: Sequence[Dated], published: date) -> Iterator[tuple[PartialDate, Word, bool]]:
    """The dates that a span before "after" or "before" may give to what follows, nearest precision first.

    Each comes with the word after the span, and whether it was counted from a day that the sentence names and not from
    the day of publication.
    """
    span = item.expression.when
    joint = _next(item)
    if not isinstance(span, Duration) or joint is None or joint.lower not in (_BACK, _AHEAD):
        return
    sign = -1 if joint.lower == _BACK else 1
    named = [
        whole.first
        for other in sorted(found, key=lambda other: abs(other.head.i - item.head.i))
        if other is not item
        and isinstance(other.expression.when, PartialDate)
        and (whole := days_of(other.expression.when)) is not None
        and whole.first == whole.last
    ]
    base = named[0] if named else published
    days = span.days + 7 * span.weeks
    months = span.months + 12 * span.years
    try:
        if days and not months and days <= _MOST_DAYS:
            day = base + timedelta(days=sign * days)
            yield PartialDate.of(day), joint, bool(named)
            if span.weeks:
                yield PartialDate(day.year, day.month), joint, bool(named)
        elif months and not days:
            at = base.year * 12 + base.month - 1 + sign * months
            whole_years = not span.months
            yield PartialDate(at // 12, None if whole_years else at % 12 + 1), joint, bool(named)
    except (ValueError, OverflowError):
        return


def _next(item: Dated) -> Word | None:
    """The word after an expression; a cue within it ("after 10 years") stands before its head and is none."""
    word: Word | None = item.head
    while word is not None and word.start < item.expression.end:
        word = word.after
    return word
