"""Documents, and the corrections that people make to what is noted of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of one text. The text itself is kept beside it, since judging never needs it."""

    id: str
    """Readable and unique in its dossier; the file's stem where that is free."""
    sha256: str
    """Of the raw bytes as they came in."""
    published: date
    publisher: str | None = None
    title: str | None = None
    language: str = "en"
    address: str | None = None
    reliability: str | None = None
    """A to F, where whoever handed it in graded its source; else the accord's or the default grade answers."""
    recorded: datetime | None = None
    """When it was entered, in UTC; `None` before it has been."""
    withdrawn: bool = False
    sketch: bytes = field(default=b"", compare=False)
    """What tells its text from others (`core.likeness`); empty where it has none, or nobody asked for it."""
    wire: str | None = field(default=None, compare=False)
    """The one news agency that its text is credited to, where there is one and it was asked for."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document on its way into the ledger: what is known of it, its text, its bytes and where they came from."""

    document: Document
    text: str
    raw: bytes
    media_type: str
    published_from: str
    """How the date was found: `given`, or the place in the document that states it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A later record about a document. The uncorrected one still answers for an earlier `known_by`."""

    document: str
    by: str
    note: str
    recorded: datetime
    published: date | None = None
    publisher: str | None = None
    withdrawn: bool | None = None

    def apply(self, document: Document) -> Document:
        """The document as this correction leaves it."""
        return replace(
            document,
            published=self.published or document.published,
            publisher=self.publisher or document.publisher,
            withdrawn=document.withdrawn if self.withdrawn is None else self.withdrawn,
        )
