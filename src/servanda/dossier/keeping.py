"""A ledger that stays open between questions, so that each need not open the file and prepare its queries anew."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servanda.ledger import Ledger


class KeptLedger:
    """Opens a ledger when it is first asked for, and again when another file lies in its place. Safe for threads."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._lock = threading.Lock()
        self._open: tuple[tuple[int, int], Ledger] | None = None

    @contextmanager
    def opened(self, *, create: bool) -> Iterator[Ledger]:
        """The ledger, which stays open afterwards.

        Raises:
            ServandaError: there is none (unless `create`), or it cannot be opened.
        """
        yield self._ledger(create=create)

    def _ledger(self, *, create: bool) -> Ledger:
        from servanda.ledger import Ledger

        with self._lock:
            if self._open is not None and self._identity() != self._open[0]:
                self._open[1].close()
                self._open = None
            if self._open is None:
                ledger = Ledger.open(self._path, create=create)
                self._open = (self._identity(), ledger)
            return self._open[1]

    def _identity(self) -> tuple[int, int]:
        """Which file lies there now."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_dev, found.st_ino)

    def close(self) -> None:
        """Let go of the file; it is opened again when it is next asked for."""
        with self._lock:
            if self._open is not None:
                self._open[1].close()
                self._open = None
