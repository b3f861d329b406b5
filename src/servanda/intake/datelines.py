"""When a text says that it was published: a line that is a date, or the dateline of a report, where nothing is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
_MONTH += r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_ISO_CLOCK = r"(?:[T ]\d\d:[\d:.]+\s?(?:Z|[+-]\d\d:?\d\d)?)?"
_DATES = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/-]|\.\d)", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sign>[-/])(?P<month>\d{{2}})(?P=sign)(?P<day>\d{{2}}){_ISO_CLOCK}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}",
    )
)
_DAY_OF_MONTH = re.compile(
    rf"(?:{_MONTH}\s+{_DAY}|(?P<day2>\d{{1,2}})\s+{_MONTH.replace('<month>', '<month2>')})(?!\w)", re.IGNORECASE
)

_LABEL = re.compile(
    r"(?P<label>first published|published|posted|date|issued|released|last updated|updated|modified)?"
    r"(?:\s+on)?\s*:?\s*",
    re.IGNORECASE,
)
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?,?\s+)?"
_CLOCK = (
    r"(?:[\s,|·–—-]*(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\.?)?"
    r"(?:\s*\(?[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?)?"
)
_WHOLE_DATES = tuple(re.compile(rf"{_WEEKDAY}{form.pattern}{_CLOCK}", re.IGNORECASE) for form in _DATES)
_PLACE = r"[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|of|the|de|al|el|am)){0,6}"
_AGENCY = r"(?:\s*[(\[][^()\[\]\d\n]{1,40}[)\]])?"
_DATELINE = re.compile(rf"(?P<place>{_PLACE}){_AGENCY}\s*(?:[,:(]|--?|[–—])\s*(?P<rest>[^\n]{{4,60}})")
_AFTER_DATELINE = re.compile(rf"\)?{_AGENCY}\s*(?:--?|[–—:]|\(|$)")

LATER = ("last updated", "updated", "modified")
"""Labels of a date on which a text was changed, and not published."""

NEAR_THE_TOP = 12
"""How many lines that are not blank count as the top of a text."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of publication and the words that state it."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Words that may state the date of publication, but leave it open which day, or which of them."""

    words: tuple[str, ...]


def parse_full_date(text: str) -> date | None:
    """The day that a text consists of, with an optional weekday before and clock after; `None` where it is no such.

    A date of digits alone whose day and month could be changed about (03/04/2021) is none.
    """
    for form in _WHOLE_DATES:
        if match := form.fullmatch(text.strip(" \t.,|")):
            return _day_of(match)
    return None


def label_and_day(text: str) -> tuple[str, date | None]:
    """The label before a date ("published", "updated", or nothing), in lower case, and the day after it."""
    label = _LABEL.match(text)
    assert label is not None
    return (label["label"] or "").lower(), parse_full_date(text[label.end() :])


def find_date(text: str, *, name_hint: date | None = None) -> FoundDate | Ambiguous | None:
    """The date of publication near the top of a text.

    In this order: a line that is nothing but a date (one that says "updated" gives way to one that does not); the
    dateline of a report with a full date; a photo's dateline ("BERLIN, GERMANY - JUNE 23: ... on June 23, 2021 ...")
    where the file's name or the weekday that the report names agrees, since a photo may be older than its article.
    """
    top = _top_lines(text)
    for candidates in (_date_lines(top), _datelines(top), _photo_datelines(text, name_hint)):
        days = {candidate.day for candidate in candidates}
        if len(days) == 1:
            return candidates[0]
        if days:
            return Ambiguous(tuple(dict.fromkeys(candidate.words for candidate in candidates)))
    open_lines = tuple(line for line in top if _open_date(line))
    return Ambiguous(open_lines) if open_lines else None


def _top_lines(text: str) -> list[str]:
    lines = []
    for line in text[:20_000].splitlines():
        if line.strip():
            lines.append(line.strip())
        if len(lines) == NEAR_THE_TOP:
            break
    return lines


def _date_lines(lines: list[str]) -> list[FoundDate]:
    plain: list[FoundDate] = []
    updated: list[FoundDate] = []
    for line in lines:
        for part in re.split(r"\s+[|•·]\s+", line):
            label, day = label_and_day(part)
            if day is not None:
                (updated if label in LATER else plain).append(FoundDate(day, line))
    return plain or updated


def _datelines(lines: list[str]) -> list[FoundDate]:
    found = []
    for line in lines:
        match = _DATELINE.match(line)
        if match is None:
            continue
        for form in _DATES:
            stated = form.match(match["rest"])
            if stated and _AFTER_DATELINE.match(match["rest"], stated.end()):
                day = _day_of(stated)
                if day is not None:
                    found.append(FoundDate(day, line[: match.start("rest") + stated.end()]))
    return found[:1]


def _photo_datelines(text: str, name_hint: date | None) -> list[FoundDate]:
    """Datelines without a year, whose own paragraph gives the full date."""
    found = []
    body = text[:20_000]
    for line in body.splitlines():
        match = _DATELINE.match(line.strip())
        short = _DAY_OF_MONTH.match(match["rest"]) if match else None
        if match is None or short is None or not _AFTER_DATELINE.match(match["rest"], short.end()):
            continue
        month = _month_number(short["month"] or short["month2"])
        number = int(short["day"] or short["day2"])
        full = {day for day in _all_dates(line) if (day.month, day.day) == (month, number)}
        for day in full:
            elsewhere = body.replace(line, " ")
            named = re.search(rf"\b{WEEKDAYS[day.weekday()]}\b", elsewhere, re.IGNORECASE)
            if day == name_hint or (named and not any(other > day for other in _all_dates(elsewhere))):
                found.append(FoundDate(day, line.strip()[: match.start("rest") + short.end()] + f" … {day.year}"))
    return found


def _all_dates(text: str) -> set[date]:
    return {day for form in _DATES for match in form.finditer(text) if (day := _day_of(match)) is not None}


def _open_date(line: str) -> bool:
    """Whether a line is a date of digits that can be read two ways, or names no day of the calendar."""
    label = _LABEL.match(line)
    assert label is not None
    bare = line[label.end() :].strip(" \t.,|")
    return any(form.fullmatch(bare) for form in _WHOLE_DATES) and parse_full_date(bare) is None


def _day_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        readings = {day for day in (_day(year, second, first), _day(year, first, second)) if day is not None}
        return readings.pop() if len(readings) == 1 else None
    month = parts["month"]
    return _day(year, int(month) if month.isdigit() else _month_number(month), int(parts["day"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))
