"""Records that do not fit what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.accords.consistency.due_dates import last_day
from servanda.core.vocabulary import InstrumentStatus, RecordKind

if TYPE_CHECKING:
    from servanda.accords.consistency.inspection import Inspection
    from servanda.core.accord import Instrument, Record


def check_records(inspection: Inspection) -> None:
    """Check each record against its instrument, its provision and the records before it."""
    ended: dict[str, Record] = {}
    suspended: set[str] = set()
    for record in sorted(inspection.accord.records, key=lambda record: record.on.first):
        instrument = instrument_of(record, inspection)
        if instrument is not None:
            _check_date(record, instrument, inspection)
        _check_parties(record, inspection)
        _check_new_deadline(record, inspection)
        target = record.provision or record.instrument
        if target is not None:
            _check_sequence(record, target, ended, suspended, inspection)
        if record.known is not None and record.known.last < record.on.first:
            inspection.findings.error(
                inspection.place(record.at, "known"),
                f"the record was known on {record.known}, before it happened ({record.on})",
                "correct one of the dates",
                "known-before",
            )


def instrument_of(record: Record, inspection: Inspection) -> Instrument | None:
    """The instrument that the record is about."""
    if record.instrument is not None:
        return inspection.instruments[record.instrument]
    if record.provision is not None:
        return inspection.instruments[inspection.provisions[record.provision].instrument]
    return None


def _check_date(record: Record, instrument: Instrument, inspection: Inspection) -> None:
    if instrument.signed is not None and record.on.last < instrument.signed.first:
        inspection.findings.error(
            inspection.place(record.at, "on"),
            f"the record is of {record.on}, and '{instrument.id}' of {instrument.signed}",
            "a record comes after its instrument; correct one of the dates",
            "record-before-instrument",
        )
    if record.kind is RecordKind.CONCLUSION and instrument.status is not InstrumentStatus.TENTATIVE:
        inspection.findings.advice(
            inspection.place(record.at, "instrument"),
            f"'{instrument.id}' is said to be concluded, and is {instrument.status} already",
            "leave the record out, or make the status 'tentative', as it was before",
            "concluded-twice",
        )


def _check_parties(record: Record, inspection: Inspection) -> None:
    provision = inspection.provisions.get(record.provision or "")
    findings = inspection.findings
    if provision is not None:
        for debtor in record.debtors:
            if debtor not in provision.debtors:
                findings.error(
                    inspection.place(record.at, "debtors"),
                    f"'{debtor}' is named by the record, but does not owe '{provision.id}'",
                    f"its debtors are {', '.join(provision.debtors) or 'nobody'}",
                    "record-not-debtor",
                )
        if record.replaced_by == provision.id:
            findings.error(
                inspection.place(record.at, "replaced_by"),
                f"'{provision.id}' is replaced by itself",
                "name the provision that takes its place",
                "self-reference",
            )
        if record.kind is RecordKind.WAIVER and provision.creditors:
            for party in record.by:
                if party not in provision.creditors:
                    findings.advice(
                        inspection.place(record.at, "by"),
                        f"'{party}' waives '{provision.id}', which is owed to {', '.join(provision.creditors)}",
                        "only a creditor can waive; check who did",
                        "waiver-not-creditor",
                    )
    if record.kind is RecordKind.SUCCESSION and record.predecessor == record.successor:
        findings.error(
            record.at,
            f"'{record.successor}' succeeds itself",
            "name the predecessor and the successor",
            "self-reference",
        )


def _check_new_deadline(record: Record, inspection: Inspection) -> None:
    provision = inspection.provisions.get(record.provision or "")
    if record.kind is not RecordKind.EXTENSION or provision is None or record.deadline is None:
        return
    old = last_day(provision.deadline, provision, inspection)
    new = last_day(record.deadline, provision, inspection)
    if old is not None and new is not None and new <= old:
        inspection.findings.error(
            inspection.place(record.at, "deadline"),
            f"the extension of '{provision.id}' does not lie after the deadline that it extends",
            "correct the date, or make it an amendment",
            "extension-not-later",
        )


def _check_sequence(
    record: Record, target: str, ended: dict[str, Record], suspended: set[str], inspection: Inspection
) -> None:
    end = ended.get(target)
    if end is not None and end.on.last < record.on.first:
        inspection.findings.advice(
            record.at,
            f"'{target}' was terminated on {end.on} (line {end.at.line}), before this {record.kind}",
            "check the dates",
            "after-termination",
        )
    if record.kind is RecordKind.RESUMPTION and target not in suspended:
        inspection.findings.advice(
            record.at,
            f"'{target}' is resumed, and nothing says that it was suspended",
            "record the suspension too",
            "resumed-only",
        )
    if record.kind is RecordKind.SUSPENSION:
        suspended.add(target)
    if record.kind is RecordKind.TERMINATION:
        ended[target] = record
