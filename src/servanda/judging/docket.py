"""A docket: judgements kept up to date as documents come in. A new claim re-judges what it touches, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.collector import collector_paused
from servanda.judging.gathering import Decisions, Gatherer
from servanda.judging.history import history
from servanda.judging.judge import judged, references, with_references
from servanda.judging.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.collector import collector_paused
    from servanda.core.judgement import HistoryEntry, Judgement
from servanda.judging.gathering import Tie


class Docket:
    """The judgements at one date, as known at one date, which take in further claims, corrections and decisions.

    What it says equals what `judge` says of the same claims from scratch.
    """

    def __init__(
        self,
        accord: Accord,
        records: Iterable[ClaimRecord] = (),
        reviews: Iterable[Review] = (),
        *,
        as_of: date,
        known_by: date,
    ) -> None:
        """Judge all of the accord's commitments."""
        self._reviews = tuple(reviews)
        self._accord = accord
        self._view = visible(accord, as_of=as_of, known_by=known_by)
        self._gatherer = Gatherer(accord, self._view.commitments, Decisions.of(self._reviews), known_by)
        self._readers = _readers(accord)
        self._gatherer.gather(records)
        self._judgements = {one.id: one for one in judged(self._view, self._gatherer)}

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, in the order of the accord."""
        return tuple(self._judgements.values())

    def add(self, records: Iterable[ClaimRecord]) -> tuple[Judgement, ...]:
        """Take in further claims; the judgements on all that they bear on, in the order of the accord."""
        with collector_paused():
            return self._again(self._gather(records))

    def revise(
        self, records: Iterable[ClaimRecord], reviews: Iterable[Review], dropped: Collection[str] = ()
    ) -> tuple[Judgement, ...]:
        """Take in claims that were corrected, or about which analysts decided; again what they bear or bore on.

        Args:
            records: the claims as they now are.
            reviews: all decisions as they now are; those about claims that are not in `records` are as they were.
            dropped: ids of claims that are made no longer.
        """
        changed = {record.id: record for record in records}
        out = changed.keys() | set(dropped)
        ties = self._gatherer.ties
        touched = {name for name, found in ties.items() if any(tie.record.id in out for tie in found)}
        for name in touched:
            ties[name] = [tie for tie in ties[name] if tie.record.id not in out]
        self._reviews = tuple(reviews)
        self._gatherer.decisions = Decisions.of(self._reviews)
        with collector_paused():
            return self._again(touched | self._gather(changed.values()))

    def history(self, commitment: str) -> tuple[HistoryEntry, ...]:
        """What `judging.history` says of a commitment, from the claims that were gathered already."""
        own = {tie.record.id: tie.record for found in self._needed(commitment) for tie in found}
        return history(
            self._accord,
            own.values(),
            self._reviews,
            commitment=commitment,
            as_of=self._view.as_of,
            known_by=self._gatherer.known_by,
        )

    def weight(self, commitment: str) -> int:
        """How many ties between claims and commitments its history has to go through."""
        return sum(map(len, self._needed(commitment)))

    def _needed(self, commitment: str) -> list[list[Tie]]:
        """What was gathered on a commitment, and on all that its history rests on."""
        needed = with_references(self._accord, {commitment.partition("/")[0]})
        return [found for name, found in self._gatherer.ties.items() if name.partition("/")[0] in needed]

    def _gather(self, records: Iterable[ClaimRecord]) -> set[str]:
        """Gather claims; the commitments that they bear on."""
        ties = self._gatherer.ties
        before = {name: len(found) for name, found in ties.items()}
        self._gatherer.gather(records)
        return {name for name, found in ties.items() if len(found) > before[name]}

    def _again(self, touched: Iterable[str]) -> tuple[Judgement, ...]:
        """Judge again these commitments and whatever rests on them."""
        changed = set(touched)
        resting: set[str] = set()
        queue = [name.partition("/")[0] for name in changed]
        while queue:
            for reader in self._readers.get(queue.pop(), ()):
                if reader not in resting:
                    resting.add(reader)
                    queue.append(reader)
        again = {
            one.id: one
            for one in judged(
                self._view, self._gatherer, lambda name: name in changed or name.partition("/")[0] in resting
            )
        }
        self._judgements.update(again)
        return tuple(again.values())


def _readers(accord: Accord) -> dict[str, list[str]]:
    """For each provision, those whose judgement rests on it."""
    found: dict[str, list[str]] = {}
    for provision in accord.provisions:
        for read in references(accord, provision):
            found.setdefault(read, []).append(provision.id)
    return found
