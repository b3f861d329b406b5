"""The English reader: sentences, parse, decision, and the structure of each claim, composed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from servanda.core.claims import Claim
from servanda.core.lookalikes import unmasked
from servanda.core.vocabulary import Act, Polarity
from servanda.reading import quantities
from servanda.reading.attachment import Dated
from servanda.reading.choosing import (
    JOINT,
    Done,
    Setting,
    actor_options,
    choose_actors,
    setting,
)
from servanda.reading.dates import tag
from servanda.reading.decision import Decided, decide, encoder
from servanda.reading.encoder import WordScores
from servanda.reading.lexicon import Lexicon, lexicon
from servanda.reading.linear import models
from servanda.reading.mentions import Mentions
from servanda.reading.names import name_of
from servanda.reading.parsing import Parse, Word, parse
from servanda.reading.places import place
from servanda.reading.quotes import clause, with_denial
from servanda.reading.silence import those_that_stand
from servanda.reading.source_choice import choose_source, source_options
from servanda.reading.sources import main_speaker
from servanda.reading.times import Event, choose, dated, options
from servanda.reading.triage import Look, first_look

LONE = 0.8
"""Least probability of a claim that rests on a single word ("the *truce*"), which rather names a topic."""


@dataclass(frozen=True, slots=True)
class Times:
    """What dates the claims of one sentence: its own time expressions and the events that were dated before it."""

    here: Sequence[Dated]
    earlier: Sequence[Event]
    sentence: int
    published: date


class EnglishReader:
    """Reads English news and reports; see docs/reading.md."""

    name = "english"
    version = "8"

    def __init__(self, *, sparing: bool = False) -> None:
        """With `sparing`, sentences in which hardly an entry of the lexicon can hold are not parsed (docs/speed.md)."""
        self._sparing = sparing

    def read(self, doc: str, text: str, published: date) -> tuple[Claim, ...]:
        """The claims of one text, in order of the text.

        Words that are masked by look-alike letters are read as what they look like; quotes stay as the text has them.
        """
        plain = unmasked(text)
        looks = first_look(plain, lexicon(), sparing=self._sparing)
        parses = parse(plain, [look.sentence for look in looks if look.worth])
        found = read_parsed(doc, plain, published, (next(parses) if look.worth else look for look in looks), score)
        return found if plain == text else tuple(replace(claim, quote=text[claim.start : claim.end]) for claim in found)

    def read_many(self, documents: Iterable[tuple[str, str, date]]) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """The claims of many texts, one after the other."""
        for doc, text, published in documents:
            yield doc, self.read(doc, text, published)


def score(parsed: Parse) -> WordScores:
    """What the encoder says of a sentence."""
    [scores] = encoder().score([[word.text for word in parsed.words]])
    return scores


def read_parsed(
    doc: str, text: str, published: date, parses: Iterable[Parse | Look], score: Callable[[Parse], WordScores]
) -> tuple[Claim, ...]:
    """The claims of a text whose sentences were parsed, or only looked at, in order of the text."""
    words, mentions, expressions = lexicon(), Mentions(), tag(text, published)
    found: list[Claim] = []
    likely: list[float] = []
    apart: list[float] = []
    events: list[Event] = []
    done: list[Done] = []
    inside = False
    for number, parsed in enumerate(parses):
        if isinstance(parsed, Look):
            if not (inside or parsed.marks):
                mentions.speaker = mentions.side = None
            inside ^= parsed.marks % 2 == 1
            continue
        quoted, inside = quotation(parsed, inside)
        hear(mentions, parsed, quoted, words)
        scores = score(parsed)
        apart.append(scores.apart)
        decided = decide(parsed, quoted, scores, words)
        if not decided:
            continue
        around = setting(parsed, quoted, mentions, words)
        here = [e for e in expressions if parsed.start <= e.start < parsed.end]
        times = Times(dated(parsed, here, [item.word for item in decided]), tuple(events), number, published)
        for item in decided:
            claim = claim_of(doc, text, item, around, scores, times, done)
            if is_topic(claim, item) or is_told_already(claim, found):
                continue
            found.append(claim)
            likely.append(item.as_said)
            done.append(Done(number, item.action, item.act, item.word.lemma, claim.actors))
            if claim.when is not None:
                events.append(Event(number, item.action, item.act, item.word.lemma, claim.when, claim.when_kind))
    found = with_shared_sources(those_that_stand(found, likely, apart))
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.action, c.act)))


def is_topic(claim: Claim, item: Decided) -> bool:
    """Whether a claim rests on a single word, no verb and no capitalised word of a headline, and is not sure enough."""
    lone = len((claim.quote or "").split()) == 1
    return lone and item.word.pos in ("NOUN", "ADJ", "ADV") and item.as_said < LONE


def is_told_already(claim: Claim, found: Sequence[Claim]) -> bool:
    """Whether the same was read from the very same words; counts of different forces are different claims."""
    return any(
        (claim.start, claim.end, claim.act, claim.action, claim.polarity, claim.quantity)
        == (other.start, other.end, other.act, other.action, other.polarity, other.quantity)
        for other in reversed(found)
    )


def with_shared_sources(claims: Sequence[Claim]) -> list[Claim]:
    """Give reports that stand on the very same words the same source: who says one of them says the other."""
    reports = (Act.REPORT, Act.PREDICT)
    said = {(c.start, c.end): c.source for c in claims if c.source is not None and c.act in reports}
    return [
        replace(c, source=said[c.start, c.end])
        if c.source is None and c.act in reports and (c.start, c.end) in said
        else c
        for c in claims
    ]


def claim_of(
    doc: str,
    text: str,
    item: Decided,
    around: Setting,
    scores: WordScores | None,
    times: Times,
    done: Sequence[Done] = (),
) -> Claim:
    """The whole claim of a trigger that was decided on."""
    trained, word = models(), item.word
    start, end = clause(word, item.stance)
    if item.polarity is Polarity.NEGATIVE:
        start = with_denial(start, end, word)
    of_when = options(
        word, item.act, item.action, item.stance, times.here, times.earlier, times.sentence, times.published
    )
    date_of, kind = choose(trained["when"], of_when, word, scores)
    of_actors = actor_options(word, item.act, item.action, item.stance, around, tuple(done), times.sentence)
    of_quantity = quantities.options(word, item.act, item.action, item.stance, around.parse, around.lexicon)
    of_source = source_options(word, item.act, item.action, item.stance, around)
    return Claim(
        doc=doc,
        act=item.act,
        action=item.action,
        polarity=item.polarity,
        quote=text[start:end],
        start=start,
        end=end,
        sentence=(around.parse.start, around.parse.end),
        actors=choose_actors(trained["actor"], trained["actor-against"], of_actors, word, scores, item.action in JOINT),
        source=choose_source(trained["source"], of_source, word, item.act, around.lexicon, scores),
        when=date_of,
        when_kind=kind,
        quantity=quantities.choose(trained["quantity"], of_quantity, word, scores),
        place=place(word),
        certainty=item.certainty,
        object=_object(word),
        part=around.parse.part,
    )


def hear(mentions: Mentions, parsed: Parse, quoted: Sequence[bool], words: Lexicon) -> None:
    """Note who is named in a sentence, and who speaks on from it into the next."""
    mentions.note(parsed)
    speaker = main_speaker(parsed, words)
    if speaker is not None and (names := mentions.resolve(speaker)):
        mentions.speaker, mentions.side = names[0], mentions.side_of(speaker)
    elif not any(quoted):
        mentions.speaker = mentions.side = None


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
