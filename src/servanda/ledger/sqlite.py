"""Everything that only SQLite understands: opening a file, append-only triggers, full-text search, its errors."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, UniqueConstraint, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from servanda.core.problems import ServandaError
from servanda.ledger.searching import MARK_END, MARK_START, Hit, Words, unmark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Select, Table

APPLICATION_ID = 0x53525641
"""`SRVA`, in the file's header: by this, tools such as `file` tell a ledger from any other database."""

PATIENCE_MS = 60_000
"""How long a writer waits for another one to finish before it says so."""

CONNECTIONS = 24
"""How many connections stay open for reuse, where several threads read one ledger."""

EXCERPT_WORDS = 40

ERRORS = (DBAPIError, sqlite3.Error)
"""What an operation on the file may raise; `explain` says what it means."""

_TOKENS = "porter unicode61 remove_diacritics 2"

_SEARCH_INDEX = (
    "CREATE VIEW searchable_documents AS SELECT texts.document AS key, documents.title AS title,"
    " documents.publisher AS publisher, substr(texts.text, texts.body + 1) AS text"
    " FROM texts JOIN documents ON documents.key = texts.document",
    "CREATE VIEW searchable_quotes AS SELECT key, coalesce(quote, row) AS quote FROM claims",
    "CREATE VIRTUAL TABLE document_words USING fts5(title, publisher, text, content='searchable_documents',"
    f" content_rowid='key', tokenize='{_TOKENS}')",
    "CREATE VIRTUAL TABLE quote_words USING fts5(quote, content='searchable_quotes', content_rowid='key',"
    f" tokenize='{_TOKENS}')",
    "CREATE TRIGGER texts_words AFTER INSERT ON texts BEGIN"
    " INSERT INTO document_words(rowid, title, publisher, text)"
    " SELECT key, title, publisher, text FROM searchable_documents"
    " WHERE key = NEW.document; END",
    "CREATE TRIGGER claims_words AFTER INSERT ON claims WHEN coalesce(NEW.quote, NEW.row) IS NOT NULL BEGIN"
    " INSERT INTO quote_words(rowid, quote) VALUES (NEW.key, coalesce(NEW.quote, NEW.row)); END",
)


def open_engine(path: Path, *, readonly: bool) -> Engine:
    """An engine on a ledger file. Nothing is touched before the first connection.

    A ledger in a folder where nobody can write has no place for SQLite's shared memory: it is opened as immutable,
    which is right only as long as no unfinished write-ahead log lies beside it.
    """
    query = ""
    if readonly:
        log = path.with_name(path.name + "-wal")
        still = not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
        query = "?mode=ro&immutable=1" if still else "?mode=ro"
    address = path.absolute().as_uri() + query

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=PATIENCE_MS / 1000, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=CONNECTIONS)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def prepare_file(engine: Engine) -> None:
    """Mark a new file as a ledger and let readers and one writer work side by side (write-ahead log)."""
    with _plain_connection(engine) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@contextmanager
def _plain_connection(engine: Engine) -> Iterator[sqlite3.Connection]:
    """A connection outside any transaction, for the statements that SQLite allows only there."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        yield raw


def writable(path: Path) -> bool:
    """Whether the file, or where there is none its folder, may be written; the log beside it needs the folder too."""
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever put into the file, as when a process was killed while making it."""
    return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()


def is_ledger(connection: Connection) -> bool:
    """Whether the file carries a ledger's mark."""
    return bool(connection.exec_driver_sql("PRAGMA application_id").scalar_one() == APPLICATION_ID)


def guard(connection: Connection, tables: Sequence[Table]) -> None:
    """Hold tables append-only: no update, no deletion, no replacement of a row by another."""
    for table in tables:
        name = table.name
        refusal = f"SELECT RAISE(ABORT, 'the ledger is append-only: {name} keeps every row as it was written')"
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} BEGIN {refusal}; END")
            )
        taken = " OR ".join(_taken(name, columns) for columns in _unique_columns(table))
        connection.execute(
            text(f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {taken} BEGIN {refusal}; END")
        )


def _unique_columns(table: Table) -> list[list[str]]:
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [
        [column.name for column in constraint.columns]
        for constraint in sorted(table.constraints, key=str)
        if isinstance(constraint, UniqueConstraint)
    ]
    return keys


def _taken(table: str, columns: list[str]) -> str:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"


def build_search(connection: Connection) -> None:
    """Make the full-text index; the database keeps it in step by itself."""
    for statement in _SEARCH_INDEX:
        connection.execute(text(statement))


_BEST = (
    """
SELECT rank, documents.id, NULL, document_words.rowid
  FROM document_words JOIN documents ON documents.key = document_words.rowid
 WHERE document_words MATCH :query
 ORDER BY 1, 2 LIMIT :limit
""",
    """
SELECT rank, documents.id, claims.id, quote_words.rowid
  FROM quote_words
  JOIN claims ON claims.key = quote_words.rowid
  JOIN readings ON readings.key = claims.reading
  JOIN documents ON documents.key = readings.document
 WHERE quote_words MATCH :query
   AND NOT EXISTS (SELECT 1 FROM readings AS later
                    WHERE later.document = readings.document AND later.key > readings.key)
 ORDER BY 1, 2, 3 LIMIT :limit
""",
)
"""Documents and quotes are ranked apart and joined afterwards, which takes half the time of ranking them together."""
_EXCERPTS = {
    False: "SELECT rowid, snippet(document_words, -1, :from_mark, :to_mark, '…', :size) FROM document_words"
    " WHERE document_words MATCH :query AND rowid IN ({rows})",
    True: "SELECT rowid, highlight(quote_words, 0, :from_mark, :to_mark) FROM quote_words"
    " WHERE quote_words MATCH :query AND rowid IN ({rows})",
}
"""Excerpts are cut only from what is shown: cutting one from each match would take longer than finding them."""


def search(connection: Connection, words: Words, limit: int) -> list[Hit]:
    """Documents, and quotes of their last readings, that hold all of the words; best first."""
    query = " ".join('"' + word.replace('"', '""') + '"' + ("*" if prefix else "") for word, prefix in words)
    asked = {"query": query, "limit": limit}
    ranked = [tuple(row) for statement in _BEST for row in connection.execute(text(statement), asked)]
    best = sorted(ranked, key=lambda row: (row[0], row[1], row[2] or ""))[:limit]
    excerpts: dict[tuple[bool, int], str] = {}
    marks = {"query": query, "from_mark": MARK_START, "to_mark": MARK_END}
    for of_quotes, statement in _EXCERPTS.items():
        rows = [str(int(row)) for _, _, claim, row in best if (claim is not None) == of_quotes]
        if rows:
            size = {} if of_quotes else {"size": EXCERPT_WORDS}
            cut = connection.execute(text(statement.format(rows=", ".join(rows))), marks | size)
            excerpts |= {(of_quotes, row): excerpt for row, excerpt in cut}
    return [Hit(document, claim, *unmark(excerpts[claim is not None, row])) for _, document, claim, row in best]


def plain_rows(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as the file holds them, dates as text: quicker than typed rows, where there are many."""
    compiled = query.compile(connection.engine, compile_kwargs={"render_postcompile": True})
    values = [compiled.params[name] for name in compiled.positiontup or ()]
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    yield from raw.execute(str(compiled), values)


def moment(text: str) -> datetime:
    """The moment that a plain row holds as text, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def check_file(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the file; empty where it is sound."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def copy_to(engine: Engine, target: Path) -> None:
    """Write a complete copy to a new file, while others may go on writing."""
    with _plain_connection(engine) as raw:
        raw.execute("VACUUM INTO ?", (str(target),))


def not_writable(where: str) -> ServandaError:
    """The ledger is there to be read only."""
    return ServandaError(
        f"{where} can be read but not written", "give yourself write permission to the file and its folder"
    )


def explain(error: Exception, where: str) -> ServandaError:
    """What went wrong, in words that say what to do."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    said = str(cause).lower()
    kept = "; nothing of what was being written is kept, and nothing that was there before is lost"
    if "full" in said:
        return ServandaError(f"{where}: the disk is full{kept}", "free some space and run the command again")
    if "readonly" in said or "read-only" in said:
        return not_writable(where)
    if "locked" in said or "busy" in said:
        return ServandaError(
            f"{where}: another process has been writing for over {PATIENCE_MS // 1000} seconds",
            "wait until it has finished and run the command again",
        )
    if "not a database" in said or "malformed" in said or "corrupt" in said:
        return ServandaError(
            f"{where} is damaged or is not a ledger",
            "restore it from a backup; keep the damaged file, since parts of it may be recovered",
        )
    if "unable to open" in said:
        return ServandaError(
            f"{where} cannot be opened", "check that it exists and that you may read it and its folder"
        )
    if "disk i/o" in said:
        return ServandaError(f"{where}: the disk failed to read or write{kept}", "check the disk and its free space")
    if "too big" in said:
        return ServandaError(f"{where}: a text is too large to be kept{kept}", "split it into parts")
    return ServandaError(f"{where}: the database refused the operation ({cause}){kept}")
