"""The front door of verifying: how many sites to visit, and how many are left by what the reports count."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.core.dates import days_of
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Act, Action, Certainty, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servanda.core.claims import ClaimRecord
    from servanda.dossier import Dossier
    from servanda.verifying import Count, Delay, Inspection
    from servanda.verifying import Outlook as Outlook
    from servanda.verifying import Visit as Visit


def inspection(
    sites: int,
    breached: int,
    *,
    goal: float = 0.95,
    detection: float = 1.0,
    units: int | None = None,
    breached_units: int = 1,
    checked_units: int | None = None,
) -> Inspection:
    """How many sites to visit. See `servanda.verifying.inspect`."""
    from servanda.verifying import inspect

    return inspect(
        sites,
        breached,
        goal,
        detection,
        units=units,
        breached_units=breached_units,
        checked_units=checked_units,
    )


def false_alarm_chance(checks: int, specificity: float, *, confirmed: bool) -> float:
    """The chance of a false alarm in so many checks."""
    from servanda.verifying import false_alarms

    return false_alarms(checks, specificity, confirmed=confirmed)


def detection_delay(every: float, detection: float) -> Delay:
    """Mean days until a breach is noticed."""
    from servanda.verifying import delay

    return delay(every, detection)


def visiting_calendar(
    sites: Sequence[str], first: date, last: date, *, every: float, sites_a_visit: int, seed: int
) -> tuple[Visit, ...]:
    """A calendar of visits, random within limits."""
    from servanda.verifying import calendar

    return calendar(sites, first, last, every=every, sites_a_visit=sites_a_visit, seed=seed)


def counts_in(records: Sequence[ClaimRecord], party: str | None) -> tuple[Count, ...]:
    """What certain claims report in numbers: how many remain, have left or have come; only of a party that they name.

    Of departures and arrivals it matters when they were: on the days that the claim names, else in the week before it
    was published. A party's word about itself counts as that of an interested source.
    """
    from servanda.verifying import ARRIVED, LEFT, REMAINING, Count

    kinds = {Action.REMAIN: REMAINING, Action.WITHDRAW: LEFT, Action.DEPLOY: ARRIVED}
    found = []
    for record in records:
        claim = record.claim
        if (
            claim.act is not Act.REPORT
            or claim.action not in kinds
            or claim.polarity is not Polarity.POSITIVE
            or claim.certainty is not Certainty.CERTAIN
            or claim.quantity is None
            or claim.quantity < 2
            or (party and not _among(party, (*claim.actors, claim.object or "")))
        ):
            continue
        source = claim.source or record.document.publisher or record.document.id
        published = record.document.published
        days = days_of(claim.when) if claim.action is not Action.REMAIN else None
        day = published if days is None else min(days.last, published)
        found.append(
            Count(
                day,
                source,
                float(claim.quantity),
                record.document.reliability or "F",
                interested=any(actor.casefold() in source.casefold() for actor in claim.actors if actor),
                kind=kinds[claim.action],
                reference=record.document.id,
                since=None if days is None or days.first >= day else days.first,
            )
        )
    return tuple(found)


def check_party(dossier: Dossier, records: Sequence[ClaimRecord], party: str) -> None:
    """Whether anything here is called so: a party of the accord, or who is named in a report.

    Raises:
        ServandaError: nothing is; the message names the accord's parties.
    """
    parties = dossier.accord.parties
    known = [name for each in parties for name in (each.id, each.name, *each.aliases)]
    known += [name for record in records for name in (*record.claim.actors, record.claim.object or "")]
    if not _among(party, known):
        names = ", ".join(each.name for each in parties)
        raise ServandaError(f"neither the accord nor any report names a party {party!r}", f"the parties are: {names}")


def _among(party: str, names: Iterable[str]) -> bool:
    return any(party.casefold() in name.casefold() for name in names)


def counts_table(path: Path) -> tuple[Count, ...]:
    """Reports of counts from a table."""
    from servanda.verifying.count_tables import read_counts_csv

    return read_counts_csv(path)


def how_many_left(
    counts: Sequence[Count], *, start: float, first: date, until: date, weeks_planned: float | None = None
) -> Outlook:
    """Estimate how many are left. See `servanda.verifying.how_many_left`."""
    from servanda.verifying import how_many_left as estimate

    return estimate(counts, start=start, first=first, until=until, weeks_planned=weeks_planned)
