"""Fit how much the linear models and the encoder are believed, on wire texts that neither has seen:

    python -m training.reader.mixing --wire FOLDER

Both are the package's own. What is printed stands, looked at again with `training.reader.tuning`, in
`servanda.reading.decision.Mixture` and in `servanda.reading.choosing` (ACTOR) and `source_choice` (SOURCE), and, of
the least probabilities, there and in `times`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from servanda.core.dates import iso_when
from servanda.reading.choosing import actor_odds, encoder_odds
from servanda.reading.encoder import ACTIONS, TriggerEncoder, WordScores
from servanda.reading.features import pairs
from servanda.reading.lexicon import lexicon
from servanda.reading.linear import LinearModel, models, odds_of
from servanda.reading.times import LEAST as LEAST_OF_DATES
from training.reader.choosing import role_rows, when_rows
from training.reader.corpus import GoldSentence, align, annotated
from training.reader.train import WIRE
from training.split import held_out
from training.wire.reading import load

STRENGTH = 0.5
LEAST = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
Documents = Mapping[str, Sequence[GoldSentence]]
Scores = Callable[[GoldSentence], WordScores]


def main() -> None:
    """Fit and print the weights of the mixtures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wire", type=Path, required=True, help=WIRE)
    options = parser.parse_args()
    unseen = {
        document.name: annotated(document.name, document.text, document.published, document.claims)
        for document in load(options.wire)
        if held_out(document.name)
    }
    align([sentence for sentences in unseen.values() for sentence in sentences])
    network, trained = TriggerEncoder.load(), models()
    known: dict[int, WordScores] = {}

    def scores(sentence: GoldSentence) -> WordScores:
        if id(sentence) not in known:
            [known[id(sentence)]] = network.score([[word.text for word in sentence.parse.words]])
        return known[id(sentence)]

    decision(trained["choice"], unseen, scores)
    for role in ("actor", "source"):
        roles(role, trained, unseen, scores)
    dates(trained["when"], unseen)


def decision(model: LinearModel, unseen: Documents, scores: Scores) -> None:
    """Which words make claims."""
    rows, labels, matches = [], [], []
    for sentence in (s for ss in unseen.values() for s in ss):
        gold = {(c.trigger.i, c.fields["action"]) for c in sentence.claims if c.trigger is not None}
        for pair in pairs(sentence.parse, sentence.quoted, lexicon()):
            row = scores(sentence).trigger[pair.word.i]
            of_action = float(row[ACTIONS.index(pair.action)])
            rows.append([odds_of(model.yes(pair.choice)), odds_of(of_action)])
            matches.append(pair.match)
            labels.append((pair.word.i, str(pair.action)) in gold)
    names = sorted(set(matches) - {"none"})
    table = np.hstack([np.array(rows), np.array([[match == name for name in names] for match in matches], float)])
    fitted = LogisticRegression(C=STRENGTH).fit(table, labels)
    show("decision", ["parse", "encoder", *names], fitted)


def roles(role: str, trained: Mapping[str, LinearModel], unseen: Documents, scores: Scores) -> None:
    """Which nominal is an actor, or the source; and what the least probability of the likeliest does."""
    claims = [row for ss in unseen.values() for row in role_rows(ss, role) if row.options]
    table, labels, starts = [], [], [0]
    for row in claims:
        assert row.claim.trigger is not None
        if role == "actor":
            parsed = actor_odds(trained["actor"], trained["actor-against"], row.options)
        else:
            parsed = [odds_of(trained[role].yes(option.features)) for option in row.options]
        for option, right, by_parse in zip(row.options, row.right, parsed, strict=True):
            heard = option.literal or role == "source"
            said = encoder_odds(option, row.claim.trigger, scores(row.sentence), role) if heard else 0.0
            table.append([by_parse, said, float(not heard)])
            labels.append(right)
        starts.append(len(labels))
    fitted = LogisticRegression(C=STRENGTH).fit(table, labels)
    show(role, ["parse", "encoder", "indirect"], fitted)
    likely = fitted.predict_proba(table)[:, 1]
    best = [max(range(a, b), key=lambda n: likely[n]) for a, b in pairwise(starts)]
    stated = [bool(row.claim.fields["actors" if role == "actor" else "source"]) for row in claims]
    for least in LEAST:
        right = sum(labels[n] and likely[n] >= least for n, said in zip(best, stated, strict=True) if said)
        invented = sum(likely[n] >= least for n, said in zip(best, stated, strict=True) if not said)
        silent = max(1, len(stated) - sum(stated))
        print(f"  least {least:.2f}: right {right / sum(stated):.3f} of stated, invented {invented / silent:.3f}")


def dates(model: LinearModel, unseen: Documents) -> None:
    """What the least probabilities of a date do: beside the trigger, elsewhere in its sentence, and earlier."""
    claims = []
    for offered, wanted in (row for ss in unseen.values() for row in when_rows(ss)):
        shares = model.shares([o.features for o in offered])
        weighed = [(p, iso_when(o.when), o.attached) for p, o in zip(shares, offered, strict=True)]
        claims.append((wanted, weighed))
    stated = sum(wanted is not None for wanted, _ in claims)
    for beside in (0.2, 0.3, 0.4):
        for here in (0.4, 0.5, 0.6, 0.7):
            for earlier in (0.5, 0.6, 0.7, 0.8):
                least = {**LEAST_OF_DATES, "beside": beside, "here": here, "earlier": earlier}
                right = invented = 0
                for wanted, weighed in claims:
                    _, chosen = max(((p, v) for p, v, s in weighed if p >= least[s]), default=(0.0, None))
                    right += wanted is not None and chosen == wanted
                    invented += wanted is None and chosen is not None
                print(
                    f"  when, least {beside} beside, {here} here, {earlier} earlier: right {right / stated:.3f}, "
                    f"invented {invented / max(1, len(claims) - stated):.3f}"
                )


def show(title: str, names: Sequence[str], fitted: LogisticRegression) -> None:
    """Print the fitted weights."""
    print(title)
    for name, weight in zip(names, fitted.coef_[0], strict=True):
        print(f"  {name:24} {weight:6.2f}")
    print(f"  {'intercept':24} {fitted.intercept_[0]:6.2f}")


if __name__ == "__main__":
    main()
