"""Fold what must be done by a deadline: in time, late, in part, in stages, again and again, or undone."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from servanda.core.judgement import Episode
from servanda.core.vocabulary import Action, Stance, State, WhenKind
from servanda.judging.evidence import remaining_by
from servanda.judging.runner import Outcome, Runner, effective_day, speaks_of
from servanda.judging.tally import Ledgers
from servanda.judging.timeline import DAY, Deadlines, StageDue, Step, Timeline, day_after, stages_of
from servanda.judging.transitions import DONE, Trigger
from servanda.judging.words import speaks_of_the_whole, stage_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.judging.due import Due
    from servanda.judging.evidence import Item
    from servanda.judging.visible import Commitment

STANDING_ACTIONS = frozenset({Action.OPEN, Action.CLOSE, Action.UNIFY, Action.GOVERN})
"""Done only while it lasts: that it is not so on a later day says that it was undone, not that it never was."""
TRIGGERS = {
    Stance.PERFORMS: Trigger.PERFORMED,
    Stance.PERFORMS_IN_PART: Trigger.PERFORMED_IN_PART,
    Stance.FAILS: Trigger.NOT_DONE,
    Stance.BREACHES: Trigger.CONTRARY,
}


class Doing(Runner):
    """Achieve: do it by the deadline."""

    def __init__(self, commitment: Commitment, timeline: Timeline, as_of: date) -> None:
        super().__init__(commitment, timeline, as_of)
        owed = timeline.quantity.value if timeline.quantity and timeline.quantity.relation != "at most" else None
        if timeline.quantity and timeline.quantity.unit == "share":
            owed = 1.0
        targets = [stage.target for stage in timeline.stages if stage.target is not None and not stage.remaining]
        if targets and owed is None:
            owed = max(targets)
        self.slack = 0.9 if timeline.quantity and timeline.quantity.relation == "about" else 1.0
        self.ledgers = Ledgers(owed)
        self.reached: dict[int, date] = {}
        self.fulfilled_on: date | None = None
        self.fulfilled_by: tuple[Item, ...] = ()
        self.late = False
        self.deciding: tuple[Item, ...] = ()
        self.undone: list[tuple[date, date | None, tuple[str, ...]]] = []
        self.occurrence_met = False

    def run(self, facts: Sequence[Item]) -> Outcome:
        """Fold accepted evidence with the timeline."""
        contested, facts = self._settle(facts)
        steps = list(self.timeline.steps)
        for item in facts:
            day = effective_day(item, self.due_for(item), self.timeline.start)
            if day <= self.as_of:
                steps.append(Step(day, TRIGGERS[item.stance], (item,)))
                if item.ranged and item.stance is Stance.BREACHES and item.event and item.event.last < self.as_of:
                    steps.append(Step(day_after(item.event.last), Trigger.EPISODE_ENDED, (item,)))
        for one in sorted(steps, key=lambda one: one.key):
            self.take(one)
        if self.moves and not self.deciding:
            self.deciding = self.moves[-1].items
        return Outcome(
            self.state,
            self.moves,
            self.shown_due(),
            share=self.share(),
            due_share=self._due_share(),
            fulfilled_on=self.fulfilled_on if self.state in DONE else None,
            fulfilled_by=self.fulfilled_by,
            stages_reached=self.reached,
            stages_waiting=self._stages_waiting(),
            episodes=[Episode(first, last, evidence) for first, last, evidence in self.undone],
            deciding=self.deciding,
            contested=contested,
            figures=self.ledgers.figures_apart(),
            ledgers=self.ledgers,
        )

    def due_for(self, item: Item) -> Due | None:
        """The due date that held when a piece of evidence tells of it."""
        assert item.event is not None
        if self.timeline.stages:
            return self._last_stage_due()
        return self.timeline.deadlines.at(min(item.event.last, item.published, self.as_of))

    def _last_stage_due(self) -> Due | None:
        """The latest due date of any stage; the provision's own where none has one."""
        dues = [stage.due for stage in self.timeline.stages if stage.due is not None]
        return max(dues, key=lambda due: due.last) if dues else self.timeline.deadlines.at(self.as_of)

    def _whole_due(self, day: date) -> Due | None:
        """By when the whole is due; where stages have dates, not before each has come to have its own."""
        if not self._stages_are_dated():
            return self.timeline.deadlines.at(day)
        return None if any(stage.due is None for stage in self.timeline.stages) else self._last_stage_due()

    def _stages_are_dated(self) -> bool:
        return any(stage.due is not None or stage.waits_for for stage in self.timeline.stages)

    def _next_stage(self) -> StageDue | None:
        """The stage that is due first of those that are not reached."""
        dues = [
            (stage.due.last, stage) for stage in self.timeline.stages if stage.due and stage.number not in self.reached
        ]
        return min(dues, key=itemgetter(0))[1] if dues else None

    def shown_due(self) -> Due | None:
        """What is due next; nothing while all that is left waits for others."""
        stage = self._next_stage()
        return stage.due if stage is not None else self._whole_due(self.as_of)

    def _due_share(self) -> float:
        """The share of the whole that is due by the date shown."""
        stage = self._next_stage()
        if stage is None:
            return 1.0
        if stage.target is None or stage.remaining or not self.ledgers.owed:
            return stage.number / len(self.timeline.stages)
        return min(1.0, stage.target / self.ledgers.owed)

    def _stages_waiting(self) -> tuple[StageDue, ...]:
        return tuple(stage for stage in self.timeline.stages if stage.waits_for and stage.number not in self.reached)

    def share(self) -> float | None:
        """The share done so far; `None` where it is not known."""
        if self.state in DONE:
            return 1.0
        share = self.ledgers.share()
        if share is None and self.reached:
            targets = [stage.target for stage in self.timeline.stages if not stage.remaining]
            if None in targets or not self.ledgers.owed:
                return len(self.reached) / len(self.timeline.stages)
            done = [stage.target for stage in self.timeline.stages if stage.number in self.reached]
            return max((target for target in done if target is not None), default=0.0) / self.ledgers.owed
        return share

    def _settle(self, facts: Sequence[Item]) -> tuple[tuple[tuple[State, tuple[Item, ...]], ...], Sequence[Item]]:
        """Where accepted evidence says both that it was done in time and that it was not, the stronger side goes in.

        The verifier outweighs the rest, then the side with more origins. Where neither is stronger, neither goes in: no
        state is claimed beyond what the clock says, and both candidates are shown.
        """
        if self.timeline.stages or self.timeline.recurring is not None:
            return (), facts
        due = self.timeline.deadlines.at(self.as_of)
        if due is None or due.last >= self.as_of:
            return (), facts
        done = [item for item in facts if item.stance is Stance.PERFORMS and effective_day(item, due, None) <= due.last]
        missed = [
            item
            for item in facts
            if item.stance is Stance.FAILS
            and due.last < effective_day(item, due, None) <= self.as_of
            and item.record.claim.action not in STANDING_ACTIONS
        ]
        if not done or not missed:
            return (), facts
        contested = ((State.FULFILLED, tuple(done)), (State.VIOLATED, tuple(missed)))
        one, other = _strength(done), _strength(missed)
        dropped = missed if one > other else done if other > one else [*done, *missed]
        kept = [item for item in facts if not any(item is gone for gone in dropped)]
        return contested, kept

    def take(self, one: Step) -> None:
        """Take the next step."""
        match one.trigger:
            case Trigger.DUE_PASSED:
                self._pass_due(one)
            case Trigger.PERFORMED_IN_PART | Trigger.PERFORMED:
                self._perform(one)
            case Trigger.CONTRARY:
                self._undo(one)
            case Trigger.NOT_DONE:
                self._not_done(one)
            case Trigger.EPISODE_ENDED:
                if self.state is State.REVERSED and self.apply(one):
                    self._close_undoing(one.day)
                    self.deciding = one.items
            case _:
                moved = self.apply(one)
                if moved and one.trigger in (Trigger.RESUMED, Trigger.CONDITION_MET) and self.due_pending:
                    self.due_pending = False
                    self.apply(Step(one.day, Trigger.DUE_PASSED))
                if moved and one.trigger is Trigger.DEADLINE_MOVED:
                    self.deciding = ()
                    if self.ledgers.governing.done:
                        self.apply(Step(one.day, Trigger.PERFORMED_IN_PART))

    def _pass_due(self, one: Step) -> None:
        if one.stage and self.timeline.recurring is None and one.stage in self.reached:
            return
        if self.timeline.recurring is not None and self.occurrence_met:
            self.occurrence_met = False
            return
        if self.state in (State.SUSPENDED, State.CONDITIONAL):
            self.due_pending = True
        self.apply(one)

    def _perform(self, one: Step) -> None:
        item = one.items[0]
        if self.timeline.recurring is not None:
            self._perform_occurrence(one)
            return
        self.count(one.day, item)
        if item.stance is Stance.PERFORMS or self._enough():
            self._complete(one)
            return
        if self.apply(one) or self.state in (State.IN_PROGRESS, State.OVERDUE, State.VIOLATED):
            if self.state is not State.VIOLATED:
                self.deciding = (*self.deciding, item)
            current = self._open_stage(one.day)
            if self.state in (State.OVERDUE, State.VIOLATED) and self.timeline.stages and not current:
                self.apply(Step(one.day, Trigger.STAGE_REACHED, one.items))

    def count(self, day: date, item: Item) -> None:
        """Enter a piece of evidence in the ledgers, and mark the stages that it completes."""
        self.ledgers.add(day, item)
        if not self.timeline.stages:
            return
        self._mark_stages(day, remaining_by(item.record))
        quote = item.record.claim.quote
        named = stage_named(quote)
        if named is not None and speaks_of_the_whole(quote):
            for stage in self.timeline.stages:
                if stage.number <= named and (stage.target is None or not self.ledgers.governing.counted):
                    self.reached.setdefault(stage.number, day)

    def _open_stage(self, day: date) -> bool:
        """Whether a stage (or the whole, where stages have no dates) is past its due date and not reached."""
        if not self._stages_are_dated():
            due = self.timeline.deadlines.at(day)
            return due is not None and due.last < day
        return any(
            stage.due is not None and stage.due.last < day and stage.number not in self.reached
            for stage in self.timeline.stages
        )

    def _enough(self) -> bool:
        share = self.ledgers.share()
        if self.timeline.stages:
            return len(self.reached) == len(self.timeline.stages)
        return share is not None and share >= self.slack

    def _mark_stages(self, day: date, left: float | None) -> None:
        done = self.ledgers.governing.done
        for stage in self.timeline.stages:
            if stage.target is None:
                continue
            if (left is not None and left <= stage.target) if stage.remaining else done >= stage.target:
                self.reached.setdefault(stage.number, day)

    def _complete(self, one: Step) -> None:
        due = self._whole_due(one.day)
        late = self.late if self.state is State.REVERSED else due is not None and one.day > due.last
        if self.state in DONE:
            self.fulfilled_by = (*self.fulfilled_by, *one.items)
            self.deciding = (*self.deciding, *one.items)
            return
        if self.timeline.stages and not late:
            self.apply(Step(one.day, Trigger.STAGE_REACHED, one.items))
        was_reversed = self.state is State.REVERSED
        if self.apply(Step(one.day, Trigger.PERFORMED_LATE if late else Trigger.PERFORMED, one.items)):
            self.late = late
            self.fulfilled_on = one.day if not was_reversed else self.fulfilled_on
            self.fulfilled_by = one.items
            self.deciding = one.items
            for stage in self.timeline.stages:
                self.reached.setdefault(stage.number, one.day)
            if was_reversed:
                self._close_undoing(one.day)

    def _perform_occurrence(self, one: Step) -> None:
        if self.state in (State.OVERDUE, State.VIOLATED):
            self.apply(Step(one.day, Trigger.STAGE_REACHED, one.items))
        else:
            self.occurrence_met = True
            self.apply(Step(one.day, Trigger.PERFORMED_IN_PART, one.items))
        self.deciding = one.items

    def _undo(self, one: Step) -> None:
        item = one.items[0]
        self.ledgers.arrive(item)
        if self.state in DONE and self.fulfilled_on is not None and one.day <= self.fulfilled_on:
            return
        if self.state is State.VIOLATED:
            self.deciding = (*self.deciding, item)
            return
        if self.apply(one):
            self.deciding = one.items
            if self.state is State.REVERSED:
                self.undone.append((one.day, None, (item.record.id,)))

    def _not_done(self, one: Step) -> None:
        item = one.items[0]
        claim = item.record.claim
        if self.state is State.VIOLATED:
            self.deciding = (*self.deciding, item)
            return
        if self.state in DONE:
            dated = not item.imputed and claim.when_kind is not WhenKind.BY and claim.action in STANDING_ACTIONS
            if dated and self.fulfilled_on is not None and item.event and item.event.first > self.fulfilled_on:
                self._undo(Step(one.day, Trigger.CONTRARY, one.items))
            return
        due = self._overdue_stage(one.day) or self.timeline.deadlines.at(one.day)
        if due is None or speaks_of(item, due) < due.last:
            return
        if self.apply(one):
            self.deciding = one.items

    def _overdue_stage(self, day: date) -> Due | None:
        for stage in self.timeline.stages:
            if stage.number not in self.reached and stage.due is not None and stage.due.last < day:
                return stage.due
        return None

    def _close_undoing(self, day: date) -> None:
        if self.undone and self.undone[-1][1] is None:
            first, _, evidence = self.undone[-1]
            self.undone[-1] = (first, max(first, day - DAY), evidence)


def stages_by_evidence(commitment: Commitment, items: Sequence[Item], as_of: date) -> dict[int, date]:
    """When each stage of a series was reached, by accepted evidence alone and whatever was due when."""
    timeline = Timeline(None, Deadlines(), [], stages_of(commitment), commitment.provision.quantity)
    doing = Doing(commitment, timeline, as_of)
    facts = [
        (max(item.event.first, min(item.event.last, item.published)), item)
        for item in items
        if item.accepted and item.event is not None and item.stance in (Stance.PERFORMS, Stance.PERFORMS_IN_PART)
    ]
    for day, item in sorted(facts, key=lambda fact: fact[0]):
        if day > as_of:
            break
        doing.count(day, item)
        if item.stance is Stance.PERFORMS:
            for stage in timeline.stages:
                doing.reached.setdefault(stage.number, day)
    return doing.reached


def _strength(items: Sequence[Item]) -> tuple[bool, int]:
    return (any(item.interest == "verifier" for item in items), len({item.origin for item in items}))
