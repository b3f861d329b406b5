"""One sitting: a view of the accord and its evidence, judged commitment by commitment as they refer to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.core.dates import days_of
from servanda.core.judgement import Judgement, OtherReading, Reason
from servanda.core.vocabulary import Act, Credibility, Part, RecordKind, Stance
from servanda.judging.doing import stages_by_evidence
from servanda.judging.evidence import FACTS, Item
from servanda.judging.explain import notes_of, reasons_of, would_change
from servanda.judging.fold import fold
from servanda.judging.origins import mark_origins
from servanda.judging.outlook import WayAhead, way_ahead
from servanda.judging.relations import Bearing
from servanda.judging.requirements import met_on, unmet_parts, waits_for_itself
from servanda.judging.runner import Outcome
from servanda.judging.sources import VERIFIER
from servanda.judging.standing import dispute_of, stale_since, standing_of
from servanda.judging.timeline import Timeline, build
from servanda.judging.visible import with_deadline
from servanda.judging.words import was_planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

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
    evidence: Callable[[str], list[Item]]
    """The weighed evidence on a commitment, by its id, in order and with its copies found."""
    _outcomes: dict[str, tuple[Outcome, list[Item], Timeline]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _references: dict[str, Outcome] = field(default_factory=dict)
    _chosen: dict[str, list[Item]] = field(default_factory=dict)
    _by_provision: dict[str, list[Commitment]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_provision = {}
        for one in self.view.commitments:
            self._by_provision.setdefault(one.provision.id, []).append(one)

    # The clock that deadlines and requirements refer to.

    def event_on(self, event: str) -> PartialDate | None:
        """When a named event happened."""
        found = self.view.event(event)
        return found.on if found else None

    def fulfilled_on(
        self, provision: str, stage: int | None = None, verified: bool = False, debtor: str | None = None
    ) -> date | None:
        """When a provision (or a stage of it, or one debtor's part) was fulfilled by all who owe it."""
        days: list[date] = []
        for one in self._by_provision.get(provision, ()):
            if debtor is None or debtor in one.debtors:
                day = self._stage_on(one, stage, verified) if stage is not None else self._done_on(one, verified)
                if day is None:
                    return None
                days.append(day)
        return max(days) if days else None

    def _stage_on(self, commitment: Commitment, stage: int, verified: bool) -> date | None:
        """By evidence alone, since two parties' stages may well wait for each other by turns."""
        items = [item for item in self._items(commitment) if not verified or item.interest == VERIFIER]
        return stages_by_evidence(commitment, items, self.view.as_of).get(stage)

    def _done_on(self, commitment: Commitment, verified: bool) -> date | None:
        """Performance is performance, whether or not its own condition was met; so conditions make no circles here."""
        if commitment.id in self._open:
            return None
        return done_on(self._reference(commitment), verified=verified)

    def _reference(self, commitment: Commitment) -> Outcome:
        if commitment.provision.condition is None:
            return self.outcome(commitment)[0]
        known = self._references.get(commitment.id)
        if known is None:
            self._open.add(commitment.id)
            timeline = build(commitment, self, self.view.as_of, None)
            self._open.discard(commitment.id)
            known = fold(commitment, timeline, self._items(commitment), self.view.as_of)
            self._references[commitment.id] = known
        return known

    def _items(self, commitment: Commitment) -> list[Item]:
        """The evidence that belongs to the picture, in order of publication, with its origins marked."""
        known = self._chosen.get(commitment.id)
        if known is None:
            known = [item for item in self.evidence(commitment.id) if visible_from(item) <= self.view.as_of]
            mark_origins(known)
            self._chosen[commitment.id] = known
        return known

    # Judging.

    def outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes that were computed, also those that others refer to."""
        return (*(found[0] for found in self._outcomes.values()), *self._references.values())

    def release(self, commitment: Commitment) -> None:
        """Let go of a commitment's evidence; asked for again, it is weighed again."""
        self._outcomes.pop(commitment.id, None)
        self._references.pop(commitment.id, None)
        self._chosen.pop(commitment.id, None)

    def outcome(self, commitment: Commitment) -> tuple[Outcome, list[Item], Timeline]:
        """Fold one commitment's evidence."""
        known = self._outcomes.get(commitment.id)
        if known is not None:
            return known
        self._open.add(commitment.id)
        condition = commitment.provision.condition
        met = met_on(condition, commitment, self) if condition is not None else None
        timeline = build(commitment, self, self.view.as_of, met)
        self._open.discard(commitment.id)
        items = self._items(commitment)
        mark_proposals(items, timeline)
        outcome = fold(commitment, timeline, items, self.view.as_of)
        _mark_credibility(items)
        self._outcomes[commitment.id] = (outcome, items, timeline)
        return self._outcomes[commitment.id]

    def find(self, commitment: Commitment) -> Finding:
        """State, outlook and standing of one commitment, before they are explained."""
        outcome, items, _ = self.outcome(commitment)
        unmet = unmet_parts(commitment.provision.depends_on, commitment, self)
        ahead = way_ahead(commitment, outcome, items, unmet, self.view.as_of)
        return Finding(commitment, outcome, items, unmet, ahead, standing_of(outcome, items, ahead.items))

    def explain(self, finding: Finding) -> tuple[Reason, ...]:
        """The steps on the way to a finding, the deciding one last."""
        commitment = finding.commitment
        condition = unmet_parts(commitment.provision.condition, commitment, self)
        reasons = reasons_of(commitment, finding.outcome, finding.ahead, finding.unmet, " and ".join(condition) or None)
        if condition and waits_for_itself(commitment.provision, self._by_provision, self):
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
            notes=notes_of(commitment, outcome),
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
            met = met_on(condition, other, self) if condition is not None else None
            outcome = fold(other, build(other, self, self.view.as_of, met), items, self.view.as_of)
            due = outcome.due.range if outcome.due else None
            words = record.text or record.quote or "another deadline"
            source = f"{record.source} [{record.language}]" if record.language else record.source
            readings.append(OtherReading(words, source, due, outcome.state))
        return tuple(readings)


def done_on(outcome: Outcome, *, verified: bool) -> date | None:
    """When a commitment was fulfilled, or with `verified` when its verifier had said so."""
    day = outcome.fulfilled_on
    if day is None or not verified:
        return day
    proofs = [
        max(day, min(item.event.last, item.published) if item.event else item.published)
        for item in outcome.deciding
        if item.interest == VERIFIER
    ]
    return min(proofs) if proofs else None


def visible_from(item: Item) -> date:
    """The day from which it belongs to the picture: when it had happened, or without a date been said."""
    if item.event is not None and (item.stance is not Stance.BACKGROUND or item.event.last <= item.published):
        return item.event.first
    return item.published


def can_propose(item: Item) -> bool:
    """Whether it is a promise or forecast that, with a day after the deadline, proposes another date."""
    claim = item.record.claim
    return (
        item.bearing is Bearing.KEEPS
        and claim.act in (Act.COMMIT, Act.PREDICT)
        and item.stance in (Stance.INTENDS, Stance.BACKGROUND)
        and not was_planned(claim.quote)
    )


def mark_proposals(items: Iterable[Item], timeline: Timeline) -> None:
    """Promises and forecasts of a day after the deadline propose another date; they change nothing."""
    for item in items:
        if can_propose(item):
            due, days = timeline.deadlines.at(item.published), days_of(item.record.claim.when)
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
