"""The accord language as JSON Schema, for editors; made from the same forms that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.dates_written import DATE_PATTERN, SPAN_PATTERN
from servanda.accords.deadlines import ANCHOR, DEADLINE
from servanda.accords.loading import AccordForm
from servanda.accords.parties import NewId
from servanda.accords.quantities import QUANTITY
from servanda.accords.requirements import REQUIREMENT

if TYPE_CHECKING:
    from servanda.accords.shapes import Schema


def json_schema() -> Schema:
    """JSON Schema (draft 2020-12) of an accord file.

    It says what a file may look like. What no schema can say (ids that are declared, days that exist, times that
    fit) is said by `parse` and `check`.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Servanda accord",
        **AccordForm().schema(),
        "$defs": {
            "id": NewId().definition(),
            "date": {
                "description": "YYYY-MM-DD, or YYYY-MM or YYYY where no more is known",
                "anyOf": [
                    {"type": "string", "pattern": DATE_PATTERN},
                    {"type": "integer", "minimum": 1000, "maximum": 9999},
                ],
            },
            "span": {
                "description": "for instance 90 days, 3 months, 2 weeks, 10 business days, P90D",
                "type": "string",
                "pattern": SPAN_PATTERN,
            },
            "quantity": QUANTITY.definition(),
            "anchor": ANCHOR.definition(),
            "deadline": DEADLINE.definition(),
            "requirement": REQUIREMENT.definition(),
        },
    }
