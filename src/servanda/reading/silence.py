"""Whether a document speaks of conflict and agreements at all: where it does not, only claims beyond doubt stand.

A sports page opens a stadium, releases a player and fights for a title; each of these words alone may pass for a claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from servanda.core.claims import Claim

APART = -3.0
"""Mean log-odds of a document's sentences from which it is taken to hold no claims."""
EVIDENCE = 2.0
"""By how much the log-odds of all its sentences must come to more: one sentence alone tells too little."""
SURE = 0.95
"""Least probability of a claim, with its act and polarity, in such a document."""


def those_that_stand(claims: Sequence[Claim], likely: Sequence[float], apart: Sequence[float]) -> list[Claim]:
    """The claims of a document that stand, in order; `likely` has the probability of each.

    `apart` has the encoder's log-odds, of each of its sentences, that the document holds no claims.
    """
    if sum(apart) < APART * len(apart) + EVIDENCE:
        return list(claims)
    return [claim for claim, p in zip(claims, likely, strict=True) if p >= SURE]
