"""Stretches in quotation marks, over sentences and paragraphs, whichever marks the text uses."""

from __future__ import annotations

import re

from servanda.reading.attribution.spans import Span

_MARK = re.compile(r"[“”«»„\"]|``|''")
_OPENS = frozenset({"“", "«", "„", "``"})
_CLOSES = frozenset({"”", "»", "''"})
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
LONGEST = 3000
"""Characters after which an unclosed quotation is given up: a mark was forgotten."""


def quotations(text: str) -> tuple[Span, ...]:
    """All quotations of a text with their marks, in order, none inside another.

    A quotation that is still open where a paragraph ends goes on if the next one begins with an opening mark, and ends
    there if it does not.
    """
    found: list[Span] = []
    start: int | None = None
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if start is not None and (at - start > LONGEST or _PARAGRAPH.search(text, start, at)):
            if not (mark in _OPENS or (mark == '"' and _begins_paragraph(text, at))):
                start = None
            else:
                end = _end_of_paragraph(text, start)
                found.append((start, end))
                start = at
                continue
        if start is None:
            if mark in _OPENS or (mark == '"' and _may_open(text, at)) or (mark == "''" and _may_open(text, at)):
                start = at
        elif mark in _CLOSES or mark == '"':
            found.append((start, match.end()))
            start = None
    return tuple(found)


def _may_open(text: str, at: int) -> bool:
    return at + 1 < len(text) and not text[at + 1].isspace() and (at == 0 or not text[at - 1].isalnum())


def _begins_paragraph(text: str, at: int) -> bool:
    before = text[max(0, at - 20) : at]
    return before.rstrip(" \t\r") == "" or before.rstrip(" \t\r").endswith("\n")


def _end_of_paragraph(text: str, start: int) -> int:
    match = _PARAGRAPH.search(text, start)
    end = match.start() if match else len(text)
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
