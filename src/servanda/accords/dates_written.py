"""Dates and spans as people write them in an accord."""

from __future__ import annotations

import re

from servanda.accords.findings import shown
from servanda.accords.shapes import Reading, Schema, Shape
from servanda.core.dates import Duration, PartialDate
from servanda.core.written import Written, WrittenText

DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SPAN_PATTERN = r"^(\d+ +((business|working) +)?(day|week)s?|\d+ +(month|year)s?|P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?)$"
_LOOKS_LIKE_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 10_000
"""No span of an agreement has more days, weeks, months or years than that."""


class Date(Shape[PartialDate]):
    """A day, a month or a year."""

    what = "a date"

    def schema(self) -> Schema:
        """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
        return {"$ref": "#/$defs/date"}

    def read(self, written: Written, reading: Reading) -> PartialDate | None:
        """The date, as precise as it was written."""
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, "write YYYY-MM-DD, YYYY-MM or YYYY")
            return None
        try:
            return PartialDate.parse(written.text)
        except ValueError:
            pass
        if _LOOKS_LIKE_DATE.fullmatch(written.text.strip()):
            parts = written.text.strip().split("-")
            padded = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
            if padded != written.text.strip() and is_date(padded):
                what, remedy = f"{shown(written.text)} is not written as a date", f"write {padded}"
            else:
                what, remedy = f"{shown(written.text)} is no day of the calendar", "correct the day or the month"
        else:
            what, day = f"{shown(written.text)} is not a date", worded_date(written.text)
            remedy = f"write {day}" if day else "write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
        reading.findings.error(written.at, what, remedy, "bad-date")
        return None


class Span(Shape[Duration]):
    """A span of calendar time; 90 days and three months are different spans."""

    what = "a span of time"

    def schema(self) -> Schema:
        """In words or in ISO 8601."""
        return {"$ref": "#/$defs/span"}

    def read(self, written: Written, reading: Reading) -> Duration | None:
        """The span in the units in which it was written."""
        remedy = "write for instance '90 days', '3 months', '2 weeks', '10 business days' or 'P90D'"
        if not isinstance(written, WrittenText) or written.is_empty:
            self.mismatch(written, reading, remedy)
            return None
        try:
            span = Duration.parse(written.text)
        except ValueError:
            reading.findings.error(written.at, f"{shown(written.text)} is not a span of time", remedy, "bad-span")
            return None
        if max(span.years, span.months, span.weeks, span.days, span.business_days) > _LONGEST:
            reading.findings.error(
                written.at, f"{shown(written.text)} is longer than any agreement's span", "check the number", "bad-span"
            )
            return None
        return span


def is_date(text: str) -> bool:
    """Whether the text is a date of the accord language."""
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True


def worded_date(text: str) -> str | None:
    """The date of `23 January 2021` or `January 23, 2021` in the accord language; no guess at `01/02/2021`."""
    words = text.replace(",", " ").split()
    months = [_MONTHS.index(word[:3].casefold()) + 1 for word in words if word[:3].casefold() in _MONTHS]
    days = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 3]
    years = [word for word in words if word.isascii() and word.isdigit() and len(word) == 4]
    if (len(words), len(months), len(days), len(years)) != (3, 1, 1, 1):
        return None
    written = f"{years[0]}-{months[0]:02d}-{days[0]:02d}"
    return written if is_date(written) else None


def is_span(text: str) -> bool:
    """Whether the text is a span of the accord language."""
    try:
        Duration.parse(text)
    except ValueError:
        return False
    return True


DATE = Date()
SPAN = Span()
