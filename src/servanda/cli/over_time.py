"""Commands that compare dates: history, changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from servanda.cli.options import AsOf, Folder, Json, KnownBy, parse_day, today
from servanda.cli.output import console, emit
from servanda.core.judgement import Judgement
from servanda.core.problems import ServandaError
from servanda.dossier import Dossier
from servanda.publishing.status import changes_json, history_json
from servanda.publishing.tables import as_json
from servanda.publishing.wording import date_words, standing_words, state_words

_CAUSES = {"world": "the world changed", "knowledge": "our knowledge changed", "accord": "the accord changed"}


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (history, changes):
        app.command()(command)


def history(
    folder: Folder,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="PROVISION/DEBTOR, as `status` shows it.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    json: Json = False,
) -> None:
    """Show each change of a commitment's state along event time, with the rule behind it."""
    entries = Dossier(folder).history(commitment, as_of=as_of or today(), known_by=known_by or today())
    if json:
        emit(as_json(history_json(entries)), None)
        return
    out = console()
    out.print(commitment, style="bold", markup=False)
    for entry in entries:
        outlook = f", {entry.outlook}" if entry.outlook else ""
        day = date_words(entry.start)
        out.print(f"  from {day:<18} {entry.state}{outlook}; {entry.standing} [{entry.rule}]", markup=False)


def _side(judgement: Judgement | None) -> str:
    return f"{state_words(judgement)}; {standing_words(judgement)}" if judgement else "not listed"


def changes(
    folder: Folder,
    since: Annotated[
        date | None, typer.Option("--since", parser=parse_day, metavar="DATE", help="From this date.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=parse_day, metavar="DATE", help="To this date (default: today).")
    ] = None,
    json: Json = False,
) -> None:
    """Show what changed between two dates, and whether the world, our knowledge or the accord did."""
    if since is None:
        raise ServandaError("no date to compare with", "give --since DATE, for instance the day of your last brief")
    end = until or today()
    if end < since:
        raise ServandaError(f"--until {end.isoformat()} is before --since {since.isoformat()}", "swap the two dates")
    found = Dossier(folder).changes(since=since, until=end)
    if json:
        emit(as_json(changes_json(found)), None)
        return
    out = console()
    if not found:
        out.print(f"Nothing changed between {date_words(since)} and {date_words(end)}, as far as is known.")
    for change in found:
        out.print(f"{change.commitment}  ({_CAUSES[change.cause]})", style="bold", markup=False)
        out.print(f"  {date_words(since)}: {_side(change.before)}", markup=False)
        out.print(f"  {date_words(end)}: {_side(change.after)}", markup=False)
