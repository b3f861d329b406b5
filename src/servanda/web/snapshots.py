"""Judgements that have been asked for, kept until the accord or the ledger changes."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from servanda.dossier import ACCORD_FILE, LEDGER_FILE, doubts_of

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord
    from servanda.core.documents import Document
    from servanda.core.judgement import HistoryEntry, Judgement
    from servanda.dossier import Dossier, Doubt
    from servanda.web.view import View

_KEPT = 24
"""How many pairs of dates are kept at once."""
_EVIDENCE = 120_000
"""How many pieces of evidence all that is kept may hold; the pair of dates last asked for is kept whatever it holds."""
_PAGES = 24_000_000
"""Bytes of finished pages that a snapshot keeps."""
_SETTLED = 0.1
"""Seconds after which a file's time of change is trusted to tell two changes apart."""


class Pages:
    """Finished pages, by whatever they depend on beside the snapshot; the oldest go first. Safe for threads."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> bytes | None:
        """A page that was kept."""
        return self._kept.get(key)

    def keep(self, key: tuple[object, ...], page: bytes) -> None:
        """Keep a page."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = page
            self._size += len(page)
            while self._size > _PAGES:
                self._size -= len(self._kept.popitem(last=False)[1])


@dataclass(frozen=True)
class Snapshot:
    """Everything that pages show for one pair of dates."""

    accord: Accord
    judgements: tuple[Judgement, ...]
    documents: tuple[Document, ...]
    as_of: date
    known_by: date
    histories: dict[str, tuple[HistoryEntry, ...]] = field(default_factory=dict)
    pages: Pages = field(default_factory=lambda: Pages())

    def judgement(self, commitment: str) -> Judgement | None:
        """The judgement of one commitment."""
        return self._by_id.get(commitment)

    @cached_property
    def _by_id(self) -> dict[str, Judgement]:
        return {judgement.id: judgement for judgement in self.judgements}

    @cached_property
    def documents_by_id(self) -> dict[str, Document]:
        """The documents by their ids."""
        return {document.id: document for document in self.documents}

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The claims whose links wait for review."""
        return doubts_of(self.judgements)

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """For each claim, the commitments that it bears on."""
        found: dict[str, list[str]] = {}
        for judgement in self.judgements:
            for evidence in judgement.evidence:
                found.setdefault(evidence.record.id, []).append(judgement.id)
        return found

    @cached_property
    def evidence(self) -> int:
        """How many pieces of evidence it holds."""
        return sum(len(judgement.evidence) for judgement in self.judgements)


class Snapshots:
    """A small cache; the least recently asked for goes first. Safe to use from several threads."""

    def __init__(self, dossier: Dossier) -> None:
        """Start empty."""
        self._dossier = dossier
        self._kept: OrderedDict[tuple[object, ...], Snapshot] = OrderedDict()
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._seen: tuple[tuple[object, ...], tuple[object, ...]] | None = None

    def at(self, view: View) -> Snapshot:
        """The snapshot for a page's dates, judged now if it is not at hand."""
        with self._lock:
            key = (self._revision(), view.as_of, view.known_by)
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            for old in [old for old in self._kept if old[0] != key[0]]:
                del self._kept[old]
            dossier = self._dossier
            snapshot = Snapshot(
                accord=dossier.accord,
                judgements=dossier.status(as_of=view.as_of, known_by=view.known_by),
                documents=dossier.documents(view.known_by),
                as_of=view.as_of,
                known_by=view.known_by,
            )
            self._kept[key] = snapshot
            while len(self._kept) > 1 and (
                len(self._kept) > _KEPT or sum(kept.evidence for kept in self._kept.values()) > _EVIDENCE
            ):
                self._kept.popitem(last=False)
            return snapshot

    def _revision(self) -> tuple[object, ...]:
        """The dossier's revision; the ledger is not opened where its files are as they were when it was last asked."""
        stamps: list[object] = []
        latest = 0.0
        for name in (ACCORD_FILE, LEDGER_FILE, f"{LEDGER_FILE}-wal"):
            try:
                found = (self._dossier.folder / name).stat()
            except FileNotFoundError:
                stamps.append(None)
                continue
            stamps.append((found.st_mtime_ns, found.st_size, found.st_ino))
            latest = max(latest, found.st_mtime)
        signature = tuple(stamps)
        if self._seen is None or self._seen[0] != signature:
            revision = self._dossier.revision()
            if time.time() - latest < _SETTLED:
                return revision
            self._seen = (signature, revision)
        return self._seen[1]

    def history(self, snapshot: Snapshot, judgement: Judgement) -> tuple[HistoryEntry, ...]:
        """A commitment's history, told once; one after the other, since telling several at once takes each longer."""
        with self._telling:
            if judgement.id not in snapshot.histories:
                snapshot.histories[judgement.id] = self._dossier.history_of(
                    judgement, as_of=snapshot.as_of, known_by=snapshot.known_by
                )
            return snapshot.histories[judgement.id]

    def records(self, view: View) -> tuple[ClaimRecord, ...]:
        """All claims known by the page's date."""
        return self._dossier.records(view.known_by)
