"""Noun phrases as names."""

from __future__ import annotations

from collections.abc import Iterable

from servanda.reading.lexicon import table
from servanda.reading.parsing import Word

_TABLE = table("names")
_TITLES, _BODIES, _PARTICLES = (frozenset(_TABLE[key]) for key in ("titles", "bodies", "particles"))
_LONGEST_TAIL = 14
_LEFT = frozenset({"compound", "amod", "nmod", "poss"})
_NEVER_FIRST = frozenset({"PUNCT", "PART", "DET", "NUM", "ADP", "SYM", "PRON", "CCONJ"})


def name_of(word: Word) -> str:
    """The name that a noun phrase gives, without article, relative clause, apposition and a person's titles."""
    return _proper(word) if word.pos == "PROPN" or name_tail(word) else _common(word)


def is_title(word: Word) -> bool:
    """Whether a word is a person's title, which the parser may take for a name of its own: "spokesman *Col.* X"."""
    return word.lower.rstrip(".") in _TITLES


def conjuncts(word: Word) -> list[Word]:
    """A word and the words coordinated with it, in order."""
    found, stack = [], [word]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(c for c in current.children if c.dep == "conj")
    return sorted(found, key=lambda w: w.i)


def starts_name(word: Word) -> bool:
    """Whether a possessor is part of a longer name ("Lord's Resistance Army"): then the name goes on over its 's."""
    mark = word.child("case")
    return (
        word.dep == "poss"
        and word.head.pos == "PROPN"
        and mark is not None
        and mark.entity == "ORG"
        and word.head.entity == "ORG"
    )


def _proper(word: Word) -> str:
    run = [word]
    for child in sorted(word.children, key=lambda c: -c.i):
        if child.i < word.i and starts_name(child):
            run = [w for w in child.subtree() if w.pos != "DET"] + run
            continue
        if (
            child.i > word.i
            or child.dep not in ("compound", "nmod", "amod")
            or child.pos not in ("PROPN", "NOUN", "ADJ")
        ):
            continue
        if run[0].i - child.i > 3:
            break
        run = [w for w in child.subtree() if w.pos not in ("DET", "PUNCT") or w.text == "-"] + run
    run = _before_particle(run[0]) + run
    # "aid group Doctors": what comes before the name says what it is.
    common = next((n for n in range(len(run) - 2, -1, -1) if run[n].pos == "NOUN" and run[n].text.islower()), None)
    if common is not None:
        run = run[common + 1 :]
    while len(run) > 1 and (
        run[0].text == "-"
        or (run[0].pos == "ADJ" and run[0].text.islower())
        or (is_title(run[0]) and (word.entity == "PERSON" or run[0].entity != word.entity))
    ):
        run = run[1:]
    return _join([*_with_hyphens(run), *name_tail(word)])


def _with_hyphens(run: list[Word]) -> list[Word]:
    """The words with the hyphens that stand between them: "Douste" and "Blazy" are one name."""
    found: list[Word] = []
    for word in run:
        joint = word.before
        if found and joint is not None and joint.text == "-" and joint.before is found[-1]:
            found.append(joint)
        found.append(word)
    return found


def _before_particle(word: Word) -> list[Word]:
    """What stands before the last part of a person's name: "Jose Eduardo dos" before "Santos"."""
    first = word.before
    while first is not None and first.text in _PARTICLES:
        first = first.before
    if first is None or first is word.before or first.pos != "PROPN" or not first.text[0].isupper():
        return []
    while (before := first.before) is not None and before.pos == "PROPN" and before.text[0].isupper():
        first = before
    found = [first]
    while found[-1].after is not None and found[-1].after is not word:
        found.append(found[-1].after)
    return found


def _before_last_part(word: Word) -> bool:
    """Whether a word is a first name with a particle and the last name after it."""
    last = word.after
    while last is not None and (last.text in _PARTICLES or (last.pos == "PROPN" and word.pos == "PROPN")):
        if last.text not in _PARTICLES and last.before is not None and last.before.text in _PARTICLES:
            return word.pos == "PROPN" and last.text[0].isupper()
        last = last.after
    return False


def name_tail(word: Word) -> list[Word]:
    """What follows within a name: "Doctors *Without Borders*", "Organization *of African Unity (OAU)*"."""
    if not word.text[0].isupper() or word.pos not in ("PROPN", "NOUN"):
        return []
    tail = _after_joints(word)
    short = _in_brackets(tail[-1] if tail else word)
    return [*tail, *short]


def _after_joints(word: Word) -> list[Word]:
    joint = word.after
    if joint is not None and joint.pos in ("ADP", "SCONJ") and joint.text[0].isupper():
        return [joint, joint.after] if joint.after is not None and joint.after.text[0].isupper() else []
    tail: list[Word] = []
    while joint is not None and joint.text in ("of", "for", "in") and len(tail) < _LONGEST_TAIL:
        part, names = joint.after, [joint]
        if part is not None and part.text == "the":
            names, part = [joint, part], part.after
        named = len(names)
        while part is not None and part.pos in ("PROPN", "NOUN", "ADJ") and part.text[0].isupper():
            names, part = [*names, part], part.after
        # "in" goes on with a name only before its short form: "Mission in Liberia (UNMIL)".
        goes_on = word.lemma in _BODIES or joint.entity == word.entity == "ORG"
        if len(names) == named or not (_in_brackets(names[-1]) or (goes_on and joint.text != "in")):
            break
        tail, joint = [*tail, *names], part
    return tail


def _in_brackets(word: Word) -> list[Word]:
    """The short form after a name: "(UPDF)"."""
    found: list[Word] = []
    after = word.after
    while after is not None and len(found) < 3:
        found, after = [*found, after], after.after
    if len(found) < 3 or (found[0].text, found[2].text) != ("(", ")"):
        return []
    short = found[1].text.replace(".", "").replace("-", "")
    return found if len(short) > 1 and short.isupper() and short.isalpha() else []


def is_within_name(word: Word) -> bool:
    """Whether a word only belongs to a name that another word heads: "Borders" in "Doctors Without Borders"."""
    if _before_last_part(word):
        return True
    before = word.before
    for _ in range(_LONGEST_TAIL):
        if before is None or before.text in (",", ";", ".", '"'):
            return False
        if before.text[0].isupper() and any(w is word for w in name_tail(before)):
            return True
        before = before.before
    return False


def _common(word: Word) -> str:
    words = [word]
    for child in word.children:
        if child.i < word.i and child.dep in _LEFT and word.i - child.i <= 6:
            words += [w for w in child.subtree() if w.i < word.i]
    words.sort(key=lambda w: w.i)
    # "the rebel Army (RA) progress": a bracket ends the name, and what follows was parsed with it.
    closing = next((n for n, w in enumerate(words) if w.text == ")"), None)
    words = words[: closing + 1] if closing is not None else words
    while len(words) > 1 and (words[0].pos in _NEVER_FIRST or words[0].tag in ("PRP$", "POS", "JJR", "JJS", "WP$")):
        words = words[1:]
    of = next((p for p in word.all("prep") if p.lower == "of" and p.i == word.i + 1), None)
    if of is not None:
        for inner in of.all("pobj"):
            words += [of, *(w for w in inner.subtree() if w.i <= inner.i)]
    return _join(w for w in words if w.text not in ('"', "``", "''"))


def _join(words: Iterable[Word]) -> str:
    text, last = "", None
    for word in words:
        if last is not None and word.start > last.end:
            text += " "
        text += word.text
        last = word
    return text.strip(" ,\"'")
