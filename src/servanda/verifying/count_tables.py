"""Reports of counts from a table (CSV)."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from servanda.core.problems import Location, Problem, ProblemsFound, ServandaError
from servanda.verifying.remaining import KINDS, MOST, PRIORS, REMAINING, Count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = ("date", "source", "value", "reliability", "interested", "kind", "since", "reference")


def read_counts_csv(path: Path) -> tuple[Count, ...]:
    """Counts, one a row: `date,source,value`, and where known `reliability,interested,kind,since,reference`.

    `kind` is `remaining` (the default), `gone` (in all, since the start), `left` or `arrived` (from `since` on, or in
    the week up to the date); `interested` is yes where the source speaks about its own forces or those that it backs.

    Raises:
        ProblemsFound: every row that cannot be used.
        ServandaError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "name a table that exists") from None
    except UnicodeDecodeError:
        raise ServandaError(f"{path} is not UTF-8 text", "save the table as CSV with the encoding UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [column.strip() for column in reader.fieldnames or []]
    wrong = [name for name in ("date", "source", "value") if name not in columns]
    wrong += [name for name in columns if name not in COLUMNS]
    if wrong:
        what = f"the columns {', '.join(map(repr, wrong))} are missing or unknown"
        raise ProblemsFound((Problem(Location(str(path), 1), what, f"the columns are: {','.join(COLUMNS)}", "column"),))
    reader.fieldnames = columns
    counts, problems = [], []
    for row in _rows(reader, path):
        at = Location(str(path), reader.line_num)
        if None in row:
            what = f"the row has more fields than the heading's {len(columns)}"
            problems.append(Problem(at, what, "put fields that hold a comma in quotes", "row"))
            continue
        try:
            counts.append(_count({key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}))
        except ValueError as error:
            problems.append(Problem(at, str(error), "see the columns and their values in docs/planning.md", "row"))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(counts)


def _rows(reader: csv.DictReader[str], path: Path) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise ServandaError(f"{path}:{reader.line_num}: the row cannot be read ({error})", "save it as CSV") from None


def _count(row: dict[str, str]) -> Count:
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        raise ValueError(f"the date is {row['date']!r}, not a day such as 2021-10-08") from None
    if not row["source"]:
        raise ValueError("'source' is empty")
    if not row["value"].isascii() or not row["value"].replace(".", "", 1).isdigit() or float(row["value"]) > MOST:
        raise ValueError(f"the value is {row['value'][:40]!r}, not a number from 0 to {MOST:.0g}")
    reliability = row.get("reliability") or "F"
    if reliability not in PRIORS or len(reliability) > 1:
        raise ValueError(f"the reliability is {reliability!r}, not a letter from A to F")
    interested = (row.get("interested") or "no").casefold()
    if interested not in ("yes", "no"):
        raise ValueError(f"interested is {interested!r}, not yes or no")
    kind = row.get("kind") or REMAINING
    if kind not in KINDS:
        raise ValueError(f"the kind is {kind!r}, not {', '.join(KINDS)}")
    since = None
    if row.get("since"):
        try:
            since = date.fromisoformat(row["since"])
        except ValueError:
            raise ValueError(f"'since' is {row['since']!r}, not a day such as 2021-10-01") from None
        if since > day:
            raise ValueError(f"'since' is {since.isoformat()}, after the date {day.isoformat()}")
    return Count(
        day,
        row["source"],
        float(row["value"]),
        reliability,
        interested == "yes",
        kind,
        row.get("reference") or "",
        since,
    )
