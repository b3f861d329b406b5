"""What the dossier answers beside judgements: what became of a file, what waits for review, what a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from servanda.core.claims import Claim
    from servanda.core.documents import Document, NewDocument
    from servanda.core.judgement import Evidence, Judgement
    from servanda.core.problems import ServandaError

_WEIGHT_OF_STANCE = {
    Stance.BREACHES: 0,
    Stance.FAILS: 0,
    Stance.PERFORMS: 0,
    Stance.PERFORMS_IN_PART: 0,
    Stance.DENIES_ACCESS: 1,
    Stance.DISPUTES: 1,
    Stance.REFUSES: 2,
    Stance.AMENDS: 2,
}


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file."""

    path: Path
    document: str | None = None
    """The document's id; `None` where nothing was added."""
    claims: int = 0
    duplicate_of: str | None = None
    not_read: str | None = None
    """What the language is called, where the text is stored but not read."""
    error: ServandaError | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim with doubtful links that wait for an analyst, and the judgements that they might change."""

    judgements: tuple[Judgement, ...]
    evidence: Evidence
    """As it would bear on the first of them, the one to which it matters most."""

    @property
    def weight(self) -> tuple[int, float]:
        """By this they are put in order, the least first."""
        return weight_of_doubt(self.evidence)


def doubts_of(judgements: Iterable[Judgement]) -> tuple[Doubt, ...]:
    """The claims whose links wait for review, in the order in which they matter to a judgement."""
    links: dict[str, list[tuple[Judgement, Evidence]]] = {}
    for judgement in judgements:
        for evidence in judgement.evidence:
            if not evidence.link.clear:
                links.setdefault(evidence.record.id, []).append((judgement, evidence))
    found = []
    for claim_links in links.values():
        ordered = sorted(claim_links, key=lambda link: weight_of_doubt(link[1]))
        found.append(Doubt(tuple(judgement for judgement, _ in ordered), ordered[0][1]))
    return tuple(sorted(found, key=lambda doubt: (*doubt.weight, doubt.evidence.record.id)))


def weight_of_doubt(evidence: Evidence) -> tuple[int, float]:
    """What matters most to a judgement comes first: what the claim would prove, then how sure the link is."""
    return _WEIGHT_OF_STANCE.get(evidence.stance, 3), -evidence.link.score


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of the search: the document, the words around it, and the claim where the hit is a quote."""

    document: Document
    excerpt: str
    claim: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its claims, without any dossier."""

    new: NewDocument
    claims: tuple[Claim, ...]
