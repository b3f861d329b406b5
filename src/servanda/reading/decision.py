"""Which words make claims, and of what: a linear model over the parse and a small encoder decide together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from servanda.core.vocabulary import Act, Action, Certainty, Polarity
from servanda.reading.encoder import ACTIONS, ACTS, TriggerEncoder, WordScores
from servanda.reading.features import Pair, pair_of, pairs
from servanda.reading.lexicon import Lexicon, table
from servanda.reading.linear import LinearModel, models, odds_of
from servanda.reading.parsing import Parse, Word
from servanda.reading.settled import is_settled_claim, settled
from servanda.reading.stance import CONDITIONS, MUST, Stance
from servanda.reading.unfinished import is_unfinished, with_unfinished

_LEAST = 1e-6
_STRONG = frozenset(table("acts")["hedge"]["strong"])
_HALTING = frozenset(table("acts")["reverse"]["halting"])


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much each of the two is believed.

    Chosen on dev, and on wire texts and dispatches that neither had been trained on (`training/reader/tuning.py`; what
    a regression says of it, `training/reader/mixing.py`).
    """

    parse: float = 0.25
    encoder: float = 0.6
    intercept: float = 0.10
    matches: Mapping[str, float] | None = None
    act: float = 0.1
    """The share of the parse in the act; the rest is the encoder's."""
    polarity: float = 0.3
    certainty: float = 0.6
    denied: float = 1.6
    """Added to the log-odds of negative where the rules see a negation, a reversal or a word of the opposite."""
    threshold: float = 0.2
    """Least probability of a claim."""
    as_said: float = 0.28
    """Least probability of a claim with the very act and polarity that are given it."""
    twice: float = 3.5
    """Added to the log-odds of positive where the rules see a denial denied ("has not refused to leave")."""
    undoubted: float = 5.0
    """Added to the log-odds of what the words leave no doubt of: a sign, or that a promise was kept or broken."""
    affirmed: float = 0.4
    """Added to the log-odds of positive where the rules see none of these."""
    by_rule: Mapping[str, float] = field(default_factory=lambda: {"stipulate": 1.5, "demand": 3.6, "commit": 0.3})
    """Added to the log-odds of the act that the rules see, of those that the gold has seldom."""
    unprescribed: float = -0.4
    """Added to the log-odds of stipulate where the rules see no instrument: the dispatches hold more than news."""
    unnamed: float = -1.6
    """Added to the log-odds of stipulate, in place of that, for what "must" be where no instrument is named."""
    absolute: float = 2.5
    """Added to the log-odds of a report for what follows "with" or "without" ("with neither side pulling out")."""
    untrue: float = 1.5
    """Added to the log-odds of a report where the rules see a report that is denied ("is not yet done")."""
    awaited: float = 3.0
    """Added to the log-odds of a prediction for what a condition names ("until they have left"): it is no report."""
    discussed: float = 1.5
    """Added to the log-odds of a prediction for what is only talked about ("to discuss a withdrawal")."""
    hedged: float = 5.0
    """Added to the log-odds of possible beside "reportedly", "tentatively" and the like."""
    again: float = 0.4
    """Least probability of a second claim of the same act, action and polarity in a sentence."""
    unknown: float = 0.7
    """Least probability of the encoder for a word that the lexicon does not know with that action."""


MIXTURE = Mixture(
    matches={
        "verbs": 0.34,
        "nouns": -0.2,
        "with": 0.7,
        "verbs/particle": 1.05,
        "with/particle": 0.41,
        "contrary": -0.33,
        "verbs/unmet": -0.31,
        "nouns/unmet": -0.29,
        "with/unmet": -0.54,
        "nouns/particle/unmet": -0.10,
        "verbs/particle/unmet": 0.17,
        "with/particle/unmet": -0.43,
        "contrary/particle/unmet": -0.04,
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
    """That the word makes a claim of this action."""
    as_said: float = 1.0
    """That it makes this one: of this act and polarity too."""


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
        sure = is_settled_claim(pair) or (pair.action is Action.AGREE and is_unfinished(pair.word))
        if probability >= MIXTURE.threshold or sure:
            decided = _decided(pair, scores, trained, probability)
            if decided.as_said >= MIXTURE.as_said or sure:
                found.append(decided)
    known = {(pair.word.i, pair.action) for pair in proposed}
    for at, column in zip(*np.nonzero(scores.trigger >= MIXTURE.unknown), strict=True):
        action = ACTIONS[int(column)]
        if (int(at), action) not in known:
            pair = pair_of(parse.words[int(at)], action, parse, quoted, lexicon)
            found.append(_decided(pair, scores, trained, float(scores.trigger[at, column])))
    return _distinct(with_unfinished(settled(found)))


def believe(by_parse: float, pair: Pair, scores: WordScores) -> float:
    """The probability that a pair is a claim, from the linear model's and the encoder's."""
    row = scores.trigger[pair.word.i]
    total = (
        MIXTURE.intercept
        + MIXTURE.parse * odds_of(by_parse)
        + MIXTURE.encoder * odds_of(float(row[ACTIONS.index(pair.action)]))
        + (MIXTURE.matches or {}).get(pair.match, 0.0)
    )
    return 1.0 / (1.0 + math.exp(-total))


def _decided(pair: Pair, scores: WordScores, trained: Mapping[str, LinearModel], probability: float) -> Decided:
    at = pair.word.i
    negative, possible = float(scores.negative[at]), float(scores.possible[at])
    acts = {str(act): float(p) for act, p in zip(ACTS, scores.act[at], strict=True)}
    polarities = {"negative": negative, "positive": 1.0 - negative}
    certainties = {"possible": possible, "certain": 1.0 - possible}
    denied = {"negative": MIXTURE.denied} if pair.polarity is Polarity.NEGATIVE else {}
    if pair.polarity is Polarity.POSITIVE:
        turned = pair.stance.negations or pair.stance.reversals
        denied = {"positive": MIXTURE.twice if turned else MIXTURE.affirmed}
    if _is_surely_negative(pair):
        denied = {"negative": MIXTURE.undoubted}
    by_rule = str(pair.stance.act)
    added = {"predict": MIXTURE.discussed} if pair.stance.discussed else {by_rule: MIXTURE.by_rule.get(by_rule, 0.0)}
    if pair.stance.act is Act.REPORT and pair.stance.negations:
        added = added | {"report": MIXTURE.untrue}
    if pair.stance.act is not Act.STIPULATE:
        bidden = pair.stance.act is Act.DEMAND and pair.stance.modal in MUST
        added = {"stipulate": MIXTURE.unnamed if bidden else MIXTURE.unprescribed} | added
    if pair.word.dep == "pcomp" and pair.word.head.lower in ("with", "without"):
        added = added | {"report": MIXTURE.absolute}
    awaited = CONDITIONS.intersection(pair.stance.hedges)
    if awaited and pair.stance.act is Act.PREDICT:
        added = {"predict": MIXTURE.awaited}
    if pair.stance.promise:
        added, denied = {"report": MIXTURE.undoubted}, {str(pair.polarity): MIXTURE.undoubted}
    unsure = pair.stance.discussed or awaited or _STRONG.intersection(pair.stance.hedges)
    hedged = {"possible": MIXTURE.hedged} if unsure else {}
    act, of_act = _mixed(MIXTURE.act, trained["act"], pair, acts, added)
    polarity, of_polarity = _mixed(MIXTURE.polarity, trained["polarity"], pair, polarities, denied)
    certainty, _ = _mixed(MIXTURE.certainty, trained["certainty"], pair, certainties, hedged)
    return Decided(
        pair.word,
        pair.action,
        Act(act),
        Polarity(polarity),
        Certainty(certainty),
        pair.stance,
        probability,
        probability * of_act * of_polarity,
    )


def _is_surely_negative(pair: Pair) -> bool:
    """Whether what is said is negative by its very words: "halted their raids", "nor has it left"."""
    if pair.stance.negations:
        return "nor" in pair.stance.negations and pair.polarity is Polarity.NEGATIVE
    return pair.action is Action.ATTACK and pair.word.lemma in _HALTING


def _mixed(
    share: float, model: LinearModel, pair: Pair, by_encoder: Mapping[str, float], added: Mapping[str, float]
) -> tuple[str, float]:
    """The likeliest label and its probability: the log-odds of both, by their shares, and what the rules add."""
    by_parse = dict(zip(model.classes, model.probabilities(pair.manner), strict=True))
    scores = {
        label: share * math.log(max(_LEAST, by_parse.get(label, 0.0)))
        + (1 - share) * math.log(max(_LEAST, by_encoder[label]))
        + added.get(label, 0.0)
        for label in sorted(by_encoder)
    }
    best = max(scores, key=lambda label: scores[label])
    return best, 1.0 / sum(math.exp(score - scores[best]) for score in scores.values())


def _distinct(found: Sequence[Decided]) -> list[Decided]:
    """One claim a sentence of each act, action and polarity: the likeliest, in order of the words."""
    best: dict[tuple[Act, Action, Polarity], Decided] = {}
    kept = [item for item in found if not any(_absorbs(other, item) for other in found)]
    again: list[Decided] = []
    for item in sorted(kept, key=lambda d: -d.probability):
        first = best.setdefault((item.act, item.action, item.polarity), item)
        if first is item:
            continue
        # The same verb said twice ("neither A pulling out nor B pulling out") makes two claims.
        repeated = item.word.lemma == first.word.lemma and item.word.pos == "VERB"
        if repeated or (item.probability >= MIXTURE.again and _stands_alone(item, first)):
            again.append(item)
    return sorted([*best.values(), *again], key=lambda d: (d.word.i, d.action))


def _stands_alone(item: Decided, first: Decided) -> bool:
    """Whether a second claim of the same kind is another one: a verb with a subject of its own, or far away."""
    if item.word in set(first.word.ancestors()) or first.word in set(item.word.ancestors()):
        return item.word.pos == "VERB" and item.word.child("nsubj", "nsubjpass") is not None
    return abs(item.word.i - first.word.i) >= APART


def _absorbs(verb: Decided, item: Decided) -> bool:
    """Whether a noun only names what another trigger is about: "the *truce* collapsed", "freed the *prisoners*"."""
    noun = item.word
    if noun.pos not in ("NOUN", "PROPN") or verb.word is noun or verb.probability < item.probability * ABSORBING:
        return False
    holder = noun.head.head if noun.dep == "pobj" and noun.head.lower == "of" else noun.head
    if holder is not verb.word or noun.dep not in ("dobj", "nsubj", "nsubjpass", "pobj"):
        return False
    return verb.action is item.action or noun.lemma in PEOPLE


APART = 3
"""Words between two triggers of one kind that are two claims."""
ABSORBING = 0.5
"""The least ratio of the other trigger's probability to the noun's."""
PEOPLE = frozenset(table("names")["people"])
