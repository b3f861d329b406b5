"""Attributions of a text: cues by the lexicon, outermost first, with source and content; speakers before a colon."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from servanda.reading.attribution.candidates import candidates
from servanda.reading.attribution.extents import content_words, cue_span, source_span, trimmed
from servanda.reading.attribution.lexicon import score
from servanda.reading.attribution.quotations import quotations
from servanda.reading.attribution.spans import Attribution, Manner, Span
from servanda.reading.parsing import parse
from servanda.reading.segmentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servanda.reading.attribution.candidates import Candidate
    from servanda.reading.parsing import Parse, Word

_SPEAKER = re.compile(r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}): ")
_BESIDE = 3
"""Characters (a comma, a space, a mark) that may stand between a cue and a quotation beside it."""


def attributions_of(text: str) -> tuple[Attribution, ...]:
    """All attributions of an English text, in order of their content."""
    return attribute(text, parse(text, sentences(text)))


def attribute(text: str, parses: Iterable[Parse]) -> tuple[Attribution, ...]:
    """All attributions of a parsed text, in order of their content.

    What is said within somebody's words is theirs: no attribution lies within the content of another.
    """
    quoted = quotations(text)
    ends = [end for _, end in quoted]
    found: list[Attribution] = []
    for parsed in parses:
        if parsed.words:
            near = list(_near(parsed, quoted, ends))
            found += _of_sentence(text, parsed, near, found)
    return tuple(sorted(set(found), key=lambda item: (item.content, item.cue or (0, 0))))


def _near(parsed: Parse, quoted: Sequence[Span], ends: Sequence[int]) -> Iterator[Span]:
    """The quotations that a sentence overlaps or stands right beside."""
    for index in range(bisect_right(ends, parsed.start - _BESIDE), len(quoted)):
        if quoted[index][0] >= parsed.end + _BESIDE:
            return
        yield quoted[index]


def _of_sentence(text: str, parsed: Parse, near: Sequence[Span], before: Sequence[Attribution]) -> list[Attribution]:
    taken = [item.content for item in before[-3:]]
    found: list[Attribution] = []
    cues = [candidate for candidate in candidates(parsed, near) if score(candidate.features) > 0]
    for attribution in (*_according_to(text, parsed, near), *_before_colon(text, parsed, near)):
        found.append(attribution)
        taken.append(attribution.content)
    for candidate in sorted(cues, key=lambda item: (_depth(item.word), item.word.i)):
        if any(start <= candidate.word.start < end for start, end in taken):
            continue
        made = _attribution(text, candidate, near)
        if made is not None:
            found.append(made)
            taken += made.parts
    return found


def _depth(word: Word) -> int:
    return sum(1 for _ in word.ancestors())


def _attribution(text: str, candidate: Candidate, near: Sequence[Span]) -> Attribution | None:
    cue = cue_span(candidate)
    source = source_span(candidate)
    words = trimmed(content_words(candidate))
    spans = [(words[0].start, words[-1].end)] if words else []
    if candidate.frame == "quotation" or (spans and _touches(spans[0], near)):
        spans += _quotations_of(candidate, spans, near)
    if not spans:
        return None
    inner = [span for span in (cue, source) if span is not None]
    spans += _continued(spans, inner, near)
    content = (min(span[0] for span in spans), max(span[1] for span in spans))
    parts = tuple(_cut(text, content, inner))
    if not parts:
        return None
    content = (parts[0][0], parts[-1][1])
    return Attribution(source, cue, content, _manner(text, parts, near), parts)


def _touches(span: Span, near: Sequence[Span]) -> bool:
    return any(start < span[1] + _BESIDE and span[0] - _BESIDE < end for start, end in near)


def _quotations_of(candidate: Candidate, spans: Sequence[Span], near: Sequence[Span]) -> list[Span]:
    """The quotations that belong to a cue: those that its content touches, or, without one, those beside it."""
    if spans:
        return [q for q in near if any(q[0] < end + _BESIDE and start - _BESIDE < q[1] for start, end in spans)]
    family = [candidate.word, *candidate.word.subtree()]
    left, right = min(word.start for word in family), max(word.end for word in family)
    return [q for q in near if q[0] < right + _BESIDE and left - _BESIDE < q[1]]


def _continued(spans: Sequence[Span], inner: Sequence[Span], near: Sequence[Span]) -> list[Span]:
    """The second half of "…," said she, "…": a quotation right after the cue and source that follow a quotation."""
    if not any(span in near for span in spans):
        return []
    last = max(end for _, end in (*spans, *inner))
    return [q for q in near if 0 <= q[0] - last <= _BESIDE]


def _cut(text: str, content: Span, inner: Sequence[Span]) -> Iterator[Span]:
    """The content without source and cue, white space and commas at the cuts left out."""
    edges = [content]
    for start, end in inner:
        pieces = []
        for first, last in edges:
            if start < last and first < end:
                pieces += [(first, max(first, start)), (min(last, end), last)]
            else:
                pieces.append((first, last))
        edges = pieces
    for first, last in sorted(edges):
        while first < last and (text[first].isspace() or text[first] in ",;:"):
            first += 1
        while last > first and (text[last - 1].isspace() or text[last - 1] in ",;:"):
            last -= 1
        if any(character.isalnum() for character in text[first:last]):
            yield first, last


def _manner(text: str, parts: Sequence[Span], near: Sequence[Span]) -> Manner:
    def quoted(at: int) -> bool:
        return any(start <= at < end for start, end in near)

    letters = [quoted(at) for first, last in parts for at in range(first, last) if text[at].isalnum()]
    share = sum(letters) / len(letters) if letters else 0.0
    return Manner.DIRECT if share > 0.95 else Manner.INDIRECT if share == 0 else Manner.MIXED


def _before_colon(text: str, parsed: Parse, near: Sequence[Span]) -> Iterator[Attribution]:
    """ "HADDAD: We will leave." and "Haddad: 'We will leave'": a speaker's name, a colon, the words."""
    match = _SPEAKER.match(text, parsed.start, parsed.end)
    if match is None:
        return
    named = [word for word in parsed.words if word.end <= match.end(1)]
    name = match.group(1)
    if not named or not (name.isupper() or all(word.pos == "PROPN" or word.entity == "PERSON" for word in named)):
        return
    parts = tuple(_cut(text, (match.end(), parsed.end), []))
    if parts:
        cue = (match.end(1), match.end(1) + 1)
        yield Attribution(match.span(1), cue, (parts[0][0], parts[-1][1]), Manner.DIRECT, parts)


def _according_to(text: str, parsed: Parse, near: Sequence[Span]) -> Iterator[Attribution]:
    """ "according to X": the rest of its sentence is the content."""
    for word in parsed.words:
        if word.lower != "according":
            continue
        to = next((child for child in word.children if child.dep == "prep"), None)
        whom = None if to is None else to.child("pobj")
        if to is None or whom is None or any(start <= word.start < end for start, end in near):
            continue
        source = (min(w.start for w in whom.subtree()), max(w.end for w in whom.subtree()))
        cue = (word.start, to.end)
        own = set(word.subtree())
        clause = word.head if word.head is not word else word
        words = trimmed([part for part in clause.subtree() if part not in own])
        if not words:
            continue
        content = (words[0].start, words[-1].end)
        parts = tuple(_cut(text, content, [(cue[0], source[1])]))
        if parts:
            yield Attribution(source, cue, (parts[0][0], parts[-1][1]), _manner(text, parts, near), parts)
