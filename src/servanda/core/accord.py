"""An accord: parties, instruments, provisions and records, as written by a person in `accord.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.vocabulary import AcceptedProof, Action, Bound, InstrumentStatus, Kind, Polarity, RecordKind

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.dates import Duration, PartialDate
    from servanda.core.problems import Location


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie of one party to another (or to a side), for as long as it holds. Open ends are `None`."""

    target: str
    start: PartialDate | None = None
    end: PartialDate | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the tie may hold on that day."""
        return (self.start is None or self.start.first <= day) and (self.end is None or day <= self.end.last)


@dataclass(frozen=True, slots=True)
class Party:
    """A state, armed group, mission or office."""

    id: str
    name: str
    at: Location
    aliases: tuple[str, ...] = ()
    sides: tuple[Relation, ...] = ()
    member_of: tuple[Relation, ...] = ()
    backs: tuple[Relation, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Several parties under one name ("all external parties"). As a debtor it stands for each of its members."""

    id: str
    name: str
    at: Location
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A named place with its other names and the place that contains it. Coordinates are WGS 84 degrees."""

    id: str
    name: str
    at: Location
    aliases: tuple[str, ...] = ()
    within: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A named event that deadlines and conditions may refer to. `on` is `None` until it has happened."""

    id: str
    title: str
    at: Location
    on: PartialDate | None = None
    known: PartialDate | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class AfterSignature:
    """Counted from the signature (or adoption) of the provision's own instrument."""


@dataclass(frozen=True, slots=True)
class AfterEntryIntoForce:
    """Counted from the entry into force of the provision's own instrument."""


@dataclass(frozen=True, slots=True)
class AfterFulfilment:
    """Counted from the fulfilment of another provision (or of one stage of it)."""

    provision: str
    stage: int | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """Counted from a named event."""

    event: str


Anchor = AfterSignature | AfterEntryIntoForce | AfterFulfilment | AfterEvent


@dataclass(frozen=True, slots=True)
class OnDate:
    """A date that may be partial. `inclusive` is *by* (the day still counts); otherwise it is *before*."""

    date: PartialDate
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Within:
    """A span after an anchor. The anchor's own day is not counted; `inclusive` says whether the last day still is."""

    span: Duration
    anchor: Anchor
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """To be done no earlier than one deadline's day and no later than another's. Either end may be open."""

    opens: Deadline | None
    closes: Deadline | None


@dataclass(frozen=True, slots=True)
class EarlierOf:
    """The earlier of several deadlines."""

    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class LaterOf:
    """The later of several deadlines."""

    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Recurring:
    """Due again every span after an anchor, until a date where one is given ("report every 30 days")."""

    every: Duration
    anchor: Anchor
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class NoDeadline:
    """No date: either nothing is said, or only words such as "without delay", which are no date."""

    words: str | None = None


Deadline = OnDate | Within | Window | EarlierOf | LaterOf | Recurring | NoDeadline


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of what. A share of an unknown whole has the unit `share` and lies between 0 and 1."""

    value: float
    unit: str | None = None
    relation: str = "exactly"
    """One of `exactly`, `about`, `at least`, `at most`."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a series, with its own deadline and quantity. Stages count from 1."""

    number: int
    at: Location
    text: str | None = None
    deadline: Deadline = field(default_factory=NoDeadline)
    quantity: Quantity | None = None
    cumulative: bool = False
    remaining: bool = False
    """The quantity is a ceiling on what remains, not a count of what was handed over or left."""
    after: tuple[AfterFulfilment, ...] = ()
    """Reciprocity: steps of others that release this one."""


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """Met when a provision (or its stage, or one debtor's part of it) is fulfilled, or verified to be."""

    provision: str
    debtor: str | None = None
    stage: int | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Occurred:
    """Met when a named event has happened."""

    event: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition in words only. It is never taken as met without a record that says so."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met when all of its parts are."""

    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met when any of its parts is."""

    parts: tuple[Requirement, ...]


Requirement = Fulfilled | Occurred | Stated | AllOf | AnyOf


DEFAULT_PROOF = frozenset({AcceptedProof.VERIFIER, AcceptedProof.OUTLET, AcceptedProof.NAMED_SOURCE})


@dataclass(frozen=True, slots=True)
class Proof:
    """What a provision accepts as proof, and who verifies it (else the instrument's verifier does)."""

    accepts: frozenset[AcceptedProof] = DEFAULT_PROOF
    verifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that an instrument stipulates. With each debtor it makes one commitment."""

    id: str
    instrument: str
    at: Location
    debtors: tuple[str, ...]
    action: Action
    text: str | None = None
    polarity: Polarity = Polarity.POSITIVE
    creditors: tuple[str, ...] = ()
    object: str | None = None
    place: str | None = None
    kind: Kind = Kind.ACHIEVE
    joint: bool = False
    """The debtors owe it together: one commitment's evidence is evidence for each."""
    deadline: Deadline = field(default_factory=NoDeadline)
    quantity: Quantity | None = None
    stages: tuple[Stage, ...] = ()
    condition: Requirement | None = None
    """That without which nothing is owed."""
    depends_on: Requirement | None = None
    """A prerequisite, and no excuse: unmet, it puts the commitment at risk."""
    bound: tuple[tuple[str, Bound], ...] = ()
    """How debtors are bound, where the accord says so; else the instrument's parties signed, others are addressed."""
    proof: Proof = field(default_factory=Proof)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An agreement, resolution, declaration or plan."""

    id: str
    title: str
    status: InstrumentStatus
    at: Location
    signed: PartialDate | None = None
    """Date of signature or adoption; of announcement where the instrument is tentative."""
    in_force: PartialDate | None = None
    known: PartialDate | None = None
    """When it became known; `signed` where not given."""
    until: PartialDate | None = None
    """End of its term, where it has one."""
    verifier: str | None = None
    parties: tuple[str, ...] = ()
    source: str | None = None
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Something that happened to an instrument, provision or party after signature. Nothing is overwritten by it."""

    kind: RecordKind
    on: PartialDate
    source: str
    at: Location
    known: PartialDate | None = None
    """When it became known; `on` where not given."""
    instrument: str | None = None
    provision: str | None = None
    debtors: tuple[str, ...] = ()
    """Whom it concerns; empty means every debtor of the provision or instrument."""
    by: tuple[str, ...] = ()
    """Who made it: the reserving, suspending or waiving party."""
    predecessor: str | None = None
    successor: str | None = None
    deadline: Deadline | None = None
    """The new deadline of an amendment or extension; the other reading of an interpretation."""
    quantity: Quantity | None = None
    replaced_by: str | None = None
    """The provision that takes the place of an amended one."""
    text: str | None = None
    quote: str | None = None
    language: str | None = None
    oral: bool = False
    clock_stops: bool = False
    """Of a suspension: whether the time until its end is added to the deadline."""
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Accord:
    """Everything that `accord.yaml` says. Mappings are tuples in file order; look-ups are by id."""

    title: str
    at: Location
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    records: tuple[Record, ...] = ()
    sources: tuple[Source, ...] = ()
    groups: tuple[Group, ...] = ()
    """Debtors and creditors are already spelt out by party; groups are kept for their names."""

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """All provisions, in file order."""
        return tuple(provision for instrument in self.instruments for provision in instrument.provisions)

    def party(self, party_id: str) -> Party | None:
        """The party of that id."""
        return next((party for party in self.parties if party.id == party_id), None)

    def instrument(self, instrument_id: str) -> Instrument | None:
        """The instrument of that id."""
        return next((instrument for instrument in self.instruments if instrument.id == instrument_id), None)

    def provision(self, provision_id: str) -> Provision | None:
        """The provision of that id."""
        return next((provision for provision in self.provisions if provision.id == provision_id), None)


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher or speaker whose reliability the accord's author has graded, from a date on, with a reason."""

    name: str
    reliability: str
    at: Location
    since: PartialDate | None = None
    reason: str | None = None
    party: str | None = None
    """The party that it belongs to or speaks for, where it is not independent."""
    aliases: tuple[str, ...] = ()
