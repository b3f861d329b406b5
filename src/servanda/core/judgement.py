"""Evidence and judgements: what bears on a commitment, and where it stands, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Bound, Credibility, Kind, Outlook, Reliability, Stance, Standing, State

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.claims import ClaimRecord
    from servanda.core.dates import DateRange, When


@dataclass(frozen=True, slots=True)
class Grade:
    """The Admiralty code. The halves are judged apart and never derived from each other."""

    reliability: Reliability
    credibility: Credibility

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


CLEAR_LINK = 0.55
"""From this score on a link is made; below it, it is only proposed for review."""


@dataclass(frozen=True, slots=True)
class Link:
    """How surely a claim bears on a commitment: a score from 0 to 1 and what it is made of."""

    commitment: str
    score: float
    parts: tuple[tuple[str, float], ...]
    decided_by: str | None = None
    """The analyst, where the link is a decision of theirs and not the engine's."""

    @property
    def clear(self) -> bool:
        """Whether the link is made; a doubtful one waits for review."""
        return self.decided_by is not None or self.score >= CLEAR_LINK


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim tied to a commitment."""

    record: ClaimRecord
    link: Link
    stance: Stance
    grade: Grade
    event: DateRange | None
    """When it happened, where the claim says so; an imputed date keeps its precision."""
    interest: str | None
    """`debtor`, `backer` or `adversary` where the source has a stake, `verifier`, or `None`."""
    origin: str
    """Which origin it goes back to; copies and rewrites of one report share it."""
    accepted: bool
    why: str
    """Why it was accepted as proof, or was not."""

    @property
    def source(self) -> str | None:
        """Who says it: the claim's source, else the publisher."""
        return self.record.claim.source or self.record.document.publisher


@dataclass(frozen=True, slots=True)
class Reason:
    """One step on the way to a judgement: the rule's name, its words, and the evidence that it rests on."""

    rule: str
    text: str
    evidence: tuple[str, ...] = ()
    """Ids of claims."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and who gives it."""

    value: float
    source: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """Credible evidence both ways: both candidate states, and both sides' figures."""

    states: tuple[State, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another reading of the text would give."""

    text: str
    source: str
    due: DateRange | None
    state: State


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of time in which a maintained or refrained-from duty was breached, or a fulfilment undone."""

    first: date
    last: date | None
    """`None` while it is open."""
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where one commitment stands at a date, as known at a date. Always derived, never stored."""

    id: str
    instrument: str
    provision: str
    debtor: str
    predecessor: str | None
    bound: Bound
    kind: Kind
    state: State
    outlook: Outlook | None
    standing: Standing
    disputed: Dispute | None
    stale_since: date | None
    due: When | None
    share: float | None
    """Share done, 0 to 1, where a quantity or stages are known."""
    evidence: tuple[Evidence, ...]
    reasons: tuple[Reason, ...]
    episodes: tuple[Episode, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()
    notes: tuple[str, ...] = ()
    """What stands beside the judgement: reservations, changes of the text, words that are no date."""
    would_change: tuple[str, ...] = ()
    """What would change the answer."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One stretch along event time in which a commitment's judgement stayed the same."""

    start: date
    end: date | None
    state: State
    outlook: Outlook | None
    standing: Standing
    rule: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How a judgement differs between two dates; `cause` is `world`, `knowledge` or `accord`."""

    commitment: str
    before: Judgement | None
    after: Judgement | None
    cause: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How the commitments of one provision, instrument or party stand."""

    id: str
    commitments: tuple[str, ...]
    states: tuple[tuple[State, int], ...]
    """How many stand in each state, in the order of the states; states with none are left out."""
    standings: tuple[tuple[Standing, int], ...]
    disputed: int
    at_risk: int
    late: int
    """How many were fulfilled late."""
    episodes: int
    """Breaches and undoings on record, open or ended."""
    kroc: int | None
    """The least of the derived Kroc scores; `None` where nothing can be scored, and always of a party."""
