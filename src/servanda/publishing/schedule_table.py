"""A schedule as a table that a delegation can read, in the terminal, as Markdown or CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.forces import Measure, Order

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from servanda.core.forces import Period, Withdrawal
    from servanda.core.schedules import Certificate, Moment, Schedule

COLUMNS = (
    "period",
    "from",
    "to",
    "side",
    "owner",
    "force",
    "kind",
    "number",
    "site",
    "exit",
    "verified by",
    "released by",
)


@dataclass(frozen=True, slots=True)
class Departure:
    """One line of the table: who leaves, when, from where, and what it waits for."""

    period: Period
    half: int
    side: str
    owner: str
    force: str
    kind: str
    count: int
    site: str
    exit: str
    verified_by: date | None
    verified_in: int
    """The period by whose end it is verified."""
    released_by: tuple[str, int] | None
    """The other side and its tranche whose verification releases this one; `None` for signature."""

    @property
    def release(self) -> str:
        """In words."""
        if self.released_by is None:
            return "signature"
        side, tranche = self.released_by
        return f"verification of {side}'s tranche {tranche}"

    @property
    def verification(self) -> str:
        """The day, or the period where the timetable has no dates."""
        return self.verified_by.isoformat() if self.verified_by else f"the end of period {self.verified_in}"


def departures(schedule: Schedule, task: Withdrawal) -> tuple[Departure, ...]:
    """All lines, in order of time, the leading side first."""
    forces = {force.id: force for force in task.forces}
    days = {period.number: period for period in schedule.periods}
    found = []
    for move in schedule.moves:
        force = forces[move.force]
        other = task.sides[1 - task.side_of(force)]
        waits = schedule.lag + (1 if schedule.order is Order.SIMULTANEOUS or move.half == 1 else 0)
        awaited = move.period - waits
        verified = move.period + schedule.lag
        end = days.get(verified)
        found.append(
            Departure(
                days[move.period],
                move.half,
                force.side,
                force.owner,
                force.id,
                force.kind,
                move.count,
                force.site,
                move.exit,
                end.last if end else None,
                verified,
                (other, awaited) if awaited >= 1 else None,
            )
        )
    return tuple(found)


def rows(schedule: Schedule, task: Withdrawal) -> tuple[tuple[str, ...], ...]:
    """The table's cells as text, in the order of `COLUMNS`."""
    return tuple(
        (
            str(line.period.number),
            line.period.first.isoformat() if line.period.first else "",
            line.period.last.isoformat() if line.period.last else "",
            line.side,
            line.owner,
            line.force,
            line.kind,
            str(line.count),
            line.site,
            line.exit,
            line.verification,
            line.release,
        )
        for line in departures(schedule, task)
    )


def schedule_csv(schedule: Schedule, task: Withdrawal) -> str:
    """The table as CSV. Cells that a spreadsheet would take for a formula are kept as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([["'" + cell if cell[:1] in "=+-@" else cell for cell in row] for row in rows(schedule, task)])
    return out.getvalue()


def schedule_markdown(schedule: Schedule, task: Withdrawal, certificate: Certificate) -> str:
    """The table as Markdown, under what is promised."""
    lines = [
        "# Schedule of departures",
        "",
        *(f"- {line}" for line in promises(schedule, certificate)),
        "",
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
        *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows(schedule, task)),
    ]
    return "\n".join(lines) + "\n"


def promises(schedule: Schedule, certificate: Certificate) -> tuple[str, ...]:
    """What the schedule guarantees, in sentences: the worst moment of each side, the bound, what is left out."""
    shown = amount(certificate.exposure, schedule.measure)
    bound = amount(schedule.bound, schedule.measure)
    found = [
        f"{schedule.order} moves in {len(schedule.periods)} periods, done at the end of period {schedule.completion}",
        f"if the other side stops, no side is ever ahead by more than {shown}; less than {bound} is impossible"
        if schedule.bound < certificate.exposure
        else f"if the other side stops, no side is ever ahead by more than {shown}, and no schedule does better",
    ]
    if schedule.lag:
        found.append(f"a tranche counts {schedule.lag} period{'s' if schedule.lag > 1 else ''} after it has left")
    found += [worst_words(moment, schedule.measure) for moment in certificate.worst]
    return (*found, *certificate.notes)


def worst_words(moment: Moment, measure: Measure) -> str:
    """A side's worst moment in a sentence."""
    return (
        f"{moment.side} risks most in period {moment.period}, in {moment.dimension}: {amount(moment.own, measure)} of "
        f"its own gone, {amount(moment.seen, measure)} of the other's verified"
    )


def amount(value: Fraction, measure: Measure) -> str:
    """A share in per cent, or an amount."""
    return f"{float(value):.1%}" if measure is Measure.SHARE else f"{float(value):,.6g}"
