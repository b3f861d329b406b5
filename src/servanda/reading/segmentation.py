"""A text as blocks and sentences with exact offsets into the original, each with the part of the document it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from servanda.core.vocabulary import Part
from servanda.reading.furniture import caption_end, is_furniture, labelled_title

_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+")
_LINE = re.compile(r"[^\n]+")
_BOUNDARY = re.compile(r"(?:[.!?…][\"”’»)\]']*|:)\s+(?=[\"“‘«(\[`'•]*[A-Z0-9À-Þ])|(?<=[.!?])(?=[\"”][A-Z])")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|Gen|Lt|Col|Maj|Brig|Capt|Cmdr|Cpl|Sgt|Adm|Pvt|Sen|Rep|Gov|Pres|St|Ste|Mt|Ft|No|Nos|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Inc|Corp|Ltd|Co|Bros|Art|Arts|Para|paras?|approx|cf|e\.g|i\.e|al"
    r"|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_STARTS_SENTENCE = re.compile(
    r"(?:The|A|An|In|On|At|He|She|It|They|We|But|And|His|Her|Its|Their|This|That|These|Those|However|For|As)\b"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z'.\- ]{2,}(?:,\s+[A-Z][\w.]+(?:\s+\w+)?)*(?:,?\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2})?\s*"
    r"(?:\([A-Z][\w/ ]+\)\s*)?(?:--|—|–|-)\s*"
)
_HEADLINE_WORDS = 30


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. Offsets count code points in the document's text as it is, end exclusive."""

    start: int
    end: int
    block: int
    part: Part


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of the article itself, in order; furniture is left out and shifts no offset."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    seen_body = False
    for number, (start, end) in enumerate(_blocks(text)):
        lines = list(_units(text, start, end))
        photo = caption_end(text[start:end])
        for first, last in lines:
            stretch = text[first:last]
            title = labelled_title(stretch)
            if title is not None:
                yield from _split(text, first + title, last, number, Part.HEADLINE)
                continue
            if is_furniture(stretch):
                continue
            if photo is not None:
                yield from _split(text, first, min(last, start + photo), number, Part.CAPTION)
                continue
            headline = not seen_body and len(lines) == 1 and _looks_like_headline(stretch)
            if not headline:
                seen_body = True
            yield from _split(text, first, last, number, Part.HEADLINE if headline else Part.BODY)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines, without white space at their ends."""
    start = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        trimmed = _trim(text, start, end)
        if trimmed:
            yield trimmed
        if gap:
            start = gap.end()


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block's lines, joined where one line was only wrapped on to the next."""
    lines = [span for match in _LINE.finditer(text, start, end) if (span := _trim(text, *match.span()))]
    longest = max((last - first for first, last in lines), default=0)
    unit: tuple[int, int] | None = None
    for first, last in lines:
        if unit is None:
            unit = (first, last)
        elif _breaks(text[unit[0] : unit[1]], text[first:last], longest):
            yield unit
            unit = (first, last)
        else:
            unit = (unit[0], last)
    if unit is not None:
        yield unit


def _breaks(before: str, after: str, longest: int) -> bool:
    """Whether a line break separates two statements, as in a list or a headline, and does not just wrap."""
    last_line = before.rsplit("\n", 1)[-1]
    if re.match(r"[•*·▪–—-]\s|\(?\d{1,2}[.)]\s", after):
        return True
    if not (after[0].isupper() or after[0] in "\"“‘'«[(" or after[0].isdigit()):
        return False
    return len(last_line) < 0.7 * longest or re.match(r"[A-Z][\w ]{1,20}:\s", after) is not None


def _looks_like_headline(stretch: str) -> bool:
    """Short, in one line, and without the full stop that ends a sentence."""
    return (
        len(stretch.split()) <= _HEADLINE_WORDS
        and "\n" not in stretch
        and not re.search(r"[.!?:;][\"”’)\]]*$", stretch)
        and not _DATELINE.match(stretch)
    )


def _split(text: str, start: int, end: int, block: int, part: Part) -> Iterator[Sentence]:
    dateline = _DATELINE.match(text, start, end)
    if dateline and dateline.end() - start < 60 and dateline.end() < end:
        start = dateline.end()
    first = start
    for boundary in _BOUNDARY.finditer(text, start, end):
        if _is_abbreviation(text, first, boundary, end):
            continue
        if text[boundary.start()] == ":" and not text[boundary.end() :].lstrip().startswith(("•", "*")):
            continue
        trimmed = _trim(text, first, boundary.end())
        if trimmed:
            yield Sentence(*trimmed, block, part)
        first = boundary.end()
    trimmed = _trim(text, first, end)
    if trimmed:
        yield Sentence(*trimmed, block, part)


def _is_abbreviation(text: str, first: int, boundary: re.Match[str], end: int) -> bool:
    """Whether the full stop belongs to an abbreviation and the sentence goes on after it."""
    head = text[max(first, boundary.start() - 12) : boundary.start() + 1]
    if not head.endswith(".") or not _ABBREVIATION.search(head):
        return False
    if re.search(r"(?:[A-Za-z]\.){2,}$", head):
        return not _STARTS_SENTENCE.match(text, boundary.end(), end)
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
