"""A dossier: the folder with the accord and the ledger of one process, what goes into it, and all one can ask of it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servanda.core.problems import Problem, ServandaError
from servanda.dossier.accord_files import check_accord, check_text, usable_accord
from servanda.dossier.admission import commitments_of, doubt_about, refuse_future
from servanda.dossier.answers import Answers
from servanda.dossier.decisions import Decisions
from servanda.dossier.opened import ACCORD_FILE
from servanda.dossier.outcomes import Added, Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servanda.core.claims import ClaimRecord, ClaimRow
    from servanda.core.documents import Document
    from servanda.ledger import AccordVersion, AddedRows, Reread
    from servanda.reading import Reader


class Dossier(Answers, Decisions):
    """Everything about one process: a folder with `accord.yaml` and `ledger.db`."""

    @classmethod
    def create(cls, folder: Path, accord: Path | None = None) -> Self:
        """Make a new dossier, from an accord file or from a template that only needs filling in.

        Raises:
            ServandaError: the folder is a dossier already, is a file, or cannot be written; or the accord has errors.
        """
        target = Path(folder) / ACCORD_FILE
        if target.exists():
            raise ServandaError(f"{folder} is a dossier already: {target} exists", "choose another folder")
        if accord is not None:
            usable_accord(accord)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if accord is not None:
                shutil.copyfile(accord, target)
            else:
                from servanda import accords

                target.write_text(accords.template(Path(folder).resolve().name), encoding="utf-8")
        except OSError as error:
            raise ServandaError(
                f"{folder} cannot be made a dossier: {error.strerror}", "choose another folder"
            ) from None
        dossier = cls(Path(folder))
        with dossier.ledger(create=True):
            pass
        return dossier

    def add(
        self,
        paths: Sequence[Path],
        *,
        published: date | None = None,
        publisher: str | None = None,
        reader: Reader | None = None,
    ) -> Iterator[Added]:
        """Take in files, read them, and keep both, one whole document at a time.

        Yields what became of each file as soon as it is known; a file that fails does not stop the rest.
        """
        from servanda import intake, reading
        from servanda.reading.language import name_of

        with self.ledger(create=True) as ledger:
            for path in intake.find_files(list(paths)):
                try:
                    new = intake.read_file(path, published=published, publisher=publisher)
                    refuse_future(str(path), new.document.published)
                    known = ledger.document_with(new.document.sha256)
                    if known is not None:
                        yield Added(path, duplicate_of=known.id)
                        continue
                    reader = reader or reading.load_reader()
                    claims = reader.read(new.document.id, new.text, new.document.published)
                    added = ledger.add(
                        new, claims, reader=f"{reader.name} {reader.version}", recorded=datetime.now(UTC)
                    )
                except ServandaError as error:
                    yield Added(path, error=error)
                    continue
                if not added.new:
                    yield Added(path, duplicate_of=added.document.id)
                else:
                    language = added.document.language
                    yield Added(
                        path,
                        document=added.document.id,
                        claims=len(claims),
                        not_read=None if language == "en" or claims else name_of(language),
                    )

    def add_table(
        self, path: Path, *, published: date | None = None, publisher: str | None = None
    ) -> tuple[AddedRows, tuple[Problem, ...]]:
        """Keep the claims of a table (JSONL or CSV; ACLED and UCDP events are known by their columns).

        Returns what was added, and everything that is wrong with the rows that were not; rows that were added and will
        not count as they stand are doubted (a problem that is no error).

        Raises:
            ServandaError: the file cannot be read, or is no table of claims.
        """
        from servanda import intake

        problems: list[Problem] = []
        accord, _ = check_accord(self.accord_path) if self.accord_path.is_file() else (None, ())
        commitments = commitments_of(accord) if accord else []

        def sound() -> Iterator[ClaimRow]:
            for item in intake.iterate_claims_table(path, published=published, publisher=publisher):
                if isinstance(item, Problem):
                    problems.append(item)
                    continue
                if doubt := doubt_about(item, commitments):
                    problems.append(doubt)
                yield item

        with self.ledger(create=True) as ledger:
            return ledger.add_rows(sound(), recorded=datetime.now(UTC)), tuple(problems)

    def read_again(self, reader: Reader | None = None) -> Iterator[tuple[Document, Reread]]:
        """Read every document anew that another reader, or another version of it, read last.

        What earlier readings found is kept. Analysts' decisions follow their quote to its new claim; one that finds
        none is kept and shown as orphaned.
        """
        from servanda import reading

        with self.ledger() as ledger:
            reader = reader or reading.load_reader()
            name = f"{reader.name} {reader.version}"
            last = {item.document: item.reader for item in ledger.readings()}
            for document in ledger.documents():
                text = ledger.text(document.id)
                if text is None or last.get(document.id) == name:
                    continue
                claims = reader.read(document.id, text, document.published)
                yield document, ledger.reread(document.id, claims, reader=name, recorded=datetime.now(UTC))

    def documents(self, known_by: date | None = None) -> tuple[Document, ...]:
        """The documents published by a date, as corrected by then."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.documents(known_by=known_by)

    def text(self, document_id: str) -> str:
        """A document's text, as it was read.

        Raises:
            ServandaError: there is no such document.
        """
        with self.ledger(create=True) as ledger:
            text = ledger.text(document_id)
        if text is None:
            raise ServandaError(f"there is no document {document_id!r} here", f"run: servanda list {self.folder}")
        return text

    def records(
        self, known_by: date | None = None, *, documents: Sequence[str] | None = None
    ) -> tuple[ClaimRecord, ...]:
        """All claims published by a date; only those of some documents where these are named."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.records(known_by=known_by, documents=documents)

    def search(
        self, query: str, limit: int = 20, *, documents: Mapping[str, Document] | None = None
    ) -> tuple[Found, ...]:
        """Documents and quotes that hold the words, best first; among these documents only, where they are given."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            if documents is None:
                documents = {document.id: document for document in ledger.documents()}
            return tuple(
                Found(documents[hit.document], hit.excerpt, hit.claim)
                for hit in ledger.search(query, limit=limit)
                if hit.document in documents
            )

    def ledger_faults(self) -> tuple[str, ...]:
        """What is wrong with the ledger: damage to the file, bytes or quotes that are no longer what was entered."""
        with self.ledger() as ledger:
            return tuple(ledger.faults())

    def back_up(self, target: Path) -> None:
        """Write a complete copy of the ledger to a new file; others may go on working meanwhile.

        Raises:
            ServandaError: the file exists already, or cannot be written.
        """
        with self.ledger() as ledger:
            ledger.backup(target)

    def accord_versions(self) -> tuple[AccordVersion, ...]:
        """The versions of the accord file that were saved through Servanda, oldest first."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.accord_versions()

    def accord_text(self) -> str:
        """The accord file as it stands."""
        return self.accord_path.read_text(encoding="utf-8")

    def save_accord(self, text: str, *, by: str, based_on: str) -> tuple[bool, tuple[Problem, ...]]:
        """Put a new text in the place of the accord file, unless it cannot be read; both versions are kept.

        `based_on` is the text that the editor started from. Returns whether it was saved, and what the check found.

        Raises:
            ServandaError: the file has changed since; nothing is overwritten.
        """
        accord, problems = check_text(text, self.accord_path.name)
        if accord is None:
            return False, problems
        now = datetime.now(UTC)
        with self.ledger(create=True) as ledger:
            current = self.accord_text()
            if current != based_on:
                raise ServandaError(
                    "the accord file was changed by somebody else in the meantime",
                    "open it anew and put your change into the newer version",
                )
            ledger.save_accord(current, now, "the file as it was")
            fresh = self.accord_path.with_suffix(".yaml.new")
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self.accord_path)
            ledger.save_accord(text, now, by)
        return True, problems
