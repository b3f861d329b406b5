"""Simple temporal networks (Dechter, Meiri and Pearl 1991): differences between moments, and what cannot all hold.

A constraint says `later − earlier ≤ days`. Constraints contradict each other exactly where they close a cycle of
negative length, so the smallest contradictory set is the negative cycle with the fewest constraints.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

R = TypeVar("R")

WORK_LIMIT = 30_000_000
"""Steps spent on finding the fewest constraints of one cycle; beyond, some contradictory set is named instead."""


@dataclass(frozen=True, slots=True)
class Constraint(Generic[R]):
    """`later` comes at most `days` after `earlier`; a negative number means that it comes before. `reason` says why."""

    later: Hashable
    earlier: Hashable
    days: int
    reason: R


def contradictions(constraints: Iterable[Constraint[R]], origin: Hashable, limit: int) -> list[tuple[R, ...]]:
    """Sets of reasons that cannot all hold, each as small as can be and in the order given, at most `limit` of them.

    `origin` is the moment that dates are counted from. After each set, one of its reasons is dropped (the last
    one to have been given), so that independent contradictions all come to light.
    """
    found: list[tuple[R, ...]] = []
    for part in _independent_parts(constraints, origin):
        left = part
        while len(found) < limit and (cycle := smallest_contradiction(left, origin)) is not None:
            given = sorted(left.index(constraint) for constraint in cycle)
            found.append(tuple(dict.fromkeys(left[place].reason for place in given)))
            dropped = left[given[-1]].reason
            left = [constraint for constraint in left if constraint.reason != dropped]
    return found


def _independent_parts(constraints: Iterable[Constraint[R]], origin: Hashable) -> list[list[Constraint[R]]]:
    """Constraints that share a moment other than the origin, directly or through others, together.

    A cycle passes the origin at most once, so that it lies within one part.
    """
    parent: dict[Hashable, Hashable] = {}

    def root(moment: Hashable) -> Hashable:
        while parent.setdefault(moment, moment) != moment:
            parent[moment] = parent[parent[moment]]
            moment = parent[moment]
        return moment

    kept = list(constraints)
    for constraint in kept:
        if origin not in (constraint.later, constraint.earlier):
            parent[root(constraint.later)] = root(constraint.earlier)
    parts: dict[Hashable, list[Constraint[R]]] = defaultdict(list)
    for constraint in kept:
        parts[root(constraint.earlier if constraint.later == origin else constraint.later)].append(constraint)
    return list(parts.values())


def smallest_contradiction(constraints: Sequence[Constraint[R]], origin: Hashable) -> tuple[Constraint[R], ...] | None:
    """The negative cycle with the fewest constraints, or `None` where all constraints can hold together."""
    tightest = _tightest(constraints)
    some = _some_negative_cycle(tightest)
    if some is None:
        return None
    best = some
    for start, edges in _starts(tightest, origin):
        shorter = _fewest(start, edges, len(best) - 1)
        if shorter is not None:
            best = shorter
    return best


def _tightest(constraints: Iterable[Constraint[R]]) -> list[Constraint[R]]:
    """Of several constraints on the same two moments, the tightest (the first of equals)."""
    by_pair: dict[tuple[Hashable, Hashable], Constraint[R]] = {}
    for constraint in constraints:
        pair = (constraint.earlier, constraint.later)
        if pair not in by_pair or constraint.days < by_pair[pair].days:
            by_pair[pair] = constraint
    return list(by_pair.values())


def _leaving(edges: Iterable[Constraint[R]]) -> dict[Hashable, list[Constraint[R]]]:
    leaving: dict[Hashable, list[Constraint[R]]] = defaultdict(list)
    for edge in edges:
        leaving[edge.earlier].append(edge)
    return leaving


def _some_negative_cycle(edges: Sequence[Constraint[R]]) -> tuple[Constraint[R], ...] | None:
    """Bellman and Ford, from everywhere at once; a walk back along the arrivals closes the cycle.

    Who was moved in a pass was moved by one who was moved in it or the pass before, so that after as many passes as
    there are moments the walk back is long enough to meet itself.
    """
    leaving = _leaving(edges)
    moments = list(dict.fromkeys(moment for edge in edges for moment in (edge.earlier, edge.later)))
    distance = dict.fromkeys(moments, 0)
    came_by: dict[Hashable, Constraint[R]] = {}
    moved = moments
    for _ in moments:
        again: dict[Hashable, None] = {}
        for moment in moved:
            for edge in leaving.get(moment, ()):
                if distance[moment] + edge.days < distance[edge.later]:
                    distance[edge.later] = distance[moment] + edge.days
                    came_by[edge.later] = edge
                    again[edge.later] = None
        moved = list(again)
    return _closed(moved[0], came_by, len(moments)) if moved else None


def _closed(moment: Hashable, came_by: Mapping[Hashable, Constraint[R]], length: int) -> tuple[Constraint[R], ...]:
    for _ in range(length):
        moment = came_by[moment].earlier
    cycle: list[Constraint[R]] = []
    at = moment
    while not cycle or at != moment:
        cycle.append(came_by[at])
        at = came_by[at].earlier
    return tuple(reversed(cycle))


def _starts(
    edges: Sequence[Constraint[R]], origin: Hashable
) -> Iterable[tuple[Hashable, Mapping[Hashable, Sequence[Constraint[R]]]]]:
    """Moments through which the smallest cycle may go, each with the constraints that it may use.

    Most cycles go through the origin. The others lie within a strongly connected part of what is left without it.
    """
    yield origin, _leaving(edges)
    relative = [edge for edge in edges if origin not in (edge.earlier, edge.later)]
    work = 0
    for part in strongly_connected(_leaving(relative)):
        inner = [edge for edge in relative if edge.earlier in part and edge.later in part]
        leaving = _leaving(inner)
        for moment in sorted(part, key=str):
            work += len(inner) * len(part)
            if work > WORK_LIMIT:
                return
            yield moment, leaving


def _fewest(
    start: Hashable, leaving: Mapping[Hashable, Sequence[Constraint[R]]], most: int
) -> tuple[Constraint[R], ...] | None:
    """The negative walk from a moment back to itself with the fewest constraints, at most `most` of them."""
    layers: list[dict[Hashable, tuple[int, Constraint[R] | None]]] = [{start: (0, None)}]
    for _ in range(most):
        layer: dict[Hashable, tuple[int, Constraint[R] | None]] = {}
        for moment, (length, _) in layers[-1].items():
            for edge in leaving.get(moment, ()):
                known = layer.get(edge.later)
                if known is None or length + edge.days < known[0]:
                    layer[edge.later] = (length + edge.days, edge)
        layers.append(layer)
        if start in layer and layer[start][0] < 0:
            return _walked_back(start, layers)
    return None


def _walked_back(
    start: Hashable, layers: Sequence[Mapping[Hashable, tuple[int, Constraint[R] | None]]]
) -> tuple[Constraint[R], ...]:
    walk: list[Constraint[R]] = []
    at = start
    for layer in reversed(layers[1:]):
        edge = layer[at][1]
        assert edge is not None
        walk.append(edge)
        at = edge.earlier
    return tuple(reversed(walk))


def strongly_connected(leaving: Mapping[Hashable, Sequence[Constraint[R]]]) -> list[set[Hashable]]:
    """The strongly connected parts with more than one moment (Tarjan 1972, without recursion)."""
    index: dict[Hashable, int] = {}
    low: dict[Hashable, int] = {}
    on_stack: set[Hashable] = set()
    stack: list[Hashable] = []
    parts: list[set[Hashable]] = []
    for root in list(leaving):
        if root in index:
            continue
        work = [(root, iter(leaving.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            moment, edges = work[-1]
            for edge in edges:
                later = edge.later
                if later not in index:
                    index[later] = low[later] = len(index)
                    stack.append(later)
                    on_stack.add(later)
                    work.append((later, iter(leaving.get(later, ()))))
                    break
                if later in on_stack:
                    low[moment] = min(low[moment], index[later])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[moment])
                if low[moment] == index[moment]:
                    parts.append(_popped(moment, stack, on_stack))
    return [part for part in parts if len(part) > 1]


def _popped(moment: Hashable, stack: list[Hashable], on_stack: set[Hashable]) -> set[Hashable]:
    part: set[Hashable] = set()
    while moment not in part:
        part.add(stack.pop())
    on_stack -= part
    return part
