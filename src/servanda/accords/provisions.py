"""Instruments and their provisions, with stages and proof."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.accords.dates_written import DATE
from servanda.accords.deadlines import DEADLINE
from servanda.accords.findings import listed, shown
from servanda.accords.forms import Filled, Form, Key, NamedForm, NamedItems
from servanda.accords.parties import ID, KNOWN, SOURCE, PartyList, check_span
from servanda.accords.quantities import QUANTITY
from servanda.accords.requirements import REQUIREMENT, Release
from servanda.accords.shapes import Identifier, OneOrMany, Reading, Schema, Several, Shape, Text, Word, YesNo
from servanda.core.accord import DEFAULT_PROOF, Instrument, NoDeadline, Proof, Provision, Stage
from servanda.core.vocabulary import AcceptedProof, Action, Bound, InstrumentStatus, Kind, Polarity
from servanda.core.written import Written, WrittenMap, WrittenText

if TYPE_CHECKING:
    from servanda.core.dates import PartialDate

DEBTORS = Key("debtors", PartyList(), "who owes it: parties or groups")
CREDITORS = Key("creditors", PartyList(), "to whom it is owed: parties or groups")
BoundList = tuple[tuple[str, Bound], ...]


class BoundShape(Shape[BoundList]):
    """How debtors are bound: one word for all of them, or a word for each."""

    what = "how the debtors are bound"
    EVERYONE = ""
    _word = Word(Bound, "a way to be bound")

    def schema(self) -> Schema:
        """A word, or a mapping from party to word."""
        word = self._word.schema()
        return {"anyOf": [word, {"type": "object", "additionalProperties": word}]}

    def read(self, written: Written, reading: Reading) -> BoundList | None:
        """Pairs of party and word; the party `EVERYONE` where one word is for all."""
        if not isinstance(written, WrittenMap):
            word = self._word.read(written, reading)
            return ((self.EVERYONE, word),) if word is not None else None
        pairs: list[tuple[str, Bound]] = []
        for entry in written:
            word = self._word.read(entry.value, reading)
            named = PartyList().read(WrittenText(entry.key, entry.at, quoted=True), reading) or ()
            if word is not None:
                pairs.extend((party, word) for party in named)
        return tuple(dict(pairs).items())


class ProofForm(Form[Proof]):
    """What is accepted as proof, and who verifies."""

    what = "a proof"
    example = "{accepts: [verifier, outlet], verifiers: [unsmil]}"
    ACCEPTS = Key(
        "accepts",
        OneOrMany(Word(AcceptedProof, "a kind of proof"), "a list of kinds of proof"),
        f"whose word is accepted: {listed([word.value for word in AcceptedProof], 'and')}",
    )
    VERIFIERS = Key("verifiers", PartyList(), "who verifies it, if not the instrument's verifier")
    keys = (ACCEPTS, VERIFIERS)

    def build(self, filled: Filled, reading: Reading) -> Proof | None:
        """The proof, with the default where nothing is said."""
        accepts = filled.get(self.ACCEPTS)
        return Proof(frozenset(accepts) if accepts else DEFAULT_PROOF, filled.get(self.VERIFIERS) or ())


class StageForm(Form[Stage]):
    """One step of a series."""

    what = "a stage"
    example = "{deadline: 2005-09-15, quantity: 210 weapons}"
    TEXT = Key("text", Text(), "what the step is, in words")
    DEADLINE = Key("deadline", DEADLINE, "when it is due")
    QUANTITY = Key("quantity", QUANTITY, "how much is due")
    CUMULATIVE = Key("cumulative", YesNo(), "the quantity counts from the beginning, not in this stage alone")
    REMAINING = Key("remaining", YesNo(), "the quantity is a ceiling on what remains, not what was handed over or left")
    AFTER = Key("after", OneOrMany(Release(), "a step or a list of steps"), "steps of others that release this one")
    keys = (TEXT, DEADLINE, QUANTITY, CUMULATIVE, REMAINING, AFTER)

    def build(self, filled: Filled, reading: Reading) -> Stage | None:
        """The stage; it gets its number from its place in the list."""
        cumulative, remaining = bool(filled.get(self.CUMULATIVE)), bool(filled.get(self.REMAINING))
        quantity = filled.get(self.QUANTITY)
        if cumulative and remaining:
            reading.findings.error(
                filled.at,
                "a quantity is either cumulative or what remains",
                "keep one of the two keys",
                "stage-quantity",
            )
        elif (cumulative or remaining) and not filled.has(self.QUANTITY):
            reading.findings.error(
                filled.at,
                f"'{'cumulative' if cumulative else 'remaining'}' says how to read a quantity, and there is none",
                "add 'quantity', or leave the key out",
                "stage-quantity",
            )
        return Stage(
            number=0,
            at=filled.at,
            text=filled.get(self.TEXT),
            deadline=filled.get(self.DEADLINE) or NoDeadline(),
            quantity=quantity,
            cumulative=cumulative,
            remaining=remaining,
            after=filled.get(self.AFTER) or (),
        )


class ProvisionForm(NamedForm[Provision]):
    """One thing that the instrument stipulates."""

    what = "a provision"
    example = "{id: foreign-forces-leave, debtors: [turkey], action: withdraw}"
    TEXT = Key("text", Text(), "the words of the instrument, or what they say")
    ACTION = Key("action", Word(Action, "an action"), "what is to be done or not done", required=True)
    POLARITY = Key("polarity", Word(Polarity, "a polarity"), "negative: not to be done (the default of 'refrain')")
    OBJECT = Key("object", Text(), "what is withdrawn, opened, released …")
    PLACE = Key("place", Text(), "where: the id or a name of a place")
    KIND = Key("kind", Word(Kind, "a kind"), "achieve (do it by the deadline, the default), maintain, refrain")
    JOINT = Key("joint", YesNo(), "the debtors owe it together; else each owes the whole")
    DEADLINE = Key("deadline", DEADLINE, "when it is due")
    QUANTITY = Key("quantity", QUANTITY, "how much is due in all")
    STAGES = Key("stages", Several(StageForm(), "a list of stages"), "the steps, in order")
    CONDITION = Key("condition", REQUIREMENT, "that without which nothing is owed")
    DEPENDS_ON = Key("depends_on", REQUIREMENT, "a prerequisite and no excuse: unmet, it puts the commitment at risk")
    BOUND = Key("bound", BoundShape(), "how debtors are bound: signed, endorsed or addressed; for all or for each")
    PROOF = Key("proof", ProofForm(), "what is accepted as proof, and who verifies")
    keys = (
        *(ID, TEXT, DEBTORS, CREDITORS, ACTION, POLARITY, OBJECT, PLACE, KIND, JOINT),
        *(DEADLINE, QUANTITY, STAGES, CONDITION, DEPENDS_ON, BOUND, PROOF),
    )

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Provision | None:
        """The provision of that id; its instrument is filled in by the instrument."""
        action = filled.get(self.ACTION)
        if action is None:
            return None
        debtors = filled.get(DEBTORS) or ()
        kind = filled.get(self.KIND) or Kind.ACHIEVE
        stages = filled.get(self.STAGES) or ()
        return Provision(
            id=name,
            instrument="",
            at=filled.at,
            debtors=debtors,
            action=action,
            text=filled.get(self.TEXT),
            polarity=filled.get(self.POLARITY) or (Polarity.NEGATIVE if kind is Kind.REFRAIN else Polarity.POSITIVE),
            creditors=filled.get(CREDITORS) or (),
            object=filled.get(self.OBJECT),
            place=filled.get(self.PLACE),
            kind=kind,
            joint=bool(filled.get(self.JOINT)),
            deadline=filled.get(self.DEADLINE) or NoDeadline(),
            quantity=filled.get(self.QUANTITY),
            stages=tuple(replace(stage, number=number) for number, stage in enumerate(stages, 1)),
            condition=filled.get(self.CONDITION),
            depends_on=filled.get(self.DEPENDS_ON),
            bound=self._bound(debtors, filled, reading),
            proof=filled.get(self.PROOF) or Proof(),
        )

    def _bound(self, debtors: tuple[str, ...], filled: Filled, reading: Reading) -> BoundList:
        pairs = filled.get(self.BOUND) or ()
        for party, _ in pairs:
            if party not in (*debtors, BoundShape.EVERYONE):
                reading.findings.error(
                    filled.at_key("bound"),
                    f"'bound' names {shown(party)}, who is no debtor of the provision",
                    "add it to the debtors, or leave it out here",
                    "bound-not-debtor",
                )
        return spelt_out(pairs, debtors)


def spelt_out(pairs: BoundList, debtors: tuple[str, ...]) -> BoundList:
    """The same with one pair a debtor, where one word was given for all."""
    everyone = dict(pairs).get(BoundShape.EVERYONE)
    return tuple((debtor, everyone) for debtor in debtors) if everyone is not None else pairs


class InstrumentForm(NamedForm[Instrument]):
    """An agreement, resolution, declaration or plan."""

    what = "an instrument"
    example = "{id: ceasefire-2020, title: Ceasefire agreement, status: signed, signed: 2020-10-23}"
    TITLE = Key("title", Text(), "its title", required=True)
    STATUS = Key(
        "status",
        Word(InstrumentStatus, "a status"),
        "signed, adopted, or tentative as long as it is not concluded",
        required=True,
    )
    SIGNED = Key("signed", DATE, "when it was signed or adopted; when it was announced, if it is tentative")
    ADOPTED = Key("adopted", DATE, "the same as 'signed', for what is adopted")
    ANNOUNCED = Key("announced", DATE, "the same as 'signed', for what is tentative")
    IN_FORCE = Key("in_force", DATE, "when it entered into force")
    UNTIL = Key("until", DATE, "the last day of its term")
    VERIFIER = Key("verifier", Identifier("party"), "who verifies what it stipulates")
    PARTIES = Key("parties", PartyList(), "its parties; who owes without being one of them is addressed only")
    BOUND = Key("bound", BoundShape(), "how debtors are bound, for all provisions that do not say it themselves")
    PROVISIONS = Key("provisions", NamedItems(ProvisionForm(), "a list of provisions"), "what it stipulates")
    keys = (
        *(ID, TITLE, STATUS, SIGNED, ADOPTED, ANNOUNCED, IN_FORCE, KNOWN, UNTIL),
        *(VERIFIER, PARTIES, BOUND, SOURCE, PROVISIONS),
    )

    def build_named(self, name: str, filled: Filled, reading: Reading) -> Instrument | None:
        """The instrument of that id with its provisions."""
        status = filled.get(self.STATUS)
        signed = self._date_of_signature(filled, reading)
        until = filled.get(self.UNTIL)
        check_span(signed, until, filled.at_key("until"), reading)
        bound = filled.get(self.BOUND) or ()
        provisions = filled.get(self.PROVISIONS) or ()
        if status is None:
            return None
        return Instrument(
            id=name,
            title=filled.get(self.TITLE) or name,
            status=status,
            at=filled.at,
            signed=signed,
            in_force=filled.get(self.IN_FORCE),
            known=filled.get(KNOWN),
            until=until,
            verifier=filled.get(self.VERIFIER),
            parties=filled.get(self.PARTIES) or (),
            source=filled.get(SOURCE),
            provisions=tuple(_within(provision, name, bound) for provision in provisions),
        )

    def _date_of_signature(self, filled: Filled, reading: Reading) -> PartialDate | None:
        given = [key for key in (self.SIGNED, self.ADOPTED, self.ANNOUNCED) if filled.has(key)]
        if len(given) > 1:
            reading.findings.error(
                filled.at_key(given[1].name),
                f"{listed([repr(key.name) for key in given], 'and')} both give the instrument's date",
                "keep one; the step from announced to concluded is a record of kind 'conclusion'",
                "two-dates",
            )
        return filled.get(given[0]) if given else None


def _within(provision: Provision, instrument: str, bound: BoundList) -> Provision:
    said = dict(provision.bound)
    default = dict(spelt_out(bound, provision.debtors))
    pairs = ((debtor, said.get(debtor) or default.get(debtor)) for debtor in provision.debtors)
    return replace(
        provision, instrument=instrument, bound=tuple((debtor, word) for debtor, word in pairs if word is not None)
    )
