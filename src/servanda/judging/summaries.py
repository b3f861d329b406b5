"""Judgements summed up: by provision, by instrument, and by party; counts side by side, never one score."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.core.judgement import Summary
from servanda.core.vocabulary import Kind, Standing, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from servanda.core.judgement import Judgement

KEPT = frozenset({State.FULFILLED, State.FULFILLED_LATE})
_NOT_OWED = frozenset({State.TENTATIVE, State.CONDITIONAL, State.DISCHARGED, State.SUPERSEDED, State.TERMINATED})
_NOTHING_SAID = frozenset({State.SUSPENDED, State.EXPIRED})


def by_provision(judgements: Iterable[Judgement]) -> tuple[Summary, ...]:
    """One summary a provision, in the order of the judgements."""
    return _grouped(judgements, lambda judgement: judgement.provision)


def by_instrument(judgements: Iterable[Judgement]) -> tuple[Summary, ...]:
    """One summary an instrument, in the order of the judgements."""
    return _grouped(judgements, lambda judgement: judgement.instrument)


def by_party(judgements: Iterable[Judgement]) -> tuple[Summary, ...]:
    """One summary a debtor: how it has kept what it owes. Counts stand side by side; there is no score of a party."""
    return tuple(replace(one, kroc=None) for one in _grouped(judgements, lambda judgement: judgement.debtor))


def _grouped(judgements: Iterable[Judgement], key: Callable[[Judgement], str]) -> tuple[Summary, ...]:
    groups: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault(key(judgement), []).append(judgement)
    return tuple(_summary(name, members) for name, members in groups.items())


def _summary(name: str, members: list[Judgement]) -> Summary:
    states = Counter(judgement.state for judgement in members)
    standings = Counter(judgement.standing for judgement in members)
    scores = [score for judgement in members if (score := kroc_score(judgement)) is not None]
    return Summary(
        id=name,
        commitments=tuple(judgement.id for judgement in members),
        states=tuple((state, states[state]) for state in State if states[state]),
        standings=tuple((standing, standings[standing]) for standing in Standing if standings[standing]),
        disputed=sum(judgement.disputed is not None for judgement in members),
        at_risk=sum(judgement.outlook is not None and judgement.outlook.value == "at risk" for judgement in members),
        late=states[State.FULFILLED_LATE],
        episodes=sum(len(judgement.episodes) for judgement in members),
        kroc=min(scores) if scores else None,
    )


def kroc_score(judgement: Judgement) -> int | None:
    """The Kroc institute's scale, derived: 0 not initiated, 1 minimum, 2 intermediate, 3 full; `None`: cannot be said.

    Theirs is coded by people, by year, on provisions; this is read off a judgement, and every export says so.
    """
    state, share = judgement.state, judgement.share
    if state in _NOT_OWED or state in _NOTHING_SAID:
        return None
    if state in KEPT:
        return 3
    if state is State.REVERSED:
        return 1
    if judgement.kind is not Kind.ACHIEVE:
        if state is State.VIOLATED:
            return 1
        if judgement.standing is Standing.NO_INFORMATION:
            return None
        return 2 if judgement.episodes else 3
    if share:
        return 2 if share >= 1 / 3 else 1
    if state is State.IN_PROGRESS:
        return 1
    return None if state is State.OVERDUE and judgement.standing is Standing.NO_INFORMATION else 0
