"""Proposing an accord from what coverage says was stipulated and undertaken; a person decides what stays."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.accords.drafting_parties import PartyDraft, PartyDrafts, bare_name, printable, slug
from servanda.core.claims import Claim, ClaimRecord
from servanda.core.dates import DateRange, Duration, PartialDate, days_of
from servanda.core.vocabulary import Act, Action, Certainty, InstrumentStatus, Kind, Part, Polarity, WhenKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.core.dates import When

_INSTRUMENT_WORD = re.compile(
    r"\b(accords?|agreements?|treaty|pact|deal|cease-?fire|truce|resolution|declaration|communiqu[eé]|conclusions|plan|"
    r"road ?map|understanding|memorandum|protocol|mandate|embargo|constitution|law|decree|timetable)\b",
    re.IGNORECASE,
)
_CONCLUDED = re.compile(r"\b(signed|signing|agreed|concluded|ratified|sealed|inked)\b", re.IGNORECASE)
_ADOPTED = re.compile(r"\b(resolution|conclusions|declaration|law|decree|constitution|communiqu[eé])\b", re.IGNORECASE)
_REFRAINED_FROM = frozenset(
    {Action.ARM, Action.ATTACK, Action.DEPLOY, Action.DETAIN, Action.INTERFERE, Action.SANCTION, Action.CLOSE}
)
"""Actions whose absence somebody can undertake. Of the others, the negative is a refusal: no undertaking at all."""
_HOSTILE = frozenset({Action.ARM, Action.ATTACK, Action.DETAIN, Action.INTERFERE, Action.REMAIN, Action.SANCTION})
"""What somebody may announce, yet owes to no one."""
_ANYBODY = frozenset(
    {
        *("he", "she", "it", "they", "we", "i", "you", "who", "which", "that", "this", "these", "those", "one", "each"),
        *(
            "country",
            "countries",
            "nation",
            "nations",
            "state",
            "states",
            "side",
            "sides",
            "two sides",
            "party",
            "parties",
        ),
        *(
            "two",
            "other",
            "others",
            "everyone",
            "nobody",
            "people",
            "them",
            "us",
            "both",
            "statement",
            "source",
            "sources",
        ),
    }
)
_LASTING = frozenset({Action.CEASE_FIRE, Action.MONITOR, Action.REMAIN})


@dataclass(slots=True)
class Quoted:
    """A stretch of text that supports a proposal."""

    quote: str
    publisher: str | None
    published: date
    document: str


@dataclass(slots=True)
class ProvisionDraft:
    """A provision on its way into a draft."""

    action: Action
    polarity: Polarity
    kind: Kind
    debtors: dict[str, PartyDraft]
    when: When | None
    when_kind: WhenKind | None
    quantity: float | None
    place: str | None
    object: str | None
    published: date
    records: list[ClaimRecord]
    quotes: list[Quoted] = field(default_factory=list)
    other_whens: list[tuple[When, Quoted]] = field(default_factory=list)
    """Other lengths of the same span that other texts give."""

    @property
    def lead(self) -> ClaimRecord:
        """The claim that speaks for the provision: a headline never outweighs its body."""
        return next((record for record in self.records if record.claim.part is not Part.HEADLINE), self.records[0])

    @property
    def is_open(self) -> bool:
        """Whether a text takes it back to a possibility, or only a headline says it."""
        said = [record.claim for record in self.records if record.claim.part is not Part.HEADLINE]
        return not said or any(claim.certainty is Certainty.POSSIBLE for claim in said)

    def fits(self, other: ProvisionDraft) -> bool:
        """Whether the other says the same thing, as far as both say anything."""
        return (
            (self.action, self.polarity) == (other.action, other.polarity)
            and bool(self.debtors.keys() & other.debtors.keys())
            and (_compatible(self.when, other.when) or _same_span_otherwise(self.when, other.when))
            and _compatible(self.quantity, other.quantity)
            and _compatible(self.place and self.place.casefold(), other.place and other.place.casefold())
        )

    def absorb(self, other: ProvisionDraft) -> None:
        """Take in what the other adds."""
        if other.when is not None and self.when is not None and other.when != self.when:
            self.other_whens.extend((other.when, quoted) for quoted in other.quotes[:1])
        if self.when is None:
            self.when, self.when_kind, self.published = other.when, other.when_kind, other.published
        self.quantity = other.quantity if self.quantity is None else self.quantity
        self.place, self.object = self.place or other.place, self.object or other.object
        self.debtors.update(other.debtors)
        self.records.extend(other.records)
        known = {(quoted.document, quoted.quote) for quoted in self.quotes}
        self.quotes.extend(quoted for quoted in other.quotes if (quoted.document, quoted.quote) not in known)


@dataclass(slots=True)
class InstrumentDraft:
    """An instrument on its way into a draft."""

    title: str
    status: InstrumentStatus
    published: date
    signed: PartialDate | None = None
    parties: dict[str, PartyDraft] = field(default_factory=dict)
    provisions: list[ProvisionDraft] = field(default_factory=list)
    source: str | None = None


@dataclass(slots=True)
class Proposal:
    """Everything that a draft holds."""

    title: str
    parties: PartyDrafts
    instruments: list[InstrumentDraft]
    left_out: list[tuple[str, Quoted]]
    """What was said but could not be proposed, and why."""


def propose(title: str, records: Sequence[ClaimRecord]) -> Proposal:
    """Gather commitments and stipulations into provisions, and these into instruments, oldest coverage first."""
    ordered = sorted(records, key=lambda record: (record.document.published, record.document.id, record.claim.start))
    proposal = Proposal(title, PartyDrafts(), [], [])
    drafts: list[ProvisionDraft] = []
    for record in ordered:
        if record.claim.act not in (Act.COMMIT, Act.STIPULATE) or not record.claim.quote:
            continue
        if (reason := _not_a_duty(record.claim)) is not None:
            proposal.left_out.append((reason, _quoted(record)))
            continue
        drafted = _provision(record, proposal.parties)
        known = next((known for known in drafts if known.fits(drafted)), None)
        if known is not None:
            known.absorb(drafted)
        else:
            drafts.append(drafted)
    by_key: dict[tuple[str, ...], InstrumentDraft] = {}
    for provision in drafts:
        key, name = _instrument_of(provision)
        if key not in by_key:
            by_key[key] = _instrument(name, provision, ordered, proposal.parties)
        by_key[key].provisions.append(provision)
        if provision.lead.claim.act is Act.COMMIT:
            by_key[key].parties.update(provision.debtors)
    proposal.instruments = list(by_key.values())
    for instrument in proposal.instruments:
        _drop_dates_before_signature(instrument)
    return proposal


def _not_a_duty(claim: Claim) -> str | None:
    if not _owing(claim):
        return "the text does not say who owes it"
    if claim.polarity is Polarity.NEGATIVE and claim.action not in _REFRAINED_FROM:
        return "it is a refusal or an end, not an undertaking"
    if claim.act is Act.COMMIT and claim.polarity is Polarity.POSITIVE and claim.action in _HOSTILE:
        return "it announces conduct that nobody is owed"
    return None


def _owing(claim: Claim) -> list[str]:
    """Who is to act; of what "we" will do, the speaker, who does not owe what others are to do."""
    speaks_for_itself = claim.act is Act.COMMIT and any(actor.casefold() in ("we", "i") for actor in claim.actors)
    return _named(claim.actors) or (_named([claim.source or ""]) if speaks_for_itself else [])


def _named(actors: Sequence[str]) -> list[str]:
    """The actors that a reader could find again: no pronouns, and no words that may mean anybody."""
    names = ((actor, bare_name(actor).casefold()) for actor in actors)
    return [actor for actor, name in names if name and name not in _ANYBODY and not name.startswith("unnamed")]


def _provision(record: ClaimRecord, parties: PartyDrafts) -> ProvisionDraft:
    claim = record.claim
    if claim.polarity is Polarity.NEGATIVE:
        kind = Kind.ACHIEVE if claim.action is Action.SANCTION else Kind.REFRAIN
    else:
        kind = Kind.MAINTAIN if claim.action in _LASTING else Kind.ACHIEVE
    quantity = claim.quantity
    return ProvisionDraft(
        action=claim.action,
        polarity=claim.polarity,
        kind=kind,
        debtors={party.id: party for party in map(parties.of, _owing(claim))},
        when=claim.when,
        when_kind=claim.when_kind,
        quantity=quantity if quantity is not None and math.isfinite(quantity) and 0 < quantity < 1e12 else None,
        place=printable(claim.place or "") or None,
        object=printable(claim.object or "") or None,
        published=record.document.published,
        records=[record],
        quotes=[_quoted(record)],
    )


def _quoted(record: ClaimRecord) -> Quoted:
    document = record.document
    return Quoted(record.claim.quote or "", document.publisher, document.published, document.id)


def _instrument_of(provision: ProvisionDraft) -> tuple[tuple[str, ...], str]:
    """Under which instrument a provision goes, and what to call it."""
    for record in provision.records:
        source = printable(record.claim.source or "")
        if record.claim.act is Act.STIPULATE and _INSTRUMENT_WORD.search(source):
            return ("named", slug(source)), source[:1].upper() + source[1:]
    claim, document = provision.lead.claim, provision.lead.document
    publisher = printable(document.publisher or "") or document.id
    if claim.act is Act.STIPULATE:
        what = "What was stipulated, as"
    else:
        what = "Undertakings not yet made that" if provision.is_open else "Undertakings that"
    name = f"{what} {publisher} reported on {document.published.isoformat()}"
    return (claim.act.value, str(provision.is_open), document.id), name


def _instrument(
    name: str, provision: ProvisionDraft, records: Sequence[ClaimRecord], parties: PartyDrafts
) -> InstrumentDraft:
    """The instrument: tentative, unless a text says that it was signed, agreed or undertaken."""
    claim, document = provision.lead.claim, provision.lead.document
    drafted = InstrumentDraft(
        title=name,
        status=InstrumentStatus.TENTATIVE,
        published=document.published,
        source=printable(document.address or "") or None,
    )
    if provision.is_open:
        return drafted
    conclusion = next((other for other in records if _concludes(other, provision.lead)), None)
    if claim.act is Act.COMMIT:
        drafted.status = InstrumentStatus.ADOPTED
    elif conclusion is not None or _CONCLUDED.search(f"{claim.quote} {claim.source}"):
        drafted.status = InstrumentStatus.ADOPTED if _ADOPTED.search(name) else InstrumentStatus.SIGNED
    if conclusion is not None and claim.act is Act.STIPULATE:
        when = conclusion.claim.when
        if isinstance(when, PartialDate) and when.first <= conclusion.document.published:
            drafted.signed = when
        drafted.parties = {party.id: party for party in map(parties.of, _named(conclusion.claim.actors))}
    return drafted


def _concludes(other: ClaimRecord, record: ClaimRecord) -> bool:
    """Whether the other claim reports, in the same sentence, that what the claim stands in was concluded."""
    claim = other.claim
    return (
        claim.act is Act.REPORT
        and claim.action in (Action.AGREE, Action.LEGISLATE, Action.CEASE_FIRE)
        and claim.polarity is Polarity.POSITIVE
        and claim.certainty is Certainty.CERTAIN
        and claim.part is not Part.HEADLINE
        and other.document.id == record.document.id
        and claim.sentence == record.claim.sentence
    )


def _drop_dates_before_signature(instrument: InstrumentDraft) -> None:
    """A date that had passed when the instrument was made is no deadline of it."""
    start = instrument.signed.first if instrument.signed else None
    for provision in instrument.provisions:
        days = days_of(provision.when)
        if start is not None and days is not None and days.last < start:
            provision.when = provision.when_kind = None


def _compatible(mine: object, other: object) -> bool:
    return mine is None or other is None or mine == other


def _same_span_otherwise(mine: When | None, other: When | None) -> bool:
    """Three months and 90 days: two readings of one span, which differ by less than a tenth."""
    if not isinstance(mine, Duration) or not isinstance(other, Duration):
        return False
    shorter, longer = sorted((about_days(mine), about_days(other)))
    return shorter > 0 and longer <= 1.1 * shorter


def about_days(span: Duration) -> float:
    """About how many days a span has."""
    return span.years * 365.25 + span.months * 30.44 + span.weeks * 7 + span.days + span.business_days * 1.4


def deadline_of(provision: ProvisionDraft) -> str | None:
    """The deadline as the accord language writes it, or `None` where the texts give none."""
    return written_deadline(provision.when, provision.when_kind, provision.published)


def written_deadline(when: When | None, kind: WhenKind | None, published: date) -> str | None:
    """A claim's date as a deadline. Dates on which something already took place are none."""
    match when:
        case Duration() if kind is WhenKind.BY and about_days(when) > 0:
            return f"{{within: {when if is_one_unit(when) else when.iso}, after: signature}}"
        case PartialDate() if kind is WhenKind.BY:
            return f"{{by: {when}}}"
        case PartialDate() if kind is WhenKind.FROM:
            return f"{{not_before: {when}}}"
        case PartialDate() if kind is WhenKind.ON and when.last >= published:
            return f"{{on: {when}}}"
        case DateRange() if when.last >= published:
            return f"{{from: {when.first.isoformat()}, to: {when.last.isoformat()}}}"
        case _:
            return None


def is_one_unit(span: Duration) -> bool:
    """Whether the span is so many of one unit, which is how the accord language writes spans in words."""
    return sum(bool(part) for part in (span.years, span.months, span.weeks, span.days, span.business_days)) == 1
