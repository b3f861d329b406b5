"""How many: the explicit number of what an action moves, frees, kills or covers."""

from __future__ import annotations

from servanda.reading.numbers import number, share
from servanda.reading.parsing import Word
from servanda.reading.triggers import participants

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
                if word.lemma in ("dozen", "hundred", "thousand", "million"):
                    return value * {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1e6}[word.lemma]
                return value
    return None


def _figure(word: Word) -> float | None:
    parts = [w.text for w in word.subtree() if w.dep in ("compound", "nummod", "ROOT") or w is word]
    parts = [p for p in parts if p not in ("-",)]
    return number(parts)
