"""How fast documents are read with the first look and without it, and what it costs in claims, in one run.

Any folder of texts (`*.txt`) or TimeML documents (`*.tml`) will do. A mixed stream of newswire is in the public
repository jspotter/TempEval-3:

    git clone https://github.com/jspotter/TempEval-3
    python benchmarks/speed.py TempEval-3/data/TE3-Silver-data --every 12
    python benchmarks/speed.py TempEval-3/data/TE3-Silver-data --every 12 --jobs 2

Ratios are of CPU-seconds of one process on the same documents in the same run: what other work the machine does
touches both sides alike. With `--jobs` a last row gives the seconds by the clock, beside those of one job.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

from servanda.core.claims import Claim
from servanda.reading.english import EnglishReader
from servanda.reading.lexicon import lexicon
from servanda.reading.parsing import parse
from servanda.reading.segmentation import sentences
from servanda.reading.streaming import read_stream
from servanda.reading.triage import first_look, off_subject

Item = tuple[str, str, date]
Claims = dict[str, tuple[Claim, ...]]


def documents(folder: Path, every: int) -> list[Item]:
    paths = [p for p in sorted([*folder.rglob("*.tml"), *folder.rglob("*.txt")]) if not p.name.startswith(".")][::every]
    if not paths:
        sys.exit(f"{folder}: no .tml and no .txt files")
    return [_timeml(path) if path.suffix == ".tml" else _plain(path) for path in paths]


def _timeml(path: Path) -> Item:
    root = ElementTree.parse(path).getroot()
    created, body = root.find("DCT/TIMEX3"), root.find("TEXT")
    if created is None or body is None:
        sys.exit(f"{path}: no DCT or no TEXT; is this a TimeML document?")
    return path.stem, "".join(body.itertext()), date.fromisoformat(created.get("value", "")[:10])


def _plain(path: Path) -> Item:
    return path.stem, path.read_bytes().decode("utf-8", errors="replace"), date(2021, 6, 23)


def timed(work: Callable[[], Claims]) -> tuple[float, Claims]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def parse_everything(items: list[Item]) -> Claims:
    for _, text, _ in items:
        for _ in parse(text, sentences(text)):
            pass
    return {}


def first_look_only(items: list[Item]) -> Claims:
    for _, text, _ in items:
        first_look(text, lexicon(), sparing=True)
    return {}


def read(items: list[Item], *, sparing: bool) -> Claims:
    reader = EnglishReader(sparing=sparing)
    return {doc: reader.read(doc, text, published) for doc, text, published in items}


def kept(wanted: Claims, got: Claims, key: Callable[[Claim], object]) -> float:
    """The share of the claims of `wanted` that `got` has too, by what `key` says is the same claim."""
    total = same = 0
    for doc, claims in wanted.items():
        left, right = Counter(map(key, claims)), Counter(map(key, got[doc]))
        total += left.total()
        same += (left & right).total()
    return same / max(1, total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every n-th document only")
    parser.add_argument("--jobs", type=int, default=1, help="measure this many worker processes too")
    options = parser.parse_args()
    items = documents(options.folder, options.every)
    words = sum(len(text.split()) for _, text, _ in items)
    read(items[:3], sparing=False)  # what is loaded once is loaded now
    rows: list[tuple[str, float, Claims]] = []
    for name, work in (
        ("parse every sentence, nothing else", lambda: parse_everything(items)),
        ("first look, nothing else", lambda: first_look_only(items)),
        ("read", lambda: read(items, sparing=False)),
        ("read sparingly", lambda: read(items, sparing=True)),
    ):
        rows.append((name, *timed(work)))
    everything = rows[2]
    table = Table("", "CPU-s", "words a CPU-s", "as fast as reading all", "claims", "kept", "kept with actors")
    for name, seconds, found in rows:
        cells = []
        if found:
            shares = (kept(everything[2], found, same) for same in (_same, _whole))
            cells = [str(sum(map(len, found.values()))), *(f"{share:.1%}" for share in shares)]
        speed, ratio = f"{words / seconds:.0f}", f"{everything[1] / seconds:.2f}"
        table.add_row(name, f"{seconds:.1f}", speed, ratio, *cells)
    console = Console(width=140)
    off = Counter(off_subject(text) for _, text, _ in items)
    worth = holding = whole = 0
    for doc, text, _ in items:
        spans = {claim.sentence for claim in everything[2][doc]}
        for look in first_look(text, lexicon(), sparing=True):
            size = len(text[look.sentence.start : look.sentence.end].split())
            whole += size
            worth += size * look.worth
            holding += size * ((look.sentence.start, look.sentence.end) in spans)
    console.print(f"{len(items)} documents, {words} words; {off['sport']} on sport, {off['markets']} on markets")
    bound = whole / max(1, holding)
    console.print(f"of the words of the others {worth / whole:.0%} are in sentences worth parsing")
    console.print(
        f"{holding / whole:.0%} are in sentences with a claim: no choice that keeps all gains more than {bound:.1f}"
    )
    console.print(table)
    if options.jobs > 1:
        _jobs(console, items, options.jobs)
    console.print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB in the first process")


def _same(claim: Claim) -> object:
    return claim.sentence, claim.action, claim.act, claim.polarity


def _whole(claim: Claim) -> object:
    return claim.identity


def _jobs(console: Console, items: list[Item], jobs: int) -> None:
    clock = {}
    for number in (1, jobs):
        started = time.perf_counter()
        readings = list(read_stream(iter(items), jobs=number))
        clock[number] = (time.perf_counter() - started, readings)
    same = clock[1][1] == clock[jobs][1]
    console.print(
        f"{jobs} jobs: {clock[jobs][0]:.1f} s by the clock with the workers' start, one job {clock[1][0]:.1f} s; "
        f"the same claims: {'yes' if same else 'NO'}"
    )


if __name__ == "__main__":
    main()
