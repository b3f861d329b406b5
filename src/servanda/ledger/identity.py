"""What makes a claim the same claim: ids that depend on what was read, never on the order of anything."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servanda.core.claims import Claim

DIGITS = 16
"""64 bits: among a million claims, two share an id with a chance of one in thirty million."""


def digest(*parts: object) -> str:
    """A short, stable name for a tuple of plain values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()[:DIGITS]


def plain(quantity: float | None) -> float | None:
    """A quantity in the one form that databases give back: 300 is 300.0, and minus nothing is nothing.

    Raises:
        ServandaError: it is no finite number.
    """
    if quantity is None:
        return None
    try:
        number = float(quantity)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ServandaError("a claim's quantity is no number that can be kept", "a quantity is a finite number")
    return number + 0.0


def in_text_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims by their place in the text; the order in which a reader found them does not matter."""
    return sorted(claims, key=lambda claim: (claim.start, claim.end, repr(claim)))


def claim_ids(sha256: str, claims: Sequence[Claim]) -> list[str]:
    """One id per claim, in the order given: from the document's bytes, the claim's identity, and an ordinal.

    The document's hash stands for its name, since the name depends on what else is in the dossier.
    """
    seen: Counter[str] = Counter()
    ids = []
    for claim in claims:
        _, *identity, quantity = claim.identity
        name = digest(sha256, *identity, plain(quantity))
        ids.append(name if not seen[name] else digest(name, seen[name]))
        seen[name] += 1
    return ids
