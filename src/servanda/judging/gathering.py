"""Gather the evidence on commitments: the engine's links, links handed in, and analysts' decisions over both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Stance
from servanda.judging.evidence import Item, event_of, is_about_access, weigh
from servanda.judging.linking import CLEAR, Linker, Proposal
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


@dataclass(slots=True)
class Gatherer:
    """Ties claims to the commitments of one view of an accord."""

    accord: Accord
    commitments: tuple[Commitment, ...]
    decisions: Decisions
    known_by: date
    found: dict[str, list[Item]] = field(init=False)
    """The evidence on each commitment that was gathered so far."""
    _roster: Roster = field(init=False)
    _gazetteer: Gazetteer = field(init=False)
    _sources: Sources = field(init=False)
    _linker: Linker = field(init=False)
    _by_id: dict[str, Commitment] = field(init=False)
    _by_party: dict[str, list[Commitment]] = field(init=False)

    def __post_init__(self) -> None:
        self._roster = Roster(self.accord)
        self._gazetteer = Gazetteer(self.accord)
        self._sources = Sources(self._roster)
        self._linker = Linker(self._roster, self._gazetteer, self.commitments)
        self._by_id = {name: one for one in self.commitments for name in _names(one)}
        self._by_party = _by_party(self.commitments)
        self.found = {one.id: [] for one in self.commitments}

    def gather(self, records: Iterable[ClaimRecord]) -> dict[str, list[Item]]:
        """Add the evidence in these claims; what was published later or withdrawn by its publisher is left out."""
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
                for proposal in self._linker.propose(record, day):
                    self._add(self._weigh(record, proposal))
            if is_about_access(record):
                self._access(record)
        return self.found

    def _add(self, item: Item) -> None:
        self.found[item.commitment.id].append(item)

    def _weigh(self, record: ClaimRecord, proposal: Proposal, review: Review | None = None) -> Item:
        return weigh(
            record,
            proposal.commitment,
            self._sources,
            bearing=proposal.bearing,
            score=proposal.score,
            parts=proposal.parts,
            names_debtor=proposal.names_debtor or review is not None,
            clear=proposal.score >= CLEAR,
            inside=proposal.where is Where.INSIDE,
            given=_stance(review.stance) if review else None,
            review=review,
        )

    def _given(self, record: ClaimRecord) -> None:
        """A claim that was handed in with its commitment; of joint debtors, it bears on each."""
        review = self.decisions.added(record.id)
        target = self._by_id.get(review.commitment if review and review.commitment else record.commitment or "")
        if target is None:
            return
        decision = self.decisions.on(record.id, target.id)
        if decision is not None and decision.decision == "reject":
            return
        stance = review.stance if review and review.stance else record.stance
        owing: Iterable[Commitment] = (target,)
        if target.provision.joint:
            owing = [one for one in self.commitments if one.provision.id == target.provision.id]
        for one in owing:
            self._add(_tied(record, one, self._sources, stance, _GIVEN, decision))

    def _decided(self, record: ClaimRecord) -> None:
        """A claim about whose links an analyst decided: what they rejected goes, what they added comes."""
        added = self.decisions.added(record.id)
        taken: set[str] = set()
        if added is None or added.decision != "relink":
            for proposal in self._linker.propose(record, _day_of(record)):
                decision = self.decisions.on(record.id, proposal.commitment.id)
                if decision is None or decision.decision != "reject":
                    self._add(self._weigh(record, proposal, decision))
                    taken.add(proposal.commitment.id)
        target = self._by_id.get(added.commitment) if added is not None and added.commitment else None
        if added is not None and target is not None and target.id not in taken:
            self._add(_tied(record, target, self._sources, added.stance, _DECIDED, added))

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
            if any(item.record is record for item in self.found[one.id]):
                continue
            self._add(
                weigh(
                    record,
                    one,
                    self._sources,
                    bearing=None,
                    score=_ACCESS_SCORE,
                    parts=_ACCESS,
                    names_debtor=by_debtor,
                    clear=True,
                    given=Stance.DENIES_ACCESS,
                )
            )


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


def _tied(
    record: ClaimRecord,
    target: Commitment,
    sources: Sources,
    stance: str | None,
    parts: tuple[tuple[str, float], ...],
    review: Review | None,
) -> Item:
    """A claim tied by a person or a table: its link is certain, its stance is theirs, or is read off its action."""
    bearing: Bearing | None = None
    if stance is None:
        provision = target.provision
        found = bearings(provision.action, provision.kind, provision.polarity, provision.object or provision.text)
        bearing = found.get((record.claim.action, record.claim.polarity))
    return weigh(
        record,
        target,
        sources,
        bearing=bearing,
        score=1.0,
        parts=parts,
        names_debtor=True,
        clear=True,
        given=_stance(stance),
        review=review,
    )
