"""How fast the ledger takes claims in and gives them back, beside the same claims in a plain JSONL file.

Run: python benchmarks/ledger.py [CLAIMS ...]     (default 10000 100000; 1000000 takes some minutes and 2 GB of memory)

The yardstick is the least that anybody could do: one JSON object a line, written with one fsync at the end, read
back into the very same records. It has no search, no history, no identity, and loses what a killed process was writing.
Each figure is taken in a process of its own; memory is the process's peak above what it held before. The ratio is that
of the seconds of computing, which other work on the machine disturbs least.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from servanda.core.claims import Claim, ClaimRecord, ClaimRow
from servanda.core.dates import PartialDate, parse_when
from servanda.core.documents import Document, NewDocument
from servanda.core.problems import Location
from servanda.core.vocabulary import Act, Action, Certainty, Part, Polarity, WhenKind
from servanda.ledger import Ledger

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CLAIMS_PER_DOCUMENT = 20
ACTIONS = tuple(Action)


def new_document(number: int) -> tuple[NewDocument, list[Claim]]:
    """One report with a claim in each of its sentences. Its words differ from those of every other report."""
    name, text, claims = f"report-{number}", f"Report {number}.\n\n", []
    for n in range(CLAIMS_PER_DOCUMENT):
        who, where, count = f"Party {(number + n) % 40}", f"Town {(number * n) % 500}", number % 900 + n
        quote = f"{who} withdrew {count} of its troops from {where} on the day after the talks broke off"
        start = len(text)
        text += f"{quote}, officials said in the capital.\n"
        claims.append(
            Claim(
                name,
                Act.REPORT,
                ACTIONS[(number + n) % len(ACTIONS)],
                Polarity.POSITIVE,
                quote,
                start,
                start + len(quote),
                (start, len(text) - 1),
                (who,),
                "officials",
                PartialDate.of(day_of(number)),
                WhenKind.ON,
                float(count),
                where,
            )
        )
    raw = text.encode()
    document = Document(name, hashlib.sha256(raw).hexdigest(), day_of(number), f"Desk {number % 30}")
    return NewDocument(document, text, raw, "text/plain", "given"), claims


def day_of(number: int) -> date:
    return date(2015, 1, 1) + timedelta(days=number % 3650)


def rows(count: int) -> Iterator[ClaimRow]:
    """Rows of an event table, as wide as ACLED's."""
    reports: dict[date, Document] = {}
    for number in range(count):
        day = day_of(number)
        if day not in reports:
            sha256 = hashlib.sha256(day.isoformat().encode()).hexdigest()
            reports[day] = Document(f"table-{day.isoformat()}", sha256, day, "Event desk")
        words = json.dumps({"event": number, "location": f"Town {number % 500}", "notes": "Shelling was heard. " * 20})
        when = PartialDate.of(day)
        claim = Claim(
            "", Act.REPORT, Action.ATTACK, Polarity.POSITIVE, None, actors=(f"Group {number % 60}",), when=when
        )
        yield ClaimRow(claim, reports[day], words, Location("table.csv", number + 2))


def add_documents(path: Path, count: int) -> None:
    with Ledger.open(path, create=True) as ledger:
        for number in range(count // CLAIMS_PER_DOCUMENT):
            ledger.add(*new_document(number), reader="benchmark", recorded=NOW)


def add_rows(path: Path, count: int) -> None:
    with Ledger.open(path, create=True) as ledger:
        ledger.add_rows(rows(count), recorded=NOW)


def add_one(path: Path, count: int) -> None:
    with Ledger.open(path) as ledger:
        ledger.add(*new_document(count), reader="benchmark", recorded=NOW)


def add_one_and_read_it(path: Path, count: int) -> None:
    with Ledger.open(path) as ledger:
        before = ledger.revision()
        ledger.add(*new_document(count + 1), reader="benchmark", recorded=NOW)
        assert len(ledger.new_records(before) or ()) == CLAIMS_PER_DOCUMENT


def read_all(path: Path, count: int) -> None:
    with Ledger.open(path) as ledger:
        assert len(ledger.records()) >= count


def read_one_action(path: Path, count: int) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.records(actions=[Action.WITHDRAW])


def search(path: Path, count: int) -> None:
    with Ledger.open(path) as ledger:
        assert ledger.search('"Party 7" Town 123')


def write_jsonl(path: Path, count: int) -> None:
    with path.open("w") as stream:
        for number in range(count // CLAIMS_PER_DOCUMENT):
            new, claims = new_document(number)
            head = {name: str(getattr(new.document, name)) for name in ("id", "sha256", "published", "publisher")}
            told = [c.fields() | {"start": c.start, "end": c.end, "sentence": c.sentence} for c in claims]
            stream.write(json.dumps({"document": head, "text": new.text, "claims": told}) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def read_jsonl(path: Path, count: int) -> None:
    records = []
    with path.open() as stream:
        for line in stream:
            entry = json.loads(line)
            head = entry["document"]
            document = Document(
                head["id"], head["sha256"], date.fromisoformat(head["published"]), head["publisher"], recorded=NOW
            )
            for number, told in enumerate(entry["claims"]):
                claim = Claim(
                    document.id,
                    Act(told["act"]),
                    Action(told["action"]),
                    Polarity(told["polarity"]),
                    told["quote"],
                    told["start"],
                    told["end"],
                    tuple(told["sentence"]),
                    tuple(told["actors"]),
                    told["source"],
                    parse_when(told["when"]),
                    WhenKind(told["when_kind"]),
                    told["quantity"],
                    told["place"],
                    Certainty(told["certainty"]),
                    None,
                    Part.BODY,
                )
                records.append(ClaimRecord(f"{document.id}:{number}", claim, document, NOW))
    assert len(records) == count


def measured(work: Callable[[Path, int], None], path: Path, count: int) -> tuple[float, float, float]:
    """Seconds, seconds of computing, and megabytes that the work takes in a fresh process."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measure, (work, path, count))


def _measure(work: Callable[[Path, int], None], path: Path, count: int) -> tuple[float, float, float]:
    import sqlalchemy.dialects.sqlite  # noqa: F401

    import servanda.ledger.ledger  # noqa: F401

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, start_computing = time.perf_counter(), time.process_time()
    work(path, count)
    computing = time.process_time() - start_computing
    seconds = time.perf_counter() - start
    return seconds, computing, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


PER_CLAIM = ("add documents", "read all claims", "add a table of rows", "read all rows")

WORK: tuple[tuple[str, str, Callable[[Path, int], None], Callable[[Path, int], None] | None], ...] = (
    ("add documents", "text", add_documents, write_jsonl),
    ("read all claims", "text", read_all, read_jsonl),
    ("read one action of 24", "text", read_one_action, read_jsonl),
    ("search three words", "text", search, None),
    ("add one more document", "text", add_one, None),
    ("add one, read what is new", "text", add_one_and_read_it, None),
    ("add a table of rows", "table", add_rows, None),
    ("read all rows", "table", read_all, None),
)


def main() -> None:
    """Print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(
        f"{'claims':>9}  {'work':26}{'seconds':>9}{'CPU s':>9}{'claims/s':>11}{'MB':>7}"
        f"   {'JSONL s':>9}{'CPU s':>9}{'MB':>7}{'ratio':>7}"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for label, kind, work, yardstick in WORK:
                seconds, computing, memory = measured(work, Path(folder, f"{kind}.db"), size)
                speed = f"{size / seconds:,.0f}" if label in PER_CLAIM else ""
                line = f"{size:9,}  {label:26}{seconds:9.3f}{computing:9.3f}{speed:>11}{memory:7.0f}"
                if yardstick is not None:
                    plain, plain_computing, plain_memory = measured(yardstick, Path(folder, "plain.jsonl"), size)
                    line += (
                        f"   {plain:9.3f}{plain_computing:9.3f}{plain_memory:7.0f}{computing / plain_computing:7.1f}"
                    )
                print(line, flush=True)
            sizes_on_disk = {name: Path(folder, name).stat().st_size for name in ("text.db", "table.db", "plain.jsonl")}
            print(f"{size:9,}  on disk: " + ", ".join(f"{name} {n / 1e6:.0f} MB" for name, n in sizes_on_disk.items()))


if __name__ == "__main__":
    main()
