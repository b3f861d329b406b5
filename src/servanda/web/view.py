"""What a page shows is all in its address: `as_of`, `known_by`, and whatever filters the page has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from servanda.core.dates import PartialDate
from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from fastapi import Request


@dataclass(frozen=True, slots=True)
class View:
    """The two dates of a page."""

    as_of: date
    known_by: date
    stated: bool
    """Whether the address named both dates, so that it shows the same thing tomorrow."""

    def url(self, path: str, /, **parameters: object) -> str:
        """An address with these dates, and with parameters that are neither `None` nor empty."""
        address = f"{quote(path)}?as_of={self.as_of.isoformat()}&known_by={self.known_by.isoformat()}"
        others = {key: str(value) for key, value in parameters.items() if value not in (None, "", False)}
        if others.keys() & {"as_of", "known_by"}:
            dates = {"as_of": self.as_of.isoformat(), "known_by": self.known_by.isoformat()}
            return f"{quote(path)}?{urlencode(dates | others)}"
        return f"{address}&{urlencode(others)}" if others else address


def day_of(name: str, text: str) -> date:
    """Read a whole date that an address gives under a name.

    Raises:
        ServandaError: it is not of the form YYYY-MM-DD, or no day of the calendar.
    """
    try:
        partial = PartialDate.parse(text)
    except ValueError as error:
        raise ServandaError(f"{name}: {error}", "write a whole date such as 2021-01-29") from None
    if partial.day is None:
        raise ServandaError(f"{name}: {text!r} names no day", "write a whole date such as 2021-01-29")
    return partial.first


def page_of(request: Request, pages: int, usual: int = 1) -> int:
    """The page of a long list that the address asks for, from 1 to so many; the `usual` one where it asks for none."""
    asked = request.query_params.get("page", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else usual
    return min(max(wanted, 1), pages)


def today() -> date:
    """Today: the later of the local day and the day in UTC, in which records are kept."""
    return max(date.today(), datetime.now(UTC).date())


def view_of(request: Request) -> View:
    """Read the two dates from the address; today stands in for one that is missing.

    Raises:
        ServandaError: a date is not of the form YYYY-MM-DD.
    """
    as_of, known_by = (request.query_params.get(name) for name in ("as_of", "known_by"))
    now = today()
    return View(
        as_of=day_of("as_of", as_of) if as_of else now,
        known_by=day_of("known_by", known_by) if known_by else now,
        stated=bool(as_of and known_by),
    )
