"""Claims as people read them: entered, corrected and taken back, laid over what the readers found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select

from servanda.core.claims import Annotation, ClaimRecord
from servanda.core.problems import ServandaError
from servanda.ledger.anchoring import Anchor, Anchorage, anchor_review
from servanda.ledger.identity import digest
from servanda.ledger.rows import claim_columns, claim_of
from servanda.ledger.schema import annotation_rows, claims, documents, readings, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sqlalchemy import Connection

    from servanda.core.claims import Claim
    from servanda.core.documents import Document


class Standing(NamedTuple):
    """The annotation that counts for one claim, and where that claim stands in the text."""

    claim: str
    """The id of the claim that is corrected, or that the entered claim bears."""
    annotation: Annotation
    read: Anchor | None
    """Where the corrected claim stood as it was read; `None` of a claim that was entered."""


def add_annotation(connection: Connection, annotation: Annotation, key: int, where: str) -> Annotation:
    """Keep an annotation of the document with this key, anchored to the claim that it corrects.

    Raises:
        ServandaError: its quote does not stand in the text, or what it corrects is no claim of the document.
    """
    read = None
    if annotation.corrects is not None:
        read = _anchor_of(connection, annotation.corrects, key, where)
    elif annotation.claim is None:
        raise ServandaError("nothing is named that could be taken back", "name the claim by its id")
    if annotation.claim is not None:
        _refuse_wrong_quote(connection, annotation.claim, key, corrects=annotation.corrects is not None)
    made = annotation.claim
    name = digest(
        "annotation",
        annotation.document,
        annotation.corrects,
        made and [str(part) for part in (*made.identity, made.start, made.end)],
        annotation.by,
        annotation.recorded.isoformat(),
    )
    kept = replace(annotation, id=name)
    columns = claim_columns(made, name) if made is not None else {"id": name}
    anchor = {
        "read_act": read and read.act,
        "read_action": read and read.action,
        "read_start": read and read.start,
        "read_end": read and read.end,
    }
    connection.execute(
        insert(annotation_rows),
        columns
        | anchor
        | {
            "document": key,
            "corrects": annotation.corrects,
            "by": annotation.by,
            "note": annotation.note,
            "recorded": annotation.recorded,
            "commitment": annotation.commitment,
            "stance": annotation.stance,
        },
    )
    return kept


def _anchor_of(connection: Connection, claim: str, key: int, where: str) -> Anchor | None:
    """Where a claim of a document was last read; `None` of one that a person entered."""
    row = connection.execute(
        select(claims.c.id, claims.c.act, claims.c.action, claims.c.quote_start, claims.c.quote_end)
        .join_from(claims, readings)
        .where(claims.c.id == claim, readings.c.document == key)
        .order_by(claims.c.key.desc())
        .limit(1)
    ).one_or_none()
    if row is not None:
        return Anchor(*row)
    entered = select(annotation_rows.c.key).where(annotation_rows.c.id == claim, annotation_rows.c.document == key)
    if connection.execute(entered).scalar() is None:
        raise ServandaError(f"there is no claim {claim!r} of this document in {where}", "open the document anew")
    return None


def _refuse_wrong_quote(connection: Connection, claim: Claim, key: int, *, corrects: bool) -> None:
    text = connection.execute(select(texts.c.text).where(texts.c.document == key)).scalar()
    if text is None:
        if corrects and claim.quote is None:
            return
        raise ServandaError("this report is known by rows of a table only; it has no words to quote")
    if not claim.quote or text[claim.start : claim.end] != claim.quote:
        raise ServandaError(
            f"{claim.quote!r} does not stand in the text at {claim.start} to {claim.end}",
            "quote the words as they stand there",
        )


def annotations_of(
    connection: Connection, known_by: date | None = None, keys: Collection[int] | None = None
) -> list[tuple[int, Annotation, Anchor | None]]:
    """Annotations recorded by a day (in UTC), oldest first, each with its document's key and what it is anchored to."""
    query = select(documents.c.id.label("document_id"), annotation_rows).join_from(annotation_rows, documents)
    rows = connection.execute(query.order_by(annotation_rows.c.recorded, annotation_rows.c.key)).all()
    found = []
    for row in rows:
        if (keys is not None and row.document not in keys) or (known_by and row.recorded.date() > known_by):
            continue
        made = None if row.act is None else claim_of(row, row.document_id)
        annotation = Annotation(
            row.document_id, made, row.by, row.note, row.recorded, row.corrects, row.commitment, row.stance, row.id
        )
        anchor = None
        if row.read_act is not None:
            anchor = Anchor(row.corrects, row.read_act, row.read_action, row.read_start, row.read_end)
        found.append((row.document, annotation, anchor))
    return found


def standing(
    connection: Connection, known_by: date | None, keys: Collection[int] | None = None
) -> dict[int, list[Standing]]:
    """By document, the annotation of each claim that counts: the last one that was not taken back."""
    stacks: dict[tuple[int, str], list[Standing]] = {}
    for key, annotation, read in annotations_of(connection, known_by, keys):
        claim = annotation.corrects or annotation.id
        stack = stacks.setdefault((key, claim), [])
        if annotation.claim is not None:
            stack.append(Standing(claim, annotation, read))
        elif stack:
            stack.pop()
    found: dict[int, list[Standing]] = {}
    for (key, _), stack in stacks.items():
        if stack:
            found.setdefault(key, []).append(stack[-1])
    return found


def overlay(read: Iterable[ClaimRecord], over: Iterable[Standing], document: Document) -> list[ClaimRecord]:
    """A document's claims as read, with what people corrected put in their place and what they entered added.

    A correction follows its stretch of text to the claim that a later reading finds there; where it finds none, the
    correction stands for itself.
    """
    shown = {record.id: record for record in read}
    anchors = [anchor_of(record) for record in shown.values()]
    for one in over:
        made = one.annotation.claim
        assert made is not None
        heir = anchor_review(one.read, anchors)[1] if one.read is not None else None
        before = shown.get(heir) if heir is not None else None
        if before is not None:
            shown[before.id] = replace(
                before,
                claim=made,
                recorded=one.annotation.recorded,
                commitment=one.annotation.commitment or before.commitment,
                stance=one.annotation.stance or before.stance,
                by=one.annotation.by,
            )
        else:
            shown[one.claim] = ClaimRecord(
                one.claim,
                made,
                document,
                one.annotation.recorded,
                one.annotation.commitment,
                one.annotation.stance,
                by=one.annotation.by,
            )
    return list(shown.values())


def anchor_of(record: ClaimRecord) -> Anchor:
    """What a decision on a claim holds on to."""
    claim = record.claim
    return Anchor(record.id, str(claim.act), str(claim.action), claim.start, claim.end)


def further_anchors(over: Mapping[int, list[Standing]], key: int, read: list[Anchor]) -> list[Anchor]:
    """The claims of a document that no reading holds: those that were entered, and corrections that stand alone."""
    found = []
    for one in over.get(key, ()):
        made = one.annotation.claim
        alone = one.read is None or anchor_review(one.read, read)[0] is Anchorage.ORPHANED
        if made is not None and alone:
            found.append(Anchor(one.claim, str(made.act), str(made.action), made.start, made.end))
    return found


def entered(connection: Connection, claim: str) -> Any | None:
    """The row of a claim that a person entered, with the columns that a review is anchored to."""
    return connection.execute(
        select(annotation_rows).where(annotation_rows.c.id == claim, annotation_rows.c.corrects.is_(None))
    ).one_or_none()
