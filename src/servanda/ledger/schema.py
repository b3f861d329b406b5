"""The tables of the ledger, for any database that SQLAlchemy speaks to. Rows are only ever added."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect

TABLES = MetaData()

Key = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the column is plainly an INTEGER."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Databases without time zones keep it bare, and get it back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a moment without a zone would be a guess and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the bare UTC of a database without zones."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


versions = Table(
    "schema_versions",
    TABLES,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("made_by", Text, nullable=False),
)

documents = Table(
    "documents",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("published", Date, nullable=False),
    Column("published_from", Text, nullable=False),
    Column("publisher", Text),
    Column("title", Text),
    Column("language", Text, nullable=False),
    Column("address", Text),
    Column("reliability", Text),
    Column("recorded", Instant, nullable=False),
)

texts = Table(
    "texts",
    TABLES,
    Column("document", ForeignKey("documents.key"), primary_key=True, autoincrement=False),
    Column("media_type", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)
"""Apart from `documents`, so that listing them never touches the texts. Documents known by table rows have none.

`body` is where the text starts after a heading (`core.heading`); excerpts are cut from there on.
"""

stories = Table(
    "stories",
    TABLES,
    Column("document", ForeignKey("documents.key"), primary_key=True, autoincrement=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("wire", Text),
)
"""What tells a text from others, and the agency that it is credited to: found once, when the document is entered."""

readings = Table(
    "readings",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False, index=True),
    Column("reader", Text, nullable=False),
    Column("recorded", Instant, nullable=False),
)
"""Each reading of a document by a reader. The last one speaks for the document; the others are kept."""

claims = Table(
    "claims",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("reading", ForeignKey("readings.key"), nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("quote", Text),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("actors", Text, nullable=False),
    Column("source", Text),
    Column("happens", Text),
    Column("happens_kind", Text),
    Column("quantity", Float),
    Column("place", Text),
    Column("certainty", Text, nullable=False),
    Column("object", Text),
    Column("part", Text, nullable=False),
    Column("recorded", Instant),
    Column("commitment", Text),
    Column("stance", Text),
    Column("credibility", Text),
    Column("row", Text),
    UniqueConstraint("reading", "id"),
)
"""`recorded` is set only where a row of somebody's table brought its own; else the reading's answers."""

corrections = Table(
    "corrections",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("published", Date),
    Column("publisher", Text),
    Column("withdrawn", Boolean),
)

reviews = Table(
    "reviews",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("claim", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("quote", Text),
    Column("commitment", Text),
    Column("stance", Text),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("act", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),
    Column("quote_end", Integer, nullable=False),
)
"""The last five columns anchor the decision to its stretch of text, whatever later readings make of it."""

annotation_rows = Table(
    "annotations",
    TABLES,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document", ForeignKey("documents.key"), nullable=False, index=True),
    Column("corrects", Text),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("act", Text),
    Column("action", Text),
    Column("polarity", Text),
    Column("quote", Text),
    Column("quote_start", Integer),
    Column("quote_end", Integer),
    Column("sentence_start", Integer),
    Column("sentence_end", Integer),
    Column("actors", Text),
    Column("source", Text),
    Column("happens", Text),
    Column("happens_kind", Text),
    Column("quantity", Float),
    Column("place", Text),
    Column("certainty", Text),
    Column("object", Text),
    Column("part", Text),
    Column("commitment", Text),
    Column("stance", Text),
    Column("read_act", Text),
    Column("read_action", Text),
    Column("read_start", Integer),
    Column("read_end", Integer),
)
"""Claims as people enter, correct (`corrects`) and take them back (without an act).

The last four columns anchor a correction to the stretch of text that it was made on.
"""

accords = Table(
    "accord_versions",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("recorded", Instant, nullable=False),
)
