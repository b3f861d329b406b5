"""Where an action takes place, as the text names it."""

from __future__ import annotations

from servanda.reading.names import name_of
from servanda.reading.parsing import Word

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_INTO = frozenset(
    {
        "in",
        "from",
        "to",
        "into",
        "on",
        "at",
        "near",
        "across",
        "inside",
        "outside",
        "around",
        "within",
        "through",
        "of",
        "off",
        "over",
        "along",
    }
)


def place(trigger: Word) -> str | None:
    """The nearest place that the trigger's clause names, or `None`."""
    for word in [
        trigger,
        *([trigger.head] if trigger.pos == "NOUN" and trigger.dep in ("dobj", "nsubj", "nsubjpass", "pobj") else []),
    ]:
        for preposition in _prepositions(word):
            for found in preposition.all("pobj"):
                if found.entity in _PLACES:
                    return name_of(found)
    direct = trigger.child("dobj", "nsubjpass")
    if direct is not None:
        if direct.entity in _PLACES:
            return name_of(direct)
        for preposition in _prepositions(direct):
            for found in preposition.all("pobj"):
                if found.entity in _PLACES:
                    return name_of(found)
    return None


def _prepositions(word: Word) -> list[Word]:
    found = []
    for preposition in word.all("prep"):
        if preposition.lower in _INTO:
            found.append(preposition)
        found.extend(inner for pobj in preposition.all("pobj") for inner in pobj.all("prep") if inner.lower in _INTO)
    return found
