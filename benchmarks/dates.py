"""How well time expressions are found and resolved, beside dateparser, on a folder of TimeML documents.

Get the data from the public repository jspotter/TempEval-3 and name its folder `data/TBAQ-cleaned`:

    git clone https://github.com/jspotter/TempEval-3
    python benchmarks/dates.py TempEval-3/data/TBAQ-cleaned

The documents are divided by a hash of their names: three quarters served to write the grammar, one quarter was held
back. Scores are those of TempEval-3 (UzZaman et al., 2013): strict and relaxed F1 of the extents, and value F1, which
is relaxed F1 times the share of the relaxed matches whose value is right.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

from servanda.reading.dates import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PUBLISHED_FIGURES = (
    ("HeidelTime, as published, on TempEval-3 platinum", 81.8, 90.7, 78.1),
    ("SUTime, as published, on TempEval-3 platinum", None, None, 67.4),
)
"""For orientation only: another text, by other annotators, than the one scored here."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One time expression, annotated or found."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A TimeML document: its text between the TEXT tags, its creation date, its time expressions."""

    name: str
    text: str
    created: date
    expressions: tuple[Marked, ...]

    @property
    def held_back(self) -> bool:
        """Whether the document was left out when the grammar was written."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 4 == 0


def read_timeml(path: Path) -> Annotated:
    root = ElementTree.parse(path).getroot()
    created = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if created is None or body is None:
        raise SystemExit(f"{path}: no DCT or no TEXT; is this a TimeML document of TempEval-3?")
    pieces: list[str] = []
    marked: list[Marked] = []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if element.tag == "TIMEX3":
            end = sum(map(len, pieces))
            marked.append(Marked(start, end, element.get("type", ""), element.get("value", "")))

    walk(body)
    day = created.get("value", "")[:10]
    return Annotated(path.stem, "".join(pieces), date.fromisoformat(day), tuple(marked))


@dataclass(slots=True)
class Score:
    """Counts over documents; the rates are percentages."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    gold_met: int = 0
    found_met: int = 0
    values: int = 0
    types: int = 0
    seconds: float = 0.0
    characters: int = 0

    def add(self, gold: Iterable[Marked], found: Iterable[Marked]) -> None:
        gold, found = list(gold), list(found)
        self.gold += len(gold)
        self.found += len(found)
        self.found_met += sum(any(f.start < g.end and g.start < f.end for g in gold) for f in found)
        for wanted in gold:
            over = [f for f in found if f.start < wanted.end and wanted.start < f.end]
            if not over:
                continue
            best = max(
                over, key=lambda f: (f.value == wanted.value, min(f.end, wanted.end) - max(f.start, wanted.start))
            )
            self.gold_met += 1
            self.strict += any((f.start, f.end) == (wanted.start, wanted.end) for f in over)
            self.values += best.value == wanted.value
            self.types += best.type == wanted.type

    @property
    def strict_f1(self) -> float:
        return 200 * self.strict / max(1, self.gold + self.found)

    @property
    def relaxed_f1(self) -> float:
        precision, recall = self.found_met / max(1, self.found), self.gold_met / max(1, self.gold)
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def value_f1(self) -> float:
        return self.relaxed_f1 * self.values / max(1, self.gold_met)

    @property
    def type_f1(self) -> float:
        return self.relaxed_f1 * self.types / max(1, self.gold_met)


def servanda(document: Annotated) -> list[Marked]:
    return [Marked(e.start, e.end, e.type, e.value) for e in tag(document.text, document.created)]


def dateparser(document: Annotated) -> list[Marked]:
    from datetime import datetime

    from dateparser.search import search_dates

    base = datetime.combine(document.created, datetime.min.time())
    found, cursor = [], 0
    for words, when in search_dates(document.text, languages=["en"], settings={"RELATIVE_BASE": base}) or []:
        start = document.text.find(words, cursor)
        if start >= 0:
            cursor = start + len(words)
            found.append(Marked(start, cursor, "DATE", when.date().isoformat()))
    return found


def scored(documents: list[Annotated], system: Callable[[Annotated], list[Marked]]) -> Score:
    score = Score()
    for document in documents:
        started = time.process_time()
        found = system(document)
        score.seconds += time.process_time() - started
        score.characters += len(document.text)
        score.add(document.expressions, found)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of .tml files, searched with its subfolders")
    parser.add_argument("--without-dateparser", action="store_true", help="leave out the peer, which takes minutes")
    parser.add_argument("--errors", choices=["developed", "held-back"], help="list what is missed, spurious or wrong")
    options = parser.parse_args()
    files = [path for path in sorted(options.folder.rglob("*.tml")) if not path.name.startswith(".")]
    if not files:
        sys.exit(f"{options.folder}: no .tml files; name the folder data/TBAQ-cleaned of jspotter/TempEval-3")
    documents = [read_timeml(path) for path in files]
    parts = {
        "developed": [document for document in documents if not document.held_back],
        "held back": [document for document in documents if document.held_back],
    }
    if options.errors:
        list_errors(parts[options.errors.replace("-", " ")])
        return
    systems: dict[str, Callable[[Annotated], list[Marked]]] = {"servanda": servanda}
    if not options.without_dateparser:
        systems["dateparser search"] = dateparser
    table = Table("system", "part", "documents", "expressions", "strict", "relaxed", "type", "value", "kB/CPU-s")
    for name, system in systems.items():
        for part, chosen in parts.items():
            score = scored(chosen, system)
            speed = score.characters / 1000 / max(score.seconds, 1e-9)
            table.add_row(
                name, part, str(len(chosen)), str(score.gold), f"{score.strict_f1:.1f}", f"{score.relaxed_f1:.1f}",
                f"{score.type_f1:.1f}", f"{score.value_f1:.1f}", f"{speed:.0f}",
            )  # fmt: skip
    for name, strict, relaxed, value in PUBLISHED_FIGURES:
        shown = ["" if figure is None else f"{figure:.1f}" for figure in (strict, relaxed, value)]
        table.add_row(name, "", "20", "138", shown[0], shown[1], "", shown[2], "")
    Console(width=140).print(table)


def list_errors(documents: list[Annotated]) -> None:
    for document in documents:
        found = servanda(document)
        for wanted in document.expressions:
            over = [f for f in found if f.start < wanted.end and wanted.start < f.end]
            words = document.text[wanted.start : wanted.end].replace("\n", " ")
            around = document.text[max(0, wanted.start - 50) : wanted.end + 40].replace("\n", " ")
            if not over:
                print(
                    "missed",
                    document.name,
                    document.created,
                    repr(words),
                    wanted.type,
                    wanted.value,
                    "|",
                    around,
                    sep="\t",
                )
            elif all(f.value != wanted.value for f in over):
                print(
                    "value",
                    document.name,
                    document.created,
                    repr(words),
                    wanted.value,
                    "<-",
                    over[0].value,
                    "|",
                    around,
                    sep="\t",
                )
            elif all((f.start, f.end) != (wanted.start, wanted.end) for f in over):
                ours = document.text[over[0].start : over[0].end]
                print("extent", document.name, "", repr(words), repr(ours), sep="\t")
        for f in found:
            if not any(f.start < g.end and g.start < f.end for g in document.expressions):
                words = document.text[f.start : f.end].replace("\n", " ")
                around = document.text[max(0, f.start - 50) : f.end + 40].replace("\n", " ")
                print("spurious", document.name, document.created, repr(words), f.type, f.value, "|", around, sep="\t")


if __name__ == "__main__":
    main()
