"""What of an accord exists at a date, as known at a date: instruments, records, events, commitments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Bound, InstrumentStatus, RecordKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from servanda.core.accord import Accord, Event, Instrument, Provision, Record
    from servanda.core.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Commitment:
    """A provision as it binds one debtor, with everything that has happened to it since signature."""

    id: str
    provision: Provision
    instrument: Instrument
    debtor: str
    bound: Bound
    concluded: date | None
    """The day from which it binds; `None` while its instrument is only tentative."""
    records: tuple[Record, ...] = ()
    predecessors: tuple[str, ...] = ()
    """Whom the debtor succeeded, the latest last."""
    acceded: date | None = None

    @property
    def announced(self) -> date | None:
        """The day on which its instrument became known or was concluded, whichever came first."""
        days = [when.first for when in (self.instrument.known, self.instrument.signed) if when is not None]
        return min(days, default=None)

    @property
    def debtors(self) -> tuple[str, ...]:
        """The debtor and those whose place it took."""
        return (*self.predecessors, self.debtor)


@dataclass(frozen=True, slots=True)
class View:
    """An accord as it stood at `as_of`, as far as it was known by `known_by`."""

    accord: Accord
    as_of: date
    known_by: date
    commitments: tuple[Commitment, ...]
    events: tuple[Event, ...]

    def of_provision(self, provision: str) -> tuple[Commitment, ...]:
        """The commitments that a provision makes."""
        return tuple(item for item in self.commitments if item.provision.id == provision)

    def event(self, event_id: str) -> Event | None:
        """An event that had happened and was known."""
        return next((event for event in self.events if event.id == event_id), None)


def _shown(known: PartialDate | None, as_of: date, known_by: date) -> bool:
    return known is None or known.first <= min(as_of, known_by)


def _visible_records(accord: Accord, as_of: date, known_by: date) -> tuple[Record, ...]:
    shown = [
        record
        for record in accord.records
        if _shown(record.known or record.on, as_of, known_by) and record.on.first <= as_of
    ]
    return tuple(sorted(shown, key=lambda record: record.on.first))


def _concluded_on(instrument: Instrument, records: Iterable[Record]) -> date | None:
    if instrument.status is not InstrumentStatus.TENTATIVE:
        return instrument.signed.first if instrument.signed else None
    for record in records:
        if record.kind is RecordKind.CONCLUSION and record.provision is None and record.instrument == instrument.id:
            return record.on.first
    return None


def _successors(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """For each party that was succeeded: the chain of those who followed, the present one last."""
    direct = {
        record.predecessor: record.successor
        for record in records
        if record.kind is RecordKind.SUCCESSION and record.predecessor and record.successor
    }
    chains: dict[str, tuple[str, ...]] = {}
    for first in direct:
        chain: list[str] = []
        here: str | None = direct[first]
        while here is not None and here not in chain and here != first:
            chain.append(here)
            here = direct.get(here)
        chains[first] = tuple(chain)
    return chains


def _concerns(record: Record, instrument: Instrument, provision: Provision, debtors: tuple[str, ...]) -> bool:
    if record.kind is RecordKind.SUCCESSION:
        return False
    if record.provision is not None:
        if record.provision != provision.id:
            return False
    elif record.instrument != instrument.id:
        return False
    if record.debtors:
        return any(debtor in record.debtors for debtor in debtors)
    if record.kind in (RecordKind.RESERVATION, RecordKind.ACCESSION):
        return any(debtor in record.by for debtor in debtors)
    return True


def _bound(
    provision: Provision, instrument: Instrument, debtors: tuple[str, ...], records: tuple[Record, ...]
) -> Bound:
    """How the debtor is bound; a successor is bound as its predecessor was.

    What the accord says is kept. Else a party that acceded or is among the instrument's parties has signed, unless it
    reserved on this provision; everybody else is only addressed.
    """
    written = dict(provision.bound)
    for debtor in reversed(debtors):
        if debtor in written:
            return written[debtor]
    if any(record.kind is RecordKind.RESERVATION and record.provision == provision.id for record in records):
        return Bound.ADDRESSED
    if any(record.kind is RecordKind.ACCESSION for record in records):
        return Bound.SIGNED
    return Bound.SIGNED if any(debtor in instrument.parties for debtor in debtors) else Bound.ADDRESSED


def visible(accord: Accord, *, as_of: date, known_by: date, provisions: Collection[str] | None = None) -> View:
    """Show what existed at `as_of` and was known by `known_by`; list a commitment from the day it was announced.

    `provisions` are the ids of those that are asked for; `None` for all.
    """
    records = _visible_records(accord, as_of, known_by)
    chains = _successors(records)
    commitments: list[Commitment] = []
    for instrument in accord.instruments:
        if not _shown(instrument.known or instrument.signed, as_of, known_by):
            continue
        concluded = _concluded_on(instrument, records)
        if concluded is not None and concluded > as_of:
            concluded = None
        joined = {
            party: record.on.first
            for record in records
            if record.kind is RecordKind.ACCESSION and record.instrument == instrument.id
            for party in (*record.by, *record.debtors)
        }
        for provision in instrument.provisions:
            if provisions is not None and provision.id not in provisions:
                continue
            named = list(provision.debtors)
            listed: set[str] = set()
            for original in named:
                line = (original, *chains.get(original, ()))
                debtor = line[-1]
                if debtor in listed or (debtor != original and debtor in named):
                    continue
                listed.add(debtor)
                concerning = tuple(item for item in records if _concerns(item, instrument, provision, line))
                commitments.append(
                    Commitment(
                        id=f"{provision.id}/{debtor}",
                        provision=provision,
                        instrument=instrument,
                        debtor=debtor,
                        bound=_bound(provision, instrument, line, concerning),
                        concluded=concluded,
                        records=concerning,
                        predecessors=line[:-1],
                        acceded=joined.get(debtor),
                    )
                )
    events = tuple(
        event
        for event in accord.events
        if event.on is not None and event.on.first <= as_of and _shown(event.known or event.on, as_of, known_by)
    )
    return View(accord, as_of, known_by, tuple(commitments), events)


def with_deadline(commitment: Commitment, record: Record) -> Commitment:
    """The commitment as another reading has it: the deadline of an interpretation in place of the accord's."""
    assert record.deadline is not None
    rest = tuple(item for item in commitment.records if item is not record)
    return replace(commitment, provision=replace(commitment.provision, deadline=record.deadline), records=rest)
