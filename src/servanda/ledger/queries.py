"""Reading the ledger: documents as corrected, claims of the last readings, reviews and what they bear on."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, true

from servanda.core.claims import ClaimRecord, Review
from servanda.core.collector import collector_paused
from servanda.core.documents import Correction, Document
from servanda.ledger import annotating, sqlite
from servanda.ledger.anchoring import Anchor, Anchorage, KeptReview, anchor_review
from servanda.ledger.answers import AccordVersion, Known, News, Reading, Revision
from servanda.ledger.rows import CLAIM_COLUMNS, ClaimFactory, document_of
from servanda.ledger.schema import (
    accords,
    annotation_rows,
    claims,
    corrections,
    documents,
    readings,
    reviews,
    stories,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy import Column, ColumnElement, Connection

MANY = 500
"""Longer lists of keys are not put into a query: databases limit their length, and reading on is faster."""


def _of(column: Column[Any], keys: Collection[int] | None) -> ColumnElement[bool]:
    """Whether a row belongs to certain documents. A long list is left to whoever sorts out the rows."""
    return true() if keys is None or len(keys) > MANY else column.in_(keys)


def corrections_of(
    connection: Connection, known_by: date | None, keys: Collection[int] | None = None
) -> dict[int, list[Correction]]:
    """Corrections by document, in the order in which they were recorded; those recorded by a day (in UTC), if given."""
    found: dict[int, list[Correction]] = defaultdict(list)
    rows = connection.execute(
        select(documents.c.id, corrections)
        .join_from(corrections, documents)
        .where(_of(corrections.c.document, keys))
        .order_by(corrections.c.recorded, corrections.c.key)
    )
    for row in rows:
        if known_by is None or row.recorded.date() <= known_by:
            found[row.document].append(
                Correction(row.id, row.by, row.note, row.recorded, row.published, row.publisher, row.withdrawn)
            )
    return found


def documents_by_key(
    connection: Connection, known_by: date | None = None, keys: Collection[int] | None = None
) -> dict[int, Document]:
    """Documents published by a day, as the corrections recorded by that day leave them; all, or those of some keys."""
    amended = corrections_of(connection, known_by, keys)
    found = {}
    for row in connection.execute(select(documents).where(_of(documents.c.key, keys))):
        document = document_of(row)
        for correction in amended.get(row.key, ()):
            document = correction.apply(document)
        if known_by is None or document.published <= known_by:
            found[row.key] = document
    return found


def last_readings(connection: Connection, keys: Collection[int] | None = None) -> dict[int, tuple[int, str, datetime]]:
    """The reading that speaks for each document, or for some: its key, reader and date."""
    rows = connection.execute(
        select(readings.c.document, readings.c.key, readings.c.reader, readings.c.recorded)
        .where(_of(readings.c.document, keys))
        .order_by(readings.c.key)
    )
    return {document: (key, reader, recorded) for document, key, reader, recorded in rows}


def readings_of(connection: Connection) -> tuple[Reading, ...]:
    """Who read each document last, by document."""
    names = {row.key: row.id for row in connection.execute(select(documents.c.key, documents.c.id))}
    last = last_readings(connection)
    return tuple(
        sorted(
            (Reading(names[key], reader, when) for key, (_, reader, when) in last.items()), key=attrgetter("document")
        )
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are asked for. Everything that is `None` leaves nothing out."""

    known_by: date | None = None
    documents: Collection[str] | None = None
    actions: Collection[str] | None = None
    provisions: Collection[str] = ()
    """With `actions`: claims handed in for these provisions are asked for too, whatever their action."""
    claims: Collection[str] = ()
    """With `actions`: these claims are asked for too, whatever their action."""
    after: int | None = None
    """Claims with a greater key only."""
    withdrawn: bool = False

    def takes(self, record: ClaimRecord) -> bool:
        """Whether a claim is among those asked for by action, provision or id."""
        return (
            self.actions is None
            or record.claim.action in self.actions
            or record.id in self.claims
            or (record.commitment or "").partition("/")[0] in self.provisions
        )


def records(connection: Connection, asked: Selection) -> tuple[ClaimRecord, ...]:
    """Claims of the last readings, ordered by date published, document, place in the text and id."""
    keys = _keys_of(connection, asked)
    told = {row.document: row for row in connection.execute(select(stories).where(_of(stories.c.document, keys)))}
    shown = {
        key: replace(document, sketch=told[key].sketch, wire=told[key].wire) if key in told else document
        for key, document in documents_by_key(connection, asked.known_by, keys).items()
        if (keys is None or key in keys) and (asked.withdrawn or not document.withdrawn)
    }
    last = {
        reading: (key, shown[key], recorded)
        for key, (reading, _, recorded) in last_readings(connection, keys).items()
        if key in shown
    }
    over = {} if asked.after is not None else annotating.standing(connection, asked.known_by, shown)
    query = select(claims.c.reading, *(claims.c[name] for name in CLAIM_COLUMNS))
    if keys is not None:
        query = query.where(_of(claims.c.reading, last))
    if asked.actions is not None:
        query = query.where(
            or_(
                claims.c.action.in_([str(action) for action in asked.actions]),
                claims.c.id.in_(list(asked.claims)),
                claims.c.reading.in_([reading for reading, (key, _, _) in last.items() if key in over]),
                *(claims.c.commitment.startswith(f"{name}/", autoescape=True) for name in asked.provisions),
            )
        )
    if asked.after is not None:
        query = query.where(claims.c.key > asked.after)
    factory = ClaimFactory()
    grouped: dict[int, list[ClaimRecord]] = defaultdict(list)
    with collector_paused():
        for row in sqlite.plain_rows(connection, query):
            spoken = last.get(row[0])
            if spoken is not None:
                key, document, recorded = spoken
                grouped[key].append(factory.record(row, document, recorded))
    for key, entries in over.items():
        grouped[key] = [
            record for record in annotating.overlay(grouped.get(key, ()), entries, shown[key]) if asked.takes(record)
        ]
    ordered: list[ClaimRecord] = []
    for key in sorted(grouped, key=lambda key: (shown[key].published, shown[key].id)):
        group = grouped.pop(key)
        if len(group) > 1:
            group.sort(key=lambda record: (record.claim.start, record.claim.end, record.id))
        ordered += group
    return tuple(ordered)


def _keys_of(connection: Connection, asked: Selection) -> set[int] | None:
    """The documents that a selection can concern, where it narrows them down."""
    keys: set[int] | None = None
    if asked.documents is not None:
        named = true() if len(asked.documents) > MANY else documents.c.id.in_(asked.documents)
        rows = connection.execute(select(documents.c.key, documents.c.id).where(named))
        keys = {key for key, name in rows if name in asked.documents}
    if asked.after is not None:
        newer = select(readings.c.document).join_from(claims, readings).where(claims.c.key > asked.after).distinct()
        touched = set(connection.execute(newer).scalars())
        keys = touched if keys is None else keys & touched
    return keys


def new_records(connection: Connection, since: Revision, known_by: date | None) -> tuple[ClaimRecord, ...] | None:
    """Claims added since a revision; `None` where a document was corrected, annotated or read anew since."""
    corrected = select(corrections.c.key).where(corrections.c.key > since.corrections)
    reread = select(readings.c.key).where(readings.c.key > since.readings, readings.c.document <= since.documents)
    annotated = select(annotation_rows.c.key).where(annotation_rows.c.key > since.annotations)
    if any(connection.execute(query.limit(1)).first() for query in (corrected, reread, annotated)):
        return None
    return records(connection, Selection(known_by, after=since.claims))


def claim_rows(connection: Connection, reading: int) -> list[tuple[Any, ...]]:
    """The claims of one reading as plain rows in text order, to compare readings by."""
    columns = [claims.c[name] for name in CLAIM_COLUMNS]
    rows = connection.execute(select(*columns).where(claims.c.reading == reading).order_by(claims.c.key))
    return [tuple(row) for row in rows]


def claim_ids_of(connection: Connection, reading: int) -> list[str]:
    """Ids of the claims of one reading, in text order."""
    query = select(claims.c.id).where(claims.c.reading == reading).order_by(claims.c.key)
    return list(connection.execute(query).scalars())


def claims_starting(connection: Connection, prefix: str) -> list[str]:
    """Ids of claims, of any reading, that start with some digits; at most three, since one is wanted."""
    found = set()
    for table, only in ((claims, true()), (annotation_rows, annotation_rows.c.corrects.is_(None))):
        query = select(table.c.id).where(table.c.id >= prefix, table.c.id < prefix + "g", only)
        found |= set(connection.execute(query.distinct().limit(3)).scalars())
    return sorted(found)[:3]


def kept_reviews(connection: Connection, known_by: date | None) -> tuple[KeptReview, ...]:
    """Every review recorded by a day, in order of recording, with the claim that it bears on now."""
    rows = connection.execute(
        select(documents.c.id.label("document_id"), reviews)
        .join_from(reviews, documents)
        .order_by(reviews.c.recorded, reviews.c.key)
    ).all()
    rows = [row for row in rows if known_by is None or row.recorded.date() <= known_by]
    current = _anchors(connection, {row.document for row in rows})
    kept = []
    for row in rows:
        anchor = Anchor(row.claim, row.act, row.action, row.quote_start, row.quote_end)
        anchorage, claim = anchor_review(anchor, current.get(row.document, ()))
        review = Review(
            row.claim, row.decision, row.by, row.note, row.recorded, row.quote, row.commitment, row.stance, row.id
        )
        kept.append(KeptReview(review, row.document_id, anchorage, claim))
    return tuple(kept)


def _anchors(connection: Connection, keys: Collection[int]) -> dict[int, list[Anchor]]:
    found: dict[int, list[Anchor]] = {}
    last = last_readings(connection, keys)
    over = annotating.standing(connection, None, keys) if keys else {}
    for key in keys:
        read = _read_anchors(connection, last[key][0])
        found[key] = read + annotating.further_anchors(over, key, read)
    return found


def carried(connection: Connection, keys: Collection[int] | None = None) -> dict[str, str]:
    """For each corrected claim that the last reading holds under another id, that id."""
    found = {}
    for key, entries in annotating.standing(connection, None, keys).items():
        read = _read_anchors(connection, last_readings(connection, [key])[key][0])
        for one in entries:
            if one.read is not None:
                anchorage, claim = anchor_review(one.read, read)
                if anchorage is Anchorage.CARRIED and claim is not None:
                    found[one.claim] = claim
    return found


def _read_anchors(connection: Connection, reading: int) -> list[Anchor]:
    """Where the claims of a reading stand."""
    columns = (claims.c.id, claims.c.act, claims.c.action, claims.c.quote_start, claims.c.quote_end)
    return [Anchor(*row) for row in connection.execute(select(*columns).where(claims.c.reading == reading))]


def accord_versions(connection: Connection) -> tuple[AccordVersion, ...]:
    """Every version of the accord, oldest first."""
    rows = connection.execute(select(accords).order_by(accords.c.number))
    return tuple(AccordVersion(row.number, row.text, row.sha256, row.by, row.recorded) for row in rows)


def content_faults(connection: Connection) -> list[str]:
    """Documents whose bytes no longer match their hash, and quotes that do not stand in their text."""
    faults = []
    rows = connection.execute(select(documents, texts.c.raw, texts.c.text).join_from(documents, texts))
    for row in rows.yield_per(20):
        if hashlib.sha256(row.raw).hexdigest() != row.sha256:
            faults.append(f"{row.id}: its bytes are not those that were entered")
        quotes = connection.execute(
            select(claims.c.id, claims.c.quote, claims.c.quote_start, claims.c.quote_end)
            .join_from(claims, readings)
            .where(readings.c.document == row.key)
        )
        faults += [
            f"{row.id}: the quote of claim {quote.id} does not stand in its text"
            for quote in quotes
            if row.text[quote.quote_start : quote.quote_end] != quote.quote
        ]
    return faults


def reviews_now(connection: Connection, known_by: date | None) -> tuple[Review, ...]:
    """Decisions recorded by a day, oldest first, each naming the claim that it bears on now; without orphans."""
    kept = kept_reviews(connection, known_by)
    return tuple(replace(item.review, claim=item.claim) for item in kept if item.claim is not None)


def news(connection: Connection, since: Revision, known_by: date | None) -> News | None:
    """What came in since a revision; `None` where a document was corrected or read anew, so that all may differ."""
    now = revision(connection)
    fresh = new_records(connection, since._replace(annotations=now.annotations), known_by)
    if fresh is None:
        return None
    newly = annotation_rows.c.key > since.annotations
    touched = set(connection.execute(select(annotation_rows.c.document).where(newly)).scalars())
    over = [item for key, item, _ in annotating.annotations_of(connection, None, touched)] if touched else []
    annotated = {item.document for item in over}
    decisions = kept_reviews(connection, known_by)
    new = set(connection.execute(select(reviews.c.id).where(reviews.c.key > since.reviews)).scalars())
    decided = {item.claim: item.document for item in decisions if item.review.id in new}
    revised = (
        tuple(
            record
            for record in records(connection, Selection(known_by, documents=annotated | set(decided.values())))
            if record.document.id in annotated or record.id in decided
        )
        if annotated or decided
        else ()
    )
    return News(
        revision=now,
        documents=sorted_documents(connection, known_by) if now.documents != since.documents else None,
        fresh=tuple(record for record in fresh if record.document.id not in annotated),
        revised=revised,
        dropped=frozenset(item.corrects or item.id for item in over),
        reviews=tuple(replace(item.review, claim=item.claim) for item in decisions if item.claim is not None),
    )


def sorted_documents(connection: Connection, known_by: date | None) -> tuple[Document, ...]:
    """Documents published by a day, by date published and id."""
    found = documents_by_key(connection, known_by).values()
    return tuple(sorted(found, key=lambda document: (document.published, document.id)))


def known(connection: Connection, known_by: date | None) -> Known:
    """All that judging needs, as it is now."""
    return Known(
        revision(connection),
        sorted_documents(connection, known_by),
        records(connection, Selection(known_by)),
        reviews_now(connection, known_by),
    )


def revision(connection: Connection) -> Revision:
    """Numbers that change whenever anything is added; equal numbers mean an unchanged ledger."""
    columns: tuple[Any, ...] = (
        documents.c.key, readings.c.key, claims.c.key, corrections.c.key, reviews.c.key, accords.c.number,
        annotation_rows.c.key,
    )  # fmt: skip
    return Revision(*(connection.execute(select(func.coalesce(func.max(key), 0))).scalar_one() for key in columns))
