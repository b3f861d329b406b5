"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from servanda.core.dates import PartialDate


def parse_day(text: str) -> date:
    """A whole date, such as 2021-01-29."""
    try:
        partial = PartialDate.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; write a whole date such as 2021-01-29") from None
    if partial.day is None:
        raise typer.BadParameter(f"{text!r} names no day; write a whole date such as {partial.last.isoformat()}")
    return partial.first


def parse_number(text: str) -> Fraction:
    """A number from 0 on, such as 12, 0.1, 1/10 or 10%."""
    shown = text.strip()
    try:
        value = Fraction(shown.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        raise typer.BadParameter(f"{text!r} is no number; write for instance 0.1, 1/10 or 10%") from None
    if value < 0:
        raise typer.BadParameter(f"{text!r} is below 0")
    return value / 100 if shown.endswith("%") else value


def parse_share(text: str) -> Fraction:
    """A share of a whole, such as 0.1, 1/10 or 10%."""
    value = parse_number(text)
    if value > 1:
        meant = f"{text.strip()}% or {float(value / 100):g}" if value <= 100 and "%" not in text else "100% or less"
        raise typer.BadParameter(f"{text!r} is more than the whole; a share is at most 1: write {meant}")
    return value


def parse_chance(text: str | float) -> float:
    """A chance, such as 0.95 or 95%; an option's default comes as a number."""
    return float(parse_share(str(text)))


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The dossier's folder.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="DATE", help="Judge as of this date (default: today)."),
]
KnownBy = Annotated[
    date | None,
    typer.Option(
        "--known-by",
        parser=parse_day,
        metavar="DATE",
        help="Use only what was published by this date (default: today).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Published = Annotated[
    date | None,
    typer.Option("--date", parser=parse_day, metavar="DATE", help="When the document was published."),
]
Publisher = Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Who published the document.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of the terminal.")
]


def today() -> date:
    """Today: the later of the local day and the day in UTC, in which records are kept.

    Only the command line and the web ever read the clock.
    """
    return max(date.today(), datetime.now(UTC).date())
