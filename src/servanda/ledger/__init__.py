"""The append-only store of documents, claims, corrections, reviews and accord versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.ledger.anchoring import Anchorage, KeptReview
from servanda.ledger.answers import AccordVersion, Added, AddedRows, Known, News, Reading, Reread, Revision
from servanda.ledger.searching import Hit

if TYPE_CHECKING:
    from servanda.ledger.ledger import Ledger

__all__ = [
    "AccordVersion",
    "Added",
    "AddedRows",
    "Anchorage",
    "Hit",
    "KeptReview",
    "Known",
    "Ledger",
    "News",
    "Reading",
    "Reread",
    "Revision",
]


def __getattr__(name: str) -> object:
    """Load the ledger itself only when somebody opens one: a quarter of a second that other commands need not spend."""
    if name == "Ledger":
        from servanda.ledger.ledger import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
