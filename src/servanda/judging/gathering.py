"""Gather the evidence on commitments: the engine's links, links handed in, and analysts' decisions over both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Stance
from servanda.judging.evidence import Item, event_of, is_about_access, weigh
from servanda.judging.linking import CLEAR, Linker
from servanda.judging.places import Gazetteer, Where
from servanda.judging.relations import Bearing
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

    def gather(self, records: Iterable[ClaimRecord], known_by: date) -> dict[str, list[Item]]:
        """The evidence on each commitment, as known by a date. What its publisher withdrew is left out."""
        roster = Roster(self.accord)
        gazetteer = Gazetteer(self.accord)
        sources = Sources(roster)
        linker = Linker(roster, gazetteer, self.commitments)
        actions = linker.actions()
        by_id = {name: one for one in self.commitments for name in _names(one)}
        found: dict[str, list[Item]] = {one.id: [] for one in self.commitments}
        by_party = _by_party(self.commitments)
        decided = self.decisions.by_claim
        for record in records:
            document = record.document
            if document.published > known_by or document.withdrawn:
                continue
            if record.commitment is not None:
                self._given(record, by_id, sources, found)
                continue
            claim = record.claim
            if record.id in decided:
                self._decided(record, by_id, sources, linker, found)
            elif (claim.action, claim.polarity) in actions:
                event = event_of(record)
                day = min(event.first, document.published) if event else document.published
                for proposal in linker.propose(record, day):
                    one = proposal.commitment
                    found[one.id].append(
                        weigh(
                            record,
                            one,
                            sources,
                            bearing=proposal.bearing,
                            score=proposal.score,
                            parts=proposal.parts,
                            names_debtor=proposal.names_debtor,
                            inside=proposal.where is Where.INSIDE,
                            clear=proposal.score >= CLEAR,
                        )
                    )
            if is_about_access(record):
                self._access(record, roster, gazetteer, sources, by_party, found)
        return found

    def _given(
        self, record: ClaimRecord, by_id: dict[str, Commitment], sources: Sources, found: dict[str, list[Item]]
    ) -> None:
        review = self.decisions.added(record.id)
        target = by_id.get(review.commitment if review and review.commitment else record.commitment or "")
        if target is None:
            return
        decision = self.decisions.on(record.id, target.id)
        if decision is not None and decision.decision == "reject":
            return
        stance = review.stance if review and review.stance else record.stance
        owing = [target]
        if target.provision.joint:
            owing = [one for one in self.commitments if one.provision.id == target.provision.id]
        for one in owing:
            found[one.id].append(_tied(record, one, sources, stance, _GIVEN, decision))

    def _decided(
        self,
        record: ClaimRecord,
        by_id: dict[str, Commitment],
        sources: Sources,
        linker: Linker,
        found: dict[str, list[Item]],
    ) -> None:
        added = self.decisions.added(record.id)
        moved = added is not None and added.decision == "relink"
        taken: set[str] = set()
        if not moved:
            for proposal in linker.propose(record, record.document.published):
                one = proposal.commitment
                decision = self.decisions.on(record.id, one.id)
                if decision is not None and decision.decision == "reject":
                    continue
                item = weigh(
                    record,
                    one,
                    sources,
                    bearing=proposal.bearing,
                    score=proposal.score,
                    parts=proposal.parts,
                    names_debtor=proposal.names_debtor or decision is not None,
                    inside=proposal.where is Where.INSIDE,
                    clear=proposal.score >= CLEAR,
                    given=_stance(decision.stance) if decision else None,
                    review=decision,
                )
                found[one.id].append(item)
                taken.add(one.id)
        target = by_id.get(added.commitment) if added is not None and added.commitment else None
        if added is not None and target is not None and target.id not in taken:
            found[target.id].append(_tied(record, target, sources, added.stance, _DECIDED, added))

    def _access(
        self,
        record: ClaimRecord,
        roster: Roster,
        gazetteer: Gazetteer,
        sources: Sources,
        by_party: dict[str, list[Commitment]],
        found: dict[str, list[Item]],
    ) -> None:
        """A denial of access bears on everything that its author owes there, and that the verifier was to see there."""
        claim = record.claim
        parties = roster.named(claim.actors).parties
        touched = {one.id: one for party in parties for one in by_party.get(party, ())}
        for one in touched.values():
            where = gazetteer.where(claim.place, one.provision.place)
            by_debtor = not parties.isdisjoint(one.debtors)
            if where is Where.ELSEWHERE or not (by_debtor or where in (Where.SAME, Where.INSIDE)):
                continue
            if any(item.record is record for item in found[one.id]):
                continue
            found[one.id].append(
                weigh(
                    record,
                    one,
                    sources,
                    bearing=None,
                    score=_ACCESS_SCORE,
                    parts=_ACCESS,
                    names_debtor=by_debtor,
                    clear=True,
                    given=Stance.DENIES_ACCESS,
                )
            )


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
        from servanda.judging.relations import bearings

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
