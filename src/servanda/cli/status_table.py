"""The status table in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.vocabulary import Outlook, State
from servanda.publishing.wording import (
    date_words,
    due_words,
    quote_of,
    share_words,
    standing_words,
    state_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import Console

    from servanda.core.accord import Accord
    from servanda.core.judgement import Judgement

_STYLE = {
    State.VIOLATED: "bold red",
    State.REVERSED: "bold red",
    State.OVERDUE: "yellow",
    State.FULFILLED: "green",
    State.FULFILLED_LATE: "green",
}
_QUOTE_LENGTH = 110


def _freshest(judgement: Judgement) -> str:
    if not judgement.evidence:
        return ""
    evidence = max(judgement.evidence, key=lambda e: (e.record.document.published, e.accepted, e.record.id))
    quote = " ".join(quote_of(evidence).split())
    if len(quote) > _QUOTE_LENGTH:
        quote = quote[: _QUOTE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    document = evidence.record.document
    return f"{evidence.stance}: “{quote}” ({evidence.source or document.id}, {document.published})"


def print_status(out: Console, accord: Accord, judgements: Sequence[Judgement], *, as_of: date, known_by: date) -> None:
    """Print one row a commitment, grouped by instrument, in the order of the accord."""
    from rich.table import Table
    from rich.text import Text

    known = "" if known_by == as_of else f", as known by {date_words(known_by)}"
    out.print(f"{accord.title} as of {date_words(as_of)}{known}", style="bold", markup=False)
    if not judgements:
        out.print("No commitment is on record at this date.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    table.add_column("commitment", overflow="fold", ratio=4)
    table.add_column("state", ratio=3)
    table.add_column("standing", ratio=2)
    table.add_column("due", ratio=3)
    table.add_column("done", justify="right", no_wrap=True)
    table.add_column("freshest evidence", overflow="fold", ratio=7)
    titles = {instrument.id: instrument.title for instrument in accord.instruments}
    previous = None
    for judgement in judgements:
        if judgement.instrument != previous:
            previous = judgement.instrument
            table.add_row(Text(titles.get(previous, previous), style="italic"), end_section=False)
        style = _STYLE.get(judgement.state, "yellow" if judgement.outlook is Outlook.AT_RISK else "")
        table.add_row(
            Text(f"  {judgement.id}"),
            Text(state_words(judgement), style=style),
            Text(standing_words(judgement)),
            Text(due_words(judgement, as_of)),
            Text(share_words(judgement.share)),
            Text(_freshest(judgement)),
        )
    out.print(table)
