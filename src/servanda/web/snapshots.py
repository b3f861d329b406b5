"""Judgements that have been asked for, kept until the accord or the ledger changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord
    from servanda.core.documents import Document
    from servanda.core.judgement import Judgement
    from servanda.dossier import Dossier
    from servanda.web.view import View

_KEPT = 24
"""How many pairs of dates are kept at once."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that pages show for one pair of dates."""

    accord: Accord
    judgements: tuple[Judgement, ...]
    documents: tuple[Document, ...]
    as_of: date
    known_by: date

    def judgement(self, commitment: str) -> Judgement | None:
        """The judgement of one commitment."""
        return next((judgement for judgement in self.judgements if judgement.id == commitment), None)


class Snapshots:
    """A small cache; the least recently asked for goes first. Safe to use from several threads."""

    def __init__(self, dossier: Dossier) -> None:
        """Start empty."""
        self._dossier = dossier
        self._kept: OrderedDict[tuple[object, ...], Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, view: View) -> Snapshot:
        """The snapshot for a page's dates, judged now if it is not at hand."""
        key = (self._dossier.revision(), view.as_of, view.known_by)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            dossier = self._dossier
            snapshot = Snapshot(
                accord=dossier.accord,
                judgements=dossier.status(as_of=view.as_of, known_by=view.known_by),
                documents=dossier.documents(view.known_by),
                as_of=view.as_of,
                known_by=view.known_by,
            )
            self._kept[key] = snapshot
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return snapshot

    def records(self, view: View) -> tuple[ClaimRecord, ...]:
        """All claims known by the page's date."""
        return self._dossier.records(view.known_by)
