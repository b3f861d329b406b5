"""Words that may introduce what somebody says, and what about them speaks for it: the verb, its frame, its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servanda.reading.attribution.spans import Span
    from servanda.reading.parsing import Parse, Word

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_TELLING_PREPOSITIONS = frozenset({"of", "for", "as", "about", "on", "with", "to", "over", "by", "against"})
_DEEDS = frozenset({
    "attack", "hit", "strike", "blast", "bomb", "fire", "shoot", "target", "fight", "battle", "hold", "release", "push",
    "defend", "deploy", "bash", "slam", "pound", "shell", "storm", "raid", "seize",
})  # fmt: skip
"""Verbs that newspapers use of words as well as of deeds; with an object they are deeds in the news that we read."""
_FRAMES_OF_DEEDS = frozenset({"object", "preposition", "passive", "participle"})
_REACH = 4
"""How many verbs up a chain ("refused to say") a subject is looked for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a cue, the frame it stands in, and its features by name."""

    word: Word
    frame: str
    features: tuple[str, ...]


def candidates(parse: Parse, quoted: Sequence[Span]) -> Iterator[Candidate]:
    """The verbs of saying-like frames and the nouns with a content, outside quotation marks."""
    for word in parse.words:
        if (
            word.pos not in ("VERB", "NOUN")
            or word.lower == "according"
            or any(start <= word.start < end for start, end in quoted)
        ):
            continue
        frame = verb_frame(word, quoted) if word.pos == "VERB" else noun_frame(word)
        if frame is not None and not (word.lemma in _DEEDS and frame.split()[0] in _FRAMES_OF_DEEDS):
            yield Candidate(word, frame, tuple(_features(word, frame)))


def verb_frame(word: Word, quoted: Sequence[Span]) -> str | None:
    """What a verb takes along: a clause, a quotation, an infinitive, an object, a preposition; or `None`."""
    deps = {child.dep for child in word.children}
    if "ccomp" in deps:
        return "clause"
    if any(child.text == '"' for child in word.children) or _beside_quotation(word, quoted):
        return "quotation"
    if word.dep == "parataxis" or (word.dep == "ccomp" and word.head.i < word.i and "mark" not in deps):
        return "aside"
    if "xcomp" in deps:
        return "infinitive"
    prepositions = [child.lower for child in word.children if child.dep in ("prep", "agent") and child.i > word.i]
    told = next((p for p in prepositions if p in _TELLING_PREPOSITIONS), None)
    if "dobj" in deps:
        return "object" if told is None else f"object {told}"
    if "nsubjpass" in deps:
        return "passive" if told is None else f"passive {told}"
    if word.dep == "acl":
        return "participle" if told is None else f"participle {told}"
    return None if not prepositions else f"preposition {prepositions[0]}"


def noun_frame(word: Word) -> str | None:
    """A noun with a clause, an infinitive or "of" ("the claim that", "Rome's refusal to"); or `None`."""
    owned = " owned" if word.child("poss") is not None else ""
    below = next(
        (child for child in word.children if child.dep in ("acl", "ccomp", "relcl") and child.i > word.i), None
    )
    if below is not None and below.dep != "relcl":
        marked = below.child("mark")
        if marked is not None and marked.lower == "that":
            return f"noun clause{owned}"
        if below.child("aux") is not None and below.tag == "VB":
            return f"noun infinitive{owned}"
    if owned and any(child.dep == "prep" and child.lower in ("of", "for", "on", "about") for child in word.children):
        return "noun of owned"
    return None


def _beside_quotation(word: Word, quoted: Sequence[Span]) -> bool:
    """Whether a quotation ends right before the verb or its subject, or begins right after the verb."""
    subject = subject_of(word)
    left = min(word.start, _leftmost(subject)) if subject is not None else word.start
    right = max(word.end, _rightmost(subject)) if subject is not None and subject.i > word.i else word.end
    return any(0 <= left - end <= 2 or 0 <= start - right <= 3 for start, end in quoted)


def _leftmost(word: Word) -> int:
    return min(part.start for part in word.subtree())


def _rightmost(word: Word) -> int:
    return max(part.end for part in word.subtree())


def subject_of(word: Word) -> Word | None:
    """The subject of a verb, or of the verbs that it is joined to or depends on as an infinitive."""
    current = word
    for _ in range(_REACH):
        subject = current.child("nsubj", "nsubjpass", "csubj")
        if subject is not None:
            return subject
        if current.dep not in ("conj", "xcomp", "advcl", "pcomp") or current.head is current:
            return None
        current = current.head
    return None


def subject_class(word: Word) -> str:
    """What kind of subject a verb has."""
    subject = subject_of(word)
    if subject is None:
        return "none"
    if subject.pos == "PRON":
        return subject.lower
    if subject.entity:
        return subject.entity
    return subject.pos.lower() if subject.tag != "NNS" else "nouns"


def _features(word: Word, frame: str) -> Iterator[str]:
    group = frame.split()[0]
    who = subject_class(word) if word.pos == "VERB" else "noun"
    yield f"frame {frame}"
    yield f"word {word.lemma}"
    yield f"{group}: {word.lemma}"
    if frame != group:
        yield f"{frame}: {word.lemma}"
    yield f"subject {who}"
    yield f"subject {who} of {group}"
    yield f"form {word.tag}"
    yield f"place {word.dep}"
    yield f"place {word.dep} of {group}"
    if word.child("neg") is not None:
        yield "negated"
    auxiliary = word.child("aux")
    if auxiliary is not None:
        yield f"auxiliary {auxiliary.lemma}"
