"""The command that goes on from what was verified: replan."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import AsOf, Json, KnownBy, Output, today
from servanda.cli.output import emit, page
from servanda.cli.planning import Exits, Forces, Seed, TimeLimit
from servanda.core.problems import ServandaError
from servanda.dossier import planning as door
from servanda.publishing.schedule_table import amount

if TYPE_CHECKING:
    from rich.console import Console

    from servanda.core.schedules import Schedule
    from servanda.dossier.planning import Contingency, Option


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(replan)


def replan(
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE", help="The schedule in force (JSON).")],
    after: Annotated[int, typer.Option("--after", metavar="N", help="The period that has just ended.")],
    folder: Annotated[Path | None, typer.Option("--dossier", metavar="DIR", help="Forces from its accord.")] = None,
    forces: Forces = None,
    exits: Exits = None,
    remaining: Annotated[
        list[str] | None,
        typer.Option("--remaining", metavar="FORCE=N", help="How many of a force are verified to remain."),
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option("--ledger", metavar="DIR", help="A dossier whose verified judgements say what has left."),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    time_limit: TimeLimit = 5.0,
    seed: Seed = 1,
    json: Json = False,
    output: Output = None,
) -> None:
    """Go on from what was verified: hold, resume or re-plan, with exposure and end. `--json` prints the new plan."""
    current = door.read_schedule(schedule)
    if forces is None and folder is None:
        raise ServandaError("there is nothing to plan from", "name --forces or --dossier")
    _, task = door.certify_schedule(current, folder, forces=forces, exits=exits)
    left = dict(_pair(text) for text in remaining or [])
    if ledger is not None:
        left = (
            door.verified_remaining(ledger, current, task, as_of=as_of or today(), known_by=known_by or today()) | left
        )
    found = door.contingency_of(current, task, after=after, remaining=left, time_limit=time_limit, seed=seed)
    if json:
        if found.replan is None or found.replan.schedule is None:
            raise ServandaError("no new schedule was found", found.resume.note)
        emit(json_.dumps(door.schedule_values(found.replan.schedule), ensure_ascii=False, indent=1), output)
        return
    with page(output) as screen:
        _print_contingency(screen, found, current)


def _pair(text: str) -> tuple[str, int]:
    name, equals, number = text.rpartition("=")
    if not equals or not number.strip().isdigit():
        raise ServandaError(f"{text!r} is not a force and a number", "write for instance --remaining wagner=900")
    return name.strip(), int(number)


def _print_contingency(screen: Console, found: Contingency, schedule: Schedule) -> None:
    for short in found.shortfalls:
        words = f"{short.missing} missing" if short.missing >= 0 else f"{-short.missing} ahead"
        screen.print(
            f"{short.force} ({short.side}): {short.verified} of {short.planned} planned have left: {words}",
            markup=False,
        )
    for force, number in found.arrivals:
        screen.print(f"{force}: {number} more than at the start have arrived", markup=False)
    if not found.shortfalls:
        screen.print("nothing is missing", markup=False)
    if found.deadlock:
        screen.print(found.deadlock, markup=False)
    options: list[Option] = [found.hold, found.resume, *([found.replan] if found.replan else [])]
    for option in options:
        end = f"ends in period {option.completion}" if option.completion is not None else "does not end"
        shown = amount(option.exposure, schedule.measure)
        screen.print(f"{option.name:8} exposure {shown}, {end}; {option.note}", markup=False)
