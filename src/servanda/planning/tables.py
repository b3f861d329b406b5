"""Forces and exits from tables (CSV), with messages that name the file and the line."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import TYPE_CHECKING

from servanda.core.forces import Exit, Force
from servanda.core.problems import Location, Problem, ProblemsFound, ServandaError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REQUIRED = ("id", "side", "count")
OPTIONAL = ("owner", "kind", "indivisible", "site", "region", "exit", "earliest", "latest", "stays")
NOTES = ("note", "source", "confidence")
_TRUE = frozenset({"1", "yes", "y", "true", "x"})
_FALSE = frozenset({"", "0", "no", "n", "false"})
LARGEST_COUNT = 10_000_000


def read_forces_csv(path: Path) -> tuple[Force, ...]:
    """Forces, one a row: `id,side,owner,kind,count,indivisible,site,region,exit,cap_<name>…`.

    Only `id`, `side` and `count` are needed. Capabilities are per unit. `region` may weigh several, as in
    `east:1; south:0.5`. `earliest` and `latest` are periods; `stays` marks a host force. `note`, `source` and
    `confidence` are for the reader.

    Raises:
        ProblemsFound: every row and column that cannot be used.
        ServandaError: the file cannot be read.
    """
    rows, columns = _rows(path)
    problems = _columns(path, columns)
    forces = []
    if not problems:
        for line, row in rows:
            reader = _Row(Location(str(path), line), row)
            forces.append(_force(reader))
            problems += reader.problems
        if not rows:
            problems.append(Problem(Location(str(path), 1), "the table has no rows", "list the forces", "empty"))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(forces)


def read_exits_csv(path: Path) -> tuple[Exit, ...]:
    """Exits, one a row: `exit,capacity`, the capacity in units per period.

    Raises:
        ProblemsFound: every row that cannot be used.
        ServandaError: the file cannot be read.
    """
    rows, columns = _rows(path)
    problems = [
        Problem(Location(str(path), 1), f"there is no column {name!r}", "the columns are: exit,capacity", "column")
        for name in ("exit", "capacity")
        if name not in columns
    ]
    exits: dict[str, Exit] = {}
    if not problems:
        for line, row in rows:
            reader = _Row(Location(str(path), line), row)
            name = reader.text("exit", needed=True)
            if name in exits:
                reader.problem(f"the exit {name!r} is listed twice", "keep one row")
            exits[name] = Exit(name, reader.whole("capacity", least=0) or 0, reader.at)
            problems += reader.problems
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(exits.values())


class _Row:
    """One row's fields; what is wrong with them is gathered in `problems`."""

    def __init__(self, at: Location, fields: Mapping[str, str]) -> None:
        self.at = at
        self.fields = fields
        self.problems: list[Problem] = []

    def problem(self, what: str, remedy: str) -> None:
        """Note one more."""
        self.problems.append(Problem(self.at, what, remedy, "row"))

    def text(self, column: str, *, needed: bool = False) -> str:
        """The field without the blanks around it."""
        value = self.fields.get(column, "").strip()
        if needed and not value:
            self.problem(f"{column!r} is empty", f"write the {column}")
        return value

    def whole(self, column: str, *, least: int = 1) -> int | None:
        """A whole number, thousands separated by nothing; `None` where the field is empty."""
        value = self.text(column)
        if not value:
            return None
        if not (value.isascii() and value.isdigit()) or not least <= int(value) <= LARGEST_COUNT:
            self.problem(f"{column} is {value!r}", f"write a whole number from {least} to {LARGEST_COUNT}, as 300")
            return None
        return int(value)

    def flag(self, column: str) -> bool:
        """Yes or no; an empty field is no."""
        value = self.text(column).casefold()
        if value not in _TRUE | _FALSE:
            self.problem(f"{column} is {value!r}", "write yes or no")
        return value in _TRUE

    def number(self, column: str, text: str) -> Fraction:
        """A number that is not negative, kept exactly as it is written."""
        try:
            value = exact(text)
        except ValueError as error:
            self.problem(f"{column} is {text!r}", str(error))
            return Fraction(0)
        return value


def exact(text: str) -> Fraction:
    """A number that is not negative, exactly as written: `0.35`, `7/20`, `35%`.

    Raises:
        ValueError: it is no such number.
    """
    shown = text.strip()
    percent = shown.endswith("%")
    try:
        if len(shown) > 40 or "e" in shown.casefold() or "_" in shown:
            raise ValueError
        value = Fraction(shown.removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        raise ValueError("write a number such as 0.35, 7/20 or 35%") from None
    if value < 0:
        raise ValueError("write a number that is not below 0")
    return value / 100 if percent else value


def _force(row: _Row) -> Force:
    count = row.whole("count")
    if count is None and not row.text("count"):
        row.problem("'count' is empty", "write how many units there are")
    capabilities = tuple(
        (column.removeprefix("cap_"), row.number(column, text))
        for column in row.fields
        if column.startswith("cap_") and (text := row.text(column))
    )
    return Force(
        id=row.text("id", needed=True),
        side=row.text("side", needed=True),
        owner=row.text("owner"),
        kind=row.text("kind"),
        count=count or 1,
        indivisible=row.flag("indivisible"),
        site=row.text("site"),
        influence=_influence(row),
        exit=row.text("exit"),
        capabilities=capabilities,
        earliest=row.whole("earliest"),
        latest=row.whole("latest"),
        stays=row.flag("stays"),
        at=row.at,
    )


def _influence(row: _Row) -> tuple[tuple[str, Fraction], ...]:
    regions: dict[str, Fraction] = {}
    for part in row.text("region").split(";"):
        name, _, weight = (piece.strip() for piece in part.partition(":"))
        if name in regions:
            row.problem(f"the region {name!r} is named twice", "name it once")
        if name:
            regions[name] = row.number("region", weight) if weight else Fraction(1)
    return tuple(regions.items())


def _columns(path: Path, columns: list[str]) -> list[Problem]:
    at = Location(str(path), 1)
    allowed = ",".join((*REQUIRED, *OPTIONAL, "cap_<name>"))
    problems = [
        Problem(at, f"there is no column {name!r}", f"the columns are: {allowed}", "column")
        for name in REQUIRED
        if name not in columns
    ]
    problems += [
        Problem(at, f"nobody knows the column {name!r}", f"the columns are: {allowed}", "column")
        for name in columns
        if name not in (*REQUIRED, *OPTIONAL, *NOTES) and not (name.startswith("cap_") and len(name) > 4)
    ]
    problems += [
        Problem(at, f"the column {name!r} stands there twice", "keep one", "column")
        for name in dict.fromkeys(columns)
        if columns.count(name) > 1
    ]
    return problems


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "name a table that exists") from None
    except UnicodeDecodeError:
        raise ServandaError(f"{path} is not UTF-8 text", "save the table as CSV with the encoding UTF-8") from None
    if "\0" in text:
        raise ServandaError(f"{path} is not a text file", "save the table as CSV with the encoding UTF-8")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, dict[str, str]]] = []
    problems = []
    try:
        columns = [column.strip() for column in next(reader, [])]
        for fields in reader:
            if not any(field.strip() for field in fields) or fields[0].lstrip().startswith("#"):
                continue
            if len(fields) != len(columns):
                what = f"the row has {len(fields)} fields, the heading has {len(columns)}"
                remedy = "write one field a column, and put fields that hold a comma in quotes"
                problems.append(Problem(Location(str(path), reader.line_num), what, remedy, "row"))
            rows.append((reader.line_num, dict(zip(columns, fields, strict=False))))
    except csv.Error as error:
        raise ServandaError(f"{path}:{reader.line_num}: the row cannot be read ({error})", "save it as CSV") from None
    if problems:
        raise ProblemsFound(tuple(problems))
    return rows, columns
