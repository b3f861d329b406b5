"""Writing into the ledger: each function is one step of a transaction that its caller holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from servanda.core.heading import split_heading
from servanda.core.problems import ServandaError
from servanda.ledger import annotating, queries
from servanda.ledger.answers import Added, AddedRows, Reread
from servanda.ledger.identity import claim_ids, digest, in_text_order
from servanda.ledger.rows import CLAIM_COLUMNS, claim_columns, kept_columns, story_columns
from servanda.ledger.schema import claims, documents, readings, reviews, stories, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from servanda.core.claims import Claim, ClaimRow, Review
    from servanda.core.documents import Document, NewDocument

ROWS_AT_A_TIME = 5_000
TABLE_READER = "rows"
"""The reader named for claims that no reader read: somebody's table stated them."""


def add_document(
    connection: Connection, new: NewDocument, found: Iterable[Claim], reader: str, recorded: datetime
) -> Added:
    """Keep a document and its first reading, unless the same bytes are there."""
    key = connection.execute(select(documents.c.key).where(documents.c.sha256 == new.document.sha256)).scalar()
    if key is not None:
        reading = queries.last_readings(connection, [key])[key][0]
        document = queries.documents_by_key(connection, keys=[key])[key]
        return Added(document, False, tuple(queries.claim_ids_of(connection, reading)))
    key, document = _insert_document(connection, new.document, new.published_from, recorded)
    body = split_heading(new.text).body
    connection.execute(
        insert(texts),
        {"document": key, "media_type": new.media_type, "text": new.text, "body": body, "raw": new.raw},
    )
    connection.execute(insert(stories), story_columns(key, new.text[body:]))
    rows = _readable_rows(document, new.text, found, reader)
    _insert_reading(connection, key, reader, recorded, rows)
    return Added(document, True, tuple(row["id"] for row in rows))


def add_reading(connection: Connection, key: int, found: Iterable[Claim], reader: str, recorded: datetime) -> Reread:
    """Keep a further reading of a document that has a text, unless the same reader found just the same before."""
    document = queries.documents_by_key(connection, keys=[key])[key]
    text = connection.execute(select(texts.c.text).where(texts.c.document == key)).scalar()
    if text is None:
        raise ServandaError(
            f"{document.id} is known by rows of a table only and has no text to read", "add more rows instead"
        )
    rows = _readable_rows(document, text, found, reader)
    reading, last_reader, _ = queries.last_readings(connection, [key])[key]
    before = queries.claim_rows(connection, reading)
    changed = reader != last_reader or before != [tuple(row.get(name) for name in CLAIM_COLUMNS) for row in rows]
    if changed:
        _insert_reading(connection, key, reader, recorded, rows)
    ids_before, ids_now = [row[0] for row in before], [row["id"] for row in rows]
    return Reread(
        changed,
        kept=tuple(claim for claim in ids_now if claim in set(ids_before)),
        found=tuple(claim for claim in ids_now if claim not in set(ids_before)),
        gone=tuple(claim for claim in ids_before if claim not in set(ids_now)),
    )


def add_rows(connection: Connection, rows: Iterable[ClaimRow], recorded: datetime) -> AddedRows:
    """Keep the rows of a table that are not there yet. A row's id follows from its report, its words and an ordinal."""
    seen: Counter[str] = Counter()
    reports: dict[str, int] = {}
    total = new = opened = 0
    for chunk in _chunks(rows, ROWS_AT_A_TIME):
        named = []
        for row in chunk:
            name = digest(row.document.sha256, row.row)
            named.append((name if not seen[name] else digest(name, seen[name]), row))
            seen[name] += 1
        present = set(
            connection.execute(select(claims.c.id).where(claims.c.id.in_([name for name, _ in named]))).scalars()
        )
        fresh = [(name, row) for name, row in named if name not in present]
        for _, row in fresh:
            if row.document.sha256 not in reports:
                reports[row.document.sha256], is_new = _report(connection, row.document, recorded)
                opened += is_new
        if fresh:
            connection.execute(
                insert(claims), [kept_columns(row, name, reports[row.document.sha256]) for name, row in fresh]
            )
        total += len(chunk)
        new += len(fresh)
    return AddedRows(total, new, opened)


def _report(connection: Connection, document: Document, recorded: datetime) -> tuple[int, bool]:
    """The one reading of the report that rows belong to, and whether it had to be opened."""
    key = connection.execute(select(documents.c.key).where(documents.c.sha256 == document.sha256)).scalar()
    if key is not None:
        return queries.last_readings(connection, [key])[key][0], False
    key, _ = _insert_document(connection, document, "row", recorded)
    return _insert_reading(connection, key, TABLE_READER, recorded, []), True


def add_review(connection: Connection, review: Review, where: str) -> Review:
    """Keep a decision, anchored to the claim as it was last read."""
    claim = connection.execute(
        select(claims, readings.c.document)
        .join_from(claims, readings)
        .where(claims.c.id == review.claim)
        .order_by(claims.c.key.desc())
        .limit(1)
    ).one_or_none() or annotating.entered(connection, review.claim)
    if claim is None:
        raise ServandaError(
            f"there is no claim {review.claim!r} in {where}", "servanda export DIR --what claims lists the ids"
        )
    moment = review.recorded.isoformat()
    name = digest(review.claim, review.decision, review.by, review.note, moment, review.commitment, review.stance)
    kept = replace(review, id=name, quote=claim.quote)
    if connection.execute(select(reviews.c.key).where(reviews.c.id == name)).scalar() is None:
        connection.execute(
            insert(reviews),
            {
                "id": name,
                "claim": review.claim,
                "decision": review.decision,
                "by": review.by,
                "note": review.note,
                "recorded": review.recorded,
                "quote": claim.quote,
                "commitment": review.commitment,
                "stance": review.stance,
                "document": claim.document,
                "act": claim.act,
                "action": claim.action,
                "quote_start": claim.quote_start,
                "quote_end": claim.quote_end,
            },
        )
    return kept


def _insert_document(
    connection: Connection, document: Document, published_from: str, recorded: datetime
) -> tuple[int, Document]:
    kept = replace(document, id=_free_id(connection, document), recorded=recorded, withdrawn=False)
    row = {name: getattr(kept, name) for name in _DOCUMENT_COLUMNS} | {"published_from": published_from}
    return _key_of(connection.execute(insert(documents), row)), kept


_DOCUMENT_COLUMNS = (
    "id", "sha256", "published", "publisher", "title", "language", "address", "reliability", "recorded"
)  # fmt: skip


def _insert_reading(
    connection: Connection, document: int, reader: str, recorded: datetime, rows: list[dict[str, Any]]
) -> int:
    values = {"document": document, "reader": reader, "recorded": recorded}
    reading = _key_of(connection.execute(insert(readings), values))
    if rows:
        connection.execute(insert(claims), [row | {"reading": reading} for row in rows])
    return reading


def _key_of(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def _free_id(connection: Connection, document: Document) -> str:
    for name in (document.id, f"{document.id}-{document.sha256[:8]}"):
        if connection.execute(select(documents.c.key).where(documents.c.id == name)).scalar() is None:
            return name
    return f"{document.id}-{document.sha256}"


def _readable_rows(document: Document, text: str, found: Iterable[Claim], reader: str) -> list[dict[str, Any]]:
    """Rows of claims in text order, once every quote is known to stand in the text where its claim says."""
    ordered = in_text_order(found)
    for claim in ordered:
        if claim.quote is None or not claim.quote or text[claim.start : claim.end] != claim.quote:
            raise ServandaError(
                f"the reader {reader} quotes {claim.quote!r} at {claim.start} to {claim.end} of {document.id},"
                " which does not stand there",
                "read with another reader, and report this to whoever keeps that one",
            )
    ids = claim_ids(document.sha256, ordered)
    return [claim_columns(claim, name) for claim, name in zip(ordered, ids, strict=True)]


def _chunks(rows: Iterable[ClaimRow], size: int) -> Iterator[list[ClaimRow]]:
    stream = iter(rows)
    while chunk := list(islice(stream, size)):
        yield chunk
