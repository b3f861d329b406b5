"""The command by which analysts decide doubtful links: review."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from servanda.cli.options import AsOf, Folder, Json, KnownBy, today
from servanda.cli.output import console, emit, indented
from servanda.core.claims import Review
from servanda.core.problems import ServandaError
from servanda.dossier import Dossier, Doubt
from servanda.publishing.status import evidence_json
from servanda.publishing.tables import as_json
from servanda.publishing.wording import quote_of, source_words, state_words

if TYPE_CHECKING:
    from rich.console import Console

_KEYS = "a accept the links, r reject them, l link to another commitment, s skip, u undo the last, q quit"


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(review)


def review(
    folder: Folder,
    accept: Annotated[str | None, typer.Option("--accept", metavar="ID", help="Accept the claim's links.")] = None,
    reject: Annotated[str | None, typer.Option("--reject", metavar="ID", help="Reject the claim's links.")] = None,
    relink: Annotated[
        str | None, typer.Option("--relink", metavar="ID", help="Link the claim to --to instead.")
    ] = None,
    undo: Annotated[str | None, typer.Option("--undo", metavar="ID", help="Take the last decision back.")] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="COMMITMENT", help="The commitment that the decision is about.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    as_of: AsOf = None,
    known_by: KnownBy = None,
    json: Json = False,
) -> None:
    """Decide the doubtful links: one by one in the terminal, or a single one by its claim's id.

    A decision is a new record; `--undo` takes one back by another.
    """
    dossier = Dossier(folder)
    given = {"accept": accept, "reject": reject, "relink": relink, "undo": undo}
    asked = [(decision, claim) for decision, claim in given.items() if claim is not None]
    if len(asked) > 1:
        raise ServandaError("more than one decision was given", "give one of --accept, --reject, --relink, --undo")
    if asked:
        decision, claim = asked[0]
        if not by:
            raise ServandaError("a decision needs a name that answers for it", "give --by NAME")
        kept = dossier.decide(
            Review(claim=claim, decision=decision, by=by, note=note, recorded=datetime.now(UTC), commitment=to)
        )
        console().print(f"Kept: {kept.decision} {kept.claim}{f' for {to}' if to else ''}, by {by}.", markup=False)
        return
    if to is not None:
        raise ServandaError("--to goes with a decision, and none was given", "give --accept, --reject or --relink too")
    doubts = dossier.doubts(as_of=as_of or today(), known_by=known_by or today())
    if json:
        shown = [
            {"commitments": [judgement.id for judgement in doubt.judgements]} | evidence_json(doubt.evidence)
            for doubt in doubts
        ]
        emit(as_json(shown), None)
        return
    out = console()
    if not doubts:
        out.print("No link is doubtful; nothing waits for review.")
        return
    if not out.is_terminal:
        for doubt in doubts:
            _show(out, doubt)
        return
    _decide_one_by_one(out, dossier, doubts, by or typer.prompt("Your name"))


def _show(out: Console, doubt: Doubt) -> None:
    evidence = doubt.evidence
    out.print()
    for judgement in doubt.judgements:
        out.print(f"{judgement.id}: {state_words(judgement)}", style="bold", markup=False)
    out.print(indented(f"“{' '.join(quote_of(evidence).split())}”", out.width, "  "), markup=False)
    out.print(f"  {source_words(evidence)}", markup=False)
    parts = ", ".join(f"{name} {value:.2f}" for name, value in evidence.link.parts)
    out.print(f"  would say: {evidence.stance}; score {evidence.link.score:.2f} ({parts})", markup=False)
    out.print(f"  claim {evidence.record.id}", markup=False)


def _decide_one_by_one(out: Console, dossier: Dossier, doubts: tuple[Doubt, ...], by: str) -> None:
    decisions = {"a": "accept", "r": "reject", "l": "relink", "u": "undo"}
    last: Doubt | None = None
    waiting = list(reversed(doubts))
    while waiting:
        doubt = waiting.pop()
        _show(out, doubt)
        key = ""
        while key not in {*decisions, "s", "q"}:
            key = str(typer.prompt(_KEYS)).strip().lower()[:1]
        if key == "q":
            break
        if key == "s":
            continue
        subject = doubt
        if key == "u":
            waiting.append(doubt)
            if last is None:
                out.print("  Nothing was decided yet.")
                continue
            subject = last
        target = typer.prompt("Link to (PROVISION/DEBTOR)") if key == "l" else None
        try:
            dossier.decide(
                Review(
                    claim=subject.evidence.record.id,
                    decision=decisions[key],
                    by=by,
                    note="",
                    recorded=datetime.now(UTC),
                    commitment=target,
                )
            )
        except ServandaError as error:
            out.print(f"  {error}", markup=False)
            waiting.append(doubt)
            continue
        if key == "u":
            waiting.append(subject)
        last = None if key == "u" else subject
    out.print("Every decision is kept; nothing was overwritten.")
