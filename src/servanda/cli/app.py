"""The program itself: its commands, and how every error ends as a message and an exit status."""

from __future__ import annotations

import os
import sys

import typer

from servanda.cli import (
    accords,
    documents,
    judgements,
    over_time,
    planning,
    replanning,
    reviewing,
    serving,
    texts,
    verifying,
)
from servanda.cli.output import reader_is_gone
from servanda.core.problems import ProblemsFound, ServandaError
from servanda.entry import was_interrupted

app = typer.Typer(
    name="servanda",
    help="Who undertook what, by when, and whether it was kept.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (documents, accords, judgements, over_time, planning, replanning, reviewing, texts, verifying, serving):
    room.register(app)


def main() -> None:
    """Run a command. Exit status 0: done; 1: problems were found; 2: it could not be done, and the message says why."""
    try:
        app()
    except ProblemsFound as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(2)
    except ServandaError as error:
        print(f"servanda: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        reader_is_gone()
    except Exception as error:
        if was_interrupted(error) or os.environ.get("SERVANDA_DEBUG"):
            raise
        print(
            f"servanda: unexpected {type(error).__name__}: {error}; this is a fault of the program, please report it"
            " (SERVANDA_DEBUG=1 shows where)",
            file=sys.stderr,
        )
        sys.exit(2)
