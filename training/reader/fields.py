"""Train the linear models of a claim's fields (who acts, who says it, when) and write their weights with a card:

    python -m training.reader.fields --gold FOLDER --wire FOLDER

It learns from the same texts as `training.reader.train`, but the gold counts more often.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from servanda.reading.linear import pack
from training.reader.choosing import STRENGTH, role_models
from training.reader.corpus import GoldSentence, align, lessons
from training.reader.train import WEIGHTS, WIRE

TIMES = 3
"""How often the gold counts: a tenth of what there is, it is nearest to what is read. So fewer sources are invented."""


def lessons_once(documents: Mapping[str, Sequence[GoldSentence]]) -> list[Sequence[GoldSentence]]:
    """The documents, each once however often it counts."""
    return list({id(sentences): sentences for sentences in documents.values()}.values())


def main() -> None:
    """Train on the working part and write the weights and their card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/")
    parser.add_argument("--wire", type=Path, required=True, help=WIRE)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    documents = lessons(options.gold, options.wire, TIMES)
    align([s for sentences in documents.values() for s in sentences])
    models = role_models(documents)
    content = pack(models)
    (options.out / "fields.zip").write_bytes(content)
    once = lessons_once(documents)
    card = {
        "what": "linear models over features of the parse: who acts in a claim, who says it, which date is its date",
        "trained on": {
            "documents": len(once),
            "claims": sum(len(sentence.claims) for sentences in once for sentence in sentences),
            "gold counts": TIMES,
        },
        "features": {name: len(model.index) for name, model in sorted(models.items())},
        "strength": STRENGTH,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "limits": "English news and reports; see docs/reading.md for figures and for what it gets wrong",
    }
    (options.out / "fields.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
