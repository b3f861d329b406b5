"""Putting a withdrawal together: the timetable's periods, and the checks that concern more than one row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.core.dates import Duration
from servanda.core.forces import DEFAULT_MATERIALITY, Period, Withdrawal
from servanda.core.problems import Problem, ProblemsFound, ServandaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from servanda.core.forces import Ceiling, Exchange, Exit, Force, Precedence

WEEK = Duration(weeks=1)
MOST_PERIODS = 1000


def periods_of(number: int, start: date | None = None, length: Duration = WEEK) -> tuple[Period, ...]:
    """So many periods, one after the other, from a first day on where one is given.

    Raises:
        ServandaError: the number is not between 1 and 1,000, or the length is nothing.
    """
    if not 1 <= number <= MOST_PERIODS:
        raise ServandaError(f"{number} periods cannot be planned", f"give a number from 1 to {MOST_PERIODS}")
    if start is None:
        return tuple(Period(n) for n in range(1, number + 1))
    periods = []
    for n in range(1, number + 1):
        try:
            end = length.after(start)
        except (OverflowError, ValueError):
            raise ServandaError(f"{number} periods of {length} go beyond the calendar", "begin earlier") from None
        if end <= start:
            raise ServandaError(f"a period of {length} is no time at all", "give for instance '1 week' or '1 month'")
        periods.append(Period(n, start, end - timedelta(days=1)))
        start = end
    return tuple(periods)


def periods_until(deadline: date, start: date, length: Duration = WEEK) -> tuple[Period, ...]:
    """All whole periods from the first day on that end by the deadline; the deadline's own day still counts.

    Raises:
        ServandaError: not one whole period fits.
    """
    number = 0
    end = start
    while number <= MOST_PERIODS and (following := length.after(end)) - timedelta(days=1) <= deadline:
        if following <= end:
            raise ServandaError(f"a period of {length} is no time at all", "give for instance '1 week' or '1 month'")
        number, end = number + 1, following
    if not number:
        raise ServandaError(
            f"no period of {length} fits between {start.isoformat()} and {deadline.isoformat()}",
            "take a later deadline or shorter periods",
        )
    return periods_of(number, start, length)


def withdrawal_of(
    forces: Sequence[Force],
    periods: Sequence[Period],
    exits: Sequence[Exit] | None = None,
    *,
    sides: tuple[str, ...] = (),
    lag: int = 0,
    precedences: Sequence[Precedence] = (),
    ceilings: Sequence[Ceiling] = (),
    exchanges: Sequence[Exchange] = (),
    materiality: Fraction = DEFAULT_MATERIALITY,
) -> Withdrawal:
    """A withdrawal whose parts fit each other. Sides are those of the forces, in file order, unless they are named.

    Raises:
        ProblemsFound: names that nothing answers to, doubled ids, a number of sides other than two.
        ServandaError: no forces, or terms out of range.
    """
    if not forces:
        raise ServandaError("there are no forces to withdraw", "list at least one force on each of two sides")
    if lag < 0:
        raise ServandaError(f"a verification lag of {lag} periods is impossible", "give 0 or more")
    if not 0 <= materiality <= 1:
        raise ServandaError(f"a materiality of {materiality} is no share", "give a share from 0 to 1, as 0.05")
    problems = [*_ids(forces), *_sides(forces, sides), *_windows(forces, len(periods))]
    known_exits = None if exits is None else {exit_.id for exit_ in exits}
    if known_exits is not None:
        problems += [
            Problem(force.at, f"exit {force.exit!r} is not listed", f"use one of {_listed(known_exits)}", "exit")
            for force in forces
            if force.exit and force.exit not in known_exits
        ]
    ids = {force.id for force in forces}
    problems += [
        Problem(rule.at, f"no force is called {name!r}", f"use one of {_listed(ids)}", "force")
        for rule in precedences
        for name in (rule.first, rule.then)
        if name not in ids
    ]
    known_sides = set(sides) or {force.side for force in forces}
    problems += [
        Problem(rule.at, f"no force is of the side {rule.side!r}", f"use one of {_listed(known_sides)}", "side")
        for rule in ceilings
        if rule.side not in known_sides
    ]
    problems += _cycle(precedences)
    if problems:
        raise ProblemsFound(tuple(sorted(problems, key=lambda problem: problem.location)))
    named = sides or tuple(dict.fromkeys(force.side for force in forces))
    return Withdrawal(
        sides=(named[0], named[1]),
        forces=tuple(forces),
        periods=tuple(periods),
        exits=tuple(exits or ()),
        lag=lag,
        precedences=tuple(precedences),
        ceilings=tuple(ceilings),
        exchanges=tuple(exchanges),
        materiality=materiality,
    )


def led_by_second(task: Withdrawal) -> Withdrawal:
    """The same task with the second side leading."""
    return replace(task, sides=(task.sides[1], task.sides[0]))


def _listed(names: set[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:8]) + (" …" if len(shown) > 8 else "") if shown else "(none are listed)"


def _ids(forces: Sequence[Force]) -> list[Problem]:
    counts = Counter(force.id for force in forces)
    return [
        Problem(force.at, f"the id {force.id!r} stands on {counts[force.id]} rows", "give each force its own", "id")
        for force in forces
        if counts[force.id] > 1
    ]


def _sides(forces: Sequence[Force], named: tuple[str, ...]) -> list[Problem]:
    sides = dict.fromkeys(force.side for force in forces)
    if named:
        return [
            Problem(force.at, f"{force.side!r} is neither side", f"use one of {', '.join(named)}", "side")
            for force in forces
            if force.side not in named
        ] + [
            Problem(forces[0].at, f"no force belongs to {side!r}", "list its forces, or name another side", "side")
            for side in named
            if side not in sides
        ]
    if len(sides) == 2:
        return []
    return [
        Problem(
            forces[-1].at,
            f"the forces belong to {len(sides)} sides ({', '.join(sides)})",
            "a mutual withdrawal has two; name the side that each force leaves with",
            "side",
        )
    ]


def _windows(forces: Sequence[Force], last: int) -> list[Problem]:
    problems = []
    for force in forces:
        earliest, latest = force.earliest or 1, force.latest or last
        if not 1 <= earliest <= last or not 1 <= latest <= last or earliest > latest:
            what = f"{force.id!r} can leave in no period: earliest {earliest}, latest {latest}, of {last} periods"
            problems.append(Problem(force.at, what, f"give periods from 1 to {last}, earliest first", "window"))
    return problems


def _cycle(precedences: Sequence[Precedence]) -> list[Problem]:
    after: dict[str, set[str]] = {}
    for rule in precedences:
        after.setdefault(rule.first, set()).add(rule.then)
    for rule in precedences:
        reached, waiting = set[str](), [rule.then]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(after.get(name, ()))
        if rule.first in reached:
            what = f"{rule.first!r} and {rule.then!r} wait for each other"
            return [Problem(rule.at, what, "drop one of the precedences: this is a deadlock", "deadlock")]
    return []
