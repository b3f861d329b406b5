"""A docket: judgements kept up to date as documents come in. A new claim re-judges what it touches, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.judging.gathering import Decisions, Gatherer
from servanda.judging.judge import judged, references
from servanda.judging.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.judgement import Judgement


class Docket:
    """The judgements at one date, as known at one date, which take in further claims.

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
        self._view = visible(accord, as_of=as_of, known_by=known_by)
        self._gatherer = Gatherer(accord, self._view.commitments, Decisions.of(reviews), known_by)
        self._readers = _readers(accord)
        self._gatherer.gather(records)
        self._judgements = {one.id: one for one in judged(self._view, self._gatherer)}

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, in the order of the accord."""
        return tuple(self._judgements.values())

    def add(self, records: Iterable[ClaimRecord]) -> tuple[Judgement, ...]:
        """Take in further claims; the judgements on all that they bear on, in the order of the accord."""
        ties = self._gatherer.ties
        before = {name: len(found) for name, found in ties.items()}
        self._gatherer.gather(records)
        touched = {name.partition("/")[0] for name, found in ties.items() if len(found) > before[name]}
        queue = list(touched)
        while queue:
            for reader in self._readers.get(queue.pop(), ()):
                if reader not in touched:
                    touched.add(reader)
                    queue.append(reader)
        again = {
            one.id: one for one in judged(self._view, self._gatherer, lambda name: name.partition("/")[0] in touched)
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
