"""The schema's versions. A ledger is brought up to date in one transaction, step by step, and never back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, inspect, select

from servanda.core.problems import ServandaError
from servanda.ledger import sqlite
from servanda.ledger.rows import story_columns
from servanda.ledger.schema import TABLES, annotation_rows, stories, texts, versions

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from the version before to `version`. `what` is kept in the ledger, for whoever looks later."""

    version: int
    what: str
    apply: Callable[[Connection], None]


def _first_schema(connection: Connection) -> None:
    later = (annotation_rows, stories)
    first = [table for table in TABLES.sorted_tables if table not in later]
    TABLES.create_all(connection, tables=first)
    sqlite.build_search(connection)
    sqlite.guard(connection, first)


def _annotations(connection: Connection) -> None:
    annotation_rows.create(connection)
    sqlite.guard(connection, [annotation_rows])


def _stories(connection: Connection) -> None:
    stories.create(connection)
    sqlite.guard(connection, [stories])
    keys = connection.execute(select(texts.c.document)).scalars().all()
    for key in keys:
        row = connection.execute(select(texts.c.text, texts.c.body).where(texts.c.document == key)).one()
        connection.execute(insert(stories), story_columns(key, row.text[row.body :]))


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "documents, texts, readings, claims, corrections, reviews, accord versions", _first_schema),
    Migration(2, "annotations: claims as people enter and correct them", _annotations),
    Migration(3, "stories: by which copies of a text are known, and the agency that it is credited to", _stories),
)


def version_of(connection: Connection) -> int:
    """The schema version of a ledger; 0 where there is none yet."""
    if not inspect(connection).has_table(versions.name):
        return 0
    return connection.execute(select(func.max(versions.c.version))).scalar() or 0


def newest(migrations: tuple[Migration, ...] | None = None) -> int:
    """The schema version that this Servanda writes."""
    return (MIGRATIONS if migrations is None else migrations)[-1].version


def refuse_newer(found: int, where: str) -> None:
    """Leave alone what a later Servanda has written.

    Raises:
        ServandaError: the ledger's schema is newer than this Servanda knows.
    """
    if found > newest():
        raise ServandaError(
            f"{where} was written by a newer Servanda (schema {found}; this one knows up to {newest()})",
            "install the newer version: pip install --upgrade servanda",
        )


def bring_up_to_date(connection: Connection, where: str) -> None:
    """Apply what is missing. The caller's transaction holds all of it or nothing."""
    found = version_of(connection)
    refuse_newer(found, where)
    for migration in MIGRATIONS:
        if migration.version > found:
            migration.apply(connection)
            connection.execute(
                insert(versions), {"version": migration.version, "what": migration.what, "made_by": _this_servanda()}
            )


def _this_servanda() -> str:
    try:
        return f"servanda {version('servanda')}"
    except PackageNotFoundError:
        return "servanda, not installed"
