"""What turns an action round: words that deny it, and governors that stop it, put it off or take it back."""

from __future__ import annotations

from servanda.reading.lexicon import Governors, table
from servanda.reading.parsing import Word

_REVERSE = table("acts")["reverse"]
_ENDING = frozenset(_REVERSE["ending"])
_DIM, _DIMMING = frozenset(_REVERSE["dim"]), frozenset(_REVERSE["dimming"])
_HOPES = frozenset(_REVERSE["hopes"])
_UNLIKELY = frozenset(_REVERSE["doubtful"])
_NO_CASE = frozenset(_REVERSE["cases"])
_AGAINST = frozenset(_REVERSE["against"])
_STATES = frozenset(_REVERSE["states"])
_APART = frozenset({("instead", "of"), ("far", "from"), ("rather", "than")})
_SUBJECTS = ("nsubj", "nsubjpass")


def base_of(word: Word, rules: Governors, *tables: str) -> str:
    """The base form of a verb, with what follows it where these tables know both as one: "rule out", "go back on"."""
    after = word.after
    further = after.after if after is not None else None
    particle = word.child("prt")
    phrases = [
        *([f"{word.lemma} {after.lower} {further.lower}"] if after is not None and further is not None else []),
        *([f"{word.lemma} {after.lower}"] if after is not None else []),
        *([f"{word.lemma} {particle.lower}"] if particle is not None else []),
    ]
    return next((phrase for phrase in phrases if any(rules.has(t, "verbs", phrase) for t in tables)), word.lemma)


def reverses(word: Word, dep: str, rules: Governors) -> bool:
    """Whether a governor says that what it governs is not done, not to be done, or done no more."""
    if word.lemma in _HOPES and word.pos == "NOUN":
        return _is_dim(word)
    if dep == "agent" or (dep == "nsubj" and word.lemma not in _ENDING):
        return False
    if word.pos in ("VERB", "AUX"):
        return rules.has("reverse", "verbs", base_of(word, rules, "reverse")) or _is_put_on_hold(word)
    if word.pos in ("NOUN", "PROPN"):
        return rules.has("reverse", "nouns", word.lemma) and dep in ("prep", "pobj", "acl", "compound", "pcomp")
    if word.lower == "against":
        return word.head.lemma in _AGAINST
    return word.pos == "ADJ" and rules.has("reverse", "adjectives", word.lemma)


def _is_dim(hope: Word) -> bool:
    """Whether a hope is small or has gone: "little prospect that", "hopes receded", "gave up hope"."""
    head = hope.head
    if any(c.lower in _DIM for c in hope.children if c.i < hope.i):
        return True
    over = [head] if head is not hope and hope.dep in (*_SUBJECTS, "dobj") else []
    # "Hopes that ... would ... receded": the parser may hang the verb below its subject.
    return any(verb.lemma in _DIMMING for verb in (*over, *hope.all("acl")))


def _is_put_on_hold(verb: Word) -> bool:
    return verb.lemma in ("put", "place") and any(
        w.lower == "hold" and w.dep == "pobj" and w.head.lower == "on" for w in verb.subtree()
    )


def negation(word: Word, rules: Governors) -> Word | None:
    """The word by which a trigger or one of its governors is denied; each denies once, whatever it stands beside."""
    return _denied_beside(word, rules) or _denied_by_subject(word, rules) or _denied_by_joint(word, rules)


def _denied_beside(word: Word, rules: Governors) -> Word | None:
    for child in word.children:
        adverb = rules.has("reverse", "adverbs", child.lower)
        if child.dep == "neg" or (child.dep in ("advmod", "cc", "preconj") and adverb):
            return child
        if child.dep in ("det", *_SUBJECTS) and rules.has("reverse", "determiners", child.lower):
            return child
        if child.dep == "advmod" and child.lower in ("longer", "more", "further"):
            no = next((c for c in child.children if c.lower == "no"), None)
            if no is not None:
                return no
        case = child.child("pobj") if child.dep == "prep" else None
        if case is not None and child.lower == "in" and case.lower in _STATES:
            return case
        if case is not None and case.lemma in _NO_CASE:
            no = next((c for c in case.all("det") if c.lower == "no"), None)
            if no is not None:
                return no
    yet = next((c for c in word.children if c.lower == "yet"), None)
    return yet if yet is not None and word.lemma in ("have", "be") and word.child("xcomp") is not None else None


def _denied_by_subject(word: Word, rules: Governors) -> Word | None:
    """ "*No* troops left", "*not* a single soldier", "*few* of them", "an accord is *unlikely*"."""
    for child in word.children:
        if child.dep not in (*_SUBJECTS, "dobj", "attr"):
            continue
        for beside in child.children:
            if beside.dep in ("det", "preconj", "cc", "nmod") and rules.has("reverse", "determiners", beside.lower):
                return beside
            if (
                child.dep in _SUBJECTS
                and beside.dep in ("neg", "advmod")
                and beside.i < child.i
                and rules.has("reverse", "adverbs", beside.lower)
            ):
                return beside
        if child.dep in _SUBJECTS and (few := _few(child)) is not None:
            return few
    doubtful = word.child("acomp") if word.lemma in ("be", "look", "seem", "appear", "remain") else None
    return doubtful if doubtful is not None and doubtful.lower in _UNLIKELY else None


def _is(word: Word | None, text: str) -> bool:
    return word is not None and word.lower == text


def _few(subject: Word) -> Word | None:
    """ "Few" that is neither "a few" nor "the few"."""
    few = subject if subject.lower == "few" else next((c for c in subject.all("amod") if c.lower == "few"), None)
    return few if few is not None and subject.child("det") is None and few.child("det") is None else None


def _denied_by_joint(word: Word, rules: Governors) -> Word | None:
    """ "*Without* leaving", "with *neither* side leaving", "*nor* has it left", "*instead* of leaving"."""
    joint = word.head
    if word.dep in ("pcomp", "pobj") and joint.lower == "without":
        return joint
    if (without := next((c for c in word.all("mark") if c.lower == "without"), None)) is not None:
        return without
    beside = joint.before
    if word.dep in ("pcomp", "pobj") and beside is not None and (beside.lower, joint.lower) in _APART:
        return beside
    if word.dep == "pcomp":
        held = [d for o in joint.all("pobj") for d in o.all("det", "preconj")]
        return next((d for d in held if rules.has("reverse", "determiners", d.lower)), None)
    if word.dep == "conj":
        before = [c for c in joint.subtree() if c.i < word.i]
        nor = next((c for c in before if c.lower == "nor"), None)
        return nor or next((c for c in before if c.lower == "rather" and _is(c.after, "than")), None)
    return None
