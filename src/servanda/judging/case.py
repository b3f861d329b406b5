"""One sitting: a view of the accord and its evidence, judged commitment by commitment as they refer to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.accord import AllOf, AnyOf, Fulfilled, Occurred, Stated
from servanda.core.dates import days_of
from servanda.core.judgement import Judgement, OtherReading, Reason
from servanda.core.vocabulary import Act, Credibility, Part, RecordKind, Stance
from servanda.judging.evidence import FACTS, Item
from servanda.judging.explain import notes_of, reasons_of, would_change
from servanda.judging.fold import fold
from servanda.judging.origins import find_copies, mark_origins
from servanda.judging.outlook import WayAhead, way_ahead
from servanda.judging.relations import Bearing
from servanda.judging.runner import Outcome
from servanda.judging.sources import VERIFIER
from servanda.judging.standing import dispute_of, stale_since, standing_of
from servanda.judging.timeline import Timeline, build
from servanda.judging.visible import with_deadline
from servanda.judging.words import was_planned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.core.accord import Requirement
    from servanda.core.dates import PartialDate
    from servanda.core.vocabulary import Standing
    from servanda.judging.visible import Commitment, View


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one commitment, before it is explained."""

    commitment: Commitment
    outcome: Outcome
    items: list[Item]
    unmet: tuple[str, ...]
    ahead: WayAhead
    standing: Standing


@dataclass(slots=True)
class Case:
    """Judges the commitments of one view. Outcomes are computed once, when first asked for."""

    view: View
    evidence: dict[str, list[Item]]
    _outcomes: dict[str, tuple[Outcome, list[Item], Timeline]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _cycles: set[str] = field(default_factory=set)

    # The clock that deadlines refer to.

    def event_on(self, event: str) -> PartialDate | None:
        """When a named event happened."""
        found = self.view.event(event)
        return found.on if found else None

    def fulfilled_on(self, provision: str, stage: int | None, verified: bool) -> date | None:
        """When a provision (or a stage of it) was fulfilled by all who owe it."""
        return self._fulfilled(provision, None, stage, verified)

    def _fulfilled(self, provision: str, debtor: str | None, stage: int | None, verified: bool) -> date | None:
        commitments = [one for one in self.view.of_provision(provision) if debtor is None or debtor in one.debtors]
        days: list[date] = []
        for one in commitments:
            if one.id in self._open:
                self._cycles.add(one.id)
                return None
            outcome, _, _ = self.outcome(one)
            day = outcome.stages_reached.get(stage) if stage is not None else outcome.fulfilled_on
            if day is None and stage is not None:
                day = outcome.fulfilled_on
            if day is None:
                return None
            if verified:
                proofs = [
                    max(day, min(item.event.last, item.published) if item.event else item.published)
                    for item in outcome.deciding
                    if item.interest == VERIFIER
                ]
                if not proofs:
                    return None
                day = min(proofs)
            days.append(day)
        return max(days) if days else None

    def met_on(self, requirement: Requirement, commitment: Commitment) -> date | None:
        """When a requirement was met; `None` while it is not."""
        match requirement:
            case Fulfilled():
                return self._fulfilled(
                    requirement.provision, requirement.debtor, requirement.stage, requirement.verified
                )
            case Occurred():
                on = self.event_on(requirement.event)
                return on.first if on else None
            case Stated():
                said = [
                    record.on.first
                    for record in commitment.records
                    if record.kind is RecordKind.CONCLUSION and record.provision == commitment.provision.id
                ]
                return min(said) if said else None
            case AllOf():
                days = [self.met_on(part, commitment) for part in requirement.parts]
                known = [day for day in days if day is not None]
                return max(known) if known and len(known) == len(days) else None
            case AnyOf():
                days = [self.met_on(part, commitment) for part in requirement.parts]
                known = [day for day in days if day is not None]
                return min(known) if known else None

    def unmet(self, requirement: Requirement | None, commitment: Commitment) -> tuple[str, ...]:
        """The parts of a requirement that are not met, in words."""
        if requirement is None or self.met_on(requirement, commitment) is not None:
            return ()
        match requirement:
            case AllOf():
                return tuple(words for part in requirement.parts for words in self.unmet(part, commitment))
            case AnyOf():
                return (" or ".join(words for part in requirement.parts for words in self.unmet(part, commitment)),)
            case _:
                return (requirement_words(requirement),)

    # Judging.

    def outcome(self, commitment: Commitment) -> tuple[Outcome, list[Item], Timeline]:
        """Fold one commitment's evidence."""
        known = self._outcomes.get(commitment.id)
        if known is not None:
            return known
        self._open.add(commitment.id)
        condition = commitment.provision.condition
        met = self.met_on(condition, commitment) if condition is not None else None
        timeline = build(commitment, self, self.view.as_of, met)
        self._open.discard(commitment.id)
        gathered = self.evidence.get(commitment.id, [])
        find_copies(gathered)
        items = [item for item in gathered if _happened_by(item, self.view.as_of)]
        items.sort(key=lambda item: (item.published, item.record.id))
        mark_origins(items)
        _mark_proposals(items, timeline)
        outcome = fold(commitment, timeline, items, self.view.as_of)
        _mark_credibility(items)
        self._outcomes[commitment.id] = (outcome, items, timeline)
        return self._outcomes[commitment.id]

    def find(self, commitment: Commitment) -> Finding:
        """State, outlook and standing of one commitment, before they are explained."""
        outcome, items, _ = self.outcome(commitment)
        unmet = self.unmet(commitment.provision.depends_on, commitment)
        ahead = way_ahead(commitment, outcome, items, unmet, self.view.as_of)
        return Finding(commitment, outcome, items, unmet, ahead, standing_of(outcome, items, ahead.items))

    def explain(self, finding: Finding) -> tuple[Reason, ...]:
        """The steps on the way to a finding, the deciding one last."""
        commitment = finding.commitment
        condition = self.unmet(commitment.provision.condition, commitment)
        reasons = reasons_of(commitment, finding.outcome, finding.ahead, finding.unmet, " and ".join(condition) or None)
        if commitment.id in self._cycles:
            cycle = Reason("each waits for the other", "What it waits for waits, in the end, for this very commitment.")
            reasons = (reasons[0], cycle, *reasons[1:])
        return reasons

    def judge(self, commitment: Commitment) -> Judgement:
        """State, outlook and standing of one commitment, with all that they rest on."""
        as_of = self.view.as_of
        finding = self.find(commitment)
        outcome, items = finding.outcome, finding.items
        provision = commitment.provision
        return Judgement(
            id=commitment.id,
            instrument=commitment.instrument.id,
            provision=provision.id,
            debtor=commitment.debtor,
            predecessor=commitment.predecessors[-1] if commitment.predecessors else None,
            bound=commitment.bound,
            kind=provision.kind,
            state=outcome.state,
            outlook=finding.ahead.outlook,
            standing=finding.standing,
            disputed=dispute_of(outcome, items),
            stale_since=stale_since(outcome, items, as_of),
            due=outcome.due.shown if outcome.due else None,
            share=outcome.share,
            evidence=tuple(item.finished() for item in items),
            reasons=self.explain(finding),
            episodes=tuple(outcome.episodes),
            other_readings=self._other_readings(commitment, items),
            notes=notes_of(commitment, items, outcome),
            would_change=would_change(commitment, outcome, items, as_of),
        )

    def _other_readings(self, commitment: Commitment, items: Sequence[Item]) -> tuple[OtherReading, ...]:
        """What each interpretation that gives another deadline would make of it."""
        readings = []
        for record in commitment.records:
            if record.kind is not RecordKind.INTERPRETATION or record.deadline is None:
                continue
            other = with_deadline(commitment, record)
            condition = other.provision.condition
            met = self.met_on(condition, other) if condition is not None else None
            outcome = fold(other, build(other, self, self.view.as_of, met), items, self.view.as_of)
            due = outcome.due.range if outcome.due else None
            words = record.text or record.quote or "another deadline"
            source = f"{record.source} [{record.language}]" if record.language else record.source
            readings.append(OtherReading(words, source, due, outcome.state))
        return tuple(readings)


def requirement_words(requirement: Requirement) -> str:
    """A requirement in words."""
    match requirement:
        case Fulfilled():
            whose = f"{requirement.provision}/{requirement.debtor}" if requirement.debtor else requirement.provision
            stage = f", stage {requirement.stage}" if requirement.stage else ""
            return f"the {'verified ' if requirement.verified else ''}fulfilment of {whose}{stage}"
        case Occurred():
            return f"the event {requirement.event}"
        case Stated():
            return requirement.text
        case AllOf():
            return " and ".join(requirement_words(part) for part in requirement.parts)
        case AnyOf():
            return " or ".join(requirement_words(part) for part in requirement.parts)


def _happened_by(item: Item, as_of: date) -> bool:
    """Whether it belongs to the picture at a date: it had happened, or without a date been said, by then."""
    if item.event is not None and item.stance is not Stance.BACKGROUND:
        return item.event.first <= as_of
    if item.event is not None and item.event.first <= as_of and item.event.last <= item.published:
        return True
    return item.published <= as_of


def _mark_proposals(items: Sequence[Item], timeline: Timeline) -> None:
    """Promises and forecasts of a day after the deadline propose another date; they change nothing."""
    for item in items:
        claim = item.record.claim
        if item.bearing is not Bearing.KEEPS or claim.act not in (Act.COMMIT, Act.PREDICT):
            continue
        if item.stance not in (Stance.INTENDS, Stance.BACKGROUND) or was_planned(claim.quote):
            continue
        due, days = timeline.deadlines.at(item.published), days_of(claim.when)
        if due is not None and days is not None and days.first > due.last:
            item.stance = Stance.AMENDS
            item.accepted, item.why = False, "a proposal changes nothing until the accord records it"


_DOING = frozenset({Stance.PERFORMS, Stance.PERFORMS_IN_PART})


def _mark_credibility(items: Sequence[Item]) -> None:
    """1: two independent origins say so. 2: the verifier does. 3: one does. 4: one does, others the reverse."""
    doing = {item.origin for item in items if item.accepted and item.stance in _DOING}
    failing = {item.origin for item in items if item.accepted and item.stance in FACTS - _DOING}
    for item in items:
        given = item.record.credibility
        if given is not None:
            item.credibility = Credibility(given)
        elif item.stance not in FACTS or item.record.claim.part is Part.HEADLINE or not item.accepted:
            item.credibility = Credibility.CANNOT_BE_JUDGED
        else:
            same, reverse = (doing, failing) if item.stance in _DOING else (failing, doing)
            if len(same) > 1:
                item.credibility = Credibility.CONFIRMED
            elif item.interest == VERIFIER:
                item.credibility = Credibility.PROBABLY_TRUE
            else:
                item.credibility = Credibility.DOUBTFUL if reverse else Credibility.POSSIBLY_TRUE
