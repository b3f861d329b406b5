"""From a cue to its source and content: which words below and beside it are who says it and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.reading.attribution.candidates import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servanda.reading.attribution.candidates import Candidate
    from servanda.reading.attribution.spans import Span
    from servanda.reading.parsing import Word

_CLAUSES = ("ccomp", "xcomp", "pcomp")
_NOT_CONTENT = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "neg", "punct", "cc", "conj", "prt", "mark"})
_ASIDE_OF_TIME = frozenset({"npadvmod", "advmod"})
_TRIMMED = frozenset(",;:.–—-")


def source_span(candidate: Candidate) -> Span | None:
    """Who says it: the subject, the agent of a passive, the owner of a noun."""
    word = candidate.word
    if word.pos == "NOUN":
        owner = word.child("poss")
        return None if owner is None else _span(owner.subtree())
    passive = candidate.frame.startswith("passive")
    agent = _by(word) if passive else word.child("agent")
    if agent is not None and (word.tag == "VBN" or passive):
        by_whom = agent.child("pobj")
        return None if by_whom is None else _span(_without_clauses(by_whom))
    if passive:
        return None
    subject = subject_of(word)
    if subject is not None and subject.dep == "nsubjpass" and subject.head is word:
        return None
    if subject is not None:
        return _named(subject)
    if word.dep == "acl" and word.tag == "VBG":
        return _span(_before(word.head.subtree(), word.start))
    return _inverted(word) or _subject_above(word)


def _inverted(word: Word) -> Span | None:
    """ "…," said the envoy: a subject that follows the verb and that the parser took for something else."""
    if word.tag not in ("VBD", "VBZ", "VBP"):
        return None
    after = next(
        (child for child in word.children if child.i > word.i and child.pos in ("PROPN", "NOUN", "PRON")), None
    )
    left_empty = not any(child.i < word.i and child.pos in ("PROPN", "NOUN", "PRON") for child in word.children)
    if (
        after is None
        or not left_empty
        or after.i - word.i > 4
        or after.dep not in ("dobj", "npadvmod", "dep", "oprd", "attr")
    ):
        return None
    return _span(_without_clauses(after))


def _subject_above(word: Word) -> Span | None:
    """The nearest subject of a verb above it, as of "adding that" and "in a statement saying"."""
    if word.tag == "VBN":
        return None
    for above in word.ancestors():
        subject = above.child("nsubj", "nsubjpass")
        if subject is not None and subject.i < word.i and word not in subject.subtree():
            return _named(subject)
    return None


def _named(subject: Word) -> Span:
    """The subject with what belongs to it; a relative pronoun with the noun that it stands for."""
    clause = subject.head
    if subject.lower in ("who", "which", "that") and clause.dep == "relcl":
        noun = clause.head
        return _span(_before(noun.subtree(), subject.end))
    return _span(subject.subtree())


def _before(words: Iterable[Word], end: int) -> list[Word]:
    return [word for word in words if word.start < end]


def _without_clauses(word: Word) -> list[Word]:
    inner = {part for child in word.children if child.dep in ("relcl", "advcl") for part in child.subtree()}
    return [part for part in word.subtree() if part not in inner]


def content_words(candidate: Candidate) -> list[Word]:
    """The words that are said, wanted or thought, by the frame of the cue; quotations are added later."""
    word, group = candidate.word, candidate.frame.split()[0]
    if group == "noun":
        return [
            part for child in word.children if child.i > word.i and child.dep != "punct" for part in child.subtree()
        ]
    if group == "clause":
        clause = word.child("ccomp")
        return clause.subtree() if clause is not None else []
    if group == "aside":
        own = set(word.subtree())
        return [part for part in word.head.subtree() if part not in own]
    if group == "infinitive":
        clause, whom = word.child("xcomp"), word.child("dobj")
        asked = [] if whom is None or whom.i < word.i else whom.subtree()
        return asked + (clause.subtree() if clause is not None else [])
    if group == "passive":
        return _passive(word)
    if group == "participle":
        return _after(word) or _before(word.head.subtree(), word.start)
    if group in ("object", "preposition"):
        return _relative_object(word) or _after(word)
    return []


def _passive(word: Word) -> list[Word]:
    """ "was praised by Y": what is praised; "is expected to leave": who and that they will."""
    subject = word.child("nsubjpass")
    found = [] if subject is None else subject.subtree()
    by = _by(word)
    agent = set() if by is None else set(by.subtree())
    after = [
        part
        for child in word.children
        if child.i > word.i and child.dep in ("prep", *_CLAUSES)
        for part in child.subtree()
    ]
    return found + [part for part in after if part not in agent]


def _by(word: Word) -> Word | None:
    """The "by" of a passive, also where the parser hung it on a later noun."""
    return next(
        (part for part in word.subtree() if part.i > word.i and part.lower == "by" and part.child("pobj")), None
    )


def _after(word: Word) -> list[Word]:
    """Objects and complements after the verb, up to a clause of time or manner."""
    found: list[Word] = []
    for child in word.children:
        if child.i < word.i or child.dep in _NOT_CONTENT or child.dep in ("advcl", "agent", "parataxis"):
            continue
        if child.dep in _ASIDE_OF_TIME and not found:
            continue
        found += child.subtree()
    if found and found[0].dep == "prep":
        return found[1:] or found
    return found


def _relative_object(word: Word) -> list[Word]:
    """ "a plan that he backs": the content is the noun that the relative pronoun stands for."""
    direct = word.child("dobj")
    if direct is None or direct.i > word.i or word.dep != "relcl":
        return []
    return _before(word.head.subtree(), direct.start)


def cue_span(candidate: Candidate) -> Span:
    """The word with its auxiliaries, its negation, its particle and the preposition of its frame."""
    word = candidate.word
    parts = [word, *word.all("aux", "auxpass", "neg", "prt")]
    told = candidate.frame.split()[1:] if word.pos == "VERB" else []
    parts += [child for child in word.children if child.dep == "prep" and child.lower in told and child.i == word.i + 1]
    return _span(parts)


def trimmed(words: Sequence[Word]) -> list[Word]:
    """The words without punctuation at the ends (quotation marks stay)."""
    kept = list(words)
    while kept and kept[0].text in _TRIMMED:
        kept.pop(0)
    while kept and kept[-1].text in _TRIMMED:
        kept.pop()
    return kept


def _span(words: Iterable[Word]) -> Span:
    found = list(words)
    return min(word.start for word in found), max(word.end for word in found)
