"""How much was done: batches and running totals, departures less arrivals, ledgers that disagree side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Action
from servanda.judging.sources import VERIFIER

if TYPE_CHECKING:
    from datetime import date

    from servanda.judging.evidence import Item

_SAME_EVENT = timedelta(days=2)
_RIVAL = 0.5
"""A count of at least this part of all that the governing ledger has is a rival total, and not one more batch."""
_DIFFERS = 0.01
"""Two totals that differ by more than this part of the larger are two figures."""


@dataclass(slots=True)
class _Batch:
    day: date
    value: float
    item: Item


@dataclass(slots=True)
class Tally:
    """What one ledger adds up to along event time."""

    owed: float | None
    batches: list[_Batch] = field(default_factory=list)
    floor: float = 0.0
    """The latest running total; batches up to its day are part of it."""
    floor_day: date | None = None
    arrivals: float = 0.0
    fraction: float = 0.0
    """The greatest share of an unknown whole that was reported."""

    @property
    def counted(self) -> bool:
        """Whether anything was counted, out or in."""
        return bool(self.batches or self.floor_day or self.fraction or self.arrivals)

    def add(self, day: date, item: Item) -> None:
        """Count a batch, or take over a running total. The same event told twice counts once, at its lower figure."""
        value = item.quantity
        if value is None or not 0 <= value < math.inf:
            return
        share = 0 < value < 1
        if share and self.owed and self.owed > 1:
            value *= self.owed
        elif share and self.owed is None:
            self.fraction = max(self.fraction, value)
            return
        if item.total or share or (self.owed is not None and value >= self.owed):
            self.floor = max(self.floor, value)
            self.floor_day = day
            self.batches = [batch for batch in self.batches if batch.day > day]
            return
        if self.floor_day is not None and day <= self.floor_day:
            return
        for batch in self._near(day):
            if batch.item.record.document.id != item.record.document.id and _one_event(batch.item, item):
                if item.interest == VERIFIER or (batch.item.interest != VERIFIER and value < batch.value):
                    batch.value, batch.item = value, item
                return
        self.batches.append(_Batch(day, value, item))

    def _near(self, day: date) -> list[_Batch]:
        """The batches of about that day; they come in the order of their days."""
        start = len(self.batches)
        while start and (day - self.batches[start - 1].day) <= _SAME_EVENT:
            start -= 1
        return self.batches[start:]

    def arrive(self, item: Item) -> None:
        """Set an arrival off against the departures."""
        value = item.quantity or 0.0
        if item.record.claim.action in (Action.DEPLOY, Action.ARM, Action.DETAIN) and 0 < value < math.inf:
            self.arrivals += value

    @property
    def done(self) -> float:
        """What has been done, net of what came back."""
        return max(0.0, self.floor + sum(batch.value for batch in self.batches) - self.arrivals)


def _one_event(some: Item, other: Item) -> bool:
    if some.event is None or other.event is None:
        return False
    overlaps = some.event.first <= other.event.last and other.event.first <= some.event.last
    one, two = some.quantity or 0.0, other.quantity or 0.0
    alike = abs(one - two) <= 0.15 * max(one, two)
    return some.origin == other.origin or (overlaps and alike)


@dataclass(slots=True)
class Ledgers:
    """One tally a kind of source; the verifier's governs where there is one."""

    owed: float | None
    verifier: Tally = field(init=False)
    others: Tally = field(init=False)
    totals: list[tuple[date, float, Item]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.verifier, self.others = Tally(self.owed), Tally(self.owed)

    @property
    def governing(self) -> Tally:
        """The tally that the share is taken from."""
        own = self.verifier
        return own if own.batches or own.floor_day or own.fraction else self.others

    def add(self, day: date, item: Item) -> None:
        """Enter a piece of evidence of performance."""
        own = self.verifier if item.interest == VERIFIER else self.others
        before = self.governing.done
        own.add(day, item)
        value = item.quantity
        if value is None or 0 < value < 1 or not 0 <= value < math.inf:
            return
        rival = own is self.others and before > 0 and value >= _RIVAL * before and own.done <= value
        if item.total or rival or (self.owed is not None and value >= self.owed):
            self.totals.append((day, value, item))

    def arrive(self, item: Item) -> None:
        """Enter an arrival in both tallies."""
        self.verifier.arrive(item)
        self.others.arrive(item)

    def share(self) -> float | None:
        """The share done, 0 to 1; `None` where the whole is not known, or nothing was counted: no news is not zero."""
        if not self.owed:
            return self.governing.fraction or None
        if not (self.verifier.counted or self.others.counted):
            return None
        return min(1.0, self.governing.done / self.owed)

    def figures_apart(self) -> list[tuple[float, Item]]:
        """Running totals of different sources for the same time that do not agree, the latest of each source."""
        latest: dict[str, tuple[date, float, Item]] = {}
        for day, value, item in sorted(self.totals, key=lambda entry: entry[0]):
            latest[item.speaker.key] = (day, value, item)
        found = list(latest.values())
        if len(found) < 2:
            return []
        newest = max(day for day, _, _ in found)
        recent = [(value, item) for day, value, item in found if (newest - day).days <= 14]
        values = [value for value, _ in recent]
        if len(recent) < 2 or max(values) - min(values) <= _DIFFERS * max(values):
            return []
        return recent
