"""How well attributions are found, on a part of PolNeAR (Newell, Margolin and Ruths, 2018).

Get the corpus from the public repository networkdynamics/PolNeAR and name one of its parts:

    git clone https://github.com/networkdynamics/PolNeAR
    python benchmarks/attribution.py PolNeAR/data/dev

The lexicon was learnt on `data/train`; nothing was fitted on `data/dev`, and `data/test` was scored once only.

Three measures for each role. *Overlap*: a span counts as found if it shares a character with one of the other side.
*Exact*: its pieces are the annotators' to the letter. *Characters*: precision and recall of the characters covered.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from polnear import Article, Spans, read_part
from servanda.reading.attribution import attributions_of

PUBLISHED_FIGURES = (
    ("Citron, as published, content, on PARC3", "83"),
    ("Citron, as published, source (exact), on PARC3", "82"),
)
"""For orientation only: another corpus."""


@dataclass(slots=True)
class Score:
    """Counts for one role over articles."""

    gold: int = 0
    found: int = 0
    gold_met: int = 0
    found_met: int = 0
    exact: int = 0
    gold_characters: int = 0
    found_characters: int = 0
    shared_characters: int = 0

    def add(self, gold: set[Spans], found: set[Spans]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        self.gold_met += sum(any(_overlap(g, f) for f in found) for g in gold)
        self.found_met += sum(any(_overlap(g, f) for g in gold) for f in found)
        self.exact += len({tuple(sorted(g)) for g in gold} & {tuple(sorted(f)) for f in found})
        wanted, got = _characters(gold), _characters(found)
        self.gold_characters += len(wanted)
        self.found_characters += len(got)
        self.shared_characters += len(wanted & got)

    def row(self) -> list[str]:
        precision, recall = _share(self.found_met, self.found), _share(self.gold_met, self.gold)
        exact = 2 * _share(self.exact, self.gold + self.found)
        cover = _share(self.shared_characters, self.found_characters)
        covered = _share(self.shared_characters, self.gold_characters)
        figures = (precision, recall, _f1(precision, recall), exact, _f1(cover, covered))
        return [str(self.gold), str(self.found), *(f"{100 * figure:.1f}" for figure in figures)]


def _overlap(one: Spans, other: Spans) -> bool:
    return any(start < last and first < end for start, end in one for first, last in other)


def _characters(spans: set[Spans]) -> set[int]:
    return {at for pieces in spans for start, end in pieces for at in range(start, end)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def add(scores: dict[str, Score], article: Article) -> None:
    found = attributions_of(article.text)
    scores["source"].add({a.source for a in article.attributions if a.source}, {(a.source,) for a in found if a.source})
    scores["cue"].add({a.cue for a in article.attributions if a.cue}, {(a.cue,) for a in found if a.cue})
    scores["content"].add({a.content for a in article.attributions if a.content}, {a.parts for a in found})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="PolNeAR's data/dev")
    options = parser.parse_args()
    scores = {role: Score() for role in ("source", "cue", "content")}
    words, started = 0, time.process_time()
    for article in read_part(options.folder):
        add(scores, article)
        words += len(article.text.split())
    seconds = time.process_time() - started
    table = Table(
        "role", "annotated", "found", "precision", "recall", "overlap F1", "exact F1", "characters F1",
        title=f"{options.folder}: {words} words, {words / seconds:.0f} words a CPU-second with parsing",
    )  # fmt: skip
    for role, score in scores.items():
        table.add_row(role, *score.row())
    for name, figure in PUBLISHED_FIGURES:
        table.add_row(name, "", "", "", "", figure, "", "")
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
