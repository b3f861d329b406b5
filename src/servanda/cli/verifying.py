"""Commands that verify: inspect, remaining."""

from __future__ import annotations

import json as json_
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import Json, KnownBy, Output, parse_chance, parse_day, today
from servanda.cli.output import console, emit, page
from servanda.core.problems import ServandaError
from servanda.dossier import Dossier
from servanda.dossier import verifying as door

if TYPE_CHECKING:
    from rich.console import Console

    from servanda.dossier.verifying import Outlook, Visit


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (inspect, remaining):
        app.command()(command)


def inspect(
    sites: Annotated[int, typer.Option("--sites", metavar="N", help="How many sites there are.")],
    breached: Annotated[
        int, typer.Option("--breached", metavar="N", help="The smallest number in breach that would matter.")
    ] = 1,
    goal: Annotated[
        float,
        typer.Option("--goal", parser=parse_chance, metavar="SHARE", help="Wanted chance of detection: 95% or 0.95."),
    ] = 0.95,
    detection: Annotated[
        float,
        typer.Option(
            "--detection", parser=parse_chance, metavar="SHARE", help="Chance that a visit notices a breach there."
        ),
    ] = 1.0,
    units: Annotated[int | None, typer.Option("--units", metavar="N", help="Units in a site: two stages.")] = None,
    breached_units: Annotated[
        int, typer.Option("--breached-units", metavar="N", help="Of them in breach, in a breached site.")
    ] = 1,
    checked_units: Annotated[
        int | None,
        typer.Option("--checked-units", metavar="N", help="Looked at on a visit [the fewest checks in all]."),
    ] = None,
    specificity: Annotated[
        float | None,
        typer.Option("--specificity", parser=parse_chance, metavar="SHARE", help="Chance that a site in order passes."),
    ] = None,
    every: Annotated[float | None, typer.Option("--every", metavar="DAYS", help="Mean days between visits.")] = None,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Draw a random calendar from --start to --until, every so many days.")
    ] = False,
    start: Annotated[
        date | None, typer.Option("--start", parser=parse_day, metavar="DATE", help="First day of the calendar.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=parse_day, metavar="DATE", help="Last day of the calendar.")
    ] = None,
    sites_a_visit: Annotated[int, typer.Option("--sites-a-visit", metavar="N", help="Sites on each day.")] = 1,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same calendar.")] = 1,
    json: Json = False,
) -> None:
    """How many sites to visit for a wanted chance of detection, and how soon a breach would show."""
    found = door.inspection(
        sites,
        breached,
        goal=goal,
        detection=detection,
        units=units,
        breached_units=breached_units,
        checked_units=checked_units,
    )
    alarms = None
    if specificity is not None:
        checks = (found.visits if found.visits is not None else sites) * (found.stages.checked if found.stages else 1)
        alarms = (
            checks,
            door.false_alarm_chance(checks, specificity, confirmed=False),
            door.false_alarm_chance(checks, specificity, confirmed=True),
        )
    delay = None if every is None else door.detection_delay(every, found.detection)
    visits: tuple[Visit, ...] = ()
    if calendar:
        if start is None or until is None or every is None:
            raise ServandaError("a calendar needs its limits", "give --start, --until and --every")
        names = [f"site {number}" for number in range(1, sites + 1)]
        visits = door.visiting_calendar(names, start, until, every=every, sites_a_visit=sites_a_visit, seed=seed)
    if json:
        values: dict[str, object] = {
            "sites": sites,
            "breached": breached,
            "goal": goal,
            "visits": found.visits,
            "chance": found.chance,
            "rounds": found.rounds,
            "checked_units": found.stages.checked if found.stages else None,
            "why": found.why,
            "false_alarms": None
            if alarms is None
            else {"checks": alarms[0], "once": alarms[1], "confirmed": alarms[2]},
            "delay_days": None
            if delay is None
            else {
                "periodic": delay.periodic_unaware,
                "periodic_known": delay.periodic_aware,
                "at_random": delay.at_random,
            },
            "calendar": [{"day": visit.day.isoformat(), "sites": list(visit.sites)} for visit in visits],
            "assumptions": list(found.assumptions),
        }
        emit(json_.dumps(values, ensure_ascii=False, indent=1), None)
        return
    screen = console()
    screen.print(found.why, markup=False)
    if found.stages:
        screen.print(
            f"in each of them look at {found.stages.checked} of {found.stages.units} units "
            f"(a breached site is noticed with {found.stages.detection:.1%})",
            markup=False,
        )
    if alarms is not None:
        screen.print(
            f"false alarms: {alarms[0]} checks raise one with {alarms[1]:.1%}; "
            f"with a confirming second check {alarms[2]:.1%}",
            markup=False,
        )
    if delay is not None:
        screen.print(
            f"a breach shows after {delay.periodic_unaware:.1f} days on average if visits come every {every:g} days, "
            f"{delay.periodic_aware:.1f} if the side knows when; {delay.at_random:.1f} if they come at random, "
            "whatever it knows",
            markup=False,
        )
    for visit in visits:
        screen.print(f"{visit.day.isoformat()}  {', '.join(visit.sites)}", markup=False)
    for line in found.assumptions:
        screen.print(f"assumed: {line}", markup=False)


def remaining(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The dossier whose reports count.")] = None,
    start: Annotated[float, typer.Option("--start", metavar="N", help="How many there were at first.")] = 0,
    since: Annotated[
        date | None, typer.Option("--since", parser=parse_day, metavar="DATE", help="The first day.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=parse_day, metavar="DATE", help="The last day (default: today).")
    ] = None,
    party: Annotated[str | None, typer.Option("--party", metavar="NAME", help="Only reports that name it.")] = None,
    counts: Annotated[
        Path | None, typer.Option("--counts", metavar="FILE", help="A table of counts (CSV) instead of a dossier.")
    ] = None,
    weeks: Annotated[
        float | None, typer.Option("--weeks", metavar="N", help="How long the departure was to take.")
    ] = None,
    known_by: KnownBy = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """How many are left, from counts that contradict each other: an interval a week, and whether departures stopped."""
    if counts is not None:
        if party is not None:
            raise ServandaError("a table of counts does not say of whom", "leave out --party, or name a dossier")
        reports = door.counts_table(counts)
    elif folder is not None:
        dossier = Dossier(folder)
        records = dossier.records(known_by)
        if party is not None:
            door.check_party(dossier, records, party)
        reports = door.counts_in(records, party)
    else:
        raise ServandaError("there is nothing to count", "name a dossier, or a table with --counts")
    if start <= 0:
        raise ServandaError("it is not said how many there were at first", "give --start N")
    last = until or known_by or today()
    first = since or min((report.day for report in reports), default=last)
    found = door.how_many_left(reports, start=start, first=first, until=last, weeks_planned=weeks)
    if json:
        emit(json_.dumps(_outlook_json(found), ensure_ascii=False, indent=1), output)
        return
    ends = "" if until else " (--known-by)" if known_by else " (today; another last day: --until)"
    begins = "" if since or not reports else " (the first report; another first day: --since)"
    with page(output) as screen:
        screen.print(f"from {first.isoformat()}{begins} to {last.isoformat()}{ends}", markup=False)
        if left_out := len(reports) - len(found.reports):
            screen.print(f"reports outside the weeks below, left out: {left_out}", markup=False)
        _print_outlook(screen, found)


def _outlook_json(found: Outlook) -> dict[str, object]:
    return {
        "estimates": [
            {
                "day": each.day.isoformat(),
                "low": each.low,
                "middle": each.middle,
                "high": each.high,
                "stopped": each.stopped,
                "informed": each.informed,
            }
            for each in found.estimates
        ],
        "reports": [
            {
                "day": each.report.day.isoformat(),
                "source": each.report.source,
                "value": each.report.value,
                "kind": each.report.kind,
                "expected": [each.low, each.high],
                "verdict": each.verdict,
                "reference": each.report.reference,
            }
            for each in found.reports
        ],
        "biases": [{"source": source, "bias": bias, "spread": spread} for source, bias, spread in found.biases],
        "alarm": found.alarm.isoformat() if found.alarm else None,
        "assumptions": list(found.assumptions),
        "warning": found.warning,
    }


def _print_outlook(screen: Console, found: Outlook) -> None:
    if not found.reports:
        screen.print("no information: no report gives a count", markup=False)
    elif all(checked.report.interested for checked in found.reports):
        screen.print("no information: only a side's word about its own forces, which moves no estimate", markup=False)
    for each in found.estimates:
        known = "" if each.informed else "  no information since the week before"
        screen.print(
            f"{each.day.isoformat()}  {each.low:>9,.0f} to {each.high:>9,.0f}  (middle {each.middle:,.0f}; "
            f"departures have stopped: {each.stopped:.0%}){known}",
            markup=False,
        )
    for checked in found.reports:
        report = checked.report
        screen.print(
            f"{report.day.isoformat()}  {report.source}: {report.value:,.0f} {report.kind}, {checked.verdict} "
            f"what was expected ({checked.low:,.0f} to {checked.high:,.0f})  {report.reference}",
            markup=False,
        )
    if found.alarm:
        screen.print(f"departures have probably stopped; first so on {found.alarm.isoformat()}", markup=False)
    for line in found.assumptions:
        screen.print(f"assumed: {line}", markup=False)
    screen.print(found.warning, markup=False)
