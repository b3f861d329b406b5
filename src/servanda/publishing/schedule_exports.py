"""A schedule for other programs: a workbook, a calendar."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from servanda.publishing.schedule_table import COLUMNS, departures, promises, rows

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.forces import Withdrawal
    from servanda.core.schedules import Certificate, Schedule

_WIDTHS = (7, 11, 11, 12, 14, 18, 14, 9, 16, 16, 18, 34)


def schedule_xlsx(schedule: Schedule, task: Withdrawal, certificate: Certificate) -> bytes:
    """A workbook of three sheets: the departures, the exposure at every moment, what is promised."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet = book.add_worksheet("Departures")
    sheet.write_row(0, 0, COLUMNS, bold)
    for number, row in enumerate(rows(schedule, task), 1):
        for column, cell in enumerate(row):
            if COLUMNS[column] in ("period", "number"):
                sheet.write_number(number, column, int(cell))
            else:
                sheet.write_string(number, column, cell)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(schedule.moves)), len(COLUMNS) - 1)
    exposure = book.add_worksheet("Exposure")
    heads = ("side", "period", "half", "dimension", "gone of its own", "verified of the other's", "exposure")
    exposure.write_row(0, 0, heads, bold)
    for number, moment in enumerate(certificate.moments, 1):
        exposure.write_string(number, 0, moment.side)
        exposure.write_number(number, 1, moment.period)
        exposure.write_number(number, 2, moment.half)
        exposure.write_string(number, 3, moment.dimension)
        exposure.write_number(number, 4, float(moment.own))
        exposure.write_number(number, 5, float(moment.seen))
        exposure.write_number(number, 6, float(moment.exposure))
    exposure.freeze_panes(1, 0)
    promise = book.add_worksheet("What it promises")
    promise.set_column(0, 0, 110, wrap)
    for number, line in enumerate(promises(schedule, certificate)):
        promise.write_string(number, 0, line)
    book.close()
    return out.getvalue()


def schedule_icalendar(schedule: Schedule, task: Withdrawal) -> bytes:
    """One event for each tranche of each side, over its period, and one for the day by which it is verified.

    Raises:
        ValueError: the timetable has no dates.
    """
    import icalendar

    if schedule.periods[0].first is None:
        raise ValueError("the timetable has no dates")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Servanda//Schedule//EN")
    calendar.add("version", "2.0")
    tranches: dict[tuple[int, str], list[str]] = {}
    ends = {}
    for line in departures(schedule, task):
        key = (line.period.number, line.side)
        via = f" through {line.exit}" if line.exit else ""
        site = f" from {line.site}" if line.site else ""
        tranches.setdefault(key, [f"Released by: {line.release}"]).append(f"{line.count} of {line.force}{site}{via}")
        ends[key] = line
    for (number, side), lines in sorted(tranches.items()):
        line = ends[number, side]
        if line.period.first is None or line.period.last is None:
            continue
        event = icalendar.Event()
        event.add("summary", f"{side}: tranche {number}")
        event.add("description", "\n".join(lines))
        event.add("dtstart", line.period.first)
        event.add("dtend", line.period.last + timedelta(days=1))
        event.add("dtstamp", _midnight(line.period.first))
        event.add("uid", _uid(side, number, lines))
        calendar.add_component(event)
        if line.verified_by is not None and schedule.lag:
            check = icalendar.Event()
            check.add("summary", f"{side}: tranche {number} verified by today")
            check.add("dtstart", line.verified_by)
            check.add("dtstamp", _midnight(line.verified_by))
            check.add("uid", _uid(f"verified {side}", number, lines))
            calendar.add_component(check)
    return bytes(calendar.to_ical())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _uid(side: str, number: int, lines: list[str]) -> str:
    """The same for the same tranche, so that a calendar updates instead of doubling."""
    return hashlib.sha256("\n".join((side, str(number), *lines)).encode()).hexdigest()[:32] + "@servanda"
