"""Gather the evidence on commitments: the engine's links, links handed in, and analysts' decisions over both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

from servanda.core.vocabulary import Act, Stance
from servanda.judging.evidence import Item, event_of, is_about_access, weigh
from servanda.judging.linking import CLEAR, Linker, Proposal
from servanda.judging.marks import Marker
from servanda.judging.origins import find_copies, in_order
from servanda.judging.places import Gazetteer, Where
from servanda.judging.relations import Bearing, bearings
from servanda.judging.roster import Roster
from servanda.judging.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.claims import ClaimRecord, Review
    from servanda.judging.visible import Commitment

_GIVEN = (("given with the claim", 1.0),)
_DECIDED = (("analyst's decision", 1.0),)
_ACCESS = (("action", 0.9), ("actor", 0.9), ("place", 0.9), ("object", 0.9))
_ACCESS_SCORE = 0.66


@dataclass(frozen=True, slots=True)
class Decisions:
    """What analysts decided about links, the latest decision on each claim that was not undone."""

    by_claim: dict[str, tuple[Review, ...]]

    @classmethod
    def of(cls, reviews: Iterable[Review]) -> Decisions:
        """Take later decisions over earlier ones; `undo` takes back the latest that still stands."""
        standing: dict[str, list[Review]] = {}
        for review in sorted(reviews, key=lambda review: review.recorded):
            stack = standing.setdefault(review.claim, [])
            if review.decision == "undo":
                if stack:
                    stack.pop()
            else:
                stack.append(review)
        return cls({claim: tuple(stack) for claim, stack in standing.items() if stack})

    def on(self, claim: str, commitment: str) -> Review | None:
        """The decision on one link, if there is one."""
        for review in reversed(self.by_claim.get(claim, ())):
            if review.decision == "relink" or review.commitment in (None, commitment):
                return review
        return None

    def added(self, claim: str) -> Review | None:
        """The decision that ties a claim to a commitment of the analyst's choice."""
        stack = self.by_claim.get(claim, ())
        latest = stack[-1] if stack else None
        return latest if latest and latest.commitment and latest.decision in ("relink", "accept") else None


class Tie(NamedTuple):
    """A claim tied to a commitment; it is weighed when the commitment is judged."""

    record: ClaimRecord
    link: Proposal
    marks: int
    given: Stance | None = None
    """Its stance, where a person or a table said it."""
    review: Review | None = None


@dataclass(slots=True)
class Gatherer:
    """Ties claims to the commitments of one view of an accord.

    A tie is small and a weighed piece of evidence is not, so that only what is being judged need be held.
    """

    accord: Accord
    commitments: tuple[Commitment, ...]
    decisions: Decisions
    known_by: date
    ties: dict[str, list[Tie]] = field(init=False)
    """What was gathered so far on each commitment."""
    _roster: Roster = field(init=False)
    _gazetteer: Gazetteer = field(init=False)
    _sources: Sources = field(init=False)
    _linker: Linker = field(init=False)
    _marker: Marker = field(init=False, default_factory=Marker)
    _by_id: dict[str, Commitment] = field(init=False)
    _by_party: dict[str, list[Commitment]] = field(init=False)

    def __post_init__(self) -> None:
        self._roster = Roster(self.accord)
        self._gazetteer = Gazetteer(self.accord)
        self._sources = Sources(self._roster)
        self._linker = Linker(self._roster, self._gazetteer, self.commitments)
        self._by_id = {name: one for one in self.commitments for name in _names(one)}
        self._by_party = _by_party(self.commitments)
        self.ties = {one.id: [] for one in self.commitments}

    def gather(self, records: Iterable[ClaimRecord]) -> Self:
        """Tie these claims to what they bear on; what was published later or withdrawn by its publisher is left out."""
        decided = self.decisions.by_claim
        for record in records:
            if record.document.published > self.known_by or record.document.withdrawn:
                continue
            if record.commitment is not None:
                self._given(record)
                continue
            if record.id in decided:
                self._decided(record)
            elif self._linker.bears(record.claim):
                day = record.document.published if self._roster.timeless else _day_of(record)
                marks = -1
                for link in self._linker.propose(record, day):
                    if _said_before(record, link):
                        continue
                    if marks < 0:
                        marks = self._marker.marks(record.claim.quote)
                    self.ties[link.commitment.id].append(Tie(record, link, marks))
            if is_about_access(record):
                self._access(record)
        return self

    def records(self) -> tuple[ClaimRecord, ...]:
        """The claims that were tied to anything, each once, in the order in which they were first met."""
        return tuple({tie.record.id: tie.record for ties in self.ties.values() for tie in ties}.values())

    def evidence(self, commitment: str) -> list[Item]:
        """What was gathered on a commitment: weighed, in the order of its publication, and with its copies found."""
        sources = self._sources
        items = sorted((_weighed(tie, sources) for tie in self.ties.get(commitment, ())), key=in_order)
        find_copies(items)
        return items

    def _tie(self, record: ClaimRecord, link: Proposal, given: Stance | None, review: Review | None) -> None:
        marks = self._marker.marks(record.claim.quote)
        self.ties[link.commitment.id].append(Tie(record, link, marks, given, review))

    def _given(self, record: ClaimRecord) -> None:
        """A claim that was handed in with its commitment; of joint debtors, it bears on each."""
        review = self.decisions.added(record.id)
        target = self._by_id.get(review.commitment if review and review.commitment else record.commitment or "")
        if target is None:
            return
        decision = self.decisions.on(record.id, target.id)
        if decision is not None and decision.decision == "reject":
            return
        stance = _stance(review.stance if review and review.stance else record.stance)
        owing: Iterable[Commitment] = (target,)
        if target.provision.joint:
            owing = [one for one in self.commitments if one.provision.id == target.provision.id]
        for one in owing:
            self._tie(record, _certain(record, one, stance, _GIVEN), stance, decision)

    def _decided(self, record: ClaimRecord) -> None:
        """A claim about whose links an analyst decided: what they rejected goes, what they added comes."""
        added = self.decisions.added(record.id)
        taken: set[str] = set()
        if added is None or added.decision != "relink":
            for link in self._linker.propose(record, _day_of(record)):
                decision = self.decisions.on(record.id, link.commitment.id)
                if decision is None or decision.decision != "reject":
                    self._tie(record, link, _stance(decision.stance) if decision else None, decision)
                    taken.add(link.commitment.id)
        target = self._by_id.get(added.commitment) if added is not None and added.commitment else None
        if added is not None and target is not None and target.id not in taken:
            stance = _stance(added.stance)
            self._tie(record, _certain(record, target, stance, _DECIDED), stance, added)

    def _access(self, record: ClaimRecord) -> None:
        """A denial of access bears on all that its author owes there, and on all that the verifier was to see there."""
        claim = record.claim
        parties = self._roster.named(claim.actors).parties
        touched = {one.id: one for party in parties for one in self._by_party.get(party, ())}
        for one in touched.values():
            where = self._gazetteer.where(claim.place, one.provision.place)
            by_debtor = not parties.isdisjoint(one.debtors)
            if where is Where.ELSEWHERE or not (by_debtor or where in (Where.SAME, Where.INSIDE)):
                continue
            ties = self.ties[one.id]
            if ties and ties[-1].record is record:
                continue
            link = Proposal(one, None, _ACCESS_SCORE, _ACCESS, inside=False, names_debtor=by_debtor)
            self._tie(record, link, Stance.DENIES_ACCESS, None)


def _weighed(tie: Tie, sources: Sources) -> Item:
    link = tie.link
    return weigh(
        tie.record,
        link.commitment,
        sources,
        bearing=link.bearing,
        score=link.score,
        parts=link.parts,
        names_debtor=link.names_debtor or tie.review is not None,
        clear=link.score >= CLEAR,
        marks=tie.marks,
        inside=link.inside,
        given=tie.given,
        review=tie.review,
    )


def _said_before(record: ClaimRecord, link: Proposal) -> bool:
    """Whether it is words, or a report that may not even be about it, from before the instrument existed."""
    if record.claim.act is Act.REPORT and link.score >= CLEAR:
        return False
    announced = link.commitment.announced
    return announced is not None and record.document.published < announced


def _day_of(record: ClaimRecord) -> date:
    """The day on which ties between parties are looked up: that of the event, else of the publication."""
    event = event_of(record)
    return min(event.first, record.document.published) if event else record.document.published


def _by_party(commitments: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """The commitments of each debtor and of each verifier."""
    found: dict[str, list[Commitment]] = {}
    for one in commitments:
        verifiers = one.provision.proof.verifiers or (one.instrument.verifier,)
        for party in {*one.debtors, *verifiers}:
            if party is not None:
                found.setdefault(party, []).append(one)
    return found


def _names(commitment: Commitment) -> Sequence[str]:
    """The ids that a commitment answers to: its own, and those of before a succession."""
    return [f"{commitment.provision.id}/{debtor}" for debtor in commitment.debtors]


def _stance(name: str | None) -> Stance | None:
    return Stance(name) if name else None


def _certain(
    record: ClaimRecord, target: Commitment, stance: Stance | None, parts: tuple[tuple[str, float], ...]
) -> Proposal:
    """The link of a claim that a person or a table tied: certain; where they said no stance, its action tells it."""
    bearing: Bearing | None = None
    if stance is None:
        provision = target.provision
        found = bearings(provision.action, provision.kind, provision.polarity, provision.object or provision.text)
        bearing = found.get((record.claim.action, record.claim.polarity))
    return Proposal(target, bearing, 1.0, parts, inside=False, names_debtor=True)
