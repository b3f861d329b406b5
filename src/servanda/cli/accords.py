"""Commands about accord files: check, schema, draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from servanda.cli.options import Json, Output, Published
from servanda.cli.output import console, emit
from servanda.cli.texts import read_all
from servanda.core.problems import ServandaError
from servanda.dossier import (
    ACCORD_FILE,
    Dossier,
    accord_schema,
    check_accord,
    draft_accord,
    parse_accord,
    records_of,
)
from servanda.publishing.tables import as_json
from servanda.publishing.wording import count_words


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (check, schema, draft):
        app.command()(command)


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An accord file, or a dossier's folder.")],
    ledger: Annotated[
        bool,
        typer.Option("--ledger", help="Check the dossier's ledger instead: nothing damaged, every quote in place."),
    ] = False,
    json: Json = False,
) -> None:
    """Check an accord file and list every problem, with its line and what would be right; or check a ledger."""
    if ledger:
        _check_ledger(path, json=json)
        return
    file = path / ACCORD_FILE if path.is_dir() else path
    if not file.is_file():
        raise ServandaError(f"there is no file {file}", "check the name, or make a dossier with: servanda init DIR")
    accord, problems = check_accord(file)
    errors = sum(problem.error for problem in problems)
    if json:
        emit(
            as_json(
                [
                    {
                        "file": problem.location.file,
                        "line": problem.location.line,
                        "severity": "error" if problem.error else "advice",
                        "code": problem.code,
                        "what": problem.what,
                        "remedy": problem.remedy,
                        "excerpt": problem.excerpt,
                    }
                    for problem in problems
                ]
            ),
            None,
        )
    else:
        out = console()
        for problem in problems:
            out.print(f"{problem}" if problem.error else f"{problem} (advice)", markup=False, soft_wrap=True)
            if problem.excerpt:
                out.print(f"    {problem.excerpt.strip()}", style="dim", markup=False, soft_wrap=True)
        if accord is not None and not errors:
            commitments = sum(len(provision.debtors) for provision in accord.provisions)
            out.print(
                f"{accord.title}: {count_words(len(accord.instruments), 'instrument')},"
                f" {count_words(len(accord.provisions), 'provision')}, {count_words(commitments, 'commitment')};"
                " no errors.",
                markup=False,
            )
    if errors or accord is None:
        raise typer.Exit(1)


def _check_ledger(folder: Path, *, json: bool) -> None:
    """List what is damaged in a ledger, and the decisions that lost their claim."""
    dossier = Dossier(folder)
    faults = dossier.ledger_faults()
    orphans = [kept for kept in dossier.decisions() if kept.claim is None]
    if json:
        orphaned = [
            {
                "document": kept.document,
                "decision": kept.review.decision,
                "by": kept.review.by,
                "quote": kept.review.quote,
                "note": kept.review.note,
            }
            for kept in orphans
        ]
        emit(as_json({"faults": list(faults), "orphaned_decisions": orphaned}), None)
    else:
        out = console()
        for fault in faults:
            out.print(fault, markup=False, soft_wrap=True)
        for kept in orphans:
            quote = " ".join((kept.review.quote or "").split())
            words = f"orphaned: {kept.review.decision} by {kept.review.by} in {kept.document}: “{quote}” (decide anew)"
            out.print(words, markup=False, soft_wrap=True)
        if not faults:
            count = len(dossier.documents())
            found = f"{count_words(count, 'document')}; the file is sound, every text is as it was entered, and"
            out.print(f"{found} every quote stands in its text.", markup=False, soft_wrap=True)
        else:
            out.print(
                f"{count_words(len(faults), 'fault')}. Keep this file, and restore the ledger from a backup.",
                markup=False,
            )
    if faults:
        raise typer.Exit(1)


def schema(output: Output = None) -> None:
    """Print the JSON Schema of accord files, for editors."""
    emit(as_json(accord_schema()), output)


def draft(
    articles: Annotated[list[Path], typer.Argument(metavar="ARTICLE...", help="Articles or reports.")],
    title: Annotated[str, typer.Option("--title", help="The title of the accord.")] = "Draft accord",
    published: Published = None,
    output: Output = None,
) -> None:
    """Propose an accord file from the commitments that articles mention, with their quotes as comments."""
    from datetime import UTC, datetime

    readings, failed = read_all(articles, published)
    drafted = draft_accord(title, records_of(readings, datetime.now(UTC)))
    emit(drafted, output)
    if not parse_accord(drafted, "draft").provisions:
        print("servanda: no commitment was found in these texts; the draft holds a title only", file=sys.stderr)
    if failed:
        raise typer.Exit(2)
