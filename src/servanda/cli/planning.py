"""Commands that plan and check: plan, certify."""

from __future__ import annotations

import json as json_
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.negotiating import emit_first_moves, print_first_moves, show_front, show_what_ifs
from servanda.cli.options import Json, Output, parse_day, parse_number, parse_share
from servanda.cli.output import console, emit, emit_bytes, page
from servanda.core.forces import Measure, Order
from servanda.core.problems import ServandaError
from servanda.dossier import planning as door
from servanda.publishing.schedule_table import COLUMNS, amount, promises, rows, schedule_csv, schedule_markdown

if TYPE_CHECKING:
    from rich.console import Console

    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Certificate, Schedule
    from servanda.dossier.planning import Plan
    from servanda.dossier.planning import Progress as Told

_NARROW = ("period", "to", "side", "force", "number", "site", "exit", "verified by", "released by")


class PlanFormat(StrEnum):
    """How `plan` writes the schedule."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    XLSX = "xlsx"
    ICALENDAR = "icalendar"
    SVG = "svg"
    PNG = "png"


MaybeFolder = Annotated[
    Path | None, typer.Argument(metavar="[DIR]", help="The dossier whose accord has a section `forces`.")
]
Forces = Annotated[Path | None, typer.Option("--forces", metavar="FILE", help="A table of forces (CSV) instead.")]
Exits = Annotated[
    Path | None, typer.Option("--exits", metavar="FILE", help="The exits and their capacities a period (CSV).")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same schedule.")]
TimeLimit = Annotated[
    float | None, typer.Option("--time-limit", metavar="SECONDS", help="How long to search at most.", min=0.1)
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (plan, certify):
        app.command()(command)


def plan(
    folder: MaybeFolder = None,
    forces: Forces = None,
    exits: Exits = None,
    periods: Annotated[int | None, typer.Option("--periods", metavar="N", help="How many periods there are.")] = None,
    start: Annotated[
        date | None, typer.Option("--start", parser=parse_day, metavar="DATE", help="First day of the first period.")
    ] = None,
    deadline: Annotated[
        date | None, typer.Option("--deadline", parser=parse_day, metavar="DATE", help="Last day of the last period.")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="SPAN", help="Length of a period [1 week].")] = None,
    verification_lag: Annotated[
        int | None,
        typer.Option("--verification-lag", metavar="N", help="Periods that verifying a tranche takes.", min=0),
    ] = None,
    order: Annotated[Order, typer.Option("--order", help="Who moves when.")] = Order.SIMULTANEOUS,
    measure: Annotated[Measure, typer.Option("--measure", help="What is compared.")] = Measure.SHARE,
    tolerance: Annotated[
        str | None,
        typer.Option(
            "--tolerance",
            metavar="SHARE",
            help="Exposure that is good enough: a share, as 12% or 0.12; with --measure absolute an amount.",
        ),
    ] = None,
    materiality: Annotated[
        Fraction | None,
        typer.Option("--materiality", parser=parse_share, metavar="SHARE", help="Below it a region is left out [5%]."),
    ] = None,
    aim: Annotated[
        list[str] | None,
        typer.Option(
            "--aim", metavar="AIM", help="exposure, completion, movements, smoothness; first named, first met."
        ),
    ] = None,
    time_limit: TimeLimit = None,
    seed: Seed = 1,
    json: Json = False,
    as_provisions: Annotated[
        bool, typer.Option("--as-provisions", help="Write the schedule as provisions of an accord.")
    ] = False,
    beside_equal_numbers: Annotated[
        bool, typer.Option("--equal-numbers", help="Show equal numbers on each side beside it, also in the chart.")
    ] = False,
    front: Annotated[bool, typer.Option("--front", help="Show how much exposure each further period saves.")] = False,
    which_first: Annotated[
        bool, typer.Option("--which-first", help="Show which force, moved first, lowers exposure most.")
    ] = False,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="EVENT",
            help="Show beside it what comes of delay:SIDE:PERIODS, exit-closed:EXIT[:FROM], verification:PERIODS or "
            "verification:2x. Several times; joined by + for all at once.",
        ),
    ] = None,
    format_: Annotated[PlanFormat, typer.Option("--format", help="How to write it.")] = PlanFormat.TERMINAL,
    output: Output = None,
) -> None:
    """Plan a withdrawal in which no side gains by stopping: the schedule, what it promises, what is proven."""
    if which_first and (what_if or as_provisions or format_ is not PlanFormat.TERMINAL):
        raise ServandaError(
            "--which-first stands under the table, or is written with --json",
            "leave out --what-if, --as-provisions and --format, or ask in a second run",
        )
    exposed = None if tolerance is None else _tolerance(tolerance, measure)
    task = door.task_from(
        folder,
        forces=forces,
        exits=exits,
        periods=periods,
        start=start,
        deadline=deadline,
        length=period,
        lag=verification_lag,
        materiality=materiality,
    )
    if front:
        show_front(task, order, measure, time_limit, json=json, output=output)
        return
    for text in what_if or []:
        door.check_supposition(text, task)
    found = _planned(task, order, measure, exposed, aim or [], time_limit, seed)
    if what_if:
        show_what_ifs(found, what_if, time_limit, seed, json=json, output=output)
    elif json and which_first:
        emit_first_moves(found, output)
    elif json:
        emit(json_.dumps(door.schedule_values(found.schedule), ensure_ascii=False, indent=1), output)
    elif as_provisions:
        from servanda.publishing.schedule_provisions import schedule_provisions

        emit(schedule_provisions(found.schedule, found.task), output)
    elif format_ in (PlanFormat.XLSX, PlanFormat.ICALENDAR, PlanFormat.SVG, PlanFormat.PNG):
        if output is None:
            raise ServandaError(f"{format_} cannot be shown in a terminal", "name a file with --output")
        emit_bytes(_file(found, format_, equal=beside_equal_numbers), output)
    elif format_ is PlanFormat.CSV:
        emit(schedule_csv(found.schedule, found.task), output)
    elif format_ is PlanFormat.MARKDOWN:
        emit(schedule_markdown(found.schedule, found.task, found.certificate), output)
    else:
        with page(output) as screen:
            _print_plan(screen, found)
            if beside_equal_numbers:
                _print_equal_numbers(screen, found)
            if which_first:
                print_first_moves(screen, found)


def _tolerance(text: str, measure: Measure) -> Fraction:
    """An exposure as it is typed: a share, or an amount where amounts are compared."""
    try:
        if measure is Measure.SHARE:
            return parse_share(text)
        if "%" in text:
            raise typer.BadParameter(f"{text!r} is a share, but --measure absolute compares amounts: write a number")
        return parse_number(text)
    except typer.BadParameter as error:
        error.param_hint = "--tolerance"
        raise


def _planned(
    task: Withdrawal,
    order: Order,
    measure: Measure,
    tolerance: Fraction | None,
    aims: list[str],
    time_limit: float | None,
    seed: int,
) -> Plan:
    """Plan with a bar on the error stream, which shows the best so far and the bound."""
    from rich.progress import BarColumn, Progress, TextColumn

    screen = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        line = bar.add_task("preparing the search (longer the first time on a machine)", total=None)

        def tell(at: Told) -> None:
            words = f"{at.stage}: exposure {at.exposure:.4f}, bound {at.bound:.4f}"
            bar.update(line, description=words, completed=at.done, total=at.of)

        return door.plan_withdrawal(
            task,
            order=order,
            measure=measure,
            tolerance=tolerance,
            aims=aims,
            time_limit=time_limit,
            seed=seed,
            progress=tell,
        )


def _file(found: Plan, form: PlanFormat, *, equal: bool) -> bytes:
    if form is PlanFormat.XLSX:
        from servanda.publishing.schedule_exports import schedule_xlsx

        return schedule_xlsx(found.schedule, found.task, found.certificate)
    if form is PlanFormat.ICALENDAR:
        from servanda.publishing.schedule_exports import schedule_icalendar

        if found.schedule.periods[0].first is None:
            raise ServandaError("a calendar needs dates", "give --start")
        return schedule_icalendar(found.schedule, found.task)
    from servanda.publishing.schedule_charts import schedule_chart

    beside = None
    if equal:
        beside = ("Equal numbers", *door.equal_numbers_beside(found))
    return schedule_chart(found.schedule, found.task, found.certificate, beside=beside, form=str(form))


def _print_equal_numbers(screen: Console, found: Plan) -> None:
    other, certificate = door.equal_numbers_beside(found)
    measure = found.schedule.measure
    screen.print(
        f"Equal numbers each period: exposure {amount(certificate.exposure, measure)} over "
        f"{other.completion} periods, against {amount(found.schedule.exposure, measure)} here"
        + ("" if certificate.valid else f" (and it breaks a rule: {certificate.findings[0]})"),
        markup=False,
    )


def _print_plan(screen: Console, found: Plan) -> None:
    _print_table(screen, found.schedule, found.task)
    for line in promises(found.schedule, found.certificate):
        screen.print(f"· {line}", markup=False)
    if found.optimal:
        screen.print("· proven: no schedule exposes less", markup=False)
    else:
        screen.print(f"· at most {found.gap:.1%} above the proven bound ({found.bound.reason})", markup=False)
    if found.stopped != "done":
        screen.print(f"· the search was ended by the {found.stopped}; with more time it may do better", markup=False)
    screen.print(f"· certificate: {'valid' if found.certificate.valid else 'REFUSED'}", markup=False)


def _print_table(screen: Console, schedule: Schedule, task: Withdrawal) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in _NARROW:
        table.add_column(name, justify="right" if name in ("period", "number") else "left")
    for row in rows(schedule, task):
        cells = dict(zip(COLUMNS, row, strict=True))
        table.add_row(*(cells[name] for name in _NARROW))
    screen.print(table)


def certify(
    schedule: Annotated[Path, typer.Argument(metavar="SCHEDULE", help="A schedule that `plan --json` wrote.")],
    folder: Annotated[Path | None, typer.Option("--dossier", metavar="DIR", help="Check against its accord.")] = None,
    forces: Forces = None,
    exits: Exits = None,
    json: Json = False,
) -> None:
    """Check a schedule exactly, without any solver. Exit status 0: valid; 1: refused, with every reason."""
    found = door.read_schedule(schedule)
    if forces is None and folder is None:
        raise ServandaError("there is nothing to check against", "name --forces or --dossier")
    certificate, _ = door.certify_schedule(found, folder, forces=forces, exits=exits)
    if json:
        emit(json_.dumps(_certificate_json(certificate), ensure_ascii=False, indent=1), None)
    else:
        _print_certificate(found, certificate)
    if not certificate.valid:
        raise typer.Exit(1)


def _certificate_json(certificate: Certificate) -> dict[str, object]:
    return {
        "valid": certificate.valid,
        "findings": list(certificate.findings),
        "exposure": str(certificate.exposure),
        "worst": [
            {
                "side": moment.side,
                "period": moment.period,
                "half": moment.half,
                "dimension": moment.dimension,
                "own": str(moment.own),
                "verified": str(moment.seen),
                "exposure": str(moment.exposure),
            }
            for moment in certificate.worst
        ],
        "notes": list(certificate.notes),
    }


def _print_certificate(schedule: Schedule, certificate: Certificate) -> None:
    screen = console()
    screen.print("valid" if certificate.valid else "REFUSED", markup=False)
    for finding in certificate.findings:
        screen.print(f"· {finding}", markup=False)
    screen.print(
        f"exposure {certificate.exposure} ({amount(certificate.exposure, schedule.measure)}), "
        f"claimed {schedule.exposure}, bound {schedule.bound}",
        markup=False,
    )
    for moment in certificate.worst:
        screen.print(
            f"{moment.side}: worst in period {moment.period}, half {moment.half}, {moment.dimension}: "
            f"{amount(moment.exposure, schedule.measure)}",
            markup=False,
        )
    for note in certificate.notes:
        screen.print(f"note: {note}", markup=False)
