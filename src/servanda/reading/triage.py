"""The cheap first look: which texts are about something else, and which sentences can make no claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from servanda.reading.language import ENGLISH, languages
from servanda.reading.lexicon import table
from servanda.reading.segmentation import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servanda.reading.lexicon import Lexicon
    from servanda.reading.segmentation import Sentence

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_LETTERS = re.compile(r"[a-z]+")
_MARK = re.compile(r"[“”„«»\"]|``|''")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\r?\n")
_POLITICAL = 3
"""Words of politics or security that make a paragraph one on politics, where they are no fewer than the subject's."""
_LEAST_WORDS = 40
"""Shorter texts are counted as this long: one word of sport makes no match report."""
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""),
    ("ers", ""), ("men", "man"),
)  # fmt: skip
_IRREGULAR = {
    "left": "leave", "sent": "send", "held": "hold", "went": "go", "gone": "go", "fell": "fall", "fallen": "fall",
    "fought": "fight", "shot": "shoot", "struck": "strike", "took": "take", "taken": "take", "broke": "break",
    "broken": "break", "met": "meet", "won": "win", "withdrew": "withdraw", "withdrawn": "withdraw", "came": "come",
    "brought": "bring", "kept": "keep", "gave": "give", "given": "give", "made": "make", "said": "say", "lost": "lose",
    "fled": "flee", "laid": "lay", "built": "build", "led": "lead", "drew": "draw", "drawn": "draw", "chose": "choose",
    "chosen": "choose", "spoke": "speak", "overthrew": "overthrow", "overthrown": "overthrow", "slain": "slay",
    "began": "begin", "begun": "begin", "swore": "swear", "sworn": "swear", "stood": "stand", "got": "get",
    "drove": "drive", "driven": "drive", "had": "have", "has": "have", "ran": "run", "told": "tell", "paid": "pay",
    "found": "find", "threw": "throw", "thrown": "throw", "hidden": "hide", "dug": "dig", "dealt": "deal",
    "burnt": "burn", "rose": "rise", "risen": "rise", "arisen": "arise", "became": "become", "frozen": "freeze",
    "froze": "freeze", "bound": "bind", "lit": "light", "sought": "seek", "sold": "sell", "bought": "buy",
    "wrote": "write",
    "written": "write", "stuck": "stick", "wound": "wind", "died": "die", "lain": "lie", "dying": "die", "felt": "feel",
    "armies": "army", "was": "be", "were": "be", "is": "be", "are": "be", "been": "be", "spread": "spread",
}  # fmt: skip


def off_subject(text: str) -> str | None:
    """`sport` or `markets` where a text is a report on that and on nothing else; else `None`.

    The guidelines leave both out, and their words ("attack", "defeat", "withdraw") are those of claims. A text with a
    paragraph on politics or security is never left out: a day's news in one file has its sport pages too.
    """
    least, subjects = _subjects()
    words = _WORD.findall(text.lower())
    shares = {
        name: sum(word in known for word in words) / max(_LEAST_WORDS, len(words))
        for name, known in subjects.items()
        if name != "politics"
    }
    name = max(shares, key=lambda subject: (shares[subject], subject))
    if shares[name] <= least:
        return None
    for paragraph in _PARAGRAPH.split(text):
        of_it = _WORD.findall(paragraph.lower())
        political = sum(word in subjects["politics"] for word in of_it)
        if political >= _POLITICAL and political >= sum(word in subjects[name] for word in of_it):
            return None
    return name


@cache
def _subjects() -> tuple[float, dict[str, frozenset[str]]]:
    read = table("subjects")
    return float(read.pop("share")), {name: frozenset(words.split()) for name, words in read.items()}


@dataclass(frozen=True, slots=True)
class Look:
    """What the first look found of one sentence."""

    sentence: Sentence
    worth: bool
    """Whether some entry of the lexicon may hold in it, so that it must be parsed."""
    marks: int
    """Quotation marks in it, so that a quotation can be followed over sentences that are not parsed."""


def first_look(text: str, known: Lexicon, *, sparing: bool = False) -> tuple[Look, ...]:
    """The sentences of a text that a reader of English reads, each with whether it must be parsed.

    Paragraphs in other languages are left out, and so is all of a text that is about something else.

    Args:
        text: the whole text.
        known: the lexicon.
        sparing: whether sentences in which hardly an entry of the lexicon can hold are left unparsed; docs/speed.md has
            what that gains and loses. Otherwise every sentence is worth parsing.
    """
    if off_subject(text) is not None:
        return ()
    english = [stretch for stretch in languages(text) if stretch.language == ENGLISH]
    return tuple(
        Look(sentence, not sparing or _may_claim(words, known), len(_MARK.findall(words)))
        for sentence in sentences(text)
        if any(stretch.start <= sentence.start < stretch.end for stretch in english)
        for words in [text[sentence.start : sentence.end]]
    )


_ENOUGH_UNMET = 3
"""So many words with entries whose conditions fail make a sentence worth parsing: one may stand for a class."""


def _may_claim(sentence: str, known: Lexicon) -> bool:
    surface = set(_LETTERS.findall(sentence.lower()))
    forms = {form for word in surface for form in base_forms(word)}
    classes = frozenset().union(*(known.classes.get(form, frozenset()) for form in forms))
    unmet = 0
    for form in forms:
        entries = [
            entry
            for entry in known.entries.get(form, ())
            if entry.particle is None or entry.particle.split()[0] in forms
        ]
        if any(entry.beside is None or entry.beside in classes for entry in entries):
            return True
        unmet += bool(entries)
    return unmet >= _ENOUGH_UNMET


@lru_cache(maxsize=50_000)
def base_forms(word: str) -> tuple[str, ...]:
    """All that a word in small letters may be a form of, itself included; more than right does no harm here."""
    return tuple(dict.fromkeys(_bases(word)))


def _bases(word: str) -> Iterator[str]:
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: len(word) - len(ending)] + instead
            yield base
            if len(base) > 3 and base[-1] == base[-2]:
                yield base[:-1]
