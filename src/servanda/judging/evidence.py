"""From a link to a piece of evidence: when it happened, what it says of the commitment, whether it counts as proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from servanda.core.dates import DateRange, Duration, days_of
from servanda.core.judgement import Evidence, Grade, Link
from servanda.core.vocabulary import (
    AcceptedProof,
    Act,
    Action,
    Certainty,
    Credibility,
    Kind,
    Part,
    Polarity,
    Reliability,
    Stance,
    WhenKind,
)
from servanda.judging.marks import BEGINNING, DENIAL, OUGHT, PART, STAGE, WHOLE
from servanda.judging.relations import Bearing
from servanda.judging.sources import ADVERSARY, BACKER, DEBTOR, VERIFIER, Sources, Speaker
from servanda.judging.words import count_remaining, speaks_of_a_total, speaks_of_access, stage_named

if TYPE_CHECKING:
    from servanda.core.claims import ClaimRecord, Review
    from servanda.judging.visible import Commitment

FRESH = timedelta(days=30)
"""Words without a date are taken to be no older than this when they are reported."""

FACTS = frozenset({Stance.PERFORMS, Stance.PERFORMS_IN_PART, Stance.FAILS, Stance.BREACHES})
"""Stances that say what was or was not done; the others are words, demands or background."""


_WORDS = frozenset({Stance.INTENDS, Stance.DEMANDS, Stance.AMENDS, Stance.DISPUTES})
"""Their date is that of what they speak of, not of an event."""


@dataclass(slots=True)
class Item:
    """A piece of evidence while it is being weighed."""

    record: ClaimRecord
    commitment: Commitment
    bearing: Bearing | None
    score: float
    parts: tuple[tuple[str, float], ...]
    names_debtor: bool
    stance: Stance
    event: DateRange | None
    """When it happened, as far as said or imputed, and never after it was published."""
    open_ended: bool
    """It goes on from its first day until evidence of its end."""
    ranged: bool
    """The text gives a beginning and an end."""
    speaker: Speaker
    interest: str | None
    reliability: Reliability
    marks: int = 0
    """What the words of its quote say of how much was done (`judging.marks`)."""
    decided_by: str | None = None
    accepted: bool = False
    why: str = ""
    origin: str = ""
    credibility: Credibility = Credibility.CANNOT_BE_JUDGED
    imputed: bool = False
    copies: tuple[Item, ...] = ()
    """Earlier near-copies of its text."""

    @property
    def total(self) -> bool:
        """Whether its number is a running total."""
        return speaks_of_a_total(self.record.claim.quote)

    @property
    def quantity(self) -> float | None:
        """The claim's number."""
        return self.record.claim.quantity

    @property
    def published(self) -> date:
        """When it was published."""
        return self.record.document.published

    @property
    def speaker_name(self) -> str | None:
        """Who says it, as the text or the document names them."""
        return self.record.claim.source or self.record.document.publisher

    def finished(self) -> Evidence:
        """The piece of evidence as it is shown."""
        return Evidence(
            record=self.record,
            link=Link(self.commitment.id, self.score, self.parts, self.decided_by),
            stance=self.stance,
            grade=_grade(self.reliability, self.credibility),
            event=self.event,
            interest=self.interest,
            origin=self.origin,
            accepted=self.accepted,
            why=self.why,
        )


@cache
def _grade(reliability: Reliability, credibility: Credibility) -> Grade:
    return Grade(reliability, credibility)


def event_of(record: ClaimRecord) -> DateRange | None:
    """The days on which a claim says that it happened; `None` where it gives none."""
    return days_of(record.claim.when)


def _starts_before(event: DateRange, commitment: Commitment, record: ClaimRecord) -> bool:
    """Whether it happened, or for all that is said may have happened, before the commitment began."""
    start = commitment.acceded or commitment.concluded
    if start is None or event.first >= start:
        return False
    if event.last < start:
        return record.claim.when_kind is not WhenKind.FROM
    stretches = isinstance(record.claim.when, DateRange) or record.claim.when_kind is WhenKind.FROM
    return not stretches


def _too_early(stance: Stance, commitment: Commitment, published: date) -> str | None:
    """Why a report can be no failure and no breach yet: what was not owed could not be broken."""
    if stance not in (Stance.FAILS, Stance.BREACHES):
        return None
    start = commitment.acceded or commitment.concluded
    if start is None:
        return "nothing was owed under it yet"
    return "it was published before the commitment began" if published < start else None


def _report_stance(
    record: ClaimRecord, commitment: Commitment, bearing: Bearing, interest: str | None, *, inside: bool, marks: int
) -> Stance:
    claim, provision = record.claim, commitment.provision
    if (left := left_over(record, commitment)) is not None:
        return left
    if bearing is Bearing.SUBJECT:
        return Stance.BACKGROUND
    if bearing is Bearing.FAILS:
        return Stance.FAILS
    if bearing is Bearing.CONTRARY:
        if provision.kind is Kind.ACHIEVE and claim.action is Action.REMAIN:
            return Stance.FAILS
        return Stance.BREACHES
    if interest in (DEBTOR, BACKER) and claim.polarity is Polarity.NEGATIVE and marks & DENIAL:
        return Stance.DISPUTES
    if provision.kind is not Kind.ACHIEVE:
        return Stance.PERFORMS
    return _how_much(record, commitment, inside=inside, marks=marks)


def _how_much(record: ClaimRecord, commitment: Commitment, *, inside: bool, marks: int) -> Stance:
    """Whether a report of doing speaks of all that is owed or of a part."""
    claim, provision = record.claim, commitment.provision
    named = stage_named(claim.quote) if marks & STAGE else None
    if named is not None and (claim.quantity is None or provision.stages) and named != len(provision.stages):
        return Stance.PERFORMS_IN_PART
    owed = provision.quantity.value if provision.quantity else None
    if provision.stages:
        owed = None
    if claim.quantity is not None:
        if owed is None:
            shares = all(stage.quantity and stage.quantity.unit == "share" for stage in provision.stages)
            if marks & WHOLE and claim.quantity >= 1 and shares:
                return Stance.PERFORMS
            counted = claim.action in _COUNTED
            return Stance.PERFORMS_IN_PART if provision.stages or counted else Stance.PERFORMS
        if provision.quantity and provision.quantity.relation == "at most":
            return Stance.PERFORMS if claim.quantity <= owed else Stance.BREACHES
        slack = 0.9 if provision.quantity and provision.quantity.relation == "about" else 1.0
        is_share = 0 < claim.quantity < 1 and owed > 1
        reached = claim.quantity if not is_share else claim.quantity * owed
        return Stance.PERFORMS if reached >= owed * slack and owed > 0 else Stance.PERFORMS_IN_PART
    counted = claim.action in _COUNTED
    if (counted and (inside or marks & PART)) or marks & BEGINNING:
        return Stance.PERFORMS_IN_PART
    if (owed or provision.stages) and not marks & WHOLE and claim.quote is not None:
        return Stance.PERFORMS_IN_PART
    return Stance.PERFORMS


def left_over(record: ClaimRecord, commitment: Commitment) -> Stance | None:
    """What a count of those who are still there says where the accord sets ceilings on what may remain."""
    ceilings = [
        stage.quantity.value for stage in commitment.provision.stages if stage.remaining and stage.quantity is not None
    ]
    remaining = remaining_by(record) if ceilings else None
    if remaining is None or remaining > max(ceilings):
        return None
    return Stance.PERFORMS if remaining <= min(ceilings) else Stance.PERFORMS_IN_PART


def remaining_by(record: ClaimRecord) -> float | None:
    """How many are still there, by a claim that says so."""
    claim = record.claim
    if claim.polarity is Polarity.POSITIVE and claim.action in (Action.REMAIN, Action.DEPLOY):
        return claim.quantity
    return count_remaining(claim.quote)


_COUNTED = frozenset(
    {Action.WITHDRAW, Action.DISARM, Action.RELEASE, Action.DEPLOY, Action.RETURN, Action.HAND_OVER, Action.CLOSE}
)


def _words_stance(record: ClaimRecord, bearing: Bearing, *, by_debtor: bool) -> Stance:
    """What a commitment or a prediction says: words, which never perform and never breach."""
    claim = record.claim
    if bearing is Bearing.SUBJECT:
        return Stance.BACKGROUND
    if bearing is Bearing.KEEPS:
        return Stance.INTENDS if claim.act is Act.COMMIT or by_debtor else Stance.BACKGROUND
    if claim.act is Act.COMMIT:
        return Stance.REFUSES if by_debtor else Stance.BACKGROUND
    return Stance.REFUSES if by_debtor and claim.certainty is Certainty.CERTAIN else Stance.BACKGROUND


def weigh(
    record: ClaimRecord,
    commitment: Commitment,
    sources: Sources,
    *,
    bearing: Bearing | None,
    score: float,
    parts: tuple[tuple[str, float], ...],
    names_debtor: bool,
    clear: bool,
    marks: int,
    inside: bool = False,
    given: Stance | None = None,
    review: Review | None = None,
) -> Item:
    """Make evidence of a link: date it, find its stance and its source's stake, and say whether it counts."""
    claim, published = record.claim, record.document.published
    speaker = sources.speaker(record)
    interest = sources.interest(speaker, commitment, published) if speaker.parties else None
    event = event_of(record)
    imputed = False
    if given is not None:
        stance = given
    elif bearing is None or claim.act is Act.STIPULATE:
        stance = Stance.BACKGROUND
    elif claim.act is Act.DEMAND:
        stance = Stance.DEMANDS
    elif claim.act is Act.REPORT:
        stance = _report_stance(record, commitment, bearing, interest, inside=inside, marks=marks)
        if (event is not None and event.first > published) or marks & OUGHT:
            stance = Stance.BACKGROUND
    else:
        own = interest == DEBTOR and speaker.itself
        by_debtor = own or (claim.act is Act.COMMIT and claim.source is None and names_debtor)
        stance = _words_stance(record, bearing, by_debtor=by_debtor)
    why_background = ""
    if given is None and stance in FACTS and (too_early := _too_early(stance, commitment, published)):
        stance, why_background = Stance.BACKGROUND, too_early
    elif given is None and stance in FACTS:
        if event is None and stance is Stance.FAILS and claim.action is commitment.provision.action:
            event, imputed = DateRange(published, published), True
        elif event is None:
            why_background = "it does not say when"
        elif _starts_before(event, commitment, record):
            why_background = "it may have happened before the commitment began"
        if why_background:
            stance = Stance.BACKGROUND
    elif given in FACTS and event is None:
        event, imputed = DateRange(published, published), True
    elif stance is Stance.REFUSES and event is None and commitment.provision.kind is not Kind.ACHIEVE:
        stance, why_background = Stance.BACKGROUND, "it does not say when"
    elif stance is Stance.REFUSES:
        first = published - FRESH
        if commitment.concluded:
            first = min(max(first, commitment.concluded), published)
        event, imputed = DateRange(first, published), True
    elif stance in _WORDS:
        event = None
    stretches = claim.when_kind is WhenKind.FROM and not isinstance(claim.when, DateRange | Duration)
    item = Item(
        record=record,
        commitment=commitment,
        bearing=bearing,
        score=score,
        parts=parts,
        names_debtor=names_debtor,
        stance=stance,
        event=event,
        open_ended=stretches,
        ranged=isinstance(claim.when, DateRange) and claim.when.first != claim.when.last,
        speaker=speaker,
        interest=interest,
        reliability=sources.reliability(record, speaker, interest),
        marks=marks,
        decided_by=review.by if review else None,
        imputed=imputed,
    )
    item.accepted, item.why = _accepted(item, clear, why_background)
    return item


def _category(item: Item) -> AcceptedProof:
    performing = item.stance in (Stance.PERFORMS, Stance.PERFORMS_IN_PART)
    if item.interest == VERIFIER:
        return AcceptedProof.VERIFIER
    if item.interest in (DEBTOR, BACKER) and performing:
        return AcceptedProof.DEBTOR
    if item.interest == ADVERSARY and item.stance in (Stance.FAILS, Stance.BREACHES):
        return AcceptedProof.ADVERSARY
    if not item.speaker.named:
        return AcceptedProof.UNNAMED_SOURCE
    return AcceptedProof.OUTLET if item.speaker.outlet else AcceptedProof.NAMED_SOURCE


_WHY = {
    AcceptedProof.VERIFIER: "reported by the verifier",
    AcceptedProof.OUTLET: "reported by the outlet in its own voice",
    AcceptedProof.NAMED_SOURCE: "reported by a named source without a stake in it",
    AcceptedProof.UNNAMED_SOURCE: "its source is not named",
    AcceptedProof.DEBTOR: "the debtor or its backers speak for themselves",
    AcceptedProof.ADVERSARY: "only the debtor's adversary says so",
}


def _accepted(item: Item, clear: bool, why_background: str) -> tuple[bool, str]:
    """Whether it counts as proof, and why. Words and demands are never proof of what was done."""
    claim = item.record.claim
    if not clear and item.decided_by is None:
        return False, f"the link is doubtful (score {item.score:.2f}); it waits for review"
    match item.stance:
        case Stance.DEMANDS:
            return False, "a demand is no evidence of performance"
        case Stance.INTENDS:
            return False, "a promise is no performance"
        case Stance.BACKGROUND:
            return False, f"background: {why_background or _background(item)}"
        case Stance.AMENDS:
            return False, "a proposal changes nothing until the accord records it"
        case Stance.DISPUTES:
            return False, "a denial or a contestation; it is shown beside the judgement"
        case _:
            pass
    if claim.part is Part.HEADLINE:
        return False, "a headline does not outweigh its body"
    if claim.certainty is Certainty.POSSIBLE:
        return False, "it is only said to be possible"
    if item.stance is Stance.REFUSES:
        return True, "words or plans of the debtor against what it owes"
    if item.stance is Stance.DENIES_ACCESS:
        return True, "access was denied"
    if not item.names_debtor:
        return False, "it does not say that this debtor did it"
    category = _category(item)
    accepted = category in item.commitment.provision.proof.accepts
    if not accepted and category in (AcceptedProof.OUTLET, AcceptedProof.NAMED_SOURCE, AcceptedProof.VERIFIER):
        return False, "the provision does not accept such a source as proof"
    if accepted and item.interest in (DEBTOR, ADVERSARY) and category is AcceptedProof.NAMED_SOURCE:
        return True, "said by a party against its own interest"
    return accepted, _WHY[category]


def _background(item: Item) -> str:
    claim = item.record.claim
    if claim.act is Act.STIPULATE:
        return "what a text stipulates is not what was done"
    if claim.act is Act.PREDICT:
        return "a forecast"
    if claim.act is Act.COMMIT:
        return "words of somebody who does not owe it"
    if item.marks & OUGHT:
        return "it says what should have been done, not what was"
    if item.event is not None and item.event.first > item.published:
        return "it lies ahead"
    if item.bearing is Bearing.SUBJECT:
        return "on the subject, but not what is owed"
    return "it tells neither that it was done nor that it was not"


ABOUT_ACCESS = frozenset({Action.MONITOR, Action.OPEN})
"""The actions of claims that may tell of access that was denied."""


def is_about_access(record: ClaimRecord) -> bool:
    """Whether a claim says that somebody who was to verify could not."""
    claim = record.claim
    if claim.act is not Act.REPORT or claim.polarity is not Polarity.NEGATIVE:
        return False
    return claim.action is Action.MONITOR or (claim.action is Action.OPEN and speaks_of_access(claim.quote))
