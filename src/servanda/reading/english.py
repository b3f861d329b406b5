"""The English reader: sentences, parse, decision, and the structure of each claim, composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from servanda.core.claims import Claim
from servanda.reading.actors import actors
from servanda.reading.dates import tag
from servanda.reading.decision import Decided, decide
from servanda.reading.lexicon import Lexicon, lexicon
from servanda.reading.mentions import Mentions
from servanda.reading.names import name_of
from servanda.reading.parsing import Parse, Word, parse
from servanda.reading.places import place
from servanda.reading.quantities import quantity
from servanda.reading.quotes import clause
from servanda.reading.segmentation import sentences
from servanda.reading.sources import main_speaker, source
from servanda.reading.times import Dated, dated, when


class EnglishReader:
    """Reads English news and reports; see docs/reading.md."""

    name = "english"
    version = "1"

    def read(self, doc: str, text: str, published: date) -> tuple[Claim, ...]:
        """The claims of one text, in order of the text."""
        words = lexicon()
        parses = list(parse(text, sentences(text)))
        found = assemble(doc, text, published, parses, decide(parses, words), words)
        return tuple(sorted(found, key=lambda c: (c.start, c.end, c.action, c.act)))

    def read_many(self, documents: Iterable[tuple[str, str, date]]) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """The claims of many texts, one after the other."""
        for doc, text, published in documents:
            yield doc, self.read(doc, text, published)


def assemble(
    doc: str,
    text: str,
    published: date,
    parses: Sequence[Parse],
    decisions: Sequence[Sequence[Decided]],
    words: Lexicon,
) -> list[Claim]:
    """Claims from what was decided of each sentence of one document, in the order of the decisions."""
    mentions = Mentions()
    expressions = tag(text, published)
    found: list[Claim] = []
    inside = False
    for parsed, decided in zip(parses, decisions, strict=True):
        mentions.note(parsed)
        speaker = main_speaker(parsed, words)
        quoted, inside = quotation(parsed, inside)
        if speaker is not None and (names := mentions.resolve(speaker)):
            mentions.speaker = names[0]
        elif not any(quoted):
            mentions.speaker = None if not inside else mentions.speaker
        times = dated(
            parsed,
            [e for e in expressions if parsed.start <= e.start < parsed.end],
            [item.word for item in decided],
        )
        found.extend(_claim(doc, text, item, parsed, mentions, words, quoted[item.word.i], times) for item in decided)
    return found


def _claim(
    doc: str,
    text: str,
    item: Decided,
    parsed: Parse,
    mentions: Mentions,
    words: Lexicon,
    quoted: bool,
    times: list[Dated],
) -> Claim:
    start, end = clause(item.word, item.stance)
    date_of, kind = when(item.word, item.act, item.stance, times)
    return Claim(
        doc=doc,
        act=item.act,
        action=item.action,
        polarity=item.polarity,
        quote=text[start:end],
        start=start,
        end=end,
        sentence=(parsed.start, parsed.end),
        actors=actors(item.word, item.action, item.act, item.stance, mentions),
        source=source(item.word, item.act, item.stance, parsed, mentions, words, quoted),
        when=date_of,
        when_kind=kind,
        quantity=quantity(item.word),
        place=place(item.word),
        certainty=item.certainty,
        object=_object(item.word),
        part=parsed.part,
    )


def _object(word: Word) -> str | None:
    """What is withdrawn, closed, extended…, as the text names it."""
    direct = word.child("dobj", "nsubjpass")
    if direct is None:
        of = next((p for p in word.all("prep") if p.lower == "of"), None)
        direct = of.child("pobj") if of else None
    return name_of(direct) if direct is not None and direct.pos != "PRON" else None


def quotation(parsed: Parse, inside: bool) -> tuple[list[bool], bool]:
    """For each word whether it stands in quotation marks, and whether a quotation is open at the sentence's end."""
    flags = []
    for word in parsed.words:
        if word.text in ('"', "``", "''"):
            inside = not inside
        flags.append(inside)
    return flags, inside
