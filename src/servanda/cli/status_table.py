"""The status table in a terminal: a line a commitment, and below it what was last heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.cli.output import indented
from servanda.core.vocabulary import Outlook, Stance, State
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
_QUOTE_LENGTH = 150
_GAP = "  "
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of one commitment: its id, state, standing, deadline and share done."""

    cells: tuple[str, str, str, str, str]
    style: str
    heard: str


def _freshest(judgement: Judgement) -> str:
    """The newest of what the state rests on, else of what was accepted, says anything, or is background."""
    if not judgement.evidence:
        return ""
    rested_on = next((set(reason.evidence) for reason in reversed(judgement.reasons) if reason.evidence), set())
    evidence = max(
        judgement.evidence,
        key=lambda e: (
            e.record.id in rested_on,
            e.accepted,
            e.stance is not Stance.BACKGROUND,
            e.record.document.published,
            e.record.id,
        ),
    )
    quote = " ".join(quote_of(evidence).split())
    if len(quote) > _QUOTE_LENGTH:
        cut = quote[: _QUOTE_LENGTH - 1]
        words = cut.rsplit(" ", 1)[0]
        quote = (words if 2 * len(words) > len(cut) else cut) + "…"
    document = evidence.record.document
    return f"{evidence.stance}: “{quote}” ({evidence.source or document.id}, {document.published})"


def _line(judgement: Judgement, as_of: date) -> _Line:
    return _Line(
        cells=(
            judgement.id,
            state_words(judgement),
            standing_words(judgement),
            due_words(judgement, as_of),
            share_words(judgement.share),
        ),
        style=_STYLE.get(judgement.state, "yellow" if judgement.outlook is Outlook.AT_RISK else ""),
        heard=_freshest(judgement),
    )


def print_status(out: Console, accord: Accord, judgements: Sequence[Judgement], *, as_of: date, known_by: date) -> None:
    """Print every commitment under its instrument, in the order of the accord.

    Where the terminal is too narrow for a table, the cells stand one below the other.
    """
    from rich.padding import Padding
    from rich.text import Text

    known = "" if known_by == as_of else f", as known by {date_words(known_by)}"
    out.print(f"{accord.title} as of {date_words(as_of)}{known}", style="bold", markup=False)
    if not judgements:
        out.print("No commitment is on record at this date.")
        return
    lines = [_line(judgement, as_of) for judgement in judgements]
    heads = ("commitment", "state", "standing", "due", "done" if any(line.cells[4] for line in lines) else "")
    widths = [max(len(head), *(len(line.cells[n]) for line in lines)) for n, head in enumerate(heads)]
    fits = sum(widths) + len(_GAP) * len(widths) <= out.width
    if fits:
        out.print(_GAP + _GAP.join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True)), style="dim")
    titles = {instrument.id: instrument.title for instrument in accord.instruments}
    previous = None
    for judgement, line in zip(judgements, lines, strict=True):
        if judgement.instrument != previous:
            previous = judgement.instrument
            out.print(f"\n{titles.get(previous, previous)}", style="italic", markup=False)
        identity, state, *rest = line.cells
        if fits:
            cells = _GAP.join(f"{cell:<{width}}" for cell, width in zip(rest, widths[2:], strict=True))
            padded = f"{state:<{widths[1]}}"
            out.print(Text.assemble(f"{_GAP}{identity:<{widths[0]}}{_GAP}", (padded, line.style), f"{_GAP}{cells}"))
        else:
            out.print(Text(f"{_GAP}{identity}"))
            said = "; ".join(cell for cell in rest if cell)
            out.print(Padding(Text.assemble((state, line.style), f"; {said}"), (0, 0, 0, len(_INDENT)), expand=False))
        if line.heard:
            out.print(Text(indented(line.heard, out.width, _INDENT), style="dim"))
