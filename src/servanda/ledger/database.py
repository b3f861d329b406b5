"""The open database behind a ledger: transactions that happen wholly or not at all, and failures told in words."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from servanda.core.problems import ServandaError
from servanda.ledger import migrations, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine


class Database:
    """A ledger's tables, ready to be read and, unless it is read-only, added to."""

    def __init__(self, engine: Engine, where: str, *, readonly: bool) -> None:
        """For `open`, which checks first that there is a ledger to speak to."""
        self.engine = engine
        self.where = where
        """Its name in messages."""
        self._readonly = readonly
        self._file: tuple[int, int] | None = None
        """Which file it is, once it is open: its device and number there."""
        self._writer = engine.execution_options(writing=True)

    @classmethod
    def open(cls, path_or_url: Path | str, *, create: bool, readonly: bool) -> Self:
        """Open a ledger file, or with `create` make one where there is none. An older schema is brought up to date.

        Raises:
            ServandaError: there is none, it is something else, damaged, or was written by a newer Servanda.
        """
        path = _file_of(path_or_url)
        try:
            readonly = _check_place(path, create=create) or readonly
        except OSError as error:
            raise ServandaError(
                f"{path} cannot be opened ({error.strerror})", "check that you may look there"
            ) from error
        database = cls(sqlite.open_engine(path, readonly=readonly), str(path), readonly=readonly)
        try:
            database._make_ready(create=create)
            database._file = _file_at(path)
        except BaseException:
            database.close()
            raise
        return database

    def _make_ready(self, *, create: bool) -> None:
        with self.reading() as connection:
            found = migrations.version_of(connection) if sqlite.is_ledger(connection) else 0
            empty = sqlite.is_empty(connection)
        migrations.refuse_newer(found, self.where)
        if not found and not (empty and create):
            raise ServandaError(
                f"{self.where} is {'an empty file' if empty else 'some other database'}, not a ledger",
                "name a ledger, or make one with: servanda init DIR",
            )
        if found == migrations.newest():
            return
        if self._readonly:
            raise ServandaError(
                f"{self.where} has the older schema {found} and cannot be written",
                "open it once with write permission, which brings it up to date",
            )
        with self.translating():
            sqlite.prepare_file(self.engine)
        with self.writing() as connection:
            migrations.bring_up_to_date(connection, self.where)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def translating(self) -> Iterator[None]:
        """Tell the database's failures in words that say what to do."""
        try:
            yield
        except sqlite.ERRORS as error:
            raise sqlite.explain(error, self.where) from error
        except UnicodeEncodeError as error:
            raise ServandaError(
                f"{self.where}: a text holds half of a character ({error.object[error.start : error.end]!r})",
                "save it anew as UTF-8",
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the ledger as it is at its start."""
        with self.translating(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that adds to the ledger, alone among writers; an exception inside undoes all of it."""
        if self._readonly:
            raise sqlite.not_writable(self.where)
        if self._file is not None and _file_at(Path(self.where)) != self._file:
            raise ServandaError(
                f"{self.where} was removed or replaced while it was open, and nothing more was written to it",
                "see where the dossier is now, and begin again there",
            )
        with self.translating(), self._writer.connect() as connection, connection.begin():
            yield connection


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path, so that one put in its place is told from it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _file_of(path_or_url: Path | str) -> Path:
    address = str(path_or_url)
    if address.startswith("sqlite:///"):
        return Path(address.removeprefix("sqlite:///"))
    if "://" in address:
        scheme = address.partition("://")[0]
        raise ServandaError(f"this Servanda keeps no ledger in {scheme}", "give the path of a ledger file")
    return Path(path_or_url)


def _check_place(path: Path, *, create: bool) -> bool:
    """Whether the place allows reading only, once it is known to be one for a ledger."""
    if path.is_dir():
        raise ServandaError(f"{path} is a folder, not a ledger", "name the file in it, usually ledger.db")
    if path.exists():
        return not sqlite.writable(path)
    if not create:
        raise ServandaError(f"there is no ledger at {path}", "make one with: servanda init DIR")
    if not path.parent.is_dir():
        raise ServandaError(f"the folder {path.parent} does not exist", "make it first")
    if not sqlite.writable(path):
        raise ServandaError(f"no ledger can be made in {path.parent}", "choose a folder that you may write to")
    return False
