"""Reckoning with weeks, months, quarters and seasons, and the TIMEX3 spelling of the results."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which each season of the northern calendar begins; newspapers there use it as such."""


def week(day: date) -> str:
    """The ISO week of a day: `2021-W25`."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def month(year: int, number: int) -> str:
    """A month: `2021-06`."""
    return f"{year:04d}-{number:02d}"


def quarter(year: int, number: int) -> str:
    """A quarter: `2021-Q3`."""
    return f"{year:04d}-Q{number}"


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of a day."""
    return day.year, (day.month + 2) // 3


def quarter_in(value: str) -> tuple[int, int] | None:
    """Year and quarter where a value is one."""
    match = _QUARTER.fullmatch(value)
    return (int(match[1]), int(match[2])) if match else None


def shifted_months(day: date, count: int) -> date:
    """The same day some months on (or back); the last day of a shorter month. Raises ValueError beyond the calendar."""
    index = day.year * 12 + day.month - 1 + count
    year, number = divmod(index, 12)
    return date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def moved(day: date, count: int, unit: str) -> str | None:
    """The unit of time that lies `count` units from the one of `day`, spelt as precisely as the unit.

    Two weeks before 23 June 2021 is `2021-W23`, two months before it `2021-04`. `None` for units of the clock.

    Raises:
        ValueError, OverflowError: the result lies beyond the calendar.
    """
    if unit.endswith("W"):
        return week(day + timedelta(weeks=count * int(unit[:-1] or 1)))
    match unit:
        case "D":
            return (day + timedelta(days=count)).isoformat()
        case "M":
            shifted = shifted_months(day, count)
            return month(shifted.year, shifted.month)
        case "Q":
            return quarter(*quarter_of(shifted_months(day.replace(day=1), 3 * count)))
        case "Y":
            return f"{date(day.year + count, 1, 1).year:04d}"
        case "E":
            return f"{date(day.year + 10 * count, 1, 1).year // 10:03d}"
        case "C":
            return f"{date(day.year + 100 * count, 1, 1).year // 100:02d}"
        case _:
            return None


def weekday_from(day: date, number: int, direction: int, *, strict: bool = False) -> date:
    """The nearest day of that weekday (1 is Monday) at or after `day` (direction 1), or at or before it (-1).

    `strict` leaves out `day` itself.
    """
    distance = (number - day.isoweekday()) * direction % 7
    if strict and distance == 0:
        distance = 7
    return day + timedelta(days=distance * direction)


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date:
    """The n-th such weekday of a month; the last where nth is -1."""
    days = [
        day
        for day in range(1, calendar.monthrange(year, number)[1] + 1)
        if date(year, number, day).isoweekday() == weekday
    ]
    return date(year, number, days[nth - 1 if nth > 0 else nth])


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the Gregorian computus in the form of Butcher, 1876)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    day = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * day) // 451
    number = moon + day - 7 * late + 114
    return date(year, number // 31, number % 31 + 1)


def season_around(day: date, season: str, direction: int) -> str:
    """The last such season that is over by a day (-1), the next one to begin (1), or the one of its year (0)."""
    starts = [date(year, SEASON_STARTS[season], 1) for year in (day.year - 2, day.year - 1, day.year, day.year + 1)]
    if direction == 0:
        chosen = starts[2]
        if season == "WI" and day.month <= 2:
            chosen = starts[1]
    elif direction < 0:
        chosen = max(start for start in starts if shifted_months(start, 3) <= day)
    else:
        chosen = min(start for start in starts if start > day)
    return f"{chosen.year:04d}-{season}"
