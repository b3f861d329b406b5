"""How dates, deadlines and states are put into words, the same on every face."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from servanda.core.dates import DateRange, Duration, PartialDate, When, days_of
from servanda.core.vocabulary import Bound, Stance, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servanda.core.judgement import Evidence, Judgement, OtherReading, Summary

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_BOUND = {
    Bound.SIGNED: None,
    Bound.ENDORSED: "endorsed, not signed",
    Bound.ADDRESSED: "addressed, not a signatory",
}
SETTLED = frozenset(
    {
        State.FULFILLED,
        State.FULFILLED_LATE,
        State.EXPIRED,
        State.DISCHARGED,
        State.SUPERSEDED,
        State.TERMINATED,
    }
)
"""States in which a deadline is no longer counted down."""


def date_words(when: When | date) -> str:
    """`23 January 2021`, `January 2021`, `2021`, or a range; never more precise than its source."""
    match when:
        case date():
            return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
        case PartialDate(day=None, month=None):
            return str(when.year)
        case PartialDate(day=None, month=int(month)):
            return f"{_MONTHS[month - 1]} {when.year}"
        case PartialDate():
            return date_words(when.first)
        case DateRange() if when.first == when.last:
            return date_words(when.first)
        case DateRange():
            return f"{date_words(when.first)} to {date_words(when.last)}"
        case Duration():
            return str(when)
    raise AssertionError(when)


def count_words(count: int, singular: str, plural: str | None = None) -> str:
    """`1 claim`, `6 claims`, `1,200 claims`."""
    return f"{count:,} {singular if count == 1 else plural or f'{singular}s'}"


def days_words(count: int) -> str:
    """`1 day`, `6 days`."""
    return count_words(count, "day")


def days_to_due(judgement: Judgement, as_of: date) -> int | None:
    """Days left until the last day on which it is still in time; negative once that is past; `None` without a date."""
    days = days_of(judgement.due)
    return (days.last - as_of).days if days else None


def due_words(judgement: Judgement, as_of: date) -> str:
    """The deadline with the days left or past, or that there is none."""
    if judgement.due is None:
        return "no date"
    words = date_words(judgement.due)
    left = days_to_due(judgement, as_of)
    if left is None or judgement.state in SETTLED or judgement.state is State.TENTATIVE:
        return words
    if left == 0:
        return f"{words} (today)"
    return f"{words} ({days_words(left)} left)" if left > 0 else f"{words} ({days_words(-left)} past)"


def bound_words(bound: Bound) -> str | None:
    """How the debtor is bound, where that needs saying."""
    return _BOUND[bound]


def breach_words(judgement: Judgement) -> str:
    """That a duty which holds was breached before: `1 breach on record`; empty where it was not, or does not hold."""
    if judgement.state is not State.IN_FORCE or not judgement.episodes:
        return ""
    return f"{count_words(len(judgement.episodes), 'breach', 'breaches')} on record"


def state_words(judgement: Judgement) -> str:
    """State, outlook, breaches on record and how the debtor is bound: `violated (addressed, not a signatory)`."""
    words: str = judgement.state.value
    if breaches := breach_words(judgement):
        words += f", {breaches}"
    if judgement.outlook:
        words += f", {judgement.outlook}"
    bound = bound_words(judgement.bound)
    return f"{words} ({bound})" if bound else words


def standing_words(judgement: Judgement) -> str:
    """The standing with its overlays: `reported, disputed`, `verified, stale since 3 May 2021`."""
    words: str = judgement.standing.value
    if judgement.disputed:
        words += ", disputed"
    if judgement.stale_since:
        words += f", stale since {date_words(judgement.stale_since)}"
    return words


def share_words(share: float | None) -> str:
    """A share as a percentage, never rounded up to the whole; empty where unknown."""
    if share is None:
        return ""
    if 0 < share < 0.01:
        return "<1 %"
    return "100 %" if share >= 1 else f"{min(round(share * 100), 99)} %"


_COUNTED = (
    (Stance.DEMANDS, "demand", "demands", "no evidence of performance"),
    (Stance.INTENDS, "promise", "promises", "words, which perform nothing"),
    (
        Stance.AMENDS,
        "proposal of another date or text",
        "proposals of another date or text",
        "nothing changes until the accord records it",
    ),
    (Stance.DISPUTES, "denial", "denials", "shown beside the judgement"),
)


def counted_words(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """How many demands, promises, proposals and denials are clearly linked; one that bears on several counts once."""
    claims: dict[Stance, set[str]] = {}
    for judgement in judgements:
        for evidence in judgement.evidence:
            if not evidence.link.clear:
                continue
            claims.setdefault(evidence.stance, set()).add(evidence.record.id)
    return tuple(
        f"{count} {single if count == 1 else plural}: {remark}."
        for stance, single, plural, remark in _COUNTED
        if (count := len(claims.get(stance, ())))
    )


def summary_words(summary: Summary) -> str:
    """How the commitments of a party, instrument or provision stand, as counts side by side."""
    beside = (
        ("at risk", summary.at_risk),
        ("disputed", summary.disputed),
        ("breaches on record", summary.episodes),
    )
    states = ", ".join(f"{count} {state}" for state, count in summary.states)
    standings = ", ".join(f"{count} {standing}" for standing, count in summary.standings)
    further = "".join(f"; {name}: {count}" for name, count in beside if count)
    return f"{states} ({standings}){further}"


def quote_of(evidence: Evidence) -> str:
    """The sentence that says it, or the row that was handed in without a text."""
    record = evidence.record
    return record.claim.quote if record.claim.quote is not None else f"(row) {_row_words(record.row or '')}"


def _row_words(row: str) -> str:
    """A row of a table as `column: value; …`, without the columns that it leaves empty."""
    try:
        values = json.loads(row)
    except ValueError:
        return row
    if not isinstance(values, dict):
        return row
    return "; ".join(f"{name}: {_cell_words(value)}" for name, value in values.items() if value not in (None, "", []))


def _cell_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def source_words(evidence: Evidence) -> str:
    """Who says it and where it stood: `Heiko Maas, in Newsweek, 23 June 2021`."""
    document = evidence.record.document
    parts = [part for part in (evidence.record.claim.source, document.publisher or document.id) if part]
    where = ", in ".join(dict.fromkeys(parts))
    return f"{where}, {date_words(document.published)}"


def reading_words(reading: OtherReading) -> str:
    """What another reading of the text would give, and who reads it so."""
    due = f"due {date_words(reading.due)}, " if reading.due else ""
    return f"Another reading: {reading.text.rstrip('. ')}. By that it would be {due}{reading.state} ({reading.source})."
