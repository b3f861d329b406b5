"""How many: the explicit number of what an action moves, frees, kills or covers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.core.vocabulary import Act, Action
from servanda.reading import roles
from servanda.reading.encoder import WordScores
from servanda.reading.lexicon import Lexicon
from servanda.reading.linear import Features, LinearModel, odds_of
from servanda.reading.numbers import number, share
from servanda.reading.parsing import Parse, Word
from servanda.reading.pointing import Pointing, pointed
from servanda.reading.relations import relations
from servanda.reading.stance import Stance
from servanda.reading.triggers import participants

LEAST = 0.2
"""Least probability of a number; below it the claim is left without one."""
POINTED = Pointing(0.7, 0.7)
"""What the encoder points to as the claim's number."""

_HARMING = frozenset({"kill", "wound", "injure", "leave"})
_UNITS_OF_TIME = frozenset({"day", "week", "month", "year", "hour", "minute", "p.m.", "a.m.", "gmt"})
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1e6}
_NOT_COUNTED = frozenset(
    {
        "day",
        "week",
        "month",
        "year",
        "hour",
        "minute",
        "mile",
        "kilometer",
        "kilometre",
        "km",
        "metre",
        "meter",
        "time",
        "side",
        "round",
        "party",
        "stage",
        "country",
        "p.m.",
        "a.m.",
        "o'clock",
        "state",
        "nation",
        "century",
        "decade",
        "term",
        "phase",
        "age",
        "leader",
    }
)


def quantity(trigger: Word) -> float | None:
    """The number, or `None` where the text gives none ("thousands" is none)."""
    own = _of(trigger) if trigger.pos in ("NOUN", "PROPN") else None
    if own is not None:
        return own
    for word in participants(trigger):
        if word.pos in ("NOUN", "PROPN", "NUM", "SYM", "ADJ") and (found := _of(word)) is not None:
            return found
    return None


def _casualties(attack: Word) -> float | None:
    """The number of the clause that says what an attack did: "ambushed a convoy, *killing one soldier*"."""
    found = (quantity(clause) for clause in attack.all("advcl") if clause.lemma in _HARMING and clause.tag == "VBG")
    return next((number for number in found if number is not None), None)


@dataclass(frozen=True, slots=True)
class NumberOption:
    """A number of the sentence that may be a claim's, with the features by which it is weighed."""

    word: Word
    value: float
    features: Features


def options(
    trigger: Word, act: Act, action: Action, stance: Stance, parse: Parse, lexicon: Lexicon
) -> list[NumberOption]:
    """The numbers of a sentence that count something."""
    by_rule, standing = quantity(trigger), relations(trigger, stance)
    if by_rule is None and action is Action.ATTACK:
        by_rule = _casualties(trigger)
    found: list[tuple[Word, float, dict[str, float]]] = []
    for word in parse.words:
        half = share(word.lower)
        if not _is_number(word) and half is None:
            continue
        counted = word.head if word.dep in ("nummod", "quantmod") else word
        value = half * _scale(word) if half is not None else _counting(word, counted)
        if counted.lemma in _SCALES and counted.head.pos in ("NOUN", "PROPN") and counted.dep not in ("pobj", "conj"):
            counted = counted.head
        if value is None or counted.lemma in _UNITS_OF_TIME:
            continue
        features = roles.features(
            trigger, counted, act, action, stance, lexicon, value == by_rule, standing.get(counted.i, "none")
        )
        strong = word.after is not None and word.after.after is not None and word.after.after.lower == "strong"
        own = (
            f"number&{word.dep}",
            f"strong={strong}",
            f"counted={counted.lemma}",
            f"counted={counted.lemma}&{action}",
            f"governed={counted.head.lemma}&{counted.dep}&{action}",
        )
        found.append((word, value, features | dict.fromkeys(own, 1.0)))
    after = [word.i for word, _, _ in found if word.i > trigger.i]
    result = []
    for word, value, features in found:
        first = bool(after) and word.i == after[0]
        among = (f"alone={len(found) == 1}&{action}", f"first={first}&{action}")
        result.append(NumberOption(word, value, features | dict.fromkeys(among, 1.0)))
    return result


def _is_number(word: Word) -> bool:
    """A number that is no date, though it may stand beside one: "in August *36,000* prisoners were freed"."""
    if word.entity in ("TIME", "ORDINAL"):
        return False
    if word.entity == "DATE":
        after = word.after
        return word.pos == "NUM" and word.dep == "nummod" and after is not None and after.entity != "DATE"
    return word.pos == "NUM" or (word.tag != "CD" and word.text[0].isupper() and number([word.text]) is not None)


def _scale(share_of: Word) -> float:
    """What "half" is half of: "half a million"."""
    article = share_of.after
    scale = article.after if article is not None and article.lower in ("a", "of") else None
    return _SCALES.get(scale.lower, 1) if scale is not None else 1


def _counting(figure: Word, counted: Word) -> float | None:
    """How many of what is counted; a share where per cent are, also in "with 58 percent support"."""
    value = _figure(figure)
    if value is not None and _is_percentage(figure):
        return round(value / 100, 6)
    return (_of(counted) if counted is not figure else None) or value


def _is_percentage(figure: Word) -> bool:
    first = figure.after
    second = first.after if first is not None else None
    if first is None:
        return False
    return first.lower in ("percent", "%", "pct") or (
        second is not None and (first.lower, second.lower) == ("per", "cent")
    )


def choose(
    model: LinearModel, offered: Sequence[NumberOption], trigger: Word, scores: WordScores | None
) -> float | None:
    """The likeliest number, or `None` where none is likely."""
    weighed = [(_likely(model, option, trigger, scores), -n) for n, option in enumerate(offered)]
    probability, at = max(weighed, default=(0.0, 0))
    return offered[-at].value if probability >= LEAST else None


def _likely(model: LinearModel, option: NumberOption, trigger: Word, scores: WordScores | None) -> float:
    """The probability of a number by the linear model and the encoder."""
    odds = odds_of(model.yes(option.features)) + POINTED.intercept
    odds += POINTED.encoder * pointed(scores, "quantity", trigger, [option.word])
    return 1.0 / (1.0 + math.exp(-odds))


def _of(word: Word) -> float | None:
    if word.lemma in _NOT_COUNTED or (word.entity in ("DATE", "TIME", "CARDINAL") and word.pos == "PROPN"):
        return None
    if word.pos == "NUM" and word.entity not in ("DATE", "TIME"):
        return _figure(word)
    half = share(word.lower)
    if half is not None:
        return half
    for child in word.children:
        if (
            child.dep in ("nummod", "quantmod")
            and child.pos == "NUM"
            and child.entity not in ("DATE", "TIME", "ORDINAL")
        ):
            value = _figure(child)
            if value is not None:
                if word.lemma in ("percent", "cent") or word.text == "%":
                    return round(value / 100, 6)
                return value * _SCALES.get(word.lemma, 1)
    return None


def _figure(word: Word) -> float | None:
    """The number that a word stands in, with the words of it that adjoin: "1.5 million", but of "12 of 30" 12."""
    below = {w.i for w in word.subtree() if w.dep in ("compound", "nummod", "ROOT") or w is word or w.text == "-"}
    first = last = word.i
    while first - 1 in below:
        first -= 1
    while last + 1 in below:
        last += 1
    return number([w.text for w in word.subtree() if first <= w.i <= last and w.text != "-"])
