"""Accuracy of the claims that the reader finds, against gold, with bootstrap intervals by document.

    python -m benchmarks.claims --gold FOLDER

The folder holds `train/` and `dev/` (each with `texts/` and `gold.jsonl`) and `score_claims.py`, which scores.

The split of train: a document is *untouched* where the first byte of the SHA-1 of its id is divisible by 4 (about a
quarter); nothing is trained, tuned or looked at there. The rest is *work*, on which the reader was trained, so that its
figures say how well the reader remembers, and only those of *untouched* and *dev* how well it reads. *Own, unseen* are
dispatches written for this project on which nothing was trained and nothing chosen (`tests/reading/unseen.txt`, and
`training/unseen.txt`, 131 more with plainer and with odder words).
"""

from __future__ import annotations

import argparse
import bisect
import importlib.util
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from training.dispatches.reading import load
from training.split import held_back

from servanda.reading import load_reader

ROUNDS = 500
OWN = {
    "own, unseen": Path(__file__).parents[1] / "tests/reading/unseen.txt",
    "own, unseen, newer": Path(__file__).parents[1] / "training/unseen.txt",
}


def load_scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_claims", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Part:
    """The documents of one folder with their gold and predicted claims."""

    def __init__(self, scorer: Any, folder: Path, keep: Callable[[str], bool]) -> None:
        self.scorer = scorer
        self.texts: dict[str, Any] = {}
        self.years: dict[str, str] = {}
        lines = []
        reader = load_reader()
        for path in sorted((folder / "texts").glob("*.txt")):
            if keep(path.stem):
                published = date.fromisoformat(path.with_suffix(".date").read_text("utf-8").strip())
                self.texts[path.stem] = scorer.read_text(path)
                self.years[path.stem] = str(published.year)
                lines += [c.fields() for c in reader.read(path.stem, path.read_text("utf-8"), published)]
        gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
        self.gold = self._by_document([c for c in gold if c["doc"] in self.texts])
        self.predicted = self._by_document(lines)

    def _by_document(self, claims: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.writelines(json.dumps(claim) + "\n" for claim in claims)
            file.flush()
            found = defaultdict(list)
            for claim in self.scorer.load(file.name, self.texts, True):
                found[claim["doc"]].append(claim)
        return found

    def score(self, documents: Iterable[str] | None = None) -> dict[str, Any]:
        """The scorer's figures over some documents (default: all)."""
        chosen = self.texts if documents is None else documents
        gold = [c for d in chosen for c in self.gold.get(d, [])]
        predicted = [c for d in chosen for c in self.predicted.get(d, [])]
        result: dict[str, Any] = self.scorer.score(gold, predicted)[0]
        result["silent"] = (
            sum(d not in self.gold for d in chosen),
            sum(len(self.predicted.get(d, [])) for d in chosen if d not in self.gold),
        )
        return result

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Of each document: claims right, predicted and gold."""
        counted = {}
        for document in self.texts:
            claim = self.score([document])["claim"]
            counted[document] = (claim["tp"], claim["pred"], claim["gold"])
        return counted


def own_dispatches(file: Path, folder: Path) -> Path:
    """The dispatches of our own that nothing was trained on, in the shape of the gold."""
    (folder / "texts").mkdir()
    claims = []
    for document in load([file]):
        (folder / "texts" / f"{document.name}.txt").write_text(document.text, "utf-8")
        (folder / "texts" / f"{document.name}.date").write_text(str(document.published), "utf-8")
        claims += document.claims
    (folder / "gold.jsonl").write_text("".join(json.dumps(claim) + "\n" for claim in claims), "utf-8")
    return folder


def interval(counts: list[tuple[int, int, int]], rounds: int = ROUNDS) -> tuple[float, float]:
    """The middle 95 % of claim F1 over documents drawn with replacement."""
    chance = random.Random(0)
    figures = []
    for _ in range(rounds):
        drawn = chance.choices(counts, k=len(counts))
        right, predicted, gold = (sum(c[n] for c in drawn) for n in range(3))
        figures.append(2 * right / max(1, predicted + gold))
    figures.sort()
    low = bisect.bisect_left(range(rounds), round(0.025 * rounds))
    return figures[low], figures[-low - 1]


def line(name: str, part: Part, documents: list[str] | None = None) -> str:
    """One row of the table."""
    result = part.score(documents)
    counts = part.counts()
    low, high = interval([counts[d] for d in (documents or list(part.texts))])
    fields = " ".join(f"{_share(result[f])}" for f in ("when", "source", "quantity"))
    return (
        f"{name:22} {len(documents or part.texts):4d} {result['action']['f1']:7.3f} {result['claim']['f1']:6.3f} "
        f"[{low:.3f}, {high:.3f}] {result['mission']['f1']:7.3f} {result['actors']['f1']:7.3f} {fields} "
        f"{result['quote'] or 0:6.3f} {result['silent'][1]:4d}/{result['silent'][0]}"
    )


def _share(result: dict[str, Any]) -> str:
    invented = result["invented"] / max(1, result["silent"])
    return f"{result['accuracy'] or 0:6.3f} ({100 * invented:4.1f} %)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    options = parser.parse_args()
    scorer = load_scorer(options.gold / "score_claims.py")
    dev = Part(scorer, options.gold / "dev", lambda d: True)
    untouched = Part(scorer, options.gold / "train", held_back)
    work = Part(scorer, options.gold / "train", lambda d: not held_back(d))
    print(
        f"{'part':22} docs  action  claim  95 % by document mission  actors when (invented)  source (invented)"
        " quantity (invented)  quote silent"
    )
    for name, part in (("dev", dev), ("untouched", untouched), ("work (trained on)", work)):
        print(line(name, part))
    for name, file in OWN.items():
        with tempfile.TemporaryDirectory() as folder:
            print(line(name, Part(scorer, own_dispatches(file, Path(folder)), lambda d: True)))
    for title, key in (
        ("by source", lambda d: re.split(r"[\d_]", d)[0]),
        ("by year", lambda d: untouched.years[d]),
    ):
        groups: dict[str, list[str]] = defaultdict(list)
        for document in untouched.texts:
            groups[key(document)].append(document)
        print(f"untouched, {title}")
        for name in sorted(groups):
            print(line(f"  {name}", untouched, groups[name]))


if __name__ == "__main__":
    main()
