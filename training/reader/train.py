"""Train the linear models that decide on claims and write their weights with a card, in one command:

    python -m training.reader.train --gold FOLDER --wire FOLDER

It needs scikit-learn (the extra `train`). It learns from the working part of `train`, from the dispatches of
`training/dispatches` and from the annotated texts of `training/wire`; the part held back and `dev` are scored by
`benchmarks.claims`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

from servanda.reading.features import pairs
from servanda.reading.lexicon import lexicon
from servanda.reading.linear import LinearModel, pack
from training.reader.corpus import GoldSentence, align, lessons
from training.reader.fitting import fit

WEIGHTS = Path(__file__).parents[2] / "src/servanda/reading/weights"
WIRE = "folder with the public collections of newswire that training.wire.sources names"
CHOICE_STRENGTH, MANNER_STRENGTH = 0.2, 0.3


def decision_models(sentences: list[GoldSentence]) -> dict[str, LinearModel]:
    """Is it a claim; of which act, polarity and certainty?"""
    words = lexicon()
    rows, labels = [], []
    manner_rows, manner_labels = [], {"act": [], "polarity": [], "certainty": []}
    for sentence in sentences:
        gold = {(c.trigger.i, c.fields["action"]): c for c in sentence.claims if c.trigger is not None}
        for pair in pairs(sentence.parse, sentence.quoted, words):
            claim = gold.get((pair.word.i, str(pair.action)))
            rows.append(pair.choice)
            labels.append("yes" if claim else "no")
            if claim:
                manner_rows.append(pair.manner)
                for name, values in manner_labels.items():
                    values.append(claim.fields[name])
    return {
        "choice": fit(rows, labels, CHOICE_STRENGTH),
        **{name: fit(manner_rows, values, MANNER_STRENGTH) for name, values in manner_labels.items()},
    }


def main() -> None:
    """Train on the working part and write the weights and their card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/")
    parser.add_argument("--wire", type=Path, required=True, help=WIRE)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    begun = time.perf_counter()
    documents = lessons(options.gold, options.wire)
    sentences = [s for of_document in documents.values() for s in of_document]
    align(sentences)
    models = decision_models(sentences)
    content = pack(models)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "reader.zip").write_bytes(content)
    card = {
        "what": "linear models over features of the parse: which words make claims, of what act, polarity, certainty",
        "trained on": {
            "documents": len(documents),
            "sentences": len(sentences),
            "claims": sum(len(s.claims) for s in sentences),
            "years": "1989-2006, English newswire",
        },
        "features": {name: len(model.index) for name, model in sorted(models.items())},
        "strength": {"choice": CHOICE_STRENGTH, "manner": MANNER_STRENGTH},
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "limits": "English news and reports; see docs/reading.md for figures and for what it gets wrong",
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print(f"{len(content)} bytes in {time.perf_counter() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
