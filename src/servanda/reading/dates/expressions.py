"""What the temporal tagger returns: one time expression of a text, in the terms of TIMEX3 (ISO 24617-1)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from servanda.core.dates import DateRange, Duration, PartialDate, When, days_of

_SPAN = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_HOURS = re.compile(r"PT(\d+)H")
_HALF_YEAR_IN_MONTHS = re.compile(r"P(\d*)\.5Y")
_WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?")
_PART_OF_YEAR = re.compile(r"(\d{4})-(Q[1-4]|H[12])")
_DAY_OR_LESS = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T.*)?")
_DECADE = re.compile(r"\d{3}")
_MONTHS_OF = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12)}


class TimeType(StrEnum):
    """The four kinds of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Modifier(StrEnum):
    """The `mod` of TIMEX3: which part of a date, or how near to a duration."""

    START = "START"
    MID = "MID"
    END = "END"
    APPROX = "APPROX"
    LESS_THAN = "LESS_THAN"
    MORE_THAN = "MORE_THAN"
    EQUAL_OR_LESS = "EQUAL_OR_LESS"
    EQUAL_OR_MORE = "EQUAL_OR_MORE"
    ON_OR_BEFORE = "ON_OR_BEFORE"
    ON_OR_AFTER = "ON_OR_AFTER"


class Cue(StrEnum):
    """How the words beside an expression relate it. `by` includes the day, `before` does not."""

    BY = "by"
    BEFORE = "before"
    UNTIL = "until"
    FROM = "from"
    SINCE = "since"
    AFTER = "after"
    WITHIN = "within"
    ON = "on"
    IN = "in"
    FOR = "for"


class Calendar(StrEnum):
    """The reckoning that an expression is in. What is not Gregorian is named as such and never converted."""

    GREGORIAN = "gregorian"
    FISCAL = "fiscal"
    HIJRI = "hijri"
    BUSINESS = "business"
    """Business or working days: `P10D` of this calendar is ten days on which offices are open."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression. Offsets count code points of the text as it was given, end exclusive."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str
    """TIMEX3: `2021-06-23`, `2021-06`, `2021-W25`, `2021-Q3`, `2021-SU`, `202`, `P90D`, `PXD`, `PAST_REF`.

    Times are days and what follows `T`: `2021-06-23T09:30`, `2021-06-23TMO`. `X` stands for
    what the text leaves open; `FY2021` is a fiscal year.
    """
    modifier: Modifier | None = None
    calendar: Calendar = Calendar.GREGORIAN
    cue: Cue | None = None
    cue_span: tuple[int, int] | None = None
    counted_from: tuple[int, int] | None = None
    """Of a duration: where the text names what it is counted from ("within 90 days of *signature*")."""
    counting: Cue | None = None
    """`after` or `before` what it is counted from."""

    @property
    def when(self) -> When | None:
        """The value as the rest of the house speaks of dates; `None` where it is vague, repeated or not Gregorian.

        Weeks, quarters, halves and decades are ranges; a time of day is its day; 48 hours are two days.
        """
        if self.calendar is Calendar.BUSINESS:
            days = re.fullmatch(r"P(\d+)D", self.value)
            return Duration(business_days=int(days[1])) if days else None
        if self.calendar is not Calendar.GREGORIAN or self.type is TimeType.SET:
            return None
        return _duration(self.value) if self.type is TimeType.DURATION else _date(self.value)

    @property
    def days(self) -> DateRange | None:
        """All days that it can mean, or `None` where it is vague or a span."""
        return days_of(self.when)


def _duration(value: str) -> Duration | None:
    if half := _HALF_YEAR_IN_MONTHS.fullmatch(value):
        return Duration(years=int(half[1] or 0), months=6)
    if (hours := _HOURS.fullmatch(value)) and int(hours[1]) % 24 == 0 and int(hours[1]):
        return Duration(days=int(hours[1]) // 24)
    match = _SPAN.fullmatch(value)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Duration(years, months, weeks, days)


def _date(value: str) -> When | None:
    try:
        if match := _DAY_OR_LESS.fullmatch(value):
            return PartialDate.parse(match[1])
        if match := _WEEK.fullmatch(value):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return DateRange(monday + timedelta(days=5 if match[3] else 0), monday + timedelta(days=6))
        if match := _PART_OF_YEAR.fullmatch(value):
            first, last = _MONTHS_OF[match[2]]
            year = int(match[1])
            return DateRange(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
        if _DECADE.fullmatch(value):
            return DateRange(date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31))
    except (ValueError, OverflowError):
        return None
    return None
