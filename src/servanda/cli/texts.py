"""Commands that work on texts without a dossier: read."""

from __future__ import annotations

import json as jsonlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import Published
from servanda.cli.output import console
from servanda.core.problems import ServandaError
from servanda.dossier import Reading, read_files

if TYPE_CHECKING:
    from datetime import date

    from servanda.core.claims import Claim


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(read)


def read_all(paths: list[Path], published: date | None) -> tuple[list[Reading], int]:
    """Read all files that can be read; say on standard error which cannot, and count them.

    Raises:
        ServandaError: none of them can be read.
    """
    readings, failed = [], 0
    for path, outcome in read_files(paths, published=published):
        if isinstance(outcome, ServandaError):
            failed += 1
            print(f"servanda: {path}: {outcome}", file=sys.stderr)
        else:
            readings.append(outcome)
    return readings, failed


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
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a claim.")] = False,
) -> None:
    """Read texts and print their claims; nothing is kept."""
    out = console()
    failed = 0
    for path, outcome in read_files(files, published=published):
        if isinstance(outcome, ServandaError):
            failed += 1
            print(f"servanda: {path}: {outcome}", file=sys.stderr)
            continue
        if jsonl:
            for claim in outcome.claims:
                print(jsonlib.dumps(claim.fields(), ensure_ascii=False))
            continue
        document = outcome.new.document
        out.print(f"{path}, published {document.published.isoformat()}: {len(outcome.claims)} claims", style="bold")
        for claim in outcome.claims:
            out.print(f"  {_summary(claim)}", markup=False)
            out.print(f"    “{' '.join((claim.quote or '').split())}”", markup=False, style="dim")
    if failed:
        raise typer.Exit(2)
