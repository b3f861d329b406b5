"""Fit how much the linear model and the encoder are believed, on documents that neither has seen:

    python -m training.reader.mixing --gold ../shared/eval --network FOLDER/fold-0

FOLDER is what `training.encoder.train --keep` wrote: its network 0 has not seen fold 0 of the working documents. The
linear model is trained without that fold too. What is printed stands in `servanda.reading.decision.Mixture`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from servanda.reading.decision import odds
from servanda.reading.encoder import ACTIONS, TriggerEncoder
from servanda.reading.features import pairs
from servanda.reading.lexicon import lexicon
from training.encoder.corpus import fold
from training.reader.corpus import align, is_untouched, load
from training.reader.train import decision_models

FOLDS, STRENGTH = 3, 0.5


def main() -> None:
    """Fit and print the weights of the mixture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--network", type=Path, required=True)
    options = parser.parse_args()
    work = {d: s for d, s in load(options.gold / "train").items() if not is_untouched(d)}
    align([s for of_document in work.values() for s in of_document])
    model = decision_models([s for d, ss in work.items() if fold(d, FOLDS) for s in ss])["choice"]
    network = TriggerEncoder.load(options.network)
    rows, labels, matches = [], [], []
    for sentence in (s for d, ss in work.items() if not fold(d, FOLDS) for s in ss):
        [scores] = network.score([[word.text for word in sentence.parse.words]])
        gold = {(c.trigger.i, c.fields["action"]) for c in sentence.claims if c.trigger is not None}
        for pair in pairs(sentence.parse, sentence.quoted, lexicon()):
            row = scores.trigger[pair.word.i]
            of_action = float(row[ACTIONS.index(pair.action)])
            rows.append([odds(model.yes(pair.choice)), odds(of_action), odds(float(row.max()))])
            matches.append(pair.match)
            labels.append((pair.word.i, str(pair.action)) in gold)
    names = sorted(set(matches) - {"none"})
    table = np.hstack([np.array(rows), np.array([[match == name for name in names] for match in matches], float)])
    fitted = LogisticRegression(C=STRENGTH).fit(table, labels)
    for name, weight in zip(["parse", "encoder", "encoder_best", *names], fitted.coef_[0], strict=True):
        print(f"{name:24} {weight:6.2f}")
    print(f"{'intercept':24} {fitted.intercept_[0]:6.2f}")


if __name__ == "__main__":
    main()
