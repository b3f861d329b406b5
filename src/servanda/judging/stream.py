"""The core verdict over streams: every obligation created is fulfilled within so many days, events in any order.

What is kept of an obligation is the earliest day on which it was created and the earliest on which it was fulfilled.
Both are minima, so the answer does not depend on the order in which events come in: a late event only lowers one.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

_NEVER = 2**31 - 1


class Verdict(Enum):
    """Where one obligation stands on a day."""

    KEPT = "fulfilled"
    LATE = "fulfilled late"
    OVERDUE = "overdue"
    OPEN = "in force"
    UNKNOWN = "never created"


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many obligations stand where on a day."""

    kept: int
    late: int
    overdue: int
    open: int


class WithinDays:
    """Monitors "every obligation created is fulfilled within `days` days" over events that may come in any order.

    Days are ordinals (`date.toordinal()` or any other count). The last day still counts. Fulfilment dated before the
    creation counts as done ahead of time. About 100 bytes are kept of each obligation.
    """

    def __init__(self, days: int) -> None:
        """Watch for fulfilment within so many days.

        Raises:
            ValueError: `days` is negative.
        """
        if days < 0:
            raise ValueError(f"a span of {days} days is negative; give 0 or more")
        self.days = days
        self.now: int | None = None
        """The latest day of any event so far."""
        self.broken = 0
        """How many obligations had not been fulfilled in time by `now`, as far as is known."""
        self._slots: dict[Hashable, int] = {}
        self._created = array("i")
        self._fulfilled = array("i")
        self._waiting: dict[int, int] = {}
        """By day of creation: how many wait to be fulfilled in time, of those whose time is not yet up."""
        self._up_to: int | None = None
        """Creations up to this day had their time by `now`."""

    def feed(self, events: Iterable[tuple[int, bool, Hashable]]) -> None:
        """Take in events: the day, whether it is a fulfilment (else a creation), and the obligation's id."""
        for _ in self.verdicts(events):
            pass

    def verdicts(self, events: Iterable[tuple[int, bool, Hashable]]) -> Iterator[int]:
        """Take in events; after each, how many obligations are known not to have been fulfilled in time by then."""
        days, slots, created, fulfilled, waiting = (
            self.days, self._slots, self._created, self._fulfilled, self._waiting
        )  # fmt: skip
        now = self.now if self.now is not None else -_NEVER
        for day, is_fulfilment, name in events:
            if day > now:
                now = day
                self.now = day
                self._pass_time(day - days - 1)
            at = slots.get(name)
            if at is None:
                slots[name] = len(created)
                created.append(_NEVER if is_fulfilment else day)
                fulfilled.append(day if is_fulfilment else _NEVER)
                if not is_fulfilment:
                    if day + days < now:
                        self.broken += 1
                    else:
                        waiting[day] = waiting.get(day, 0) + 1
                yield self.broken
                continue
            made, done = created[at], fulfilled[at]
            if is_fulfilment:
                if day < done:
                    fulfilled[at] = day
                    if made != _NEVER and done > made + days and day <= made + days:
                        self._no_longer_waits(made, now)
            elif day < made:
                created[at] = day
                if made != _NEVER and done > made + days:
                    self._no_longer_waits(made, now)
                if done > day + days:
                    if day + days < now:
                        self.broken += 1
                    else:
                        waiting[day] = waiting.get(day, 0) + 1
            yield self.broken

    def _pass_time(self, last: int) -> None:
        """Count those as broken whose time ended: created up to `last`, and not fulfilled in time."""
        waiting = self._waiting
        if self._up_to is None:
            self._up_to = last
        if last - self._up_to > len(waiting):
            for day in [day for day in waiting if day <= last]:
                self.broken += waiting.pop(day)
        else:
            for day in range(self._up_to + 1, last + 1):
                self.broken += waiting.pop(day, 0)
        self._up_to = last

    def _no_longer_waits(self, made: int, now: int) -> None:
        if made + self.days < now:
            self.broken -= 1
        else:
            self._waiting[made] -= 1

    def verdict(self, name: Hashable, as_of: int) -> Verdict:
        """Where one obligation stands on a day, by all events so far that are dated up to it."""
        at = self._slots.get(name)
        if at is None or self._created[at] > as_of:
            return Verdict.UNKNOWN
        due = self._created[at] + self.days
        if self._fulfilled[at] <= as_of:
            return Verdict.KEPT if self._fulfilled[at] <= due else Verdict.LATE
        return Verdict.OPEN if as_of <= due else Verdict.OVERDUE

    def reason(self, name: Hashable) -> tuple[int | None, int | None]:
        """The days of creation and of fulfilment that the verdict rests on; `None` for what is not known."""
        at = self._slots.get(name)
        if at is None:
            return None, None
        made, done = self._created[at], self._fulfilled[at]
        return (None if made == _NEVER else made, None if done == _NEVER else done)

    def tally(self, as_of: int) -> Tallied:
        """How many obligations stand where on a day."""
        kept = late = overdue = waiting = 0
        for made, done in zip(self._created, self._fulfilled, strict=True):
            if made > as_of:
                continue
            if done <= as_of:
                if done <= made + self.days:
                    kept += 1
                else:
                    late += 1
            elif as_of <= made + self.days:
                waiting += 1
            else:
                overdue += 1
        return Tallied(kept, late, overdue, waiting)
