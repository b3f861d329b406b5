"""One commitment followed along event time: each piece of evidence is taken in once, on the day on which it tells.

For what hangs on no other provision, as long as no record changes it. What it says on a day is what judging that day
says.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from servanda.core.judgement import Episode
from servanda.core.vocabulary import Kind, Stance, State
from servanda.judging.case import mark_proposals, visible_from
from servanda.judging.doing import STANDING_ACTIONS, TRIGGERS, Doing
from servanda.judging.evidence import FACTS
from servanda.judging.explain import deciding_reason
from servanda.judging.outlook import WayAhead, is_contrary, way_ahead
from servanda.judging.runner import Move, Outcome, Runner, effective_day
from servanda.judging.sources import VERIFIER
from servanda.judging.standing import Unaccepted, standing_from
from servanda.judging.timeline import DAY, Step, Timeline, day_after
from servanda.judging.transitions import DONE, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servanda.core.judgement import Reason
    from servanda.core.vocabulary import Outlook, Standing
    from servanda.judging.evidence import Item
    from servanda.judging.visible import Commitment


class Sight:
    """The evidence that had come into the picture by a day, and which of it goes back to one origin."""

    def __init__(self, items: Sequence[Item], commitment: Commitment) -> None:
        """Take the evidence, in its order."""
        self._items = items
        self._commitment = commitment
        self._coming = sorted(range(len(items)), key=lambda at: (visible_from(items[at]), at))
        self.come = 0
        """How much of it has come into the picture."""
        self._above = list(range(len(items)))
        self._seen = [False] * len(items)
        self._speakers: dict[str, int] = {}
        self._documents: dict[str, int] = {}
        self.place = {id(item): at for at, item in enumerate(items)}
        self._copies: dict[int, list[int]] = {}
        for at, item in enumerate(items):
            for other in item.copies:
                there = self.place[id(other)]
                self._copies.setdefault(at, []).append(there)
                self._copies.setdefault(there, []).append(at)
        self.unaccepted = Unaccepted()
        self.contrary: list[tuple[int, Item]] = []
        """Conduct and words against what is owed, in the order of the evidence."""
        self.progress: Item | None = None
        """The latest accepted report of performance in part."""

    def reveal(self, day: date) -> list[Item]:
        """What comes into the picture up to a day and was not in it before."""
        fresh = []
        while self.come < len(self._coming):
            at = self._coming[self.come]
            item = self._items[at]
            if visible_from(item) > day:
                break
            self.come += 1
            self._tie(at, item)
            self.unaccepted.see(item)
            if is_contrary(item, self._commitment):
                insort(self.contrary, (at, item), key=lambda pair: pair[0])
            if item.accepted and item.stance is Stance.PERFORMS_IN_PART:
                self.progress = max((item, self.progress or item), key=lambda one: one.published)
            fresh.append(item)
        return fresh

    def _tie(self, at: int, item: Item) -> None:
        self._seen[at] = True
        tied = [self._speakers.setdefault(item.speaker.key, at)]
        if item.speaker.outlet:
            tied.append(self._documents.setdefault(item.record.document.id, at))
        for one in (*tied, *(there for there in self._copies.get(at, ()) if self._seen[there])):
            first, second = self._root(one), self._root(at)
            self._above[max(first, second)] = min(first, second)

    def _root(self, at: int) -> int:
        above = self._above
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    def origin(self, item: Item) -> int:
        """A number that items of one origin share."""
        return self._root(self.place[id(item)])

    def strength(self, items: Iterable[Item]) -> tuple[bool, int]:
        """Whether the verifier is among those who say so, and how many origins they have."""
        listed = list(items)
        return any(item.interest == VERIFIER for item in listed), len({self.origin(item) for item in listed})


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a commitment stands on a day."""

    state: State
    outlook: Outlook | None
    standing: Standing


class DoingCourse:
    """What must be done by a deadline, followed along time."""

    def __init__(
        self, commitment: Commitment, timeline: Timeline, items: Sequence[Item], sight: Sight, last: date
    ) -> None:
        self._commitment, self._timeline, self._sight = commitment, timeline, sight
        self.run = Doing(commitment, timeline, last)
        facts = [item for item in items if item.accepted and item.event is not None and item.stance in FACTS]
        steps: list[tuple[Step, Item | None]] = [(step, None) for step in timeline.steps]
        for item in facts:
            day = effective_day(item, self.run.due_for(item), timeline.start)
            steps.append((Step(day, TRIGGERS[item.stance], (item,)), item))
            if item.ranged and item.stance is Stance.BREACHES and item.event is not None:
                steps.append((Step(day_after(item.event.last), Trigger.EPISODE_ENDED, (item,)), item))
        self._steps = sorted(steps, key=lambda pair: pair[0].key)
        self._taken = 0
        self._due = timeline.deadlines.at(last)
        self._sides: dict[Stance, list[tuple[date, Item]]] = {Stance.PERFORMS: [], Stance.FAILS: []}
        if self._due is not None and not timeline.stages:
            for item in facts:
                day = effective_day(item, self._due, None)
                done = item.stance is Stance.PERFORMS and day <= self._due.last
                missed = item.stance is Stance.FAILS and item.record.claim.action not in STANDING_ACTIONS
                if done or (missed and day > self._due.last):
                    self._sides[item.stance].append((day, item))
        self._side_days = [sorted(day for day, _ in side) for side in self._sides.values()]
        self._settled: tuple[object, ...] = ()
        self._dropped: frozenset[Stance] = frozenset()
        self._gone: frozenset[int] = frozenset()
        self._contested: tuple[tuple[State, tuple[Item, ...]], ...] = ()

    def advance(self, day: date) -> bool:
        """Take in everything up to a day; whether anything moved."""
        before = self._taken
        if self._settle(day):
            before, self._taken = -1, 0
            self.run = Doing(self._commitment, self._timeline, day)
        self.run.as_of = day
        while self._taken < len(self._steps) and self._steps[self._taken][0].day <= day:
            step, item = self._steps[self._taken]
            self._taken += 1
            if item is None or id(item) not in self._gone:
                self.run.take(step)
        return self._taken != before

    def _settle(self, day: date) -> bool:
        """Find which side's evidence does not go in, where accepted evidence goes both ways; whether that changed."""
        if self._due is None or self._due.last >= day:
            return False
        known = (*(bisect_right(days, day) for days in self._side_days), self._sight.come)
        if not (known[0] and known[1]) or known == self._settled:
            return False
        self._settled = known
        done, missed = ([item for when, item in self._sides[s] if when <= day] for s in (Stance.PERFORMS, Stance.FAILS))
        self._contested = ((State.FULFILLED, tuple(done)), (State.VIOLATED, tuple(missed)))
        one, other = self._sight.strength(done), self._sight.strength(missed)
        dropped = frozenset(
            stance for stance, weaker in ((Stance.FAILS, other <= one), (Stance.PERFORMS, one <= other)) if weaker
        )
        if dropped == self._dropped:
            return False
        self._dropped = dropped
        self._gone = frozenset(id(item) for stance in dropped for _, item in self._sides[stance])
        return True

    def outcome(self, day: date) -> Outcome:
        """Where it stands on the day that was advanced to."""
        run = self.run
        return Outcome(
            run.state,
            run.moves,
            run.shown_due(),
            share=run.share(),
            fulfilled_on=run.fulfilled_on if run.state in DONE else None,
            episodes=[Episode(*undone) for undone in run.undone],
            deciding=run.deciding or (run.moves[-1].items if run.moves else ()),
            contested=self._contested,
        )


@dataclass(slots=True)
class _Stretch:
    """An episode while it may still grow."""

    first: date
    last: date
    """The last day that is known of it."""
    open_since: list[date]
    """First days of what goes on until evidence of its end."""
    members: list[Item]
    move: Move | None = None
    ended: bool = False

    def episode(self) -> Episode:
        """The episode as it now stands."""
        last = None if self.open_since else self.last
        return Episode(self.first, last, tuple(item.record.id for item in self.members))


class KeepingCourse(Runner):
    """What must be kept up or refrained from, followed along time."""

    def __init__(
        self, commitment: Commitment, timeline: Timeline, items: Sequence[Item], sight: Sight, last: date
    ) -> None:
        super().__init__(commitment, timeline, last)
        start = timeline.start
        assert start is not None
        facts = [item for item in items if item.accepted and item.event is not None]
        self._spans = sorted(
            ((max(item.event.first, start), item) for item in facts if item.event and item.stance in _BREAKING),
            key=lambda span: (span[0], span[1].record.id),
        )
        keeps = [item for item in facts if item.stance is Stance.PERFORMS]
        self._signs = sorted(((item.event.first, item) for item in keeps if item.event), key=lambda sign: sign[0])
        order = {id(item): at for at, item in enumerate(keeps)}
        self._telling = sorted(
            ((effective_day(item, None, start), item) for item in keeps), key=lambda pair: (pair[0], order[id(pair[1])])
        )
        self._own_steps = sorted(timeline.steps, key=lambda step: step.key)
        self._at = [0, 0, 0, 0]
        """How many spans, signs, telling keeps and steps were taken in."""
        self.stretches: list[_Stretch] = []
        self._kept: list[Item] = []
        self._days = sorted(
            {day for day, _ in (*self._spans, *self._signs, *self._telling)} | {step.day for step in timeline.steps}
        )
        self._passed = 0
        self._ends: list[date] = []

    def advance(self, day: date) -> bool:
        """Take in everything up to a day; whether anything moved."""
        moved = False
        while True:
            ahead = self._days[self._passed] if self._passed < len(self._days) else None
            ended = self._ends[0] if self._ends else None
            here = min((one for one in (ahead, ended) if one is not None), default=None)
            if here is None or here > day:
                return moved
            if here == ahead:
                self._passed += 1
            if here == ended:
                self._ends.pop(0)
            self._pass(here)
            moved = True

    def _pass(self, day: date) -> None:
        begun = None
        for item in self._next(0, self._spans, day):
            begun = self._breach(day, item) or begun
        signs = self._next(1, self._signs, day)
        latest = self.stretches[-1] if self.stretches else None
        if signs and latest is not None and any(since < day for since in latest.open_since):
            latest.last = max(latest.last, day - DAY)
            latest.open_since = [since for since in latest.open_since if since >= day]
            self._note_end(latest)
        self._kept += self._next(2, self._telling, day)
        steps = []
        while self._at[3] < len(self._own_steps) and self._own_steps[self._at[3]].day <= day:
            steps.append(self._own_steps[self._at[3]])
            self._at[3] += 1
        if begun is not None:
            steps.append(Step(day, Trigger.CONTRARY))
        if latest is not None and not (latest.ended or latest.open_since) and day_after(latest.last) == day:
            latest.ended = True
            steps.append(Step(day, Trigger.EPISODE_ENDED, tuple(signs)))
        for step in sorted(steps, key=lambda one: one.key):
            if self.apply(step) and step.trigger is Trigger.CONTRARY and begun is not None:
                begun.move = self.moves[-1]

    def _next(self, which: int, listed: Sequence[tuple[date, Item]], day: date) -> list[Item]:
        found = []
        while self._at[which] < len(listed) and listed[self._at[which]][0] <= day:
            found.append(listed[self._at[which]][1])
            self._at[which] += 1
        return found

    def _breach(self, day: date, item: Item) -> _Stretch | None:
        """Add a breach to the stretch that it touches, or begin another; the one that it began."""
        assert item.event is not None
        last = max(day, min(item.event.last, item.published))
        latest = self.stretches[-1] if self.stretches else None
        begun = None
        if latest is None or not (latest.open_since or day <= day_after(latest.last)):
            begun = latest = _Stretch(day, day, [], [])
            self.stretches.append(latest)
        latest.members.append(item)
        if item.open_ended:
            latest.open_since.append(day)
        else:
            latest.last = max(latest.last, last)
        self._note_end(latest)
        return begun

    def _note_end(self, stretch: _Stretch) -> None:
        if not stretch.open_since and day_after(stretch.last) not in self._ends:
            insort(self._ends, day_after(stretch.last))

    def outcome(self, day: date) -> Outcome:
        """Where it stands on the day that was advanced to."""
        latest = self.stretches[-1] if self.stretches else None
        moves = self.moves
        if latest is not None and moves and moves[-1] is latest.move:
            moves = [*moves[:-1], replace(moves[-1], items=tuple(latest.members))]
        deciding: Sequence[Item] = moves[-1].items if moves else ()
        if self.state is State.VIOLATED and latest is not None:
            deciding = latest.members
        elif self.state is State.IN_FORCE:
            deciding = self._kept
        return Outcome(
            self.state,
            moves,
            self.timeline.deadlines.at(day),
            episodes=[latest.episode()] if latest is not None else [],
            deciding=tuple(deciding),
        )

    def contested(self, day: date) -> tuple[tuple[State, tuple[Item, ...]], ...]:
        """Accepted word that it was observed on days of which other accepted word says that it was breached."""
        if self.state is not State.VIOLATED or not self.stretches:
            return ()
        latest = self.stretches[-1].episode()
        end = latest.last or day
        seen = [item for _, item in self._signs[: self._at[1]]]
        against = [item for item in seen if item.event and item.event.first <= end and item.event.last >= latest.first]
        against.sort(key=lambda item: (item.published, item.record.id))
        return (
            ((State.VIOLATED, tuple(self.stretches[-1].members)), (State.IN_FORCE, tuple(against))) if against else ()
        )


_BREAKING = frozenset({Stance.BREACHES, Stance.FAILS})


@dataclass(slots=True)
class Course:
    """A commitment, its evidence and its clock, followed along time."""

    commitment: Commitment
    timeline: Timeline
    items: Sequence[Item]
    last: date
    """The last day that it is followed to."""
    outcome: Outcome = field(init=False)
    ahead: WayAhead = field(init=False, default=WayAhead(None))
    _sight: Sight = field(init=False)
    _run: DoingCourse | KeepingCourse | None = field(init=False)
    _standing: Standing | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        mark_proposals(self.items, self.timeline)
        self._sight = Sight(self.items, self.commitment)
        self._run = None
        if self.timeline.start is not None:
            made = DoingCourse if self.commitment.provision.kind is Kind.ACHIEVE else KeepingCourse
            self._run = made(self.commitment, self.timeline, self.items, self._sight, self.last)

    def stand(self, day: date, unmet: Sequence[str] = ()) -> Stand:
        """Where it stands on a day, which is no earlier than the one last asked for; `unmet` are its prerequisites."""
        fresh = self._sight.reveal(day)
        moved = self._run.advance(day) if self._run is not None else False
        if self._run is None:
            self.outcome = Outcome(State.TENTATIVE, [], self.timeline.deadlines.at(day))
        elif moved or self._standing is None or not isinstance(self._run, KeepingCourse):
            self.outcome = self._run.outcome(day)
        telling = [item for _, item in self._sight.contrary]
        if self._sight.progress is not None:
            telling.append(self._sight.progress)
        before, self.ahead = self.ahead, way_ahead(self.commitment, self.outcome, telling, unmet, day)
        if fresh or moved or self._standing is None or self.ahead.items != before.items:
            self._standing = standing_from(
                self.outcome.deciding,
                self.outcome.moves,
                self.ahead.items,
                self._sight.unaccepted,
                self._sight.origin,
            )
        return Stand(self.outcome.state, self.ahead.outlook, self._standing)

    def reason(self, day: date, unmet: Sequence[str] = (), condition: str | None = None) -> Reason:
        """What decides where it stands on the day last asked for."""
        if isinstance(self._run, KeepingCourse):
            self.outcome.contested = self._run.contested(day)
        return deciding_reason(self.commitment, self.outcome, self.ahead, unmet, condition)
