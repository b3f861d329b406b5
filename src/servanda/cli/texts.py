"""Commands that work on texts without a dossier: read."""

from __future__ import annotations

import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import Published
from servanda.cli.output import about, console, indented
from servanda.core.problems import ServandaError
from servanda.dossier import Reading, files_among, languages_not_read, read_files, take_in, time_expressions
from servanda.dossier import attributions as attributions_of
from servanda.publishing.wording import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from servanda.core.claims import Claim


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(read)


def _read_files(
    paths: list[Path], published: date | None, jobs: int = 1
) -> Iterator[tuple[Path, Reading | ServandaError]]:
    """Read files; while one is being read, standard error shows which and since when, where it is a terminal."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    screen = console(stderr=True)
    shown = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    files = files_among(paths)
    outcomes = read_files(files, published=published, jobs=jobs)
    for number, path in enumerate(files, 1):
        with Progress(*shown, console=screen, transient=True, disable=not screen.is_terminal) as waiting:
            waiting.add_task(f"reading {path} ({number} of {len(files)})", total=None)
            outcome = next(outcomes)
        yield outcome


def read_all(paths: list[Path], published: date | None) -> tuple[list[Reading], int]:
    """Read all files that can be read; say on standard error which cannot, and count them.

    Raises:
        ServandaError: none of them can be read.
    """
    readings, failed = [], 0
    for path, outcome in _read_files(paths, published):
        if isinstance(outcome, ServandaError):
            failed += 1
            print(f"servanda: {about(path, outcome)}", file=sys.stderr)
        else:
            _say_what_is_not_read(path, outcome)
            readings.append(outcome)
    if not readings:
        raise ServandaError("none of these could be read", "the messages above say why")
    return readings, failed


def _say_what_is_not_read(path: Path, reading: Reading) -> None:
    """Name, on standard error, the languages of those parts of a text that were not read."""
    if left_out := languages_not_read(reading.new.text):
        print(f"servanda: {path}: not read: {', '.join(left_out)}", file=sys.stderr)


def _summary(claim: Claim) -> str:
    fields = claim.fields()
    what = claim.action.value if claim.polarity == "positive" else f"not {claim.action}"
    parts = [f"{claim.act} / {what}"]
    for name in ("actors", "source", "when", "quantity", "place"):
        value = fields[name]
        if value not in (None, []):
            parts.append(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    if claim.certainty != "certain":
        parts.append(claim.certainty.value)
    return "; ".join(parts)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts to read.")],
    published: Published = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")] = False,
    dates: Annotated[bool, typer.Option("--dates", help="Print time expressions instead of claims.")] = False,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Print who says what instead of claims.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Read in this many processes.")] = 1,
) -> None:
    """Read texts and print their claims; nothing is kept."""
    if dates and attributions:
        raise ServandaError("--dates and --attributions cannot be had in one run", "give one of them")
    if dates or attributions:
        failed = _print_spans(files, published, jsonl=jsonl, dates=dates)
    else:
        failed = _print_claims(files, published, jsonl=jsonl, jobs=jobs)
    if failed:
        raise typer.Exit(2)


def _print_claims(files: list[Path], published: date | None, *, jsonl: bool, jobs: int) -> int:
    out = console()
    failed = 0
    for path, outcome in _read_files(files, published, jobs):
        if isinstance(outcome, ServandaError):
            failed += 1
            print(f"servanda: {about(path, outcome)}", file=sys.stderr)
            continue
        _say_what_is_not_read(path, outcome)
        if jsonl:
            for claim in outcome.claims:
                print(jsonlib.dumps(claim.fields(), ensure_ascii=False))
            continue
        document = outcome.new.document
        out.print(
            f"{path}, published {document.published.isoformat()}: {count_words(len(outcome.claims), 'claim')}",
            style="bold",
            markup=False,
        )
        for claim in outcome.claims:
            out.print(f"  {_summary(claim)}", markup=False)
            out.print(
                indented(f"“{' '.join((claim.quote or '').split())}”", out.width, "    "), markup=False, style="dim"
            )
    return failed


def _print_spans(files: list[Path], published: date | None, *, jsonl: bool, dates: bool) -> int:
    """Print the time expressions or the attributions of texts, with their offsets in code points."""
    failed = 0
    for path, new in take_in(files, published=published):
        if isinstance(new, ServandaError):
            failed += 1
            print(f"servanda: {about(path, new)}", file=sys.stderr)
            continue
        found = time_expressions(new.text, new.document.published) if dates else attributions_of(new.text)
        for item in found:
            if jsonl:
                print(jsonlib.dumps({"doc": path.stem} | item, ensure_ascii=False))
            elif dates:
                print(f"{path.stem}:{item['start']}-{item['end']}  {item['type']} {item['value']}  “{item['text']}”")
            else:
                print(f"{path.stem}  " + "  ".join(_span(name, span, new.text) for name, span in item.items()))
    return failed


def _span(name: str, span: object, text: str) -> str:
    if not isinstance(span, tuple):
        return f"{name}: none"
    return f"{name}: “{' '.join(text[slice(*span)].split())}”"
