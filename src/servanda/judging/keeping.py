"""Fold what must be kept up or refrained from: in force, or violated while an episode of the contrary is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.judgement import Episode
from servanda.core.vocabulary import Stance, State
from servanda.judging.runner import Outcome, Runner, effective_day
from servanda.judging.timeline import DAY, Step, day_after
from servanda.judging.transitions import Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.judging.evidence import Item


class Keeping(Runner):
    """Maintain and refrain: in force, or violated while an episode of the contrary is open."""

    def run(self, facts: Sequence[Item]) -> Outcome:
        """Fold accepted evidence with the timeline."""
        start = self.timeline.start
        assert start is not None
        breaches = [item for item in facts if item.stance in (Stance.BREACHES, Stance.FAILS)]
        keeps = [item for item in facts if item.stance is Stance.PERFORMS]
        episodes = _episodes(breaches, keeps, start, self.as_of)
        steps = list(self.timeline.steps)
        for episode, evidence in episodes:
            steps.append(Step(episode.first, Trigger.CONTRARY, evidence))
            if episode.last is not None and day_after(episode.last) <= self.as_of:
                steps.append(Step(day_after(episode.last), Trigger.EPISODE_ENDED, _enders(episode, keeps)))
        for one in sorted(steps, key=lambda one: one.key):
            self.apply(one)
        deciding = self.moves[-1].items if self.moves else ()
        if self.state is State.VIOLATED and episodes:
            deciding = episodes[-1][1]
        elif self.state is State.IN_FORCE:
            deciding = tuple(item for item in keeps if effective_day(item, None, start) <= self.as_of)
        return Outcome(
            self.state,
            self.moves,
            self.timeline.deadlines.at(self.as_of),
            episodes=[episode for episode, _ in episodes],
            deciding=deciding,
            contested=self._contested(episodes, keeps),
        )

    def _contested(
        self, episodes: Sequence[tuple[Episode, tuple[Item, ...]]], keeps: Sequence[Item]
    ) -> tuple[tuple[State, tuple[Item, ...]], ...]:
        """Accepted word that it was observed on days of which other accepted word says that it was breached."""
        if self.state is not State.VIOLATED or not episodes:
            return ()
        episode, evidence = episodes[-1]
        end = episode.last or self.as_of
        against = tuple(
            item
            for item in keeps
            if item.event is not None and item.event.first <= end and item.event.last >= episode.first
        )
        return ((State.VIOLATED, evidence), (State.IN_FORCE, against)) if against else ()


def _episodes(
    breaches: Sequence[Item], keeps: Sequence[Item], start: date, as_of: date
) -> list[tuple[Episode, tuple[Item, ...]]]:
    """Stretches of breach, joined where they touch. An open-ended one lasts until evidence of its end."""
    ends = sorted(item.event.first for item in keeps if item.event is not None)
    spans: list[tuple[date, date | None, Item]] = []
    for item in breaches:
        assert item.event is not None
        first = max(item.event.first, start)
        if first > as_of:
            continue
        last: date | None = max(first, min(item.event.last, item.published))
        if item.open_ended:
            ended = next((day for day in ends if day > first and day <= as_of), None)
            last = ended - DAY if ended else None
        spans.append((first, last, item))
    spans.sort(key=lambda span: (span[0], span[2].record.id))
    found: list[tuple[date, date | None, list[Item]]] = []
    for first, last, item in spans:
        if found and (found[-1][1] is None or first <= day_after(found[-1][1])):
            previous_first, previous_last, members = found[-1]
            longest = None if previous_last is None or last is None else max(previous_last, last)
            found[-1] = (previous_first, longest, [*members, item])
        else:
            found.append((first, last, [item]))
    return [
        (Episode(first, last, tuple(item.record.id for item in members)), tuple(members))
        for first, last, members in found
    ]


def _enders(episode: Episode, keeps: Sequence[Item]) -> tuple[Item, ...]:
    if episode.last is None:
        return ()
    return tuple(item for item in keeps if item.event is not None and item.event.first == day_after(episode.last))
