"""The heading of a text file: lines such as `Date: 2021-01-29` above the body, which say what the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAMES = {
    "date": "date",
    "published": "date",
    "publisher": "publisher",
    "address": "address",
    "url": "address",
    "title": "title",
    "reliability": "reliability",
    "language": "language",
}
"""What a heading may say, and the names it may say it by (in any case)."""

_LINE = re.compile(r"([A-Za-z][A-Za-z -]{0,30}):(?:[ \t]+(.*))?")
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One line of a heading. `field` is one of the values of `NAMES`, or `None` where the name is not known."""

    number: int
    name: str
    field: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines of a heading, and the offset at which the body starts. A text without one has its body at 0."""

    lines: tuple[HeadingLine, ...] = ()
    body: int = 0


def split_heading(text: str) -> Heading:
    """Find the heading of a text: lines of the form `Name: value` from the very first one to a blank line.

    The first of them must be one of `NAMES`, so that an ordinary text that opens with a colon has none. The block
    may stand between lines of three dashes, as in Markdown. The text itself stays whole: offsets count from its start.
    """
    lines: list[HeadingLine] = []
    offset, fenced = 0, False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        bare = line.strip()
        if number == 1 and bare == _FENCE:
            fenced = True
        elif bare == (_FENCE if fenced else ""):
            return Heading(tuple(lines), _skip_blank(text, offset + len(line))) if lines else Heading()
        else:
            match = _LINE.fullmatch(bare)
            field = NAMES.get(match[1].lower()) if match else None
            if match is None or (not lines and field is None):
                return Heading()
            lines.append(HeadingLine(number, match[1], field, (match[2] or "").strip()))
        offset += len(line)
    return Heading(tuple(lines), len(text)) if lines and not fenced else Heading()


def _skip_blank(text: str, offset: int) -> int:
    """The start of the first line from `offset` on that is not blank."""
    rest = text[offset:]
    body = rest.lstrip()
    blank = rest[: len(rest) - len(body)]
    return offset + max(blank.rfind("\n"), blank.rfind("\r")) + 1
