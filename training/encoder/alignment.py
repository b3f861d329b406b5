"""Which word of a quote is the trigger of its claim, when the gold says only the quote.

Each quote is taken as one trigger, drawn from its action's lemmas, among background words, drawn from all lemmas.
Expectation maximisation finds both; the parse gives the prior: a word high in the quote's own tree is likelier, and a
verb or a noun.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.encoder.corpus import GoldClaim, ParsedSentence

PRIOR_OF_TAG = {"VERB": 1.0, "NOUN": 0.8, "ADJ": 0.3, "PROPN": 0.15, "ADV": 0.1, "AUX": 0.1}
PRIOR_OF_LEVEL = 0.75
SMOOTHING = 0.05
RARITY = 5
"""Added to each lemma's background count, so that a word seen once is not taken for a sign of its action."""
ROUNDS = 12


def prior(sentence: ParsedSentence, claim: GoldClaim) -> dict[int, float]:
    """How likely each word of the quote is to be its trigger by the parse alone, not summing to one."""
    weights = {}
    for n in claim.quote:
        level, at = 0, n
        while sentence.heads[at] != at and sentence.heads[at] in claim.quote and level < 20:
            at, level = sentence.heads[at], level + 1
        weights[n] = PRIOR_OF_TAG.get(sentence.tags[n], 0.002) * PRIOR_OF_LEVEL**level
    return weights


def align(train: Iterable[ParsedSentence], others: Iterable[ParsedSentence] = ()) -> dict[str, Counter[str]]:
    """Fill `candidates` of every claim by statistics of `train`. Returns the lemmas of each action's triggers."""
    train = list(train)
    background = Counter(lemma for sentence in train for lemma in sentence.lemmas)
    total = background.total()
    pairs = [(sentence, claim, prior(sentence, claim)) for sentence in train for claim in sentence.claims]
    theta: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(ROUNDS):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence, claim, weights in pairs:
            claim.candidates = posterior(sentence, claim, weights, theta, background, total)
            for n, share in claim.candidates.items():
                counts[claim.fields["action"]][sentence.lemmas[n]] += share  # type: ignore[assignment]
        theta = counts
    for sentence in others:
        for claim in sentence.claims:
            claim.candidates = posterior(sentence, claim, prior(sentence, claim), theta, background, total)
    return theta


def posterior(
    sentence: ParsedSentence,
    claim: GoldClaim,
    weights: dict[int, float],
    theta: dict[str, Counter[str]],
    background: Counter[str],
    total: int,
) -> dict[int, float]:
    """The probability of each word of the quote to be the trigger, summing to one."""
    if claim.marked is not None:
        return {claim.marked: 1.0}
    lemmas = theta.get(claim.fields["action"])
    scores = {}
    for n, weight in weights.items():
        lemma = sentence.lemmas[n]
        common = (background[lemma] + RARITY) / (total + RARITY * len(background))
        if lemmas is None:
            scores[n] = weight / math.sqrt(common)
        else:
            scores[n] = weight * (lemmas[lemma] / lemmas.total() + SMOOTHING * common) / common
    sum_of_scores = sum(scores.values())
    return {n: score / sum_of_scores for n, score in scores.items()}
