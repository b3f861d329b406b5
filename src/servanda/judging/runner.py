"""What a fold is made of: moves through the transition table, the outcome, the day on which evidence counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Stance, State, WhenKind
from servanda.judging.timeline import Step, Timeline, day_after
from servanda.judging.transitions import step as table_step

if TYPE_CHECKING:
    from servanda.core.judgement import Episode
    from servanda.judging.due import Due
    from servanda.judging.evidence import Item
    from servanda.judging.tally import Ledgers
    from servanda.judging.timeline import StageDue
    from servanda.judging.visible import Commitment

_NEAR_DUE = timedelta(days=15)
"""How far before the deadline "by" a day may lie and still mean the deadline."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state: on which day, by which rule, on what evidence."""

    day: date
    rule: str
    words: str
    before: State
    after: State
    items: tuple[Item, ...]
    note: str = ""


@dataclass(slots=True)
class Outcome:
    """Where the fold ended, and how it came there."""

    state: State
    moves: list[Move]
    due: Due | None
    share: float | None = None
    due_share: float = 1.0
    """The share of the whole that is due by `due`: less than all where stages fall due one by one."""
    fulfilled_on: date | None = None
    fulfilled_by: tuple[Item, ...] = ()
    stages_reached: dict[int, date] = field(default_factory=dict)
    stages_waiting: tuple[StageDue, ...] = ()
    """Stages, not reached, that are not due before something else comes about."""
    episodes: list[Episode] = field(default_factory=list)
    deciding: tuple[Item, ...] = ()
    """The evidence that the present state rests on."""
    contested: tuple[tuple[State, tuple[Item, ...]], ...] = ()
    """Candidate states with the evidence for each, where accepted evidence goes both ways."""
    figures: list[tuple[float, Item]] = field(default_factory=list)
    ledgers: Ledgers | None = None

    @property
    def share_of_due(self) -> float | None:
        """How much of what is due by `due` is done; `None` where it is not known."""
        return self.share / self.due_share if self.share is not None else None


def effective_day(item: Item, due: Due | None, start: date | None) -> date:
    """The day on which a piece of evidence takes effect.

    A report of performance counts from its last possible day, but a date too vague to tell early from late is not held
    against the debtor. A report of non-performance counts from the day after the deadline at the earliest. A breach
    counts from its first day, though never from before the commitment began.
    """
    assert item.event is not None
    first, last = item.event.first, min(item.event.last, item.published)
    last = max(first, last)
    if item.stance in (Stance.PERFORMS, Stance.PERFORMS_IN_PART):
        if due is not None and first <= due.last < last:
            return due.last
        return last
    if item.stance is Stance.FAILS:
        said = speaks_of(item, due)
        return max(said, day_after(due.last)) if due is not None and said >= due.last else said
    return max(first, start) if start is not None else first


def speaks_of(item: Item, due: Due | None) -> date:
    """The last day of which a report of non-performance speaks.

    "By" a day close before the deadline, said after the deadline, is taken to mean the deadline: outlets count the days
    differently. Anything further off speaks of its own day only.
    """
    assert item.event is not None
    last = max(item.event.first, min(item.event.last, item.published))
    claim = item.record.claim
    if due is not None and claim.when_kind is WhenKind.BY and item.published > due.last:
        apart = due.last - last
        if timedelta(0) <= apart <= _NEAR_DUE:
            return due.last
    return last


class Runner:
    """Steps through the table and remembers what moved."""

    def __init__(self, commitment: Commitment, timeline: Timeline, as_of: date) -> None:
        self.commitment, self.timeline, self.as_of = commitment, timeline, as_of
        self.kind = commitment.provision.kind
        self.state = State.TENTATIVE
        self.before = State.IN_FORCE
        self.moves: list[Move] = []
        self.due_pending = False

    def apply(self, step: Step) -> bool:
        """Take a step where the table allows it; whether it did."""
        row = table_step(self.kind, self.state, step.trigger)
        if row is None:
            return False
        target = row.target if row.target is not None else self.before
        if target in (State.SUSPENDED, State.REVERSED):
            self.before = self.state
        self.moves.append(Move(step.day, row.rule, row.words, self.state, target, step.items, step.note))
        self.state = target
        return True
