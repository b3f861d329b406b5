"""An open dossier folder: its accord, its ledger, and what is known in them at a date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError
from servanda.dossier.accord_files import usable_accord
from servanda.dossier.keeping import KeptLedger

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.ledger import Known, Ledger, News, Revision

ACCORD_FILE = "accord.yaml"
LEDGER_FILE = "ledger.db"


class OpenFolder:
    """A folder with `accord.yaml` and `ledger.db`, opened, and what was known in it by a date."""

    def __init__(self, folder: Path, *, keeps_open: bool = False) -> None:
        """Open the dossier in a folder; nothing is read before it is asked for.

        With `keeps_open` the ledger stays open between questions, for whoever asks many from several threads.

        Raises:
            ServandaError: there is no such folder, or it holds no accord.
        """
        self.folder = Path(folder)
        self._accord: tuple[int, Accord] | None = None
        self._kept = KeptLedger(self.folder / LEDGER_FILE) if keeps_open else None
        if not self.folder.is_dir():
            raise ServandaError(f"{self.folder} is not a folder", f"make a dossier with: servanda init {self.folder}")
        if not self.accord_path.is_file():
            raise ServandaError(
                f"{self.folder} holds no {ACCORD_FILE}, so it is not a dossier",
                f"make one with: servanda init {self.folder}",
            )

    @property
    def accord_path(self) -> Path:
        """Where the accord file is."""
        return self.folder / ACCORD_FILE

    @property
    def accord(self) -> Accord:
        """The accord as it stands in the file; it is read again only when the file has changed.

        Raises:
            ProblemsFound: the file has errors.
        """
        changed = self.accord_path.stat().st_mtime_ns
        if self._accord is None or self._accord[0] != changed:
            self._accord = (changed, usable_accord(self.accord_path))
        return self._accord[1]

    def ledger(self, *, create: bool = False) -> AbstractContextManager[Ledger]:
        """Open the ledger. A dossier without one is opened with an empty ledger where `create` is set."""
        from servanda.ledger import Ledger

        if self._kept is not None:
            return self._kept.opened(create=create)
        return Ledger.open(self.folder / LEDGER_FILE, create=create)

    def close(self) -> None:
        """Let go of a ledger that was kept open."""
        if self._kept is not None:
            self._kept.close()

    @property
    def _has_ledger(self) -> bool:
        return (self.folder / LEDGER_FILE).exists()

    def revision(self) -> tuple[object, ...]:
        """Something that differs whenever the accord file or the ledger does."""
        changed = self.accord_path.stat().st_mtime_ns
        if not self._has_ledger:
            return (changed,)
        with self.ledger() as ledger:
            return (changed, *ledger.revision())

    def known(self, known_by: date) -> Known | None:
        """All that was known by a date, as it was at one moment; `None` where there is no ledger yet."""
        if not self._has_ledger:
            return None
        with self.ledger() as ledger:
            return ledger.known(known_by)

    def news(self, since: Revision, known_by: date) -> News | None:
        """What came in since a revision of the ledger; `None` where that may be everything."""
        if not self._has_ledger:
            return None
        with self.ledger() as ledger:
            return ledger.news(since, known_by)

    def _known(self, known_by: date) -> tuple[tuple[ClaimRecord, ...], tuple[Review, ...]]:
        """Claims and decisions that were known by a date; none where there is no ledger yet."""
        if not self._has_ledger:
            return (), ()
        with self.ledger() as ledger:
            return ledger.records(known_by=known_by), ledger.reviews(known_by=known_by)

    def _known_about(self, commitment: str, known_by: date) -> tuple[tuple[ClaimRecord, ...], tuple[Review, ...]]:
        """Of what was known by a date, all that can bear on one commitment."""
        from servanda import judging

        if not self._has_ledger:
            return (), ()
        with self.ledger() as ledger:
            reviews = ledger.reviews(known_by=known_by)
            asked = judging.concern(self.accord, (commitment,), reviews)
            records = ledger.records(
                known_by=known_by, actions=asked.actions, provisions=asked.provisions, claims=asked.claims
            )
            return records, reviews
