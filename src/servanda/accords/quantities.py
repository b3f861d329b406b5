"""Quantities as people write them: `300`, `about 300 troops`, `30%`, or a mapping with value, unit and relation."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from servanda.accords.findings import shown
from servanda.accords.forms import Filled, Form, Key
from servanda.accords.shapes import Number, Reading, Schema, Shape, Text, Word, plain_number
from servanda.core.accord import Quantity
from servanda.core.written import Written, WrittenMap, WrittenText

if TYPE_CHECKING:
    from servanda.core.problems import Location


class Relation(StrEnum):
    """How a number bounds what is meant."""

    EXACTLY = "exactly"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"


_RELATION_WORDS = {
    "exactly": Relation.EXACTLY,
    "about": Relation.ABOUT,
    "around": Relation.ABOUT,
    "approximately": Relation.ABOUT,
    "some": Relation.ABOUT,
    "at least": Relation.AT_LEAST,
    "no fewer than": Relation.AT_LEAST,
    "no less than": Relation.AT_LEAST,
    "at most": Relation.AT_MOST,
    "up to": Relation.AT_MOST,
    "no more than": Relation.AT_MOST,
}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d+)?"
_WORDED = re.compile(
    rf"(?:(?P<relation>{'|'.join(_RELATION_WORDS)})\s+)?(?P<value>{_NUMBER})\s*(?P<rest>%|per\s?cent\b|percent\b)?"
    r"(?:\s*(?P<unit>[^\d\s%].*))?",
    re.IGNORECASE,
)
SHARE = "share"


class QuantityForm(Form[Quantity]):
    """How much of what."""

    what = "a quantity"
    example = "{value: 300, unit: troops, relation: about}"
    VALUE = Key("value", Number("a quantity", least=0), "the number; of a share, between 0 and 1", required=True)
    UNIT = Key("unit", Text(), "what is counted: troops, weapons, km; 'share' for a part of a whole")
    RELATION = Key("relation", Word(Relation, "a relation"), "exactly (the default), about, at least or at most")
    keys = (VALUE, UNIT, RELATION)

    def build(self, filled: Filled, reading: Reading) -> Quantity | None:
        """The quantity, a share lying between 0 and 1."""
        value = filled.get(self.VALUE)
        unit = filled.get(self.UNIT)
        relation = filled.get(self.RELATION) or Relation.EXACTLY
        if value is None:
            return None
        return _checked(Quantity(value, unit, relation.value), filled.at_key("value"), reading)


class QuantityShape(Shape[Quantity]):
    """A quantity in any of its forms."""

    what = "a quantity"
    _form = QuantityForm()

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return {"$ref": "#/$defs/quantity"}

    def definition(self) -> Schema:
        """A number, words, or a mapping."""
        relations = "|".join(_both_cases(word) for word in _RELATION_WORDS)
        return {
            "description": QuantityForm.about(),
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": rf"^(({relations}) +)?({_NUMBER})( *%| *[pP]er ?cent)?( *[^\d\s%].*)?$"},
                self._form.schema(),
            ],
        }

    def read(self, written: Written, reading: Reading) -> Quantity | None:
        """The quantity."""
        if isinstance(written, WrittenMap):
            return self._form.read(written, reading)
        remedy = "write for instance 300, 'about 300 troops', '30%' or {value: 300, unit: troops}"
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, remedy)
            return None
        if (number := plain_number(written)) is not None and number >= 0:
            return Quantity(number)
        match = _WORDED.fullmatch(written.text.strip()) if len(written.text) < 300 else None
        if match is None:
            reading.findings.error(written.at, f"{shown(written.text)} is not a quantity", remedy, "bad-quantity")
            return None
        relation = _RELATION_WORDS[" ".join((match["relation"] or "exactly").lower().split())]
        value = float(match["value"].replace(",", ""))
        if match["rest"]:
            return _checked(Quantity(value / 100, SHARE, relation.value), written.at, reading)
        return Quantity(value, match["unit"].strip() if match["unit"] else None, relation.value)


def _both_cases(word: str) -> str:
    return f"[{word[0].upper()}{word[0]}]{word[1:]}"


def _checked(quantity: Quantity, at: Location, reading: Reading) -> Quantity | None:
    if quantity.unit == SHARE and quantity.value > 1:
        reading.findings.error(
            at, f"a share of {quantity.value:g} is more than the whole", "write 0.3, or '30%'", "out-of-range"
        )
        return None
    return quantity


QUANTITY = QuantityShape()
