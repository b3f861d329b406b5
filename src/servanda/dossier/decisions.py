"""What people decide and correct in a dossier: reviews of links, claims by hand, corrections of documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.names import nearest
from servanda.core.problems import ServandaError
from servanda.dossier.admission import commitments_of, refuse_future
from servanda.dossier.opened import OpenFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.core.claims import Annotation, Review
    from servanda.core.documents import Correction, Document
    from servanda.ledger import KeptReview


class Decisions(OpenFolder):
    """People's decisions, annotations and corrections; each is kept beside what the readers found."""

    def correct(self, correction: Correction) -> Document:
        """Correct what is noted of a document, by a new record.

        Raises:
            ServandaError: there is no such document, or its new date is still to come.
        """
        refuse_future(correction.document, correction.published)
        with self.ledger() as ledger:
            return ledger.correct(correction)

    def decide(self, review: Review) -> Review:
        """Keep an analyst's decision about a claim's link; the claim may be named by the first digits of its id.

        Raises:
            ServandaError: there is no such claim or commitment, or the decision cannot be taken.
        """
        if review.commitment is not None:
            self._refuse_unknown(review.commitment)
        with self.ledger() as ledger:
            review = replace(review, claim=ledger.claim_id(review.claim))
            if review.decision == "undo":
                _refuse_idle_undo(
                    review.claim, [kept.decision for kept in ledger.reviews() if kept.claim == review.claim]
                )
            return ledger.review(review)

    def _refuse_unknown(self, commitment: str) -> None:
        """Refuse to tie anything to a commitment that nobody owes."""
        owed = commitments_of(self.accord)
        if commitment not in owed:
            close = nearest(commitment, owed)
            raise ServandaError(
                f"{commitment!r} is not a commitment of {self.accord_path}",
                f"did you mean {close!r}?" if close else f"run: servanda status {self.folder}",
            )

    def annotate(self, annotation: Annotation) -> Annotation:
        """Keep a claim that a person entered, corrected or takes back; what the readers found is kept beside it.

        Raises:
            ServandaError: there is no such document, claim or commitment, or its quote does not stand in the text.
        """
        if annotation.commitment is not None:
            self._refuse_unknown(annotation.commitment)
        with self.ledger() as ledger:
            return ledger.annotate(annotation)

    def annotations(self, document_id: str | None = None) -> tuple[Annotation, ...]:
        """What people entered and corrected, oldest first; of one document, where one is named."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.annotations(document_id)

    def decisions(self) -> tuple[KeptReview, ...]:
        """Every decision as it was made, oldest first, with where it stands after the documents were last read."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.kept_reviews()


def _refuse_idle_undo(claim: str, decisions: Sequence[str]) -> None:
    """Refuse to take back a decision on a claim about which none stands."""
    standing = 0
    for decision in decisions:
        standing = max(0, standing - 1) if decision == "undo" else standing + 1
    if not standing:
        raise ServandaError(f"no decision about claim {claim} stands", "there is nothing to take back")
