"""Which words make claims, and of what: a linear model over the parse and a small encoder decide together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from servanda.core.vocabulary import Act, Action, Certainty, Polarity
from servanda.reading.encoder import ACTIONS, ACTS, TriggerEncoder, WordScores
from servanda.reading.features import Pair, pair_of, pairs
from servanda.reading.lexicon import Lexicon
from servanda.reading.linear import LinearModel, models
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance

_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much each of the two is believed. Fitted where neither had been trained; see docs/reading.md."""

    parse: float = 0.51
    encoder: float = 0.28
    encoder_best: float = -0.11
    """Of the word's likeliest action: doubt, where the word rather speaks of another."""
    intercept: float = 0.02
    matches: Mapping[str, float] | None = None
    manner: float = 0.5
    """The share of the parse in act, polarity and certainty."""
    threshold: float = 0.23
    """Least probability of a claim."""
    unknown: float = 0.55
    """Least probability of the encoder for a word that the lexicon does not know with that action."""


MIXTURE = Mixture(
    matches={
        "verbs": 0.27,
        "nouns": 0.33,
        "with": 0.38,
        "verbs/unmet": -0.22,
        "nouns/unmet": -0.05,
        "with/unmet": -0.29,
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A trigger that was taken for a claim, with what was decided about it."""

    word: Word
    action: Action
    act: Act
    polarity: Polarity
    certainty: Certainty
    stance: Stance
    probability: float = 1.0


@cache
def encoder() -> TriggerEncoder:
    """The encoder of the package, loaded on first use."""
    return TriggerEncoder.load()


def decide(parse: Parse, quoted: Sequence[bool], scores: WordScores, lexicon: Lexicon) -> list[Decided]:
    """The claims of one sentence, in order of their words."""
    trained = models()
    found: list[Decided] = []
    proposed = pairs(parse, quoted, lexicon)
    for pair in proposed:
        probability = believe(trained["choice"].yes(pair.choice), pair, scores)
        if probability >= MIXTURE.threshold:
            found.append(_decided(pair, scores, trained, probability))
    known = {(pair.word.i, pair.action) for pair in proposed}
    for at, column in zip(*np.nonzero(scores.trigger >= MIXTURE.unknown), strict=True):
        action = ACTIONS[int(column)]
        if (int(at), action) not in known:
            pair = pair_of(parse.words[int(at)], action, parse, quoted, lexicon)
            found.append(_decided(pair, scores, trained, float(scores.trigger[at, column])))
    return _distinct(found)


def believe(by_parse: float, pair: Pair, scores: WordScores) -> float:
    """The probability that a pair is a claim, from the linear model's and the encoder's."""
    row = scores.trigger[pair.word.i]
    odds = (
        MIXTURE.intercept
        + MIXTURE.parse * _odds(by_parse)
        + MIXTURE.encoder * _odds(float(row[ACTIONS.index(pair.action)]))
        + MIXTURE.encoder_best * _odds(float(row.max()))
        + (MIXTURE.matches or {}).get(pair.match, 0.0)
    )
    return 1.0 / (1.0 + math.exp(-odds))


def _decided(pair: Pair, scores: WordScores, trained: Mapping[str, LinearModel], probability: float) -> Decided:
    at = pair.word.i
    negative, possible = float(scores.negative[at]), float(scores.possible[at])
    return Decided(
        pair.word,
        pair.action,
        Act(_mixed(trained["act"], pair, {str(act): float(p) for act, p in zip(ACTS, scores.act[at], strict=True)})),
        Polarity(_mixed(trained["polarity"], pair, {"negative": negative, "positive": 1.0 - negative})),
        Certainty(_mixed(trained["certainty"], pair, {"possible": possible, "certain": 1.0 - possible})),
        pair.stance,
        probability,
    )


def _mixed(model: LinearModel, pair: Pair, by_encoder: Mapping[str, float]) -> str:
    by_parse = dict(zip(model.classes, model.probabilities(pair.manner), strict=True))

    def score(label: str) -> float:
        return MIXTURE.manner * math.log(max(_LEAST, by_parse.get(label, 0.0))) + (1 - MIXTURE.manner) * math.log(
            max(_LEAST, by_encoder[label])
        )

    return max(sorted(by_encoder), key=score)


def _odds(probability: float) -> float:
    clipped = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(clipped / (1 - clipped))


def _distinct(found: Sequence[Decided]) -> list[Decided]:
    """One claim a sentence of each act, action and polarity: the likeliest, in order of the words."""
    best: dict[tuple[Act, Action, Polarity], Decided] = {}
    for item in sorted(found, key=lambda d: -d.probability):
        best.setdefault((item.act, item.action, item.polarity), item)
    return sorted(best.values(), key=lambda d: (d.word.i, d.action))
