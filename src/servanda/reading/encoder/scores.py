"""What the encoder says of the words of one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from servanda.reading.encoder.labels import ACTIONS, ACTS, ROLES

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class WordScores:
    """Scores of one sentence of `n` words. Probabilities lie between 0 and 1."""

    trigger: NDArray[np.float32]
    """[n, actions]: that the word is the head word of a claim with that action (columns in the order of `ACTIONS`).
    A word may be two triggers at once."""
    act: NDArray[np.float32]
    """[n, acts]: the act of the claim, if the word is a trigger; each row sums to one (order of `ACTS`)."""
    negative: NDArray[np.float32]
    """[n]: that the claim's polarity is negative, if the word is a trigger."""
    possible: NDArray[np.float32]
    """[n]: that the claim's certainty is `possible`, if the word is a trigger."""
    roles: NDArray[np.float32]
    """[roles, n, n]: log-odds that word `j` belongs to the quote, actor, source or place of trigger `i`
    (`roles[r, i, j]`, order of `ROLES`)."""
    apart: float = 0.0
    """Log-odds that the sentence stands in a document that holds no claim at all (sport, markets, the weather)."""

    @property
    def triage(self) -> float:
        """How likely the sentence is to hold a claim: the greatest trigger probability in it; 0 without words."""
        return float(self.trigger.max(initial=0.0))

    def quote_of(self, word: int) -> range:
        """The likeliest quote of a trigger: the contiguous stretch of words around it with the greatest log-odds."""
        return best_stretch(self.roles[ROLES.index("quote"), word], word)

    def name_of(self, role: str, word: int) -> range | None:
        """The words of the likeliest name in a role (`actor`, `source`, `place`) of a trigger; `None` if there is none.

        It is the contiguous stretch with the greatest sum of log-odds, anywhere in the sentence.
        """
        odds = self.roles[ROLES.index(role), word]
        stretches = [best_stretch(odds, int(n)) for n in np.flatnonzero(odds > 0)]
        return max(stretches, key=lambda words: float(odds[words.start : words.stop].sum()), default=None)

    def likeliest_act(self, word: int) -> str:
        """The act of the claim that the word would trigger."""
        return ACTS[int(self.act[word].argmax())].value

    def likeliest_action(self, word: int) -> str:
        """The action of the claim that the word would trigger."""
        return ACTIONS[int(self.trigger[word].argmax())].value


def best_stretch(odds: NDArray[np.float32], around: int) -> range:
    """The contiguous stretch that holds `around` with the greatest sum of log-odds; the shortest of equals."""
    right = np.cumsum(odds[around + 1 :])
    left = np.cumsum(odds[:around][::-1])
    after = int(right.argmax()) + 1 if right.size and right.max() > 0 else 0
    before = int(left.argmax()) + 1 if left.size and left.max() > 0 else 0
    return range(around - before, around + after + 1)
