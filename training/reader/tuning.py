"""Try other values of the reader's constants, on dev and on texts of our own annotation that nothing is trained on:

    python -m training.reader.tuning --gold FOLDER --wire FOLDER --vary decision.MIXTURE.threshold=0.15,0.2,0.25 \
        --set silence.APART=1.0

prints what each value does to action, claim and mission F1, to the fields and to documents without a claim. A name is
a module of `servanda.reading`, a constant of it, and a field or key of the constant. The texts are the dispatches of
`training/held_out.txt` and an eighth of `training.wire`; every text is parsed and scored by the encoder once.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from servanda.core.lookalikes import unmasked
from servanda.reading.encoder import WordScores
from servanda.reading.english import read_parsed, score
from servanda.reading.lexicon import lexicon
from servanda.reading.parsing import Parse, parse
from servanda.reading.triage import Look, first_look
from training.dispatches.reading import Dispatch, load
from training.encoder.measuring import load_scorer
from training.reader.train import WIRE
from training.split import held_out
from training.wire.reading import load as annotated_wire

HELD_OUT = Path(__file__).parents[1] / "held_out.txt"


@dataclass
class Text:
    """One document as the reader sees it, once it is parsed."""

    name: str
    text: str
    published: date
    parses: list[Parse | Look]
    scores: dict[int, WordScores]


class Part:
    """Some documents with their gold, read again and again."""

    def __init__(self, scorer: Any, documents: list[tuple[str, str, date]], gold: list[dict[str, Any]]) -> None:
        self._scorer = scorer
        self._kept = tempfile.TemporaryDirectory()
        self._folder = Path(self._kept.name)
        for name, text, _ in documents:
            (self._folder / f"{name}.txt").write_text(text, "utf-8")
        self._squeezed = {path.stem: scorer.read_text(path) for path in self._folder.glob("*.txt")}
        self._gold = self._loaded(gold)
        self._speaking = {claim["doc"] for claim in self._gold}
        self._texts = [self._parsed(*document) for document in documents]

    def _loaded(self, claims: list[dict[str, Any]]) -> Any:
        path = self._folder / "claims.jsonl"
        path.write_text("".join(json.dumps(claim) + "\n" for claim in claims), "utf-8")
        return self._scorer.load(path, self._squeezed, False)

    @staticmethod
    def _parsed(name: str, text: str, published: date) -> Text:
        plain = unmasked(text)
        looks = first_look(plain, lexicon())
        found = parse(plain, [look.sentence for look in looks if look.worth])
        parses = [next(found) if look.worth else look for look in looks]
        scores = {id(one): score(one) for one in parses if isinstance(one, Parse)}
        return Text(name, plain, published, parses, scores)

    def figures(self) -> dict[str, Any]:
        """The scorer's figures with the constants as they are, and `silent`: claims in documents that hold none."""
        claims = [
            claim.fields()
            for t in self._texts
            for claim in read_parsed(t.name, t.text, t.published, t.parses, lambda one, t=t: t.scores[id(one)])
        ]
        found: dict[str, Any] = self._scorer.score(self._gold, self._loaded(claims))[0]
        return found | {"silent": sum(claim["doc"] not in self._speaking for claim in claims)}


def load_parts(gold: Path, collections: Path) -> dict[str, Part]:
    """Dev, the wire texts and the dispatches that are held out."""
    scorer = load_scorer(gold / "score_claims.py")
    paths = sorted((gold / "dev/texts").glob("*.txt"))
    dev = [
        (p.stem, p.read_text("utf-8"), date.fromisoformat(p.with_suffix(".date").read_text().strip())) for p in paths
    ]
    of_dev = [json.loads(line) for line in (gold / "dev/gold.jsonl").read_text("utf-8").splitlines()]
    held = [one for one in annotated_wire(collections) if held_out(one.name)]
    return {
        "dev": Part(scorer, dev, of_dev),
        "wire": of_dispatches(scorer, held),
        "held out": of_dispatches(scorer, load([HELD_OUT])),
    }


def of_dispatches(scorer: Any, documents: Sequence[Dispatch]) -> Part:
    """What we annotated ourselves as a part."""
    texts = [(document.name, document.text, document.published) for document in documents]
    return Part(scorer, texts, [claim for document in documents for claim in document.claims])


@contextmanager
def changed(name: str, value: float) -> Iterator[None]:
    """A constant of the reader, or a field or key of one, with another value for a while."""
    module_name, constant, *inside = name.split(".")
    modules = [importlib.import_module(f"servanda.reading.{module_name}")]
    old = getattr(modules[0], constant)
    modules += [
        module
        for other in ("english", "decision", "choosing", "source_choice", "times", "quantities", "silence")
        if getattr(module := importlib.import_module(f"servanda.reading.{other}"), constant, None) is old
    ]
    new = value if not inside else with_inside(old, inside, value)
    for module in modules:
        setattr(module, constant, new)
    try:
        yield
    finally:
        for module in modules:
            setattr(module, constant, old)


def with_inside(old: Any, inside: list[str], value: float) -> Any:
    """A dataclass or a mapping with another value in a field or under a key."""
    first, *rest = inside
    if isinstance(old, dict):
        return {**old, first: with_inside(old[first], rest, value) if rest else value}
    return replace(old, **{first: with_inside(getattr(old, first), rest, value) if rest else value})


def shown(figures: dict[str, Any]) -> str:
    """The figures in one line."""
    f1 = " ".join(f"{name} {figures[name]['f1']:.3f}" for name in ("action", "claim", "mission", "actors"))
    fields = " ".join(
        f"{name} {figures[name]['right']}/{figures[name]['stated']}-{figures[name]['invented']}"
        for name in ("when", "source", "quantity")
    )
    return f"{f1} {fields} silent {figures['silent']}"


def main() -> None:
    """Print a line for each value of each constant that is varied."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder with dev/ and score_claims.py")
    parser.add_argument("--wire", type=Path, required=True, help=WIRE)
    parser.add_argument("--vary", action="append", default=[], metavar="NAME=V,V", help="one at a time")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=V", help="all the while")
    options = parser.parse_args()
    parts = load_parts(options.gold, options.wire)
    fixed = [(name, float(value)) for name, value in (one.split("=") for one in options.set)]
    tried = [
        (name, float(value)) for name, values in (one.split("=") for one in options.vary) for value in values.split(",")
    ]
    with ExitStack() as stack:
        for name, value in fixed:
            stack.enter_context(changed(name, value))
        for part, documents in parts.items():
            print(f"{part:9} as it is: {shown(documents.figures())}", flush=True)
        for name, value in tried:
            with changed(name, value):
                for part, documents in parts.items():
                    print(f"{part:9} {name}={value:g}: {shown(documents.figures())}", flush=True)


if __name__ == "__main__":
    main()
