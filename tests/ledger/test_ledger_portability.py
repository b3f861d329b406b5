"""What only SQLite understands stays in one module, so that another database can take its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from servanda import ledger
from servanda.ledger.schema import TABLES

ROOM = Path(ledger.__file__).parent
SQLITE_ONLY = re.compile(r"PRAGMA|fts5|\bMATCH\b|rowid|sqlite_master|RAISE\(|import sqlite3|exec_driver_sql")


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_the_words_of_sqlite_stay_in_one_module(path: Path) -> None:
    assert bool(SQLITE_ONLY.search(path.read_text(encoding="utf-8"))) is (path.name == "sqlite.py")


@pytest.mark.parametrize("table", TABLES.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_said_in_postgresql(table: object) -> None:
    said = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[arg-type, no-untyped-call]
    assert "TIMESTAMP WITHOUT TIME ZONE" not in said
    if "\tkey " in said:
        assert "key BIGSERIAL NOT NULL" in said
