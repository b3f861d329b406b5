"""Forces by site, as the accord counts them, and as a plan would have moved them out by a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from servanda.dossier.planning import sites_of, task_from

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from servanda.core.accord import Accord
    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Move
    from servanda.dossier.planning import Plan


@dataclass(frozen=True, slots=True)
class Site:
    """A place where forces of one side are, and how many of each kind."""

    name: str
    side: str
    at: tuple[float, float] | None
    """Latitude and longitude; `None` where the accord gives none."""
    before: int
    """Units at the start of the timetable."""
    left: int
    """Units still there on the day."""
    kinds: tuple[tuple[str, int], ...]
    """Of what kind those are, the most numerous first."""


@dataclass(frozen=True, slots=True)
class Stationed:
    """All sites on a day, and what that rests on."""

    sites: tuple[Site, ...]
    start: date | None
    """When the timetable begins; before, everything is where the accord says."""
    end: date | None
    planned: bool
    """Whether departures are those of a plan; else nothing has moved."""


def stationed(folder: Path, accord: Accord, day: date, plan: Plan | None) -> Stationed:
    """Where forces are on a day.

    Raises:
        ServandaError: the accord's forces have errors.
    """
    task = plan.task if plan is not None else task_from(folder)
    gone = _gone(task, plan.schedule.moves if plan is not None else (), day)
    places = _places(accord) | {name.casefold(): at for name, at in sites_of(folder).items()}
    before: defaultdict[tuple[str, str], int] = defaultdict(int)
    left: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for force in task.forces:
        key = (force.site or "place not given", force.side)
        rest = force.count - gone.get(force.id, 0)
        before[key] += force.count
        kind = force.kind or "units"
        left[key][kind] = left[key].get(kind, 0) + rest
    sites = tuple(
        Site(
            name,
            side,
            places.get(name.casefold()),
            count,
            sum(left[name, side].values()),
            tuple(sorted(((k, n) for k, n in left[name, side].items() if n), key=lambda item: (-item[1], item[0]))),
        )
        for (name, side), count in sorted(before.items())
    )
    first, last = (task.periods[0], task.periods[-1]) if task.periods else (None, None)
    return Stationed(sites, first.first if first else None, last.last if last else None, plan is not None)


def _gone(task: Withdrawal, moves: Iterable[Move], day: date) -> dict[str, int]:
    """Units of each force that have left by the end of a day: those of a period leave on its last day."""
    ends = {period.number: period.last for period in task.periods}
    gone: defaultdict[str, int] = defaultdict(int)
    for move in moves:
        end = ends.get(move.period)
        if end is not None and end <= day:
            gone[move.force] += move.count
    return gone


def _places(accord: Accord) -> dict[str, tuple[float, float]]:
    """Where the accord's own places lie, by every name of theirs."""
    return {
        name.casefold(): (place.latitude, place.longitude)
        for place in accord.places
        if place.latitude is not None and place.longitude is not None
        for name in (place.id, place.name, *place.aliases)
    }


def days_between(start: date, end: date, count: int) -> list[date]:
    """So many evenly spaced days from the first to the last, both among them; fewer where there are no more."""
    span = (end - start).days
    steps = min(count, span)
    return [start + timedelta(days=span * n // steps) for n in range(steps + 1)] if steps > 0 else [start]
