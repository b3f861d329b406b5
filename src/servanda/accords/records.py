"""Records: what happened to an instrument, a provision or a party after signature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.accords.dates_written import DATE
from servanda.accords.deadlines import DEADLINE
from servanda.accords.findings import listed
from servanda.accords.forms import Filled, Form, Key
from servanda.accords.parties import KNOWN, PartyList, check_span
from servanda.accords.quantities import QUANTITY
from servanda.accords.shapes import Identifier, Reading, Schema, Text, Word, YesNo
from servanda.core.accord import Record
from servanda.core.vocabulary import RecordKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Needs:
    """What a record of one kind must say: at least one key of each set."""

    sets: tuple[tuple[str, ...], ...]
    why: str


NEEDS: Mapping[RecordKind, Needs] = {
    RecordKind.CONCLUSION: Needs((("instrument",),), "which instrument was concluded"),
    RecordKind.AMENDMENT: Needs(
        (("provision", "instrument"), ("deadline", "quantity", "replaced_by", "text")), "what it amends, and to what"
    ),
    RecordKind.EXTENSION: Needs(
        (("provision", "instrument"), ("deadline", "until")), "what it extends, and until when"
    ),
    RecordKind.INTERPRETATION: Needs(
        (("provision",), ("deadline", "quantity", "text", "quote")), "what is read differently, and how"
    ),
    RecordKind.RESERVATION: Needs((("by",), ("provision", "instrument")), "who reserved, and on what"),
    RecordKind.SUSPENSION: Needs((("provision", "instrument"),), "what is suspended"),
    RecordKind.RESUMPTION: Needs((("provision", "instrument"),), "what is resumed"),
    RecordKind.WAIVER: Needs((("provision",),), "what is waived"),
    RecordKind.TERMINATION: Needs((("provision", "instrument"),), "what is terminated"),
    RecordKind.SUCCESSION: Needs((("from", "predecessor"), ("to", "successor")), "who succeeds whom"),
    RecordKind.ACCESSION: Needs((("by",), ("instrument",)), "who accedes to what"),
}


class RecordForm(Form[Record]):
    """Something that happened after signature. Nothing is overwritten by it."""

    what = "a record"
    example = "{kind: succession, from: gna, to: gnu, on: 2021-03, source: ADDRESS}"
    KIND = Key("kind", Word(RecordKind, "a kind of record"), "what happened", required=True)
    ON = Key("on", DATE, "when it happened", required=True)
    SOURCE = Key("source", Text(), "where that is found: an address or a title", required=True)
    INSTRUMENT = Key("instrument", Identifier("instrument"), "the instrument that it concerns")
    PROVISION = Key("provision", Identifier("provision"), "the provision that it concerns")
    DEBTORS = Key("debtors", PartyList(), "whom it concerns; every debtor, if left out")
    BY = Key("by", PartyList(), "who made it: the reserving, suspending, waiving or acceding party")
    FROM = Key("from", Identifier("party"), "of a succession: the predecessor")
    TO = Key("to", Identifier("party"), "of a succession: the successor")
    PREDECESSOR = Key("predecessor", Identifier("party"), "the same as 'from'")
    SUCCESSOR = Key("successor", Identifier("party"), "the same as 'to'")
    DEADLINE = Key("deadline", DEADLINE, "the new deadline; the other reading, of an interpretation")
    QUANTITY = Key("quantity", QUANTITY, "the new quantity; the other reading, of an interpretation")
    REPLACED_BY = Key("replaced_by", Identifier("provision"), "the provision that takes the place of an amended one")
    TEXT = Key("text", Text(), "what it says")
    QUOTE = Key("quote", Text(), "its words, verbatim")
    LANGUAGE = Key("language", Text(), "of an interpretation: the language of the version that is read")
    ORAL = Key("oral", YesNo(), "it was agreed by word of mouth")
    CLOCK_STOPS = Key("clock_stops", YesNo(), "of a suspension: its time is added to the deadlines")
    UNTIL = Key("until", DATE, "the last day on which it holds")
    keys = (
        *(KIND, ON, SOURCE, KNOWN, INSTRUMENT, PROVISION, DEBTORS, BY, FROM, TO, PREDECESSOR, SUCCESSOR),
        *(DEADLINE, QUANTITY, REPLACED_BY, TEXT, QUOTE, LANGUAGE, ORAL, CLOCK_STOPS, UNTIL),
    )

    def schema(self) -> Schema:
        """The keys, and what each kind needs besides."""
        rules = [
            {
                "if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]},
                "then": {"allOf": [{"anyOf": [{"required": [key]} for key in keys]} for keys in needs.sets]},
            }
            for kind, needs in NEEDS.items()
        ]
        return {**super().schema(), "allOf": rules}

    def build(self, filled: Filled, reading: Reading) -> Record | None:
        """The record, if it says what its kind needs."""
        kind, on, source = filled.get(self.KIND), filled.get(self.ON), filled.get(self.SOURCE)
        if kind is not None:
            self._check_needs(kind, filled, reading)
        until = filled.get(self.UNTIL)
        check_span(on, until, filled.at_key("until"), reading)
        if kind is None or on is None or source is None:
            return None
        return Record(
            kind=kind,
            on=on,
            source=source,
            at=filled.at,
            known=filled.get(KNOWN),
            instrument=filled.get(self.INSTRUMENT),
            provision=filled.get(self.PROVISION),
            debtors=filled.get(self.DEBTORS) or (),
            by=filled.get(self.BY) or (),
            predecessor=filled.get(self.FROM) or filled.get(self.PREDECESSOR),
            successor=filled.get(self.TO) or filled.get(self.SUCCESSOR),
            deadline=filled.get(self.DEADLINE),
            quantity=filled.get(self.QUANTITY),
            replaced_by=filled.get(self.REPLACED_BY),
            text=filled.get(self.TEXT),
            quote=filled.get(self.QUOTE),
            language=filled.get(self.LANGUAGE),
            oral=bool(filled.get(self.ORAL)),
            clock_stops=bool(filled.get(self.CLOCK_STOPS)),
            until=until,
        )

    def _check_needs(self, kind: RecordKind, filled: Filled, reading: Reading) -> None:
        by_name = {key.name: key for key in self.keys}
        for names in NEEDS[kind].sets:
            if not any(filled.has(by_name[name]) for name in names):
                reading.findings.error(
                    filled.at,
                    f"a record of kind '{kind}' has to say {NEEDS[kind].why}",
                    f"add {listed([repr(name) for name in names])}",
                    "missing-key",
                )
