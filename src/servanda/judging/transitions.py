"""The transition table: what may follow what along event time. Data; one row a transition, each with its rule's name.

A row says: a commitment of one of these kinds, in one of these states, on this trigger, goes to that state. What no row
allows does not happen: the evidence is kept and shown, and the state stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from servanda.core.vocabulary import Kind, State


class Trigger(Enum):
    """What can happen to a commitment: a clock event, a record, or accepted evidence."""

    CONCLUDED = "its instrument was concluded"
    CONCLUDED_PENDING = "its instrument was concluded, and its condition or entry into force is still to come"
    CONDITION_MET = "its condition came about"
    CONDITION_LAPSED = "the time for its condition ran out"
    DUE_PASSED = "the deadline passed"
    DEADLINE_MOVED = "the deadline was moved"
    PERFORMED = "it was done in time"
    PERFORMED_LATE = "it was done after the deadline"
    PERFORMED_IN_PART = "it was done in part"
    STAGE_REACHED = "what was due by now was done"
    NOT_DONE = "it was not done by the deadline"
    CONTRARY = "the contrary was done"
    EPISODE_ENDED = "the contrary ended"
    SUSPENDED = "it was suspended"
    RESUMED = "the suspension ended"
    WAIVED = "it was waived"
    SUPERSEDED = "another provision took its place"
    TERMINATED = "its instrument was terminated"
    TERM_ENDED = "its term ended"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table."""

    rule: str
    kinds: frozenset[Kind]
    sources: frozenset[State]
    trigger: Trigger
    target: State | None
    """`None`: back to where it was before the suspension."""
    words: str


_DO = frozenset({Kind.ACHIEVE})
_KEEP = frozenset({Kind.MAINTAIN, Kind.REFRAIN})
_ANY = frozenset(Kind)
S, T = State, Trigger
OPEN = frozenset({S.IN_FORCE, S.IN_PROGRESS})
DONE = frozenset({S.FULFILLED, S.FULFILLED_LATE})
ENDED = frozenset({S.EXPIRED, S.DISCHARGED, S.SUPERSEDED, S.TERMINATED})
_LIVE = frozenset(S) - ENDED


def _row(
    rule: str, kinds: frozenset[Kind], sources: frozenset[State], trigger: Trigger, target: State | None, words: str
) -> Transition:
    return Transition(rule, kinds, sources, trigger, target, words)


_PENDING = frozenset({S.CONDITIONAL})
_TENTATIVE = frozenset({S.TENTATIVE})
_OWED = OPEN | _PENDING
TABLE: tuple[Transition, ...] = (
    _row("concluded", _ANY, _TENTATIVE, T.CONCLUDED, S.IN_FORCE, "The instrument was concluded; it binds."),
    _row(
        "concluded on condition",
        _ANY,
        _TENTATIVE,
        T.CONCLUDED_PENDING,
        S.CONDITIONAL,
        "The instrument was concluded; that without which nothing is owed has not come about.",
    ),
    _row("condition met", _ANY, _PENDING, T.CONDITION_MET, S.IN_FORCE, "Its condition came about; it is owed."),
    _row("condition lapsed", _ANY, _PENDING, T.CONDITION_LAPSED, S.EXPIRED, "The time for its condition ran out."),
    _row("begun", _DO, OPEN, T.PERFORMED_IN_PART, S.IN_PROGRESS, "It was begun or done in part."),
    _row(
        "stage reached",
        _DO,
        frozenset({S.OVERDUE, S.VIOLATED}),
        T.STAGE_REACHED,
        S.IN_PROGRESS,
        "What was due by then was done after its deadline; the delay stays on record.",
    ),
    _row("kept in time", _DO, _OWED | {S.SUSPENDED}, T.PERFORMED, S.FULFILLED, "It was done in time."),
    _row("restored", _DO, frozenset({S.REVERSED}), T.PERFORMED, S.FULFILLED, "What had been undone was done again."),
    _row(
        "kept late",
        _DO,
        _OWED | {S.OVERDUE, S.VIOLATED, S.SUSPENDED},
        T.PERFORMED_LATE,
        S.FULFILLED_LATE,
        "It was done after the deadline; the breach stays on record.",
    ),
    _row(
        "restored, first kept late",
        _DO,
        frozenset({S.REVERSED}),
        T.PERFORMED_LATE,
        S.FULFILLED_LATE,
        "What had been undone was done again; it had first been done late.",
    ),
    _row(
        "deadline passed",
        _DO,
        frozenset({S.IN_FORCE}),
        T.DUE_PASSED,
        S.OVERDUE,
        "The deadline has passed, and there is no accepted evidence either way.",
    ),
    _row(
        "deadline passed, part done",
        _DO,
        frozenset({S.IN_PROGRESS}),
        T.DUE_PASSED,
        S.OVERDUE,
        "The deadline has passed; accepted evidence shows a part done, and nothing of the rest.",
    ),
    _row(
        "not done by the deadline",
        _DO,
        frozenset({S.OVERDUE}),
        T.NOT_DONE,
        S.VIOLATED,
        "Accepted evidence says that it was not done by the deadline.",
    ),
    _row(
        "contrary after the deadline",
        _DO,
        frozenset({S.OVERDUE}),
        T.CONTRARY,
        S.VIOLATED,
        "The deadline had passed, and accepted evidence says that the contrary was done.",
    ),
    _row("undone", _DO, DONE, T.CONTRARY, S.REVERSED, "It had been done, and was undone."),
    _row(
        "undoing ended",
        _DO,
        frozenset({S.REVERSED}),
        T.EPISODE_ENDED,
        None,
        "The undoing ended; it stands as it did before.",
    ),
    _row(
        "extended",
        _DO,
        frozenset({S.OVERDUE, S.VIOLATED}),
        T.DEADLINE_MOVED,
        S.IN_FORCE,
        "The deadline was moved after it had passed; what was missed stays on record.",
    ),
    _row(
        "breached",
        _KEEP,
        frozenset({S.IN_FORCE}),
        T.CONTRARY,
        S.VIOLATED,
        "Accepted evidence says that it was breached.",
    ),
    _row(
        "breach ended",
        _KEEP,
        frozenset({S.VIOLATED}),
        T.EPISODE_ENDED,
        S.IN_FORCE,
        "The breach ended; the closed episode stays on record.",
    ),
    _row(
        "suspended",
        _ANY,
        frozenset({S.IN_FORCE, S.IN_PROGRESS, S.CONDITIONAL, S.OVERDUE, S.VIOLATED}),
        T.SUSPENDED,
        S.SUSPENDED,
        "It was suspended.",
    ),
    _row("resumed", _ANY, frozenset({S.SUSPENDED}), T.RESUMED, None, "The suspension ended."),
    _row("waived", _ANY, _LIVE - DONE, T.WAIVED, S.DISCHARGED, "It was waived; nothing is owed any more."),
    _row(
        "superseded", _ANY, _LIVE - DONE, T.SUPERSEDED, S.SUPERSEDED, "An amendment put another provision in its place."
    ),
    _row("terminated", _ANY, _LIVE - DONE, T.TERMINATED, S.TERMINATED, "The instrument collapsed or was denounced."),
    _row(
        "term ended",
        _ANY,
        OPEN | _PENDING | {S.SUSPENDED},
        T.TERM_ENDED,
        S.EXPIRED,
        "Its term ended without fault.",
    ),
)
_LOOKUP: dict[tuple[Kind, State, Trigger], Transition] = {
    (kind, source, row.trigger): row for row in reversed(TABLE) for kind in row.kinds for source in row.sources
}


def step(kind: Kind, state: State, trigger: Trigger) -> Transition | None:
    """The row that applies, or `None` where the table allows no change."""
    return _LOOKUP.get((kind, state, trigger))


def edges(kind: Kind) -> frozenset[tuple[State, State | None]]:
    """All legal edges of a kind; `None` stands for a return to the state before."""
    return frozenset((source, row.target) for row in TABLE if kind in row.kinds for source in row.sources)
