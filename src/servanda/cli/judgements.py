"""Commands that answer: status, why, brief, export."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import AsOf, Folder, Json, KnownBy, Output, Published, today
from servanda.cli.output import console, emit, emit_bytes, emit_each, indented
from servanda.cli.texts import read_all
from servanda.core.collector import collector_paused
from servanda.core.problems import ServandaError
from servanda.dossier import ACCORD_FILE, Dossier, draft_accord, judge_records, parse_accord, records_of
from servanda.publishing.brief import compose_brief
from servanda.publishing.brief_markdown import brief_markdown
from servanda.publishing.explanation import evidence_line, explain
from servanda.publishing.status import judgement_json, status_lines, summaries_json
from servanda.publishing.tables import (
    CLAIM_COLUMNS,
    KROC_COLUMNS,
    STATUS_COLUMNS,
    as_csv,
    as_json,
    claim_rows,
    kroc_rows,
    status_rows,
)

if TYPE_CHECKING:
    from servanda.core.accord import Accord
    from servanda.publishing.brief import Brief


_SHOWN = 6


class TableFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    JSON = "json"


class Exported(StrEnum):
    """What `export` exports."""

    STATUS = "status"
    CLAIMS = "claims"
    KROC = "kroc"
    LEDGER = "ledger"


class BriefFormat(StrEnum):
    """How `brief` is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    DOCX = "docx"


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for command in (status, why, brief, export):
        app.command()(command)


class GroupedBy(StrEnum):
    """What `status --by` counts by."""

    PARTY = "party"
    INSTRUMENT = "instrument"
    PROVISION = "provision"


def status(
    folder: Folder,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    by: Annotated[GroupedBy | None, typer.Option("--by", help="Count states by this instead.")] = None,
    json: Json = False,
) -> None:
    """Show where every commitment stands, or how many stand where."""
    as_of, known_by = as_of or today(), known_by or today()
    dossier = Dossier(folder)
    if by is not None:
        summaries = dossier.summaries(by, as_of=as_of, known_by=known_by)
        if json:
            emit(as_json(summaries_json(summaries)), None)
            return
        if not summaries:
            console().print("No commitment is on record at this date.")
        from servanda.publishing.wording import summary_words

        width = max((len(summary.id) for summary in summaries), default=0)
        for summary in summaries:
            console().print(indented(summary_words(summary), console().width, f"{summary.id:<{width}}  "), markup=False)
        return
    if json:
        _emit_status(dossier, as_of, known_by, None)
        return
    judgements = dossier.status(as_of=as_of, known_by=known_by)
    from servanda.cli.status_table import print_status

    print_status(console(), dossier.accord, judgements, as_of=as_of, known_by=known_by)


def why(
    folder: Folder,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="PROVISION/DEBTOR, as `status` shows it.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Show all evidence, not the first {_SHOWN} of each sort.")
    ] = False,
    json: Json = False,
) -> None:
    """Explain a judgement: the rule, the evidence for and against with its quotes, and what would change it."""
    as_of, known_by = as_of or today(), known_by or today()
    dossier = Dossier(folder)
    judgement = dossier.judgement(commitment, as_of=as_of, known_by=known_by)
    if json:
        emit(as_json({"as_of": as_of.isoformat(), "known_by": known_by.isoformat()} | judgement_json(judgement)), None)
        return
    explanation = explain(dossier.accord, judgement, as_of, known_by)
    out = console()
    out.print(explanation.heading, style="bold", markup=False)
    if explanation.text:
        out.print(f"  “{' '.join(explanation.text.split())}”", markup=False)
    width = max(len(name) for name, _ in explanation.facts)
    for name, value in explanation.facts:
        out.print(f"  {name:<{width}}  {value}", markup=False)
    _print_list("Because", explanation.steps)
    for title, found in explanation.evidence:
        shown = found if everything else found[:_SHOWN]
        _print_list(title, tuple(evidence_line(evidence) for evidence in shown))
        if len(found) > len(shown):
            out.print(f"      and {len(found) - len(shown)} more; --all shows them", markup=False)
    _print_list("Beside it", explanation.beside)
    _print_list("What would change the answer", explanation.would_change)


def _print_list(title: str, lines: tuple[str, ...]) -> None:
    """A heading and numbered lines, hanging under their numbers; nothing where there are none."""
    if not lines:
        return
    out = console()
    out.print(f"\n{title}", style="bold", markup=False)
    for number, line in enumerate(lines, 1):
        out.print(indented(" ".join(line.split()), out.width, f"{number:4}. "), markup=False)


def _brief_of_dossier(folder: Path, as_of: date, known_by: date) -> Brief:
    dossier = Dossier(folder)
    judgements = dossier.status(as_of=as_of, known_by=known_by)
    documents = len(dossier.documents(known_by))
    return compose_brief(dossier.accord, judgements, as_of=as_of, known_by=known_by, documents=documents)


def _brief_of_articles(
    articles: list[Path], published: date | None, as_of: date, known_by: date
) -> tuple[Accord, Brief, int]:
    """Draft an accord in memory from the articles, judge it by them, and brief from it."""
    readings, failed = read_all(articles, published)
    records = records_of(readings, datetime.now(UTC))
    accord = parse_accord(draft_accord("Drafted from these articles", records), "draft")
    known = tuple(record for record in records if record.document.published <= known_by)
    judgements = judge_records(accord, known, as_of=as_of, known_by=known_by)
    documents = len({record.document.id for record in known})
    return accord, compose_brief(accord, judgements, as_of=as_of, known_by=known_by, documents=documents), failed


def brief(
    paths: Annotated[list[Path], typer.Argument(metavar="DIR|ARTICLE...", help="A dossier, or articles.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    published: Published = None,
    style: Annotated[
        BriefFormat | None,
        typer.Option(
            "--format", help="How it is written (default: terminal; with --output, what the file's name says)."
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Write what one would hand on: where things stand, and how we know.

    Given articles instead of a dossier, it drafts an accord in memory and briefs from that.
    """
    as_of, known_by = as_of or today(), known_by or today()
    failed = 0
    if style is None:
        is_word = output is not None and output.suffix.lower() == ".docx"
        style = BriefFormat.DOCX if is_word else BriefFormat.TERMINAL
    if len(paths) == 1 and paths[0].is_dir() and (paths[0] / ACCORD_FILE).exists():
        if published is not None:
            raise ServandaError(
                "--date says when articles were published, and this is a dossier", "leave it out, or give --as-of"
            )
        composed = _brief_of_dossier(paths[0], as_of, known_by)
    else:
        _, composed, failed = _brief_of_articles(paths, published, as_of, known_by)
    if style is BriefFormat.DOCX:
        from servanda.publishing.brief_docx import brief_docx

        if output is None:
            raise ServandaError("a Word document cannot be shown in a terminal", "name a file with --output")
        emit_bytes(brief_docx(composed), output)
        if failed:
            raise typer.Exit(2)
        return
    text = brief_markdown(composed)
    if output is not None or style is BriefFormat.MARKDOWN:
        emit(text, output)
    else:
        from rich.markdown import Markdown

        console().print(Markdown(text))
    if failed:
        raise typer.Exit(2)


def export(
    folder: Folder,
    what: Annotated[Exported, typer.Option("--what", help="What to export.")] = Exported.STATUS,
    style: Annotated[TableFormat, typer.Option("--format", help="CSV for spreadsheets, or JSON.")] = TableFormat.CSV,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    output: Output = None,
) -> None:
    """Export the status, the claims, or scores on the Kroc scale (derived, and said to be) as CSV or JSON.

    `--what ledger` writes a complete copy of the ledger, as a backup, to a new file.
    """
    as_of, known_by = as_of or today(), known_by or today()
    dossier = Dossier(folder)
    if what is Exported.LEDGER:
        if output is None:
            raise ServandaError("a copy of the ledger cannot be shown in a terminal", "name a new file with --output")
        dossier.back_up(output)
        console().print(f"Wrote a complete copy of the ledger to {output}.", markup=False, soft_wrap=True)
        return
    if what is Exported.CLAIMS:
        rows = claim_rows(dossier.records(known_by))
        emit(as_csv(rows, CLAIM_COLUMNS) if style is TableFormat.CSV else as_json(rows), output)
        return
    if what is Exported.KROC:
        rows = kroc_rows(dossier.kroc_scores(as_of=as_of, known_by=known_by), as_of)
        emit(as_csv(rows, KROC_COLUMNS) if style is TableFormat.CSV else as_json(rows), output)
        return
    if style is TableFormat.CSV:
        judgements = dossier.status(as_of=as_of, known_by=known_by)
        emit(as_csv(status_rows(judgements), STATUS_COLUMNS), output)
    else:
        _emit_status(dossier, as_of, known_by, output)


def _emit_status(dossier: Dossier, as_of: date, known_by: date, output: Path | None) -> None:
    """Write the whole status as JSON, one judgement at a time. Nothing in it needs the cycle collector."""
    with collector_paused():
        judgements = dossier.status_each(as_of=as_of, known_by=known_by)
        emit_each(status_lines(judgements, as_of, known_by), output)
