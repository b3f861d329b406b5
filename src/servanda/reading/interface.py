"""What a reader is, and how one is found: another is plugged in by an entry point of `servanda.readers`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import entry_points
from typing import Protocol

from servanda.core.claims import Claim
from servanda.core.problems import ServandaError

GROUP = "servanda.readers"
DEFAULT = "english"


class Reader(Protocol):
    """Reads claims from texts. Equal input gives equal output; nothing is kept between calls."""

    name: str
    version: str

    def read(self, doc: str, text: str, published: date) -> tuple[Claim, ...]:
        """The claims of one text, in order of the text. `published` anchors its dates."""
        ...

    def read_many(self, documents: Iterable[tuple[str, str, date]]) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """The claims of many texts, one after the other in their order, without holding more than a few in memory."""
        ...


def load_reader(name: str | None = None) -> Reader:
    """The reader of that name (default: the English one of this package).

    Raises:
        ServandaError: no installed package offers a reader of that name.
    """
    wanted = name or DEFAULT
    if wanted == DEFAULT:
        from servanda.reading.english import EnglishReader

        return EnglishReader()
    found = {point.name: point for point in entry_points(group=GROUP)}
    if wanted not in found:
        offered = ", ".join(sorted({DEFAULT, *found}))
        raise ServandaError(f"no reader is called {wanted!r}", f"installed readers: {offered}")
    reader: Reader = found[wanted].load()()
    return reader
