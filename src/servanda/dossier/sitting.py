"""A sitting: a dossier's judgements at one pair of dates, kept up to date as documents and decisions come in."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from servanda.dossier.outcomes import Doubt, weight_of_doubt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from servanda.core.documents import Document
    from servanda.core.judgement import Evidence, HistoryEntry, Judgement
    from servanda.dossier.folder import Dossier

MANY = 2_000
"""With more new claims than this, judging all anew is no slower than taking them in."""


class Sitting:
    """The judgements of a dossier at one pair of dates, with what pages look up in them.

    `refresh` takes in what is new. One thread at a time may refresh; what others read meanwhile is replaced, never
    changed under their hands.
    """

    def __init__(self, dossier: Dossier, *, as_of: date, known_by: date) -> None:
        """Judge everything.

        Raises:
            ServandaError: the accord has errors, or the ledger cannot be read.
        """
        from servanda import judging

        self._dossier = dossier
        self._known_by = known_by
        self.accord = dossier.accord
        known = dossier.known(known_by)
        self.documents: tuple[Document, ...] = known.documents if known else ()
        records, reviews = (known.records, known.reviews) if known else ((), ())
        self._revision = known.revision if known else None
        self._docket = judging.Docket(self.accord, records, reviews, as_of=as_of, known_by=known_by)
        self.judgements: tuple[Judgement, ...] = self._docket.judgements
        self.links: dict[str, tuple[str, ...]] = {}
        """For each claim, the commitments that it bears on."""
        self._doubtful: dict[str, tuple[tuple[str, Evidence], ...]] = {}
        """For each claim with links that wait for review, the commitments and its evidence on them."""
        self._doubt_weights: dict[str, tuple[int, float, str]] = {}
        """For each of these claims, its place in the queue."""
        self._index(self.judgements)

    def refresh(self) -> frozenset[str] | None:
        """Take in what came in since; the commitments that were judged again.

        `None` where so much may have changed (the accord, a document's date) that a new sitting is needed; this one
        stays as it was.

        Raises:
            ServandaError: the accord has errors, or the ledger cannot be read.
        """
        if self._dossier.accord is not self.accord and self._dossier.accord != self.accord:
            return None
        if self._revision is None:
            return None if self._dossier.known(self._known_by) else frozenset()
        news = self._dossier.news(self._revision, self._known_by)
        if news is None or len(news.fresh) > MANY:
            return None
        again: dict[str, Judgement] = {}
        if news.fresh:
            again |= {judgement.id: judgement for judgement in self._docket.add(news.fresh)}
        if news.revised or news.dropped:
            revised = self._docket.revise(news.revised, news.reviews, news.dropped)
            again |= {judgement.id: judgement for judgement in revised}
        before = {judgement.id: judgement for judgement in self.judgements if judgement.id in again}
        self.judgements = self._docket.judgements
        self.documents = news.documents if news.documents is not None else self.documents
        self._revision = news.revision
        self._forget(before.values())
        self._index(again.values())
        return frozenset(again)

    def history(self, commitment: str) -> tuple[HistoryEntry, ...]:
        """Each change of a commitment's state along event time."""
        return self._docket.history(commitment)

    def history_weight(self, commitment: str) -> int:
        """How many pieces of evidence its history has to go through, so that nobody waits for a long one."""
        return self._docket.weight(commitment)

    @property
    def waiting(self) -> int:
        """How many claims have links that wait for review."""
        return len(self._doubtful)

    def doubts(self, most: int | None = None) -> tuple[Doubt, ...]:
        """The claims whose links wait for review, in the order in which they matter; the first of them, if so asked."""
        weights = dict(self._doubt_weights)
        order = sorted(weights.values()) if most is None else nsmallest(most, weights.values())
        judged = {judgement.id: judgement for judgement in self.judgements}
        found = []
        for *_, claim in order:
            links = sorted(self._doubtful.get(claim, ()), key=lambda link: weight_of_doubt(link[1]))
            if links:
                found.append(Doubt(tuple(judged[name] for name, _ in links), links[0][1]))
        return tuple(found)

    def _forget(self, judgements: Iterable[Judgement]) -> None:
        for judgement in judgements:
            for evidence in judgement.evidence:
                claim = evidence.record.id
                left = tuple(name for name in self.links.get(claim, ()) if name != judgement.id)
                if left:
                    self.links[claim] = left
                else:
                    self.links.pop(claim, None)
                waiting = tuple(link for link in self._doubtful.get(claim, ()) if link[0] != judgement.id)
                self._wait(claim, waiting)

    def _wait(self, claim: str, links: tuple[tuple[str, Evidence], ...]) -> None:
        if links:
            self._doubtful[claim] = links
            self._doubt_weights[claim] = min((*weight_of_doubt(evidence), claim) for _, evidence in links)
        elif claim in self._doubtful:
            del self._doubtful[claim], self._doubt_weights[claim]

    def _index(self, judgements: Iterable[Judgement]) -> None:
        for judgement in judgements:
            for evidence in judgement.evidence:
                claim = evidence.record.id
                self.links[claim] = (*self.links.get(claim, ()), judgement.id)
                if not evidence.link.clear:
                    self._wait(claim, (*self._doubtful.get(claim, ()), (judgement.id, evidence)))
