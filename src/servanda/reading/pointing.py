"""What the encoder says of some words beside a trigger: that they name its actor, its source, its number, its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.reading.encoder import ROLES, WordScores
from servanda.reading.parsing import Word

FARTHEST = 6.0


@dataclass(frozen=True, slots=True)
class Pointing:
    """How much the encoder's log-odds count beside a linear model's, and what is added to their sum."""

    encoder: float
    intercept: float


def pointed(scores: WordScores | None, role: str, trigger: Word, words: Iterable[Word]) -> float:
    """The greatest log-odds that one of the words has a role for the trigger, between -6 and 6; 0 without scores."""
    if scores is None:
        return 0.0
    row = scores.roles[ROLES.index(role), trigger.i]
    return min(FARTHEST, max(-FARTHEST, max(float(row[word.i]) for word in words)))
