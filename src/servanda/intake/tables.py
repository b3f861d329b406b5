"""Tables of claims: JSONL or CSV files of our own fields, of ACLED or of UCDP, row by row."""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

from servanda.core.claims import ClaimRow
from servanda.core.problems import Location, Problem, ServandaError
from servanda.intake.claim_rows import FIELDS, NEEDED, Reports, claim_of_row
from servanda.intake.decoding import decode
from servanda.intake.event_rows import ACLED_COLUMNS, UCDP_COLUMNS, acled_claim, ucdp_claim
from servanda.intake.fields import Fields, misspelt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    Converter = Callable[[Fields, str, Reports], ClaimRow | str | None]

SAMPLE = 1_000_000
"""Bytes from which encoding and separators are told."""

JSON_ENDINGS = (".jsonl", ".ndjson", ".json")
CSV_ENDINGS = (".csv", ".tsv")

TELLING = frozenset({"act", "action", "polarity", "published"})
"""Two of these columns tell a table of claims."""

_KNOWN = frozenset(FIELDS)


def read_claims_table(
    path: Path, *, published: date | None = None, publisher: str | None = None
) -> tuple[tuple[ClaimRow, ...], tuple[Problem, ...]]:
    """All rows of a table that are claims, and everything that is wrong with the others.

    Raises:
        ServandaError: the file cannot be read, or is no table of claims, ACLED or UCDP events.
    """
    rows: list[ClaimRow] = []
    problems: list[Problem] = []
    for item in iterate_claims_table(path, published=published, publisher=publisher):
        if isinstance(item, ClaimRow):
            rows.append(item)
        else:
            problems.append(item)
    return tuple(rows), tuple(problems)


def iterate_claims_table(
    path: Path, *, published: date | None = None, publisher: str | None = None
) -> Iterator[ClaimRow | Problem]:
    """The same row by row, for tables that are better not held in memory.

    `published` and `publisher` are for rows that do not say them. Problems that are no errors name rows which are
    sound and make no claim.
    """
    encoding, head = _look(path)
    as_lines = _is_lines(path, head)
    convert: Converter | None = None
    left_out: Counter[str] = Counter()
    first_seen: dict[str, Location] = {}
    reports = Reports(path.stem, published, publisher)
    at = None
    for at, values, row in _rows(path, encoding, head, as_lines=as_lines):
        if isinstance(values, Problem):
            yield values
            continue
        if convert is None:
            convert = _converter(tuple(values), at)
            if not as_lines and convert is claim_of_row:
                _check_columns(tuple(values), at)
        fields = Fields(values, at)
        if as_lines and convert is claim_of_row:
            _check_names(fields)
        claim = convert(fields, row, reports)
        if isinstance(claim, ClaimRow) and not fields.problems:
            yield claim
        elif isinstance(claim, str):
            left_out[claim] += 1
            first_seen.setdefault(claim, at)
        yield from fields.problems
    if at is None:
        raise ServandaError(f"{path} holds no rows", "give a table with a claim in each row")
    for kind, count in left_out.items():
        what = f"{count} row{'s' if count > 1 else ''} of the kind {kind!r} from here on"
        remedy = "they make no claim of our vocabulary and are left out"
        yield Problem(first_seen[kind], what, remedy, "no-claim", error=False)


def _converter(columns: tuple[str, ...], at: Location) -> Converter:
    """What makes claims of the rows of a table that starts with these columns."""
    names = set(columns)
    if names >= ACLED_COLUMNS:
        return acled_claim
    if names >= UCDP_COLUMNS:
        return ucdp_claim
    if len(names & TELLING) >= 2:
        return claim_of_row
    raise ServandaError(
        f"{at}: this is no table of claims; its columns are {', '.join(sorted(names)[:12])}",
        f"claims need {', '.join(sorted(NEEDED))}; ACLED needs {', '.join(sorted(ACLED_COLUMNS))};"
        f" UCDP GED needs {', '.join(sorted(UCDP_COLUMNS))}",
    )


def _check_columns(columns: tuple[str, ...], at: Location) -> None:
    """Of a CSV file the columns hold for every row, so one message says it."""
    wrong = misspelt(columns, FIELDS)
    if wrong:
        raise ServandaError(f"{at.file}: {wrong[0]!r} is no column of claims", f"did you mean {wrong[1]!r}?")
    missing = sorted(NEEDED - set(columns))
    if missing:
        raise ServandaError(f"{at.file}: the column {missing[0]} is missing", f"give {', '.join(sorted(NEEDED))}")


def _check_names(fields: Fields) -> None:
    """Of a JSONL file each line has its own names."""
    wrong = misspelt(fields.values, FIELDS) if not _KNOWN.issuperset(fields.values) else None
    if wrong:
        fields.fault(f"{wrong[0]!r} is no field of a claim", f"did you mean {wrong[1]!r}?")


_Row = tuple[Location, "Mapping[str, object] | Problem", str]


def _is_lines(path: Path, head: str) -> bool:
    """Whether a file is JSONL; else it is CSV. Its ending says so, or where that says nothing, its first sign."""
    ending = path.suffix.lower()
    return ending in JSON_ENDINGS or (ending not in CSV_ENDINGS and head.lstrip().startswith(("{", "[")))


def _rows(path: Path, encoding: str, head: str, *, as_lines: bool) -> Iterator[_Row]:
    """Each row of a file with its place and its own words."""
    try:
        with path.open(encoding=encoding, newline=None if as_lines else "") as stream:
            yield from (_json_rows if as_lines else _csv_rows)(stream, path, head)
    except UnicodeDecodeError as error:
        raise ServandaError(
            f"{path} is damaged: after its start it is no longer {encoding.upper()}", "save it anew as UTF-8"
        ) from error
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "check that you may read it") from error


def _look(path: Path) -> tuple[str, str]:
    """The file's encoding and the text of its start."""
    try:
        if path.is_dir():
            raise ServandaError(f"{path} is a folder", "name a JSONL or CSV file")
        if not path.exists():
            raise ServandaError(f"{path} does not exist", "check the name")
        with path.open("rb") as stream:
            raw = stream.read(SAMPLE)
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "check that you may read it") from error
    if len(raw) == SAMPLE:
        cut = raw.rfind(b"\n") + 1 or SAMPLE
        raw = raw[: cut + cut % 2 if raw.startswith(_UTF16_MARKS) else cut]
    decoded = decode(raw, str(path))
    if raw.startswith(_UTF16_MARKS):
        return "utf-16", decoded.text
    return ("utf-8-sig" if decoded.encoding == "utf-8" else decoded.encoding), decoded.text


_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def _json_rows(stream: Iterable[str], path: Path, head: str) -> Iterator[_Row]:
    if head.lstrip().startswith("["):
        raise ServandaError(f"{path} is one JSON list", "write one object a line (JSONL)")
    for number, line in enumerate(stream, start=1):
        row = line.strip()
        if not row:
            continue
        at = Location(str(path), number)
        try:
            values = json.loads(row, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            where = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield at, Problem(at, f"this is no JSON object{where}", "write one object a line", "table-row"), row
            continue
        if not isinstance(values, dict):
            yield at, Problem(at, "this is no JSON object", "write one object a line, in braces", "table-row"), row
        elif "\\ud" in row.lower() and not _is_sound(values):
            yield at, Problem(at, "this holds half of a character", "write the text as UTF-8", "table-row"), row
        else:
            yield at, values, row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _is_sound(values: object) -> bool:
    try:
        json.dumps(values, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _csv_rows(stream: Iterable[str], path: Path, head: str) -> Iterator[_Row]:
    first_line = head.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=first_line.count)
    reader = csv.reader(stream, delimiter=separator, strict=True)
    columns: list[str] = []
    line = 0
    while True:
        at = Location(str(path), line + 1)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ServandaError(f"{at}: the table breaks off ({error})", "check the quotation marks") from error
        if cells is None:
            return
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [cell.strip() for cell in cells]
            _check_header(columns, at)
        elif len(cells) != len(columns):
            what = f"this row has {len(cells)} fields, the header {len(columns)}"
            yield at, Problem(at, what, "check the separators and quotation marks", "table-row"), separator.join(cells)
        else:
            values = dict(zip(columns, cells, strict=True))
            yield at, values, json.dumps(values, ensure_ascii=False)


def _check_header(columns: list[str], at: Location) -> None:
    twice = [column for column, count in Counter(columns).items() if count > 1 and column]
    if twice:
        raise ServandaError(f"{at}: the column {twice[0]!r} occurs twice", "give each column its own name")
