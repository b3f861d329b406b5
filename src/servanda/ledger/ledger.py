"""The ledger: documents, the claims read from them, and what people decided about both. Rows are only ever added."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import func, insert, select

from servanda.core.problems import ServandaError
from servanda.ledger import adding, annotating, queries, sqlite
from servanda.ledger.anchoring import Anchorage
from servanda.ledger.database import Database
from servanda.ledger.schema import accords, annotation_rows, claims, corrections, documents, readings, reviews, texts
from servanda.ledger.searching import parse_query

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy import Connection

    from servanda.core.claims import Annotation, Claim, ClaimRecord, ClaimRow, Review
    from servanda.core.documents import Correction, Document, NewDocument
    from servanda.ledger.anchoring import KeptReview
    from servanda.ledger.answers import AccordVersion, Added, AddedRows, Known, News, Reading, Reread, Revision
    from servanda.ledger.searching import Hit

DECISIONS = ("accept", "reject", "relink", "undo")


class Ledger:
    """One dossier's ledger. Open it with `Ledger.open`; it closes itself at the end of a `with` block.

    Every method is one transaction: it happens wholly or not at all, whatever becomes of the process. All of them
    raise `ServandaError` where the file cannot be read or written (damaged, full disk, read-only, in use).
    """

    def __init__(self, database: Database) -> None:
        """For `open`."""
        self._database = database

    @classmethod
    def open(cls, path_or_url: Path | str, *, create: bool = False, readonly: bool = False) -> Self:
        """Open a ledger file, or with `create` make one where there is none. An older schema is brought up to date.

        A file that cannot be written, or lies in a folder that cannot, is opened for reading only.

        Raises:
            ServandaError: there is none, it is something else, damaged, or was written by a newer Servanda.
        """
        return cls(Database.open(path_or_url, create=create, readonly=readonly))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # Documents

    def add(self, new: NewDocument, found: Iterable[Claim], *, reader: str, recorded: datetime) -> Added:
        """Keep a document and the claims that `reader` found in it. The same bytes a second time add nothing.

        The document's id is the proposed one where that is free, else it is made unique by the start of its hash.

        Raises:
            ServandaError: a claim's quote does not stand in the text where it says; nothing is kept then.
        """
        with self._database.writing() as connection:
            return adding.add_document(connection, new, found, reader, recorded)

    def add_rows(self, rows: Iterable[ClaimRow], *, recorded: datetime) -> AddedRows:
        """Keep claims that came as rows of a table: all of the table or, if anything fails, nothing of it.

        A row that is there already, from this table or another, adds nothing; one that occurs twice in a table is
        kept twice. Rows may be handed over one by one; they are not collected.
        """
        with self._database.writing() as connection:
            return adding.add_rows(connection, rows, recorded)

    def reread(self, document_id: str, found: Iterable[Claim], *, reader: str, recorded: datetime) -> Reread:
        """Keep what a better reader finds in a document. It speaks for the document from now on.

        Earlier readings are kept, and reviews follow the text that they were made on. The same reader finding the
        same again adds nothing.
        """
        with self._database.writing() as connection:
            key = self._document_key(connection, document_id)
            return adding.add_reading(connection, key, found, reader, recorded)

    def documents(self, known_by: date | None = None) -> tuple[Document, ...]:
        """Documents by date published and id; with `known_by`, those published by that day.

        Corrections count if they were recorded by that day, so that an earlier day still sees the uncorrected
        document. Withdrawn documents are among them, marked as such.
        """
        with self._database.reading() as connection:
            return queries.sorted_documents(connection, known_by)

    def document_with(self, sha256: str) -> Document | None:
        """The document with these raw bytes, as it now stands; so that nobody reads a text twice."""
        with self._database.reading() as connection:
            key = connection.execute(select(documents.c.key).where(documents.c.sha256 == sha256)).scalar()
            return None if key is None else queries.documents_by_key(connection, keys=[key])[key]

    def text(self, document_id: str) -> str | None:
        """The text that a document's quotes are cut from; `None` where it is known by rows of a table only."""
        found: str | None = self._of_text(document_id, texts.c.text)
        return found

    def raw(self, document_id: str) -> bytes | None:
        """The bytes as they came in; `None` where the document is known by rows of a table only."""
        found: bytes | None = self._of_text(document_id, texts.c.raw)
        return found

    def media_type(self, document_id: str) -> str | None:
        """What kind of file the raw bytes are; `None` where the document is known by rows of a table only."""
        found: str | None = self._of_text(document_id, texts.c.media_type)
        return found

    def _of_text(self, document_id: str, column: Any) -> Any:
        with self._database.reading() as connection:
            key = self._document_key(connection, document_id)
            return connection.execute(select(column).where(texts.c.document == key)).scalar()

    def published_from(self, document_id: str) -> str:
        """How the document's date was found when it was entered."""
        with self._database.reading() as connection:
            key = self._document_key(connection, document_id)
            found = connection.execute(select(documents.c.published_from).where(documents.c.key == key)).scalar_one()
            return str(found)

    def readings(self) -> tuple[Reading, ...]:
        """Which reader speaks for each document; to find those that a better one should read again."""
        with self._database.reading() as connection:
            return queries.readings_of(connection)

    def _document_key(self, connection: Connection, document_id: str) -> int:
        key = connection.execute(select(documents.c.key).where(documents.c.id == document_id)).scalar()
        if key is None:
            raise ServandaError(
                f"there is no document {document_id!r} in {self._database.where}", "servanda list DIR shows their names"
            )
        return int(key)

    # Claims

    def records(
        self,
        known_by: date | None = None,
        *,
        documents: Collection[str] | None = None,
        actions: Collection[str] | None = None,
        provisions: Collection[str] = (),
        claims: Collection[str] = (),
        withdrawn: bool = False,
    ) -> tuple[ClaimRecord, ...]:
        """Claims of documents published by a day, in order of date published, document and place in the text.

        Each document speaks through its last reading, with what people entered and corrected by that day.
        `documents` and `actions` leave out the others early, which is far faster than sorting them out afterwards; with
        `actions`, claims that were handed in for some `provisions` and `claims` of these ids come too. Withdrawn
        documents say nothing unless `withdrawn`.
        """
        asked = queries.Selection(known_by, documents, actions, provisions, claims, withdrawn=withdrawn)
        with self._database.reading() as connection:
            return queries.records(connection, asked)

    def new_records(self, since: Revision, known_by: date | None = None) -> tuple[ClaimRecord, ...] | None:
        """Claims added since a `revision()`, in the order of `records`; the work grows with them, not with the ledger.

        `None` where a document was corrected or read anew since: then all claims may have changed, and `records` tells.
        """
        with self._database.reading() as connection:
            return queries.new_records(connection, since, known_by)

    def claim_id(self, prefix: str) -> str:
        """The whole id of the claim whose id starts with these digits.

        Raises:
            ServandaError: there is none, or more than one.
        """
        with self._database.reading() as connection:
            found = queries.claims_starting(connection, prefix.lower()) if prefix else []
        if prefix in found or len(found) == 1:
            return prefix if prefix in found else found[0]
        if found:
            raise ServandaError(f"{len(found)} or more claims start with {prefix!r}", "give more of the id's digits")
        raise ServandaError(
            f"there is no claim {prefix!r} in {self._database.where}", "servanda export DIR --what claims lists the ids"
        )

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Documents and quotes that hold all words of the query, best first.

        Raises:
            ServandaError: the query has no word in it.
        """
        words = parse_query(query)
        with self._database.reading() as connection:
            return tuple(sqlite.search(connection, words, limit))

    # What people decide

    def correct(self, correction: Correction) -> Document:
        """Keep a correction of a document. What was noted before still answers for an earlier `known_by`.

        Returns the document as it now stands.

        Raises:
            ServandaError: there is no such document, or nobody to answer for the correction, or nothing in it.
        """
        _signed(correction.by, "a correction")
        if correction.published is None and correction.publisher is None and correction.withdrawn is None:
            raise ServandaError("the correction changes nothing", "give a date, a publisher, or withdraw the document")
        with self._database.writing() as connection:
            key = self._document_key(connection, correction.document)
            connection.execute(
                insert(corrections),
                {
                    "document": key,
                    "by": correction.by,
                    "note": correction.note,
                    "recorded": correction.recorded,
                    "published": correction.published,
                    "publisher": correction.publisher,
                    "withdrawn": correction.withdrawn,
                },
            )
            return queries.documents_by_key(connection, keys=[key])[key]

    def annotate(self, annotation: Annotation) -> Annotation:
        """Keep a claim that a person entered, corrected or takes back. What it stands over is kept.

        Returns the annotation as kept, with its id, which a claim that is new bears as well.

        Raises:
            ServandaError: there is no such document or claim, its quote does not stand there, or nobody answers for it.
        """
        _signed(annotation.by, "an annotation")
        with self._database.writing() as connection:
            key = self._document_key(connection, annotation.document)
            for before, now in queries.carried(connection, [key]).items():
                if now == annotation.corrects:
                    annotation = replace(annotation, corrects=before)
            return annotating.add_annotation(connection, annotation, key, self._database.where)

    def annotations(self, document_id: str | None = None) -> tuple[Annotation, ...]:
        """Every annotation, oldest first, naming the claim that it now corrects; of one document, if one is named."""
        with self._database.reading() as connection:
            keys = None if document_id is None else [self._document_key(connection, document_id)]
            carried = queries.carried(connection, keys)
            found = [annotation for _, annotation, _ in annotating.annotations_of(connection, keys=keys)]
        return tuple(replace(item, corrects=carried.get(item.corrects or "", item.corrects)) for item in found)

    def review(self, review: Review) -> Review:
        """Keep a decision about a claim, anchored to its quote. Entering the very same one twice adds nothing.

        Returns the review as kept, with its id.

        Raises:
            ServandaError: there is no such claim, no such decision, or nobody to answer for it.
        """
        _signed(review.by, "a review")
        if review.decision not in DECISIONS:
            raise ServandaError(f"{review.decision!r} is no decision", f"decide one of: {', '.join(DECISIONS)}")
        if review.decision == "relink" and not review.commitment:
            raise ServandaError("a relink needs the commitment to link to", "give it as provision/debtor")
        with self._database.writing() as connection:
            return adding.add_review(connection, review, self._database.where)

    def reviews(self, known_by: date | None = None) -> tuple[Review, ...]:
        """Decisions recorded by a day, oldest first, each naming the claim that it bears on now; without orphans."""
        with self._database.reading() as connection:
            return queries.reviews_now(connection, known_by)

    def kept_reviews(self, known_by: date | None = None) -> tuple[KeptReview, ...]:
        """Every decision recorded by a day as it was made, and whether it stands, was carried over or is orphaned."""
        with self._database.reading() as connection:
            return queries.kept_reviews(connection, known_by)

    def orphans(self) -> tuple[KeptReview, ...]:
        """Decisions on claims that the last reading no longer finds; somebody should decide anew."""
        return tuple(kept for kept in self.kept_reviews() if kept.anchorage is Anchorage.ORPHANED)

    # Accord versions

    def save_accord(self, text: str, recorded: datetime, by: str) -> AccordVersion:
        """Keep the accord file as it now stands. The text of the last version again adds nothing."""
        with self._database.writing() as connection:
            versions = queries.accord_versions(connection)
            if not versions or versions[-1].text != text:
                connection.execute(
                    insert(accords),
                    {
                        "number": len(versions) + 1,
                        "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
                        "text": text,
                        "by": by,
                        "recorded": recorded,
                    },
                )
                versions = queries.accord_versions(connection)
        return versions[-1]

    def accord_versions(self) -> tuple[AccordVersion, ...]:
        """Every version of the accord that was saved, oldest first."""
        with self._database.reading() as connection:
            return queries.accord_versions(connection)

    # Upkeep

    def known(self, known_by: date | None = None) -> Known:
        """Documents, claims and decisions known by a day, all as they were at one moment, with the revision then."""
        with self._database.reading() as connection:
            return queries.known(connection, known_by)

    def news(self, since: Revision, known_by: date | None = None) -> News | None:
        """What came in since a revision; the work grows with that, not with the ledger.

        `None` where a document was corrected or read anew since: then all claims may have changed, and `known` tells.
        """
        with self._database.reading() as connection:
            return queries.news(connection, since, known_by)

    def revision(self) -> Revision:
        """Numbers that change whenever anything is added; for caches."""
        with self._database.reading() as connection:
            return queries.revision(connection)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, over all readings and versions."""
        with self._database.reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (documents, readings, claims, annotation_rows, corrections, reviews, accords)
            }

    def backup(self, target: Path) -> None:
        """Write a complete copy to a new file; others may go on reading and writing meanwhile.

        Raises:
            ServandaError: the file exists already, or cannot be written.
        """
        if target.exists():
            raise ServandaError(f"{target} exists already", "name a file that does not exist yet")
        with self._database.translating():
            sqlite.copy_to(self._database.engine, target)

    def faults(self) -> tuple[str, ...]:
        """What is not as it was written: a damaged file, bytes unlike their hash, quotes that are not in the text."""
        with self._database.reading() as connection:
            return (*sqlite.check_file(connection), *queries.content_faults(connection))


def _signed(by: str, what: str) -> None:
    if not by.strip():
        raise ServandaError(f"{what} needs somebody who answers for it", "give a name with --by")
