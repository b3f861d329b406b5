"""Reviews are anchored to the text they were made on: after a new reading they follow it to its new claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servanda.core.claims import Review


class Anchorage(StrEnum):
    """Where a review stands after the document was last read."""

    STANDS = "stands"
    CARRIED = "carried"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review as it was made, and the claim that it bears on now. An orphan bears on none, and is kept."""

    review: Review
    document: str
    anchorage: Anchorage
    claim: str | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A claim reduced to what a review holds on to. `start` to `end` is its quote; equal where there is none."""

    claim: str
    act: str
    action: str
    start: int
    end: int

    def overlap(self, other: Anchor) -> int:
        """How many characters of text both quotes share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def anchor_review(reviewed: Anchor, current: Iterable[Anchor]) -> tuple[Anchorage, str | None]:
    """The claim of the current reading that a review bears on.

    The same claim where it is still there; else the one of the same act and action whose quote shares most text
    with the reviewed one (the tightest, then the first, of equals); else none.
    """
    heirs = []
    for candidate in current:
        if candidate.claim == reviewed.claim and (reviewed.start == reviewed.end or reviewed.overlap(candidate)):
            return Anchorage.STANDS, candidate.claim
        if (candidate.act, candidate.action) == (reviewed.act, reviewed.action) and reviewed.overlap(candidate):
            heirs.append(candidate)
    if not heirs:
        return Anchorage.ORPHANED, None
    best = min(heirs, key=lambda heir: (-reviewed.overlap(heir), heir.end - heir.start, heir.start, heir.claim))
    return Anchorage.CARRIED, best.claim
