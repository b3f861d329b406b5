"""Dates as agreements and news give them: partial dates, ranges, and durations that keep days and months apart."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ISO_DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_WORDED_DURATION = re.compile(r"(\d+)\s+(?:(business|working)\s+)?(day|week|month|year)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """All days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a range must not end before it starts: {self.first.isoformat()}/{self.last.isoformat()}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return (
            self.first.isoformat() if self.first == self.last else f"{self.first.isoformat()}/{self.last.isoformat()}"
        )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year, exactly as precise as its source; it is never rounded to a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

        Raises:
            ValueError: the text is not of that form, or names no day of the calendar (30 February).
        """
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        try:
            return cls(year, month, day)
        except ValueError:
            raise ValueError(f"{text!r} is not a day of the calendar") from None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole date of a day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def range(self) -> DateRange:
        """All days that it can mean."""
        return DateRange(self.first, self.last)

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A span in calendar units. Ninety days and three months are different durations.

    Months and years are calendar months: 31 January and one month is the last day of February.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    business_days: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `90 days`, `3 months`, `10 business days`, `2 business weeks`, or ISO 8601 (`P90D`, `P1Y6M`).

        A business week is five business days.

        Raises:
            ValueError: the text is of neither form.
        """
        stripped = text.strip()
        if iso := _ISO_DURATION.fullmatch(stripped):
            years, months, weeks, days = (int(part) if part else 0 for part in iso.groups())
            return cls(years, months, weeks, days)
        if worded := _WORDED_DURATION.fullmatch(stripped):
            count, business, unit = int(worded[1]), bool(worded[2]), worded[3].lower()
            if business and unit in ("day", "week"):
                return cls(business_days=count * (5 if unit == "week" else 1))
            if not business:
                return cls(**{f"{unit}s": count})
        raise ValueError(
            f"{text!r} is not a span; write for instance '90 days', '3 months', '10 business days' or 'P90D'"
        )

    def after(self, day: date) -> date:
        """The day that lies this duration after `day`; `day` itself is not counted.

        Raises:
            ValueError: the result lies beyond the year 9999.
        """
        months = day.month - 1 + self.months + 12 * self.years
        year, month = day.year + months // 12, months % 12 + 1
        if year > 9999:
            raise ValueError(f"{self} after {day.isoformat()} is beyond the calendar")
        clamped = min(day.day, calendar.monthrange(year, month)[1])
        result = date(year, month, clamped) + timedelta(weeks=self.weeks, days=self.days)
        for _ in range(self.business_days):
            result += timedelta(days=1)
            while result.weekday() >= 5:
                result += timedelta(days=1)
        return result

    @property
    def iso(self) -> str:
        """ISO 8601 (`P90D`, `P3M`); business days, which ISO does not know, are written in words."""
        if self.business_days:
            return str(self)
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in parts if count) or "0D")

    def __str__(self) -> str:
        if self.business_days:
            return f"{self.business_days} business day{'s' if self.business_days != 1 else ''}"
        names = (("year", self.years), ("month", self.months), ("week", self.weeks), ("day", self.days))
        return " ".join(f"{n} {name}{'s' if n != 1 else ''}" for name, n in names if n) or "0 days"


When = PartialDate | DateRange | Duration


def parse_when(text: str) -> When:
    """Read a claim's `when`: a partial date, `start/end`, or a duration that is still to be anchored.

    Raises:
        ValueError: the text is none of these.
    """
    if text.startswith("P"):
        return Duration.parse(text)
    if "/" in text:
        first, _, last = text.partition("/")
        return DateRange(PartialDate.parse(first).first, PartialDate.parse(last).last)
    return PartialDate.parse(text)


def iso_when(when: When) -> str:
    """What `parse_when` reads: a partial date, `start/end`, or an ISO 8601 duration."""
    return when.iso if isinstance(when, Duration) else str(when)


def days_of(when: When | None) -> DateRange | None:
    """The days that a `when` can mean, or `None` where it is absent or an unanchored duration."""
    match when:
        case PartialDate():
            return when.range
        case DateRange():
            return when
        case _:
            return None
