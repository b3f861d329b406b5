"""Commands that make a dossier and fill it: init, add, list, correct, search."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import Folder, Json, KnownBy, Published, Publisher
from servanda.cli.output import about, console, emit
from servanda.core.problems import ServandaError
from servanda.dossier import Added, Dossier, files_among
from servanda.publishing.tables import as_json
from servanda.publishing.wording import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from servanda.core.documents import Document


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (init, add, list_documents, correct, search):
        name = "list" if command is list_documents else command.__name__
        app.command(name)(command)


def init(
    folder: Folder,
    accord: Annotated[
        Path | None, typer.Option("--accord", metavar="FILE", help="Start from this accord file.")
    ] = None,
) -> None:
    """Make a dossier: a folder with an accord file and an empty ledger."""
    dossier = Dossier.create(folder, accord)
    out = console()
    out.print(f"Made the dossier {folder}.", markup=False)
    if accord is None:
        out.print(f"Next: describe the agreement in {dossier.accord_path}, then: servanda check {folder}", markup=False)
    else:
        out.print(f"Next: servanda add {folder} REPORT...", markup=False)


def _line(outcome: Added) -> str:
    if outcome.error is not None:
        return f"not added  {about(outcome.path, outcome.error)}"
    if outcome.duplicate_of is not None:
        return f"known      {outcome.path}: the same document is here as {outcome.duplicate_of}; nothing was added"
    if outcome.not_read is not None:
        return f"not read   {outcome.path}: stored as {outcome.document}; its language is {outcome.not_read}"
    return f"added      {outcome.path} as {outcome.document}: {count_words(outcome.claims, 'claim')}"


def _with_progress(outcomes: Iterable[Added], total: int) -> list[Added]:
    """Print each outcome as it comes, with a bar below where someone is watching."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    out = console()
    found, claims = [], 0
    columns = (TextColumn("documents"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, TimeRemainingColumn(), console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("0 claims", total=total)
        for outcome in outcomes:
            found.append(outcome)
            claims += outcome.claims
            out.print(_line(outcome), markup=False, soft_wrap=True)
            bar.update(task, advance=1, description=count_words(claims, "claim"))
    return found


def add(
    folder: Folder,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Files, or folders of files.", show_default=False)
    ] = None,
    published: Published = None,
    publisher: Publisher = None,
    claims_file: Annotated[
        Path | None, typer.Option("--claims", metavar="FILE", help="Add a table of claims or events (JSONL or CSV).")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read what is here anew, where an earlier version of the reader read it.")
    ] = False,
) -> None:
    """Take in documents, read their claims, and keep both. The same document twice adds nothing."""
    dossier = Dossier(folder)
    if again:
        _read_again(dossier)
        if not paths and claims_file is None:
            return
    if claims_file is not None:
        _add_table(dossier, claims_file, published, publisher)
        if not paths:
            return
    if not paths:
        raise ServandaError("nothing to add", "name files or folders, or a table with --claims FILE")
    outcomes = _with_progress(dossier.add(paths, published=published, publisher=publisher), len(files_among(paths)))
    added = [outcome for outcome in outcomes if outcome.document]
    failed = [outcome for outcome in outcomes if outcome.error]
    claims = sum(outcome.claims for outcome in added)
    summary = f"{count_words(len(added), 'document')} added with {count_words(claims, 'claim')}; {len(failed)} failed."
    console().print(summary, markup=False)
    if failed:
        raise typer.Exit(2)


def _add_table(dossier: Dossier, path: Path, published: date | None, publisher: str | None) -> None:
    """Add a table of claims; every row that is none is named, and the others are kept."""
    added, problems = dossier.add_table(path, published=published, publisher=publisher)
    out = console()
    for problem in problems:
        out.print(f"{problem}", markup=False, soft_wrap=True)
    found, reports = count_words(added.rows, "claim"), count_words(added.reports, "new report")
    out.print(f"{path}: {found}, {added.new:,} of them new, in {reports}.", markup=False)
    if any(problem.error for problem in problems):
        raise typer.Exit(2)


def _read_again(dossier: Dossier) -> None:
    """Read the documents anew, and say what that changed and which decisions lost their claim."""
    out = console()
    for document, reread in dossier.read_again():
        as_before = count_words(len(reread.kept), "claim")
        found = f"{as_before} as before, {len(reread.found)} new, {len(reread.gone)} no longer found"
        out.print(f"read again {document.id}: {found}", markup=False, soft_wrap=True)
    orphans = [kept for kept in dossier.decisions() if kept.claim is None]
    for kept in orphans:
        quote = " ".join((kept.review.quote or "").split())
        out.print(f"orphaned   {kept.review.decision} by {kept.review.by} in {kept.document}: “{quote}”", markup=False)
    orphaned = count_words(len(orphans), "decision is", "decisions are")
    out.print(f"Everything was read by the present reader; {orphaned} orphaned.", markup=False)


def _document_json(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "published": document.published.isoformat(),
        "publisher": document.publisher,
        "title": document.title,
        "language": document.language,
        "address": document.address,
        "sha256": document.sha256,
        "recorded": document.recorded.isoformat() if document.recorded else None,
        "withdrawn": document.withdrawn,
    }


def list_documents(folder: Folder, known_by: KnownBy = None, json: Json = False) -> None:
    """Show the documents of a dossier."""
    documents = Dossier(folder).documents(known_by)
    if json:
        emit(as_json([_document_json(document) for document in documents]), None)
        return
    if not documents:
        console().print(f"No documents yet. Next: servanda add {folder} REPORT...", markup=False)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("document", "published", "publisher", "language", "title"):
        table.add_column(column, overflow="fold")
    for document in documents:
        title = f"(withdrawn) {document.title or ''}" if document.withdrawn else document.title or ""
        cells = (document.id, document.published.isoformat(), document.publisher or "", document.language, title)
        table.add_row(*(Text(cell) for cell in cells))
    console().print(table)


def correct(
    folder: Folder,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document's id, as `list` shows it.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who corrects it.")],
    note: Annotated[str, typer.Option("--note", help="Why.")],
    published: Published = None,
    publisher: Publisher = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Its claims no longer count from now on.")] = False,
) -> None:
    """Correct what is noted of a document, by a new record; the old one still answers for an earlier `--known-by`."""
    from servanda.core.documents import Correction

    if published is None and publisher is None and not withdraw:
        raise ServandaError("nothing to correct", "give --date, --publisher or --withdraw")
    if not note.strip():
        raise ServandaError("a correction needs its reason", "say why with --note")
    corrected = Dossier(folder).correct(
        Correction(
            document=document,
            by=by,
            note=note,
            recorded=datetime.now(UTC),
            published=published,
            publisher=publisher,
            withdrawn=True if withdraw else None,
        )
    )
    by_whom = f" by {corrected.publisher}" if corrected.publisher else ""
    noted = f"published {corrected.published.isoformat()}{by_whom}{', withdrawn' if corrected.withdrawn else ''}"
    console().print(f"Corrected {corrected.id}: {noted}. The earlier record is kept.", markup=False)


def search(
    folder: Folder,
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many hits at most.")] = 20,
    json: Json = False,
) -> None:
    """Search the documents and the quotes of their claims. What was withdrawn is found too, and says so."""
    hits = Dossier(folder).search(query, limit)
    if json:
        emit(
            as_json(
                [
                    {
                        "document": hit.document.id,
                        "published": hit.document.published.isoformat(),
                        "withdrawn": hit.document.withdrawn,
                        "excerpt": hit.excerpt,
                    }
                    for hit in hits
                ]
            ),
            None,
        )
        return
    out = console()
    if not hits:
        out.print(f"Nothing found for {query!r}.", markup=False)
    for hit in hits:
        where = f"{hit.document.published.isoformat()}  {hit.document.publisher or ''}  [{hit.document.id}]"
        where += "  (withdrawn)" if hit.document.withdrawn else ""
        out.print(where, style="bold", markup=False)
        out.print(f"  {' '.join(hit.excerpt.split())}", markup=False)
