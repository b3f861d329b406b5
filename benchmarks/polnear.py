"""Reads PolNeAR (public repository networkdynamics/PolNeAR): articles with source, cue and content of attributions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Spans = tuple[tuple[int, int], ...]
_STRETCH = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)")
_RELATION = re.compile(r"E\d+\t")


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated attribution; each role may be in several pieces, or absent."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Article:
    """One article."""

    name: str
    text: str
    attributions: tuple[Annotated, ...]


def read_part(folder: Path) -> Iterator[Article]:
    """The articles of one part, by name. Where several annotators did one, the first by name counts."""
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        sys.exit(f"{folder}: no text/*.txt; name the folder data/train or data/dev of networkdynamics/PolNeAR")
    notes: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        notes.setdefault(path.stem.rpartition("_")[0], path)
    for path in texts:
        if path.stem in notes:
            text = path.read_bytes().decode("utf-8")
            yield Article(path.stem, text, tuple(_attributions(notes[path.stem].read_text(encoding="utf-8"))))


def _attributions(notes: str) -> Iterator[Annotated]:
    stretches: dict[str, tuple[str, Spans]] = {}
    for line in notes.splitlines():
        if match := _STRETCH.match(line):
            pieces = (piece.split() for piece in match[3].split(";"))
            stretches[match[1]] = (match[2], tuple((int(start), int(end)) for start, end in pieces))
        elif _RELATION.match(line):
            roles: dict[str, Spans] = {"Source": (), "Cue": (), "Content": ()}
            for item in line.split("\t")[1].split():
                role, _, name = item.partition(":")
                role = role.rstrip("0123456789")
                if role in roles and name in stretches:
                    roles[role] += stretches[name][1]
            yield Annotated(roles["Source"], roles["Cue"], roles["Content"])
