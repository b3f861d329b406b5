"""Conditions and prerequisites: what must have come about, all or any of several."""

from __future__ import annotations

from servanda.accords.findings import shown, suggestion
from servanda.accords.forms import Filled, Form, Key
from servanda.accords.shapes import Count, Identifier, Reading, Schema, Several, Shape, Text, YesNo
from servanda.core.accord import AfterFulfilment, AllOf, AnyOf, Fulfilled, Occurred, Requirement, Stated
from servanda.core.written import Written, WrittenList, WrittenMap, WrittenText

_REQUIREMENT_REF: Schema = {"$ref": "#/$defs/requirement"}


class ProvisionOrPart(Shape[tuple[str, str | None]]):
    """A provision, or one debtor's part of it as `provision/debtor`."""

    what = "the id of a provision"

    def schema(self) -> Schema:
        """An id, with or without a debtor."""
        return {"type": ["string", "number", "boolean"], "pattern": r"^[^\s/,:]+(/[^\s/,:]+)?$"}

    def read(self, written: Written, reading: Reading) -> tuple[str, str | None] | None:
        """Provision and debtor."""
        if not isinstance(written, WrittenText) or "/" not in written.text:
            provision = Identifier("provision").read(written, reading)
            return (provision, None) if provision is not None else None
        name, _, owed_by = written.text.strip().partition("/")
        provision = Identifier("provision").read(WrittenText(name, written.at, quoted=True), reading)
        debtor = Identifier("party").read(WrittenText(owed_by, written.at, quoted=True), reading)
        return (provision, debtor) if provision is not None and debtor is not None else None


class NestedRequirement(Shape[Requirement]):
    """A requirement within a requirement."""

    what = "a condition"

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return dict(_REQUIREMENT_REF)

    def read(self, written: Written, reading: Reading) -> Requirement | None:
        """The requirement."""
        return REQUIREMENT.read(written, reading)


class RequirementForm(Form[Requirement]):
    """What must have come about."""

    what = "a condition"
    example = "{fulfilled: PROVISION}, {event: EVENT}, {stated: WORDS}, {all: [...]} or {any: [...]}"
    FULFILLED = Key("fulfilled", ProvisionOrPart(), "the provision (or provision/debtor) that must be fulfilled")
    DEBTOR = Key("debtor", Identifier("party"), "only that debtor's part of it")
    STAGE = Key("stage", Count(), "only that stage of it; stages count from 1")
    VERIFIED = Key("verified", YesNo(), "it must be verified, not only reported")
    EVENT = Key("event", Identifier("event"), "the named event that must have happened")
    STATED = Key("stated", Text(), "a condition in words; only a record can say that it is met")
    ALL = Key("all", Several(NestedRequirement(), "a list of conditions", 1), "met when all of these are")
    ANY = Key("any", Several(NestedRequirement(), "a list of conditions", 1), "met when any of these is")
    keys = (FULFILLED, DEBTOR, STAGE, VERIFIED, EVENT, STATED, ALL, ANY)

    def schema(self) -> Schema:
        """One way of saying it."""
        ways = [{"required": [key.name]} for key in (self.FULFILLED, self.EVENT, self.STATED, self.ALL, self.ANY)]
        return {**super().schema(), "oneOf": ways}

    def build(self, filled: Filled, reading: Reading) -> Requirement | None:
        """The one requirement that is written."""
        ways = [key.name for key in (self.FULFILLED, self.EVENT, self.STATED, self.ALL, self.ANY) if filled.has(key)]
        if len(ways) != 1:
            reading.findings.error(
                filled.at,
                "a condition says one thing" if ways else "a condition says nothing",
                f"write {self.example}",
                "condition-keys",
            )
            return None
        extras = [key.name for key in (self.DEBTOR, self.STAGE, self.VERIFIED) if filled.has(key)]
        if extras and not filled.has(self.FULFILLED):
            reading.findings.error(
                filled.at_key(extras[0]), f"'{extras[0]}' goes with 'fulfilled' only", "leave it out", "condition-keys"
            )
        if filled.has(self.FULFILLED):
            return self._fulfilled(filled, reading)
        if filled.has(self.EVENT):
            event = filled.get(self.EVENT)
            return Occurred(event) if event else None
        if filled.has(self.STATED):
            words = filled.get(self.STATED)
            return Stated(words) if words else None
        parts = filled.get(self.ALL if filled.has(self.ALL) else self.ANY)
        if not parts:
            return None
        return AllOf(parts) if filled.has(self.ALL) else AnyOf(parts)

    def _fulfilled(self, filled: Filled, reading: Reading) -> Requirement | None:
        named = filled.get(self.FULFILLED)
        if named is None:
            return None
        provision, debtor = named
        return Fulfilled(
            provision, filled.get(self.DEBTOR) or debtor, filled.get(self.STAGE), bool(filled.get(self.VERIFIED))
        )


class RequirementShape(Shape[Requirement]):
    """A condition in any of its forms."""

    what = "a condition"
    _form = RequirementForm()

    def schema(self) -> Schema:
        """Reference to the shared definition."""
        return dict(_REQUIREMENT_REF)

    def definition(self) -> Schema:
        """Words, an id, a list (all of them), or a mapping."""
        listed = {"type": "array", "minItems": 1, "items": dict(_REQUIREMENT_REF)}
        return {"anyOf": [{"type": "string", "minLength": 1}, listed, self._form.schema()]}

    def read(self, written: Written, reading: Reading) -> Requirement | None:
        """The requirement.

        A list means all of its items. A bare text is the id of a provision or an event; several words are a
        condition that only stands in words.
        """
        if isinstance(written, WrittenMap):
            return self._form.read(written, reading)
        if isinstance(written, WrittenList):
            parts = Several(NestedRequirement(), "a list of conditions", 1).read(written, reading)
            return _all_of(parts) if parts else None
        return self._read_text(written, reading)

    def _read_text(self, written: WrittenText, reading: Reading) -> Requirement | None:
        if written.is_empty or not written.text.strip():
            self.mismatch(written, reading, f"write {self._form.example}")
            return None
        text = written.text.strip()
        if text in reading.names.of("event") and text not in reading.names.of("provision"):
            return Occurred(text)
        name, _, owed_by = text.partition("/")
        if name in reading.names.of("provision") and (not owed_by or owed_by in reading.names.of("party")):
            return Fulfilled(name, owed_by or None)
        if len(text.split()) > 1:
            return Stated(text)
        known = [*reading.names.of("provision"), *reading.names.of("event")]
        reading.findings.error(
            written.at,
            f"{shown(text)} is no provision or event of this accord",
            suggestion(text, known, f"correct the id, or write {{stated: {text}}} for a condition in words"),
            "unknown-provision",
        )
        return None


def _all_of(parts: tuple[Requirement, ...]) -> Requirement:
    return parts[0] if len(parts) == 1 else AllOf(parts)


class Release(Form[AfterFulfilment]):
    """A step of others that releases a stage."""

    what = "a step that releases this one"
    example = "{fulfilled: PROVISION, stage: 1}"
    FULFILLED = Key("fulfilled", Identifier("provision"), "the provision that must be fulfilled first", required=True)
    STAGE = Key("stage", Count(), "only that stage of it; stages count from 1")
    VERIFIED = Key("verified", YesNo(), "it must be verified, not only reported")
    keys = (FULFILLED, STAGE, VERIFIED)

    def schema(self) -> Schema:
        """An id or a mapping."""
        return {"anyOf": [{"$ref": "#/$defs/id"}, super().schema()]}

    def read(self, written: Written, reading: Reading) -> AfterFulfilment | None:
        """The step; a bare text is a provision's id."""
        if isinstance(written, WrittenText):
            provision = Identifier("provision").read(written, reading)
            return AfterFulfilment(provision) if provision is not None else None
        return super().read(written, reading)

    def build(self, filled: Filled, reading: Reading) -> AfterFulfilment | None:
        """The step."""
        provision = filled.get(self.FULFILLED)
        if provision is None:
            return None
        return AfterFulfilment(provision, filled.get(self.STAGE), bool(filled.get(self.VERIFIED)))


REQUIREMENT = RequirementShape()
