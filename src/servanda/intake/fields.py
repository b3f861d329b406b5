"""The fields of one row of a table, each read and checked; every fault of a row is found, not the first."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from servanda.core.dates import When, parse_when
from servanda.core.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(slots=True)
class Fields:
    """A row: its values by name, as strings (CSV) or as JSON values. Blank and `null` values count as not given."""

    values: Mapping[str, object]
    at: Location
    problems: list[Problem] = field(default_factory=list)

    def fault(self, what: str, remedy: str) -> None:
        """Note what is wrong with this row."""
        self.problems.append(Problem(self.at, what, remedy, "table-row"))

    def given(self, name: str) -> object | None:
        """The value of a field, or `None` where it is missing, `null` or blank."""
        value = self.values.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def text(self, name: str) -> str | None:
        """A field that is words."""
        value = self.given(name)
        if value is None or isinstance(value, str):
            return value.strip() if value else None
        self.fault(f"{name} is {json.dumps(value)}", "give a text in quotes, or null")
        return None

    def required(self, name: str) -> str | None:
        """A field that is words and must be there."""
        value = self.text(name)
        if self.given(name) is None:
            self.fault(f"{name} is missing", f"give {name} in every row")
        return value

    def choice(self, name: str, among: type[Choice]) -> Choice | None:
        """A field that is one word of a list."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return among(value.lower())
        except ValueError:
            words = [str(word) for word in among]
            near = difflib.get_close_matches(value.lower(), words, n=1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            self.fault(f"{value!r} is no {name.replace('_', ' ')}", f"{hint}it is one of: {', '.join(words)}")
            return None

    def letter(self, name: str, among: str, remedy: str) -> str | None:
        """A field that is one letter or digit of a few."""
        value = self.given(name)
        if value is None:
            return None
        word = str(value).strip().upper()
        if len(word) == 1 and word in among and not isinstance(value, bool):
            return word
        self.fault(f"{word!r} is no {name}", remedy)
        return None

    def number(self, name: str) -> float | None:
        """A field that is a number."""
        value = self.given(name)
        if value is None:
            return None
        try:
            number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else math.nan
        except (ValueError, OverflowError):
            number = math.nan
        if math.isfinite(number):
            return number
        self.fault(f"{name} is {json.dumps(value)}", "give a number such as 300 or 0.5, or leave it out")
        return None

    def names(self, name: str) -> tuple[str, ...]:
        """A field that is a list of names: a JSON list, or in CSV names with semicolons between them."""
        value = self.given(name)
        if value is None:
            return ()
        if isinstance(value, str):
            if not value.lstrip().startswith("["):
                return tuple(part.strip() for part in value.split(";") if part.strip())
            try:
                value = json.loads(value)
            except ValueError:
                value = None
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(item.strip() for item in value if item.strip())
        self.fault(f"{name} is no list of names", 'write ["Turkey", "Russia"], or in CSV Turkey; Russia')
        return ()

    def day(self, name: str) -> date | None:
        """A field that is a whole date."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
        except ValueError:
            self.fault(f"{name} is {value!r}", "give a day of the calendar as YYYY-MM-DD")
            return None

    def moment(self, name: str) -> datetime | None:
        """A field that is a date with an optional time; UTC where it names no zone."""
        value = self.text(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fault(f"{name} is {value!r}", "give a moment as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ")
            return None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)

    def when(self, name: str) -> When | None:
        """A field that is a date, as precise as it is, a range or a span."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return parse_when(value)
        except ValueError:
            self.fault(
                f"{name} is {value!r}",
                "give a date as YYYY, YYYY-MM or YYYY-MM-DD, two of them with a slash between, or a span such as P90D",
            )
            return None


def misspelt(names: Iterable[str], known: Iterable[str]) -> tuple[str, str] | None:
    """The first name that is almost, but not quite, a known one, and that one. Names unlike any are left alone."""
    vocabulary = list(known)
    for name in names:
        if name not in vocabulary:
            near = difflib.get_close_matches(name.strip().lower(), vocabulary, n=1, cutoff=0.8)
            if near:
                return name, near[0]
    return None
