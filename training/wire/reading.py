"""Read what was annotated in wire texts, and lay it onto the texts themselves:

    python -m training.wire.reading FOLDER

says how much of it is found in the public collections of a folder (see `training.wire.sources`) and what is wrong. A
file of this folder's `annotations` holds documents one after the other:

    @ AP890104-0174 1989-01-04 2-9 1a2b3c4d
    120-214@134 report attack + | actors: A; B | source: S | when: W kind | n: 300 | place: P

The first line names the text, the day that it was sent, the paragraphs that were annotated (counted from 0) and a
checksum (CRC-32) of them. Below it stand the claims: where the quote begins and ends and where the word begins that
names the action, in characters of those paragraphs with a blank line between; then the fields as in
`training.dispatches`.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from training.dispatches.reading import Dispatch, Mistake, fields_of
from training.wire.sources import wire_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "annotations"


def load(collections: Path) -> list[Dispatch]:
    """The annotated texts that the collections of a folder hold.

    Raises:
        Mistake: none is there, or a text is another than the one that was annotated.
    """
    texts = wire_texts(collections)
    found = [document for path in sorted(FOLDER.glob("*.txt")) for document in read(path, texts)]
    if not found:
        raise Mistake(
            f"{collections}: no annotated text is here; training/wire/sources.py says which files belong here"
        )
    return found


def read(path: Path, texts: Mapping[str, Sequence[str]]) -> Iterator[Dispatch]:
    """The documents of a file of annotations whose text is given."""
    document: Dispatch | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            if line.startswith("@ "):
                if document is not None:
                    yield document
                document = _begun(line, texts)
            elif document is not None and line.strip() and not line.startswith("#"):
                document.claims.append(_claim(document, line))
        except ValueError as error:
            raise Mistake(f"{path.name}:{number}: {error}") from error
    if document is not None:
        yield document


def chosen(paragraphs: Sequence[str], ranges: str) -> str:
    """The paragraphs of ranges like `0-3,5` as one text."""
    numbers: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return "\n\n".join(paragraphs[n] for n in numbers if n < len(paragraphs))


def checksum(text: str) -> str:
    """What shows that a text is the one that was annotated."""
    return f"{zlib.crc32(text.encode()):08x}"


def _begun(line: str, texts: Mapping[str, Sequence[str]]) -> Dispatch | None:
    _, name, published, ranges, expected = line.split()
    if name not in texts:
        return None
    text = chosen(texts[name], ranges)
    if checksum(text) != expected:
        raise ValueError(f"the text of {name} differs from the one that was annotated")
    return Dispatch(name, date.fromisoformat(published), text)


def _claim(document: Dispatch, line: str) -> dict[str, object]:
    place, _, rest = line.partition(" ")
    span, _, trigger = place.partition("@")
    start, end = map(int, span.split("-"))
    if not start <= int(trigger) < end <= len(document.text):
        raise ValueError(f"the word that names the action lies within the quote, and that within the text: {place}")
    quote = {"quote": document.text[start:end], "start": start, "trigger": int(trigger)}
    return {"doc": document.name, **fields_of(rest), **quote}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many annotated texts and claims there are, and what is wrong; 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    try:
        found = load(parser.parse_args(arguments).folder)
    except Mistake as mistake:
        print(mistake)
        return 1
    named = sum(line.startswith("@ ") for path in FOLDER.glob("*.txt") for line in path.open(encoding="utf-8"))
    silent = sum(not document.claims for document in found)
    words = sum(len(document.text.split()) for document in found)
    claims = sum(len(document.claims) for document in found)
    print(f"{len(found)} of {named} annotated texts found ({silent} silent), {words} words, {claims} claims")
    return 0


if __name__ == "__main__":
    sys.exit(main())
