"""What the ledger answers beside documents, claims and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from servanda.core.documents import Document


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
