"""How long a command that reads no text takes to start, and which libraries that time goes to.

    python benchmarks/import_time.py [--runs 7]

Prints the median wall time of `servanda --help`, of `status` on an empty dossier and of a bare interpreter, with
ratios, then the share of each library in the import time of the command line.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ACCORD = """accord: Benchmark
parties: {a: {name: A}, b: {name: B}}
instruments:
  - id: truce
    title: Truce
    status: signed
    signed: 2021-01-01
    parties: [a, b]
    provisions:
      - {id: leave, text: All leave., debtors: [a, b], action: withdraw, deadline: {within: 90 days, after: signature}}
"""


def median_seconds(command: list[str], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def import_shares() -> list[tuple[str, float]]:
    """Own milliseconds of each top-level package on importing the command line and the stages behind `status`."""
    code = "import servanda.cli, servanda.accords, servanda.judging, servanda.ledger"
    run = subprocess.run([sys.executable, "-X", "importtime", "-c", code], check=True, capture_output=True, text=True)
    totals: dict[str, float] = defaultdict(float)
    for line in run.stderr.splitlines():
        own, _, name = (part.strip() for part in line.removeprefix("import time:").split("|"))
        if own.isdigit():
            totals[name.split(".")[0]] += int(own) / 1000
    return sorted(totals.items(), key=lambda item: -item[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        accord = Path(folder) / "accord.yaml"
        accord.write_text(ACCORD, encoding="utf-8")
        servanda = [sys.executable, "-m", "servanda"]
        bare = median_seconds([sys.executable, "-c", "pass"], runs)
        rows = [
            ("python -c pass", bare),
            ("servanda --help", median_seconds([*servanda, "--help"], runs)),
            ("servanda status (empty ledger)", median_seconds([*servanda, "status", folder], runs)),
            ("import spacy (for comparison)", median_seconds([sys.executable, "-c", "import spacy"], runs)),
        ]
    print(f"{'what':34} {'seconds':>8} {'ratio to bare':>14}")
    for name, seconds in rows:
        print(f"{name:34} {seconds:8.3f} {seconds / bare:14.1f}")
    shares = import_shares()
    total = sum(own for _, own in shares)
    print(f"\n{'library':24} {'ms':>8} {'share':>7}")
    for name, own in shares[:12]:
        print(f"{name:24} {own:8.1f} {own / total:7.1%}")


if __name__ == "__main__":
    main()
