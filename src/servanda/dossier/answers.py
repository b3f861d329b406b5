"""What a dossier answers: states, their histories and changes, counts, scores and doubts, judged from its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.names import nearest
from servanda.core.problems import ServandaError
from servanda.dossier.opened import OpenFolder
from servanda.dossier.outcomes import Doubt, doubts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.judgement import Change, HistoryEntry, Judgement, Summary


class Answers(OpenFolder):
    """The questions one can ask of an open folder, each as of a date and as known by a date."""

    def status(self, *, as_of: date, known_by: date, only: Sequence[str] | None = None) -> tuple[Judgement, ...]:
        """Judge every commitment (or those of the given ids) at a date, as known at a date."""
        from servanda import judging

        records, reviews = self._known(known_by)
        return judging.judge(self.accord, records, reviews, as_of=as_of, known_by=known_by, only=only)

    def status_each(self, *, as_of: date, known_by: date) -> Iterator[Judgement]:
        """What `status` says, one judgement after the other; for whoever writes them down and keeps none."""
        from servanda import judging

        return judging.judge_each(self.accord, *self._known(known_by), as_of=as_of, known_by=known_by)

    def judgement(self, commitment: str, *, as_of: date, known_by: date) -> Judgement:
        """Judge one commitment.

        Raises:
            ServandaError: no commitment of that id is on record at that date; the message names the nearest.
        """
        return self._one(commitment, *self._known_about(commitment, known_by), as_of=as_of, known_by=known_by)

    def _one(
        self,
        commitment: str,
        records: tuple[ClaimRecord, ...],
        reviews: tuple[Review, ...],
        *,
        as_of: date,
        known_by: date,
    ) -> Judgement:
        from servanda import judging

        found = judging.judge(self.accord, records, reviews, as_of=as_of, known_by=known_by, only=(commitment,))
        if found:
            return found[0]
        listed = [item.id for item in judging.judge(self.accord, (), as_of=as_of, known_by=known_by)]
        close = nearest(commitment, listed)
        raise ServandaError(
            f"{commitment!r} is not a commitment on record as of {as_of.isoformat()} (known by {known_by.isoformat()})",
            f"did you mean {close!r}?" if close else f"run: servanda status {self.folder}",
        )

    def history(self, commitment: str, *, as_of: date, known_by: date) -> tuple[HistoryEntry, ...]:
        """Each change of a commitment's state along event time.

        Raises:
            ServandaError: no commitment of that id is on record at that date; the message names the nearest.
        """
        from servanda import judging

        records, reviews = self._known_about(commitment, known_by)
        self._one(commitment, records, reviews, as_of=as_of, known_by=known_by)
        return judging.history(self.accord, records, reviews, commitment=commitment, as_of=as_of, known_by=known_by)

    def changes(self, *, since: date, until: date) -> tuple[Change, ...]:
        """What changed between two dates, and whether the world, our knowledge or the accord did."""
        from servanda import judging

        records, reviews = self._known(until)
        return judging.changes(self.accord, records, reviews, since=since, until=until)

    def summaries(self, by: str, *, as_of: date, known_by: date) -> tuple[Summary, ...]:
        """Counts of states by `party`, `instrument` or `provision`; side by side, never one score."""
        from servanda.dossier.texts import sum_up

        return sum_up(self.status(as_of=as_of, known_by=known_by), by)

    def kroc_scores(self, *, as_of: date, known_by: date) -> tuple[tuple[Judgement, int | None], ...]:
        """Each judgement with its score on the Kroc institute's scale, derived; `None` where it cannot be said."""
        from servanda import judging

        judged = self.status(as_of=as_of, known_by=known_by)
        return tuple((judgement, judging.kroc_score(judgement)) for judgement in judged)

    def doubts(self, *, as_of: date, known_by: date) -> tuple[Doubt, ...]:
        """The claims whose links wait for review, in the order in which they matter to a judgement."""
        return doubts_of(self.status(as_of=as_of, known_by=known_by))
