"""What the ledger answers beside documents, claims and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from servanda.core.claims import ClaimRecord, Review
    from servanda.core.documents import Document


class Revision(NamedTuple):
    """The number of the last row of each table. Equal numbers mean an unchanged ledger."""

    documents: int
    readings: int
    claims: int
    corrections: int
    reviews: int
    accords: int
    annotations: int


@dataclass(frozen=True, slots=True)
class Known:
    """All that judging needs, as it was at one moment."""

    revision: Revision
    documents: tuple[Document, ...]
    records: tuple[ClaimRecord, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What came in since a revision, where that can be told without going through all claims."""

    revision: Revision
    documents: tuple[Document, ...] | None
    """All documents, where there are new ones."""
    fresh: tuple[ClaimRecord, ...]
    """Claims of new documents and new rows."""
    revised: tuple[ClaimRecord, ...]
    """Claims that people entered or corrected, or about which they decided, as they now are."""
    dropped: frozenset[str]
    """Claims that may be gone: what people took back."""
    reviews: tuple[Review, ...]
    """All decisions."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document handed in. `new` is false where the very same bytes were there already."""

    document: Document
    """As the ledger keeps it: its id may differ from the proposed one, where that was taken."""
    new: bool
    claims: tuple[str, ...]
    """Ids of the claims that the document makes, in text order."""


@dataclass(frozen=True, slots=True)
class AddedRows:
    """What became of a table of claims: how many rows it had, and how many of them were not there before."""

    rows: int
    new: int
    reports: int
    """How many reports (documents without a text) the new rows opened."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What a new reading changed. `recorded` is false where it found just what the last one had found."""

    recorded: bool
    kept: tuple[str, ...]
    found: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Which reader read a document last, and when."""

    document: str
    reader: str
    recorded: datetime


@dataclass(frozen=True, slots=True)
class AccordVersion:
    """The accord file as it stood at some moment. Numbers count from 1."""

    number: int
    text: str
    sha256: str
    by: str
    recorded: datetime
