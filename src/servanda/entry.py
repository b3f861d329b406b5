"""The program's first module: Ctrl-C ends with a word from here on, also while all the others are being loaded."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""The exit status after Ctrl-C."""


def was_interrupted(error: BaseException) -> bool:
    """Whether Ctrl-C is behind an error: a library that is being loaded makes another error of it."""
    if isinstance(error, SystemExit):
        return error.code == INTERRUPTED
    behind: BaseException | None = error
    while behind is not None and not isinstance(behind, KeyboardInterrupt):
        behind = behind.__cause__ or behind.__context__
    return behind is not None


def main() -> None:
    """Load the command line and run a command; for its exit status see `servanda.cli.main`. 130: it was stopped."""
    try:
        from servanda.cli import main as run

        run()
    except BaseException as error:
        if not was_interrupted(error):
            raise
        print("servanda: stopped; what was finished before is kept", file=sys.stderr)
        sys.exit(INTERRUPTED)
