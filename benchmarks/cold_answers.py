"""What a command takes from its start to its last byte: `python -m benchmarks.cold_answers [CLAIMS ...]`.

Made up: 1,000 commitments and the claims of benchmarks/browser.py, in documents of twenty; a claim bears on one or two
commitments. Each command runs in a process of its own, as a user starts it, and its output goes to a file. CPU seconds
are the processor's, which other work on the machine disturbs least; MB is the peak of the process. `plain` is the least
that anybody could do: a script that reads the ledger's claims with the standard library and writes them down as JSON.
`warm` is the same question asked within a process that has the claims in memory.
"""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.browser import make

from servanda.dossier import Dossier
from servanda.judging import history, judge

DAY = date(2024, 12, 31)
PLAIN = """
import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT * FROM claims")
names = [column[0] for column in rows.description]
sys.stdout.write("[")
for row in rows:
    sys.stdout.write(json.dumps(dict(zip(names, row)), ensure_ascii=False) + ",\\n")
sys.stdout.write("null]")
"""


def run(command: list[str], target: Path) -> tuple[float, float, float, int]:
    """CPU seconds, seconds, megabytes and bytes written."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with target.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream)
        _, status, used = os.wait4(process.pid, 0)
    assert status == 0, command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    computing = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return computing, time.perf_counter() - start, used.ru_maxrss / 1024, target.stat().st_size


def apart(work: Callable[..., Any], *given: object) -> Any:
    """Do it in another process, since a child's peak of memory is told from its parent's upwards."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, given)


def warm(folder: Path, name: str) -> tuple[float, float]:
    """CPU seconds of `why` and of `history` with all claims in memory."""
    dossier = Dossier(folder)
    records = dossier.records(DAY)
    taken = []
    for ask in (
        lambda: judge(dossier.accord, records, as_of=DAY, known_by=DAY, only=(name,)),
        lambda: history(dossier.accord, records, commitment=name, as_of=DAY, known_by=DAY),
    ):
        start = time.process_time()
        ask()
        taken.append(time.process_time() - start)
    return taken[0], taken[1]


def main() -> None:
    """Print the table."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    dates = ["--as-of", DAY.isoformat(), "--known-by", DAY.isoformat()]
    name = "provision-0/p0"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'':33}{'CPU s':>7}{'bar':>5}{'s':>7}{'MB':>6}{'bar':>5}{'kB out':>9}{'warm CPU s':>12}{'bar':>5}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            apart(make, folder, size)
            told = dict(zip(("why", "history"), apart(warm, folder, name), strict=True))
            plain = [sys.executable, "-c", PLAIN, str(folder / "ledger.db")]
            servanda = [sys.executable, "-m", "servanda"]
            for label, command, bars in (
                ("plain", plain, ("", "")),
                ("status --json", [*servanda, "status", str(folder), "--json", *dates], ("5", "300")),
                ("status", [*servanda, "status", str(folder), *dates], ("5", "300")),
                ("why", [*servanda, "why", str(folder), name, *dates], ("", "")),
                ("history", [*servanda, "history", str(folder), name, *dates], ("", "")),
            ):
                computing, seconds, memory, written = run(command, folder / "out")
                line = f"{size:9,}  {label:<22}{computing:7.2f}{bars[0]:>5}{seconds:7.1f}"
                line += f"{memory:6.0f}{bars[1]:>5}{written / 1000:9,.0f}"
                if label in told:
                    line += f"{told[label]:12.2f}{1:5}"
                print(line, flush=True)


if __name__ == "__main__":
    main()
