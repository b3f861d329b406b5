"""Accounts, sessions and the audit log, in a small database of their own beside the ledger.

Passwords are kept as Argon2id hashes, session keys as SHA-256 digests. The audit log takes rows and never lets one go.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "accounts.db"
SHORTEST_PASSWORD = 10
SESSION = timedelta(hours=12)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, name TEXT NOT NULL, ends TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL, of TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


class Role(StrEnum):
    """What an account may do: look; decide and add as well; change the accord as well."""

    READER = "reader"
    ANALYST = "analyst"
    EDITOR = "editor"

    def includes(self, other: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works with the dossier."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: when, by whom, what, and of what."""

    at: str
    by: str
    what: str
    of: str


class Task(StrEnum):
    """What takes a moment, and may be cut short."""

    UPLOAD = "upload"
    REVIEW = "review"
    CLAIM = "claim"
    ACCORD = "accord"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A task that was cut short: what it was, of what, and whose."""

    task: Task
    of: str
    by: str


class Accounts:
    """The accounts of one dossier. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Open the database; it is made when the first row is written."""
        self._path = folder / FILE
        self._hasher = PasswordHasher()
        self._lock = threading.Lock()
        self._writer: sqlite3.Connection | None = None

    def _connect(self) -> sqlite3.Connection:
        """A connection to read with, once the tables are there."""
        if self._writer is None:
            with self._writing(durable=False):
                pass
        return sqlite3.connect(self._path, timeout=10)

    @contextmanager
    def _writing(self, *, durable: bool = True) -> Iterator[sqlite3.Connection]:
        """The one connection that writes; what was written is on the disk afterwards, or nothing is.

        What is not `durable` survives the end of the program, but may be lost with the power until the next write. It
        stays open: closing the last connection moves the whole log into the file, which takes as long as writing.
        """
        with self._lock:
            if self._writer is None:
                self._writer = sqlite3.connect(self._path, timeout=10, check_same_thread=False)
                self._writer.execute("PRAGMA journal_mode = WAL")
                self._writer.executescript(_SCHEMA)
            self._writer.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            with self._writer:
                yield self._writer

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def any(self) -> bool:
        """Whether there is any account."""
        if not self._path.exists():
            return False
        with closing(self._connect()) as connection:
            return connection.execute("SELECT 1 FROM accounts LIMIT 1").fetchone() is not None

    def create(self, name: str, role: Role, password: str) -> Account:
        """Make an account, or give one a new role and password; its open sessions end.

        Raises:
            ServandaError: the name is empty, or the password too short.
        """
        if not name.strip():
            raise ServandaError("an account needs a name", "give one")
        if len(password) < SHORTEST_PASSWORD:
            raise ServandaError(
                f"the password has {len(password)} characters", f"choose one of {SHORTEST_PASSWORD} or more"
            )
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO accounts VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET role = excluded.role, hash = excluded.hash",
                (name, role.value, self._hasher.hash(password)),
            )
            connection.execute("DELETE FROM sessions WHERE name = ?", (name,))
        return Account(name, role)

    def log_in(self, name: str, password: str) -> str | None:
        """A new session's key for the right password, else `None`; both take the same time."""
        with closing(self._connect()) as connection:
            row = connection.execute("SELECT hash FROM accounts WHERE name = ?", (name,)).fetchone()
        try:
            self._hasher.verify(row[0] if row else self._decoy(), password)
        except VerificationError:
            return None
        if row is None:
            return None
        key = secrets.token_urlsafe(32)
        ends = (datetime.now(UTC) + SESSION).isoformat()
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE ends < ?", (datetime.now(UTC).isoformat(),))
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?)", (_digest(key), name, ends))
        return key

    def _decoy(self) -> str:
        """A hash that no password fits, so that an unknown name is not told by its quick answer."""
        return self._hasher.hash(secrets.token_urlsafe(16))

    def of_session(self, key: str | None) -> Account | None:
        """The account of an open session."""
        if not key or not self._path.exists():
            return None
        with closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT a.name, a.role FROM sessions s JOIN accounts a USING (name) WHERE s.key = ? AND s.ends >= ?",
                (_digest(key), datetime.now(UTC).isoformat()),
            ).fetchone()
        return Account(row[0], Role(row[1])) if row else None

    def log_out(self, key: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE key = ?", (_digest(key),))

    def note(self, by: str, what: str, of: str) -> None:
        """Write a change down, for good: it is on the disk before this returns."""
        self._note([(by, what, of)])

    def _note(self, entries: list[tuple[str, str, str]], *, durable: bool = True) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing(durable=durable) as connection:
            connection.executemany(
                "INSERT INTO audit (at, by, what, of) VALUES (?, ?, ?, ?)", [(at, *entry) for entry in entries]
            )

    def audit(self, limit: int = 200) -> tuple[AuditEntry, ...]:
        """The last changes, newest first."""
        if not self._path.exists():
            return ()
        with closing(self._connect()) as connection:
            rows = connection.execute("SELECT at, by, what, of FROM audit ORDER BY number DESC LIMIT ?", (limit,))
            return tuple(AuditEntry(*row) for row in rows)

    @contextmanager
    def doing(self, by: str, task: Task, of: str) -> Iterator[list[tuple[str, str]]]:
        """Write down that a task begins and ends, so that the next start knows of one that was cut short.

        What is put into the list, as what and of what, is written down as changed, together with the end.
        """
        self._note([(by, f"{task} begun", of)], durable=False)
        changed: list[tuple[str, str]] = []
        try:
            yield changed
        finally:
            self._note([(by, what, about) for what, about in changed] + [(by, f"{task} ended", of)])

    def unfinished(self) -> tuple[Unfinished, ...]:
        """What was begun and never ended, because the program was stopped; each is told once."""
        if not self._path.exists():
            return ()
        ends = {f"{task} {end}": task for task in Task for end in ("ended", "noticed")}
        begins = {f"{task} begun": task for task in Task}
        found: dict[tuple[Task, str], Unfinished] = {}
        with closing(self._connect()) as connection:
            rows = connection.execute("SELECT what, of, by FROM audit ORDER BY number").fetchall()
        for what, of, by in rows:
            if what in begins:
                found[begins[what], of] = Unfinished(begins[what], of, by)
            elif what in ends:
                found.pop((ends[what], of), None)
        for item in found.values():
            self.note("", f"{item.task} noticed", item.of)
        return tuple(found.values())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
