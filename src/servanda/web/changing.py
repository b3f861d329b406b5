"""What people changed about a claim last, so that nobody overwrites what they have not seen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from fastapi import Request

    from servanda.core.claims import Annotation
    from servanda.dossier import KeptReview


@dataclass(frozen=True, slots=True)
class Change:
    """A decision about a claim, or an annotation that enters, corrects or takes back one."""

    id: str
    claim: str | None
    """The claim that it bears on now; `None` where the last reading no longer finds it."""
    document: str
    by: str
    recorded: datetime
    decision: str
    """`accept`, `reject`, `relink`, `undo`, `enter`, `correct` or `take back`."""
    commitment: str | None
    quote: str | None
    note: str
    annotation: bool
    says: str = ""
    """What the claim says since, of an annotation."""
    beside: str = ""
    """That a decision was carried to another claim, or is orphaned."""

    @property
    def words(self) -> str:
        """What was decided: `accept for roads/eastland`, `correct`."""
        return f"{self.decision} for {self.commitment}" if self.commitment else self.decision


def by_claim(annotations: Iterable[Annotation]) -> dict[str, list[Annotation]]:
    """Annotations by the claim that they enter, correct or take back, oldest first."""
    found: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        found[annotation.corrects or annotation.id].append(annotation)
    return dict(found)


def word_of(annotation: Annotation) -> str:
    """What an annotation does, in a word."""
    return "take back" if annotation.claim is None else "correct" if annotation.corrects else "enter"


def _of_review(kept: KeptReview) -> Change:
    review = kept.review
    beside = "" if kept.anchorage.value == "stands" else kept.anchorage.value
    return Change(
        review.id, kept.claim, kept.document, review.by, review.recorded, review.decision, review.commitment,
        review.quote, review.note, annotation=False, beside=beside,
    )  # fmt: skip


def _of_annotation(annotation: Annotation) -> Change:
    made = annotation.claim
    says = ""
    if made is not None:
        says = f"{made.act.value}: {'not ' if made.polarity.value == 'negative' else ''}{made.action.value}"
    return Change(
        annotation.id, annotation.corrects or annotation.id, annotation.document, annotation.by, annotation.recorded,
        word_of(annotation), annotation.commitment, made.quote if made else None, annotation.note,
        annotation=True, says=says,
    )  # fmt: skip


def changes(request: Request) -> list[Change]:
    """Everything that anybody decided about a claim, oldest first."""
    dossier = request.app.state.dossier
    found = [_of_review(kept) for kept in dossier.decisions()]
    found += [_of_annotation(annotation) for annotation in dossier.annotations()]
    return sorted(found, key=lambda change: change.recorded)


def latest(found: Iterable[Change]) -> dict[str, Change]:
    """For each claim about which anybody decided anything, what they did last."""
    return {change.claim: change for change in found if change.claim is not None}


def last_changes(request: Request) -> dict[str, Change]:
    """For each claim about which anybody decided anything, what they did last, as the ledger has it now."""
    return latest(changes(request))


def refusal(doing: str, last: Change | None) -> str:
    """What somebody is told whose page was older than the last change."""
    if last is None:
        return f"your decision ({doing}) was not kept, since this page does not know the claim's decisions"
    when = last.recorded.strftime("%Y-%m-%d %H:%M UTC")
    return (
        f"{last.by} decided this claim on {when}: {last.words}. Your decision ({doing}) was not kept,"
        " so that nothing is overwritten unseen; look at theirs in the review, and decide anew if you disagree"
    )
