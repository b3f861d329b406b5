"""A dossier: the folder with the accord and the ledger of one process, and everything one can ask of it."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servanda.core.names import nearest
from servanda.core.problems import Problem, ServandaError
from servanda.dossier.accord_files import check_accord, check_text, usable_accord
from servanda.dossier.admission import commitments_of, doubt_about, refuse_future
from servanda.dossier.keeping import KeptLedger
from servanda.dossier.outcomes import Added, Doubt, Found, doubts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from servanda.core.accord import Accord
    from servanda.core.claims import Annotation, ClaimRecord, ClaimRow, Review
    from servanda.core.documents import Correction, Document
    from servanda.core.judgement import Change, HistoryEntry, Judgement, Summary
    from servanda.ledger import AccordVersion, AddedRows, KeptReview, Known, Ledger, News, Reread, Revision
    from servanda.reading import Reader

ACCORD_FILE = "accord.yaml"
LEDGER_FILE = "ledger.db"


class Dossier:
    """Everything about one process: a folder with `accord.yaml` and `ledger.db`."""

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
                        not_read=None if language == "en" or claims else language,
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

    def correct(self, correction: Correction) -> Document:
        """Correct what is noted of a document, by a new record.

        Raises:
            ServandaError: there is no such document, or its new date is still to come.
        """
        refuse_future(correction.document, correction.published)
        with self.ledger() as ledger:
            return ledger.correct(correction)

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

    def status(self, *, as_of: date, known_by: date, only: Sequence[str] | None = None) -> tuple[Judgement, ...]:
        """Judge every commitment (or those of the given ids) at a date, as known at a date."""
        from servanda import judging

        records, reviews = self._known(known_by)
        return judging.judge(self.accord, records, reviews, as_of=as_of, known_by=known_by, only=only)

    def status_each(self, *, as_of: date, known_by: date) -> Iterator[Judgement]:
        """What `status` says, one judgement after the other; for whoever writes them down and keeps none."""
        from servanda import judging

        return judging.judge_each(self.accord, *self._known(known_by), as_of=as_of, known_by=known_by)

    def judgement(self, commitment: str, *, as_of: date, known_by: date) -> Judgement:
        """Judge one commitment.

        Raises:
            ServandaError: no commitment of that id is on record at that date; the message names the nearest.
        """
        return self._one(commitment, *self._known_about(commitment, known_by), as_of=as_of, known_by=known_by)

    def _one(
        self,
        commitment: str,
        records: tuple[ClaimRecord, ...],
        reviews: tuple[Review, ...],
        *,
        as_of: date,
        known_by: date,
    ) -> Judgement:
        from servanda import judging

        found = judging.judge(self.accord, records, reviews, as_of=as_of, known_by=known_by, only=(commitment,))
        if found:
            return found[0]
        listed = [item.id for item in judging.judge(self.accord, (), as_of=as_of, known_by=known_by)]
        close = nearest(commitment, listed)
        raise ServandaError(
            f"{commitment!r} is not a commitment on record as of {as_of.isoformat()} (known by {known_by.isoformat()})",
            f"did you mean {close!r}?" if close else f"run: servanda status {self.folder}",
        )

    def history(self, commitment: str, *, as_of: date, known_by: date) -> tuple[HistoryEntry, ...]:
        """Each change of a commitment's state along event time.

        Raises:
            ServandaError: no commitment of that id is on record at that date; the message names the nearest.
        """
        from servanda import judging

        records, reviews = self._known_about(commitment, known_by)
        self._one(commitment, records, reviews, as_of=as_of, known_by=known_by)
        return judging.history(self.accord, records, reviews, commitment=commitment, as_of=as_of, known_by=known_by)

    def changes(self, *, since: date, until: date) -> tuple[Change, ...]:
        """What changed between two dates, and whether the world, our knowledge or the accord did."""
        from servanda import judging

        records, reviews = self._known(until)
        return judging.changes(self.accord, records, reviews, since=since, until=until)

    def summaries(self, by: str, *, as_of: date, known_by: date) -> tuple[Summary, ...]:
        """Counts of states by `party`, `instrument` or `provision`; side by side, never one score."""
        from servanda.dossier.texts import sum_up

        return sum_up(self.status(as_of=as_of, known_by=known_by), by)

    def kroc_scores(self, *, as_of: date, known_by: date) -> tuple[tuple[Judgement, int | None], ...]:
        """Each judgement with its score on the Kroc institute's scale, derived; `None` where it cannot be said."""
        from servanda import judging

        judged = self.status(as_of=as_of, known_by=known_by)
        return tuple((judgement, judging.kroc_score(judgement)) for judgement in judged)

    def doubts(self, *, as_of: date, known_by: date) -> tuple[Doubt, ...]:
        """The claims whose links wait for review, in the order in which they matter to a judgement."""
        return doubts_of(self.status(as_of=as_of, known_by=known_by))

    def decide(self, review: Review) -> Review:
        """Keep an analyst's decision about a claim's link; the claim may be named by the first digits of its id.

        Raises:
            ServandaError: there is no such claim or commitment, or the decision cannot be taken.
        """
        if review.commitment is not None:
            self._refuse_unknown(review.commitment)
        with self.ledger() as ledger:
            review = replace(review, claim=ledger.claim_id(review.claim))
            if review.decision == "undo":
                _refuse_idle_undo(
                    review.claim, [kept.decision for kept in ledger.reviews() if kept.claim == review.claim]
                )
            return ledger.review(review)

    def _refuse_unknown(self, commitment: str) -> None:
        """Refuse to tie anything to a commitment that nobody owes."""
        owed = commitments_of(self.accord)
        if commitment not in owed:
            close = nearest(commitment, owed)
            raise ServandaError(
                f"{commitment!r} is not a commitment of {self.accord_path}",
                f"did you mean {close!r}?" if close else f"run: servanda status {self.folder}",
            )

    def annotate(self, annotation: Annotation) -> Annotation:
        """Keep a claim that a person entered, corrected or takes back; what the readers found is kept beside it.

        Raises:
            ServandaError: there is no such document, claim or commitment, or its quote does not stand in the text.
        """
        if annotation.commitment is not None:
            self._refuse_unknown(annotation.commitment)
        with self.ledger() as ledger:
            return ledger.annotate(annotation)

    def annotations(self, document_id: str | None = None) -> tuple[Annotation, ...]:
        """What people entered and corrected, oldest first; of one document, where one is named."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.annotations(document_id)

    def decisions(self) -> tuple[KeptReview, ...]:
        """Every decision as it was made, oldest first, with where it stands after the documents were last read."""
        if not self._has_ledger:
            return ()
        with self.ledger() as ledger:
            return ledger.kept_reviews()

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


def _refuse_idle_undo(claim: str, decisions: Sequence[str]) -> None:
    """Refuse to take back a decision on a claim about which none stands."""
    standing = 0
    for decision in decisions:
        standing = max(0, standing - 1) if decision == "undo" else standing + 1
    if not standing:
        raise ServandaError(f"no decision about claim {claim} stands", "there is nothing to take back")
