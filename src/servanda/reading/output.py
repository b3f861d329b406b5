"""Claims as JSON objects with the fields of the annotation guidelines."""

from __future__ import annotations

from servanda.core.claims import Claim
from servanda.core.dates import iso_when


def claim_json(claim: Claim) -> dict[str, object]:
    """The guideline fields of a claim, in their order; what is unknown is `None`."""
    quantity = claim.quantity
    return {
        "doc": claim.doc,
        "quote": claim.quote,
        "act": str(claim.act),
        "action": str(claim.action),
        "polarity": str(claim.polarity),
        "actors": list(claim.actors),
        "source": claim.source,
        "when": None if claim.when is None else iso_when(claim.when),
        "when_kind": None if claim.when_kind is None else str(claim.when_kind),
        "quantity": int(quantity) if quantity is not None and quantity.is_integer() else quantity,
        "place": claim.place,
        "certainty": str(claim.certainty),
    }
