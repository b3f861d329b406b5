"""What makes a claim the same claim: ids that depend on what was read, never on the order of anything."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servanda.core.claims import Claim

DIGITS = 16
"""64 bits: among a million claims, two share an id with a chance of one in thirty million."""


def digest(*parts: object) -> str:
    """A short, stable name for a tuple of plain values."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()[:DIGITS]


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
        _, *identity = claim.identity
        name = digest(sha256, *identity)
        ids.append(name if not seen[name] else digest(name, seen[name]))
        seen[name] += 1
    return ids
