"""How long it takes to load and to check an accord, beside what merely loading its YAML takes.

    python benchmarks/accord_loading.py [COMMITMENTS ...]

The bound is PyYAML's `safe_load` with libyaml, which knows no lines and checks nothing; the peer is ruamel.yaml's
round-trip loader, the usual way to keep line numbers. All are timed in one run, best of three; ratios are to the bound.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import yaml
from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from servanda.accords import check_text, parse

PROVISION = """\
      - id: p{0}
        text: All foreign fighters and mercenaries leave the territory within three months of the signature.
        debtors: [north, south]
        action: withdraw
        object: forces
        place: Port
        deadline: {1}
        quantity: about 300 troops
        depends_on: {{stated: quiet for a week}}
"""
HEAD = """\
accord: Benchmark
parties:
  north: {name: North, aliases: [the north]}
  south: {name: South}
  mission: {name: Mission}
instruments:
"""
INSTRUMENT = """\
  - id: i{0}
    title: Instrument {0}
    status: signed
    signed: 2020-10-23
    verifier: mission
    provisions:
"""
IN_ONE_INSTRUMENT = 50


def accord(commitments: int) -> str:
    """An accord of that many commitments, two to a provision, every other one counting from the one before."""
    parts = [HEAD]
    for number in range(commitments // 2):
        if number % IN_ONE_INSTRUMENT == 0:
            parts.append(INSTRUMENT.format(number))
        anchor = f"p{number - 1}" if number % 2 else "signature"
        parts.append(PROVISION.format(number, f"{{within: 3 months, after: {anchor}}}"))
    return "".join(parts)


def best(run: Callable[[], object]) -> float:
    """Seconds, best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the table."""
    table = Table(title="Loading an accord: seconds (times the bound)")
    columns = ("commitments", "lines", "safe_load (bound)", "ruamel round trip", "servanda parse", "servanda check")
    for column in columns:
        table.add_column(column, justify="right")
    for size in [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000]:
        text = accord(size)
        runs: list[Callable[[], object]] = [
            lambda text=text: yaml.load(text, Loader=yaml.CSafeLoader),
            lambda text=text: YAML().load(text),
            lambda text=text: parse(text, "accord.yaml"),
            lambda text=text: check_text(text, "accord.yaml"),
        ]
        seconds = [best(run) for run in runs]
        cells = [f"{taken:.3f} ({taken / seconds[0]:.1f})" for taken in seconds]
        table.add_row(f"{size:,}", f"{text.count(chr(10)):,}", *cells)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
