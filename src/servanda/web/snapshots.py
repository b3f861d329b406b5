"""Judgements that have been asked for, kept, and kept up to date with the accord and the ledger."""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError
from servanda.dossier import ACCORD_FILE, LEDGER_FILE, Sitting

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord
    from servanda.core.documents import Document
    from servanda.core.judgement import HistoryEntry, Judgement
    from servanda.dossier import Dossier, Doubt
    from servanda.web.view import View

_KEPT = 24
"""How many pairs of dates are kept at once."""
_EVIDENCE = 240_000
"""How many pieces of evidence all that is kept may hold; the pair of dates last asked for is kept whatever it holds."""
_PAGES = 24_000_000
"""Bytes of finished pages that a snapshot keeps."""
_SETTLED = 0.1
"""Seconds after which a file's time of change is trusted to tell two changes apart."""
_PATIENCE = 1.5
"""Seconds that judging anew may take and still be waited for; where it took longer, the last snapshot is shown."""


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
    """Everything that pages show for one pair of dates, as it stood at one revision."""

    sitting: Sitting
    accord: Accord
    judgements: tuple[Judgement, ...]
    documents: tuple[Document, ...]
    as_of: date
    known_by: date
    histories: dict[str, tuple[HistoryEntry, ...]] = field(default_factory=dict)
    pages: Pages = field(default_factory=Pages)

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

    def doubts(self, most: int | None = None) -> tuple[Doubt, ...]:
        """The claims whose links wait for review, in the order in which they matter; the first of them, if so asked."""
        return self.sitting.doubts(most)

    @property
    def links(self) -> dict[str, tuple[str, ...]]:
        """For each claim, the commitments that it bears on."""
        return self.sitting.links

    @cached_property
    def evidence(self) -> int:
        """How many pieces of evidence it holds."""
        return sum(len(judgement.evidence) for judgement in self.judgements)


class _Seat:
    """One pair of dates: its sitting, what is shown of it, and whether a new sitting is being prepared."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.snapshot: Snapshot | None = None
        self.revision: tuple[object, ...] | None = None
        self.took = 0.0
        """Seconds that judging everything took."""
        self.preparing: threading.Event | None = None
        self.failed: tuple[object, ServandaError] | None = None
        """Why the revision that it names could not be judged."""


class Snapshots:
    """A small cache; the least recently asked for goes first. Safe to use from several threads."""

    def __init__(self, dossier: Dossier) -> None:
        """Start empty."""
        self._dossier = dossier
        self._kept: OrderedDict[tuple[date, date], _Seat] = OrderedDict()
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._seen: tuple[tuple[object, ...], tuple[object, ...]] | None = None

    def at(self, view: View) -> Snapshot:
        """The snapshot for a page's dates, up to date wherever that takes no longer than a reader waits.

        Where everything has to be judged anew, and that is known to take long, it is done in the background, and the
        last snapshot is shown meanwhile; `behind` tells.

        Raises:
            ServandaError: the accord has errors, or the ledger cannot be read.
        """
        with self._lock:
            seat = self._kept.setdefault((view.as_of, view.known_by), _Seat())
            self._kept.move_to_end((view.as_of, view.known_by))
        revision = self._revision()
        if seat.snapshot is not None and seat.revision == revision:
            return seat.snapshot
        with seat.lock:
            revision = self._revision()
            if seat.snapshot is None:
                self._judge(seat, view, revision)
            elif seat.revision != revision and seat.preparing is None and not self._refreshed(seat, revision):
                self._prepare(seat, view, revision)
            preparing, shown = seat.preparing, seat.snapshot
        if preparing is not None and seat.took < _PATIENCE:
            preparing.wait()
            shown = seat.snapshot
        if seat.failed is not None and seat.failed[0] == revision:
            raise seat.failed[1]
        assert shown is not None
        return shown

    def behind(self, view: View) -> bool:
        """Whether a page for these dates shows less than is known, since judging anew is not finished."""
        seat = self._kept.get((view.as_of, view.known_by))
        return seat is not None and seat.preparing is not None

    def _judge(self, seat: _Seat, view: View, revision: tuple[object, ...]) -> None:
        """Judge everything, and show it."""
        begun = time.monotonic()
        sitting = Sitting(self._dossier, as_of=view.as_of, known_by=view.known_by)
        seat.took = time.monotonic() - begun
        seat.snapshot = Snapshot(
            sitting, sitting.accord, sitting.judgements, sitting.documents, view.as_of, view.known_by
        )
        seat.revision = revision
        self._let_go()
        # What was just made lives long and holds no cycles: without this, Python's collector would look through all of
        # it again and again, half a second each time at 100,000 claims.
        gc.collect()
        gc.freeze()

    def _refreshed(self, seat: _Seat, revision: tuple[object, ...]) -> bool:
        """Take in what is new; whether that was enough. It is not where another file took the ledger's place."""
        shown = seat.snapshot
        assert shown is not None
        if seat.revision is None or seat.revision[0] != revision[0]:
            return False
        again = shown.sitting.refresh()
        if again is None:
            return False
        histories = {name: told for name, told in shown.histories.items() if name not in again}
        sitting = shown.sitting
        seat.snapshot = Snapshot(
            sitting, sitting.accord, sitting.judgements, sitting.documents, shown.as_of, shown.known_by, histories
        )
        seat.revision = revision
        return True

    def _prepare(self, seat: _Seat, view: View, revision: tuple[object, ...]) -> None:
        """Judge everything in the background, and show it when it is there."""
        if seat.failed is not None and seat.failed[0] == revision:
            return
        seat.preparing = done = threading.Event()

        def judge() -> None:
            try:
                self._judge(seat, view, revision)
            except ServandaError as error:
                seat.failed = (revision, error)
            finally:
                seat.preparing = None
                done.set()

        threading.Thread(target=judge, daemon=True).start()

    def _let_go(self) -> None:
        """Forget what was asked for longest ago, where all together is too much to hold."""
        with self._lock:
            while len(self._kept) > 1 and (len(self._kept) > _KEPT or self._held() > _EVIDENCE):
                self._kept.popitem(last=False)

    def _held(self) -> int:
        return sum(seat.snapshot.evidence for seat in self._kept.values() if seat.snapshot is not None)

    def _revision(self) -> tuple[object, ...]:
        """Which file the ledger is, and the dossier's revision.

        The ledger is not opened where its files are as they were when it was last asked.
        """
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
            revision = (_identity(self._dossier.folder / LEDGER_FILE), *self._dossier.revision())
            if time.time() - latest < _SETTLED:
                return revision
            self._seen = (signature, revision)
        return self._seen[1]

    def history(self, snapshot: Snapshot, judgement: Judgement) -> tuple[HistoryEntry, ...]:
        """A commitment's history, told once; one after the other, since telling several at once takes each longer."""
        told = snapshot.histories.get(judgement.id)
        if told is not None:
            return told
        with self._telling:
            if judgement.id not in snapshot.histories:
                snapshot.histories[judgement.id] = snapshot.sitting.history(judgement.id)
            return snapshot.histories[judgement.id]

    def records(self, view: View) -> tuple[ClaimRecord, ...]:
        """All claims known by the page's date."""
        return self._dossier.records(view.known_by)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies there: one that was restored may count as many rows as the one before, and hold others."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
