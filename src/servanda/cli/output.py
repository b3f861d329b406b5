"""Printing: a console that is legible with and without colour, in a terminal and in a pipe."""

from __future__ import annotations

import io
import os
import sys
import textwrap
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rich.console import Console

_PIPE_WIDTH = 160
_FILE_WIDTH = 240


def reader_is_gone() -> NoReturn:
    """Stop without a word, where whoever read the output wants no more of it (`servanda status DIR | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(0)


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal; in a pipe it is wide enough for the tables."""
    from rich.console import Console

    class PipedConsole(Console):
        """A console whose reader may leave at any time."""

        def on_broken_pipe(self) -> None:
            reader_is_gone()

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH
    return PipedConsole(stderr=stderr, width=width, highlight=False, soft_wrap=False)


@contextmanager
def page(output: Path | None) -> Iterator[Console]:
    """A console for what is either shown or, when all is printed, written to a file.

    Raises:
        ServandaError: the file cannot be written.
    """
    if output is None:
        yield console()
        return
    from rich.console import Console

    written = io.StringIO()
    yield Console(file=written, width=_FILE_WIDTH, highlight=False, force_terminal=False)
    emit(written.getvalue(), output)


def about(path: Path, error: ServandaError) -> str:
    """An error's message with its file's name, which most messages start with already."""
    return str(error) if str(path) in str(error) else f"{path}: {error}"


def indented(text: str, width: int, first: str, rest: str | None = None) -> str:
    """A paragraph wrapped to a width, with what its first and its further lines begin with."""
    following = " " * len(first) if rest is None else rest
    return textwrap.fill(text, width=max(width, 40), initial_indent=first, subsequent_indent=following)


def emit(text: str, output: Path | None) -> None:
    """Write a text to a file, or to the terminal.

    Raises:
        ServandaError: the file cannot be written.
    """
    if not text.endswith("\n"):
        text += "\n"
    if output is None:
        _to_terminal([text])
        return
    emit_bytes(text.encode("utf-8"), output)


def emit_each(pieces: Iterable[str], output: Path | None) -> None:
    """Write a text piece by piece, as it is made, to a file or to the terminal.

    Raises:
        ServandaError: the file cannot be written.
    """
    if output is None:
        _to_terminal(pieces)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
    except OSError as error:
        raise _not_written(output, error) from None


def _to_terminal(pieces: Iterable[str]) -> None:
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        reader_is_gone()


def _not_written(output: Path, error: OSError) -> ServandaError:
    return ServandaError(f"{output} cannot be written: {error.strerror}", "choose another file")


def emit_bytes(content: bytes, output: Path) -> None:
    """Write a file.

    Raises:
        ServandaError: the file cannot be written.
    """
    try:
        output.write_bytes(content)
    except OSError as error:
        raise _not_written(output, error) from None
