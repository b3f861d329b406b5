"""How a sentence speaks of an action: the words that govern it, and from them act, polarity and certainty.

The rules here make a first proposal and the features that the trained decision weighs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.core.vocabulary import Act, Certainty, Polarity
from servanda.reading.lexicon import Governors, Lexicon
from servanda.reading.parsing import Word

_TRANSPARENT = frozenset(
    {
        "dobj",
        "pobj",
        "pcomp",
        "xcomp",
        "ccomp",
        "attr",
        "acomp",
        "oprd",
        "conj",
        "prep",
        "nsubj",
        "nsubjpass",
        "agent",
        "acl",
        "compound",
        "dative",
        "advcl",
        "amod",
        "poss",
        "appos",
        "npadvmod",
        "nmod",
        "prt",
        "advmod",
        "parataxis",
        "csubj",
        "csubjpass",
    }
)
_FUTURE = frozenset({"will", "'ll", "shall", "wo", "’ll"})
_MAY = frozenset({"may", "might", "could", "can", "ca"})
_MUST = frozenset({"must", "should", "ought"})
_LONGEST_CHAIN = 8


@dataclass(slots=True)
class Stance:
    """What the words around a trigger say about it. `steps` are its governors, nearest first."""

    act: Act = Act.REPORT
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    clause: Word | None = None
    """The verb that carries tense and modality for the trigger."""
    governor: Word | None = None
    """The word by which it is committed to, demanded, predicted or stipulated, where there is one."""
    governed_as: str | None = None
    modal: str | None = None
    reversals: list[str] = field(default_factory=list)
    negations: list[str] = field(default_factory=list)
    hedges: list[str] = field(default_factory=list)
    steps: list[tuple[Word, str]] = field(default_factory=list)
    purpose: bool = False
    background: bool = False
    """It stands in a relative clause."""


def steps(word: Word) -> list[tuple[Word, str]]:
    """The words above a trigger that may govern it, with the dependency by which each does, nearest first."""
    found: list[tuple[Word, str]] = []
    current = word
    while current.head is not current and len(found) < _LONGEST_CHAIN:
        dep = current.dep
        if dep == "conj":
            # A conjunct shares what governs the first one; the first conjunct itself governs nothing.
            current = current.head
            continue
        if dep not in _TRANSPARENT and dep != "relcl":
            break
        current = current.head
        found.append((current, dep))
        if dep == "relcl":
            break
    return found


def stance(word: Word, lexicon: Lexicon, *, contrary: bool = False) -> Stance:
    """The rules' proposal for a trigger."""
    rules = lexicon.governors
    result = Stance()
    result.steps = steps(word)
    negative = contrary
    chain: list[tuple[Word, str]] = [(word, "")]
    for governor, dep in result.steps:
        if dep == "relcl":
            result.background = True
            break
        chain.append((governor, dep))
    decided = False
    for position, (current, dep) in enumerate(chain):
        below = chain[position - 1][0] if position else None
        if below is not None and not decided:
            kind = _governs(current, below, dep, rules)
            if kind is not None:
                result.governor, result.governed_as, decided = current, kind, True
        if below is not None and dep in ("advcl",) and not decided:
            if _is_infinitive(below):
                result.purpose = True
                decided = True
            break
        if (
            current is not word
            and not _says(current, rules)
            and _reverses(current, dep, rules)
            and (not decided or current is result.governor)
        ):
            negative = not negative
            result.reversals.append(current.lemma)
        negation = _negation(current, rules)
        if negation and not (_says(current, rules) and current is not word):
            negative = not negative
            result.negations.append(negation)
        if current.pos in ("VERB", "AUX") and not (_says(current, rules) and current is not word):
            modal = _modal(current)
            if result.clause is None:
                result.clause = current
            if modal and result.modal is None and not decided:
                result.modal = modal
        result.hedges.extend(
            c.lower for c in current.children if rules.has("hedge", "words", c.lemma) and c.dep != "pobj"
        )
        if decided and result.governor is current:
            continue
        if _says(current, rules) and current is not word:
            break
    if result.clause is None:
        result.clause = next((g for g, _ in result.steps if g.pos in ("VERB", "AUX")), None)
    result.polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
    _decide(result, word, rules)
    return result


def _decide(result: Stance, word: Word, rules: Governors) -> None:
    governor, kind = result.governor, result.governed_as
    if kind is not None and governor is not None:
        result.act = Act(kind)
        if rules.has(kind, "possible", governor.lemma) or (
            kind == "predict" and not rules.has("predict", "certain", governor.lemma)
        ):
            result.certainty = Certainty.POSSIBLE
    elif result.purpose:
        result.act, result.certainty = Act.PREDICT, Certainty.POSSIBLE
    elif result.modal in _MUST:
        result.act = Act.DEMAND
    elif result.modal in _FUTURE or result.modal in ("to", "would", "'d"):
        result.act = Act.COMMIT if _speaks_for_itself(result) else Act.PREDICT
    elif result.modal in _MAY:
        result.act, result.certainty = Act.PREDICT, Certainty.POSSIBLE
    elif any(rules.has("predict", "adjectives", c.lemma) for c in word.all("amod")):
        result.act = Act.PREDICT
    if result.hedges:
        result.certainty = Certainty.POSSIBLE


def _governs(governor: Word, below: Word, dep: str, rules: Governors) -> str | None:
    """As what a word governs the one below it: demand, commit, predict, stipulate; `None` where it does not."""
    lemma = governor.lemma
    if governor.pos in ("VERB", "AUX"):
        if dep in ("nsubj", "agent") or (dep == "nsubjpass" and below.pos not in ("NOUN", "PROPN")):
            return None
        infinitive = dep == "xcomp" or (dep == "ccomp" and _is_infinitive(below))
        subject = governor.child("nsubj")
        for kind in ("demand", "commit", "predict"):
            if rules.has(kind, "verbs", lemma):
                if (
                    kind == "demand"
                    and lemma in ("seek", "call", "need", "push")
                    and dep not in ("xcomp", "prep", "dobj", "ccomp")
                ):
                    continue
                if (
                    kind == "demand"
                    and lemma in ("want", "seek", "threaten", "propose")
                    and infinitive
                    and below.child("nsubj") is None
                ):
                    continue
                if lemma == "call" and dep == "dobj":
                    continue
                if kind == "demand" and subject is not None and rules.has("stipulate", "instruments", subject.lemma):
                    return "stipulate"
                if (
                    kind == "commit"
                    and lemma in ("decide", "approve", "accept", "declare", "authorize", "authorise", "reject")
                    and dep == "dobj"
                ):
                    continue
                return kind
        if (
            rules.has("stipulate", "verbs", lemma)
            and subject is not None
            and rules.has("stipulate", "instruments", subject.lemma)
        ):
            return "stipulate"
    elif governor.pos in ("NOUN", "PROPN") and dep in ("acl", "prep", "pobj", "pcomp", "ccomp", "relcl"):
        for kind in ("commit", "demand", "predict"):
            if rules.has(kind, "nouns", lemma):
                return kind
        if lemma in ("agreement", "deal", "accord") and dep == "acl" and _is_infinitive(below):
            return "commit"
        if dep == "acl" and _is_infinitive(below):
            return "predict"
    elif governor.pos == "ADJ" and dep in ("xcomp", "prep", "ccomp"):
        for kind in ("commit", "demand", "predict"):
            if rules.has(kind, "adjectives", lemma):
                return kind
    return None


def _says(word: Word, rules: Governors) -> bool:
    return rules.has("report", "verbs", word.lemma) and word.pos == "VERB"


def _reverses(word: Word, dep: str, rules: Governors) -> bool:
    if dep == "agent" or (
        dep == "nsubj" and word.lemma not in ("end", "stop", "collapse", "cease", "fail", "stall", "halt")
    ):
        return False
    if word.pos in ("VERB", "AUX"):
        return rules.has("reverse", "verbs", word.lemma)
    if word.pos in ("NOUN", "PROPN"):
        return rules.has("reverse", "nouns", word.lemma) and dep in ("prep", "pobj", "acl", "compound", "pcomp")
    return word.pos == "ADJ" and rules.has("reverse", "adjectives", word.lemma)


def _negation(word: Word, rules: Governors) -> str | None:
    for child in word.children:
        if child.dep == "neg" or (
            child.dep in ("advmod", "cc", "preconj") and rules.has("reverse", "adverbs", child.lower)
        ):
            return child.lower
        if child.dep in ("det", "nsubj", "nsubjpass") and rules.has("reverse", "determiners", child.lower):
            return child.lower
        if child.dep in ("nsubj", "nsubjpass", "dobj", "attr") and any(
            c.dep in ("det", "preconj", "cc", "nmod") and rules.has("reverse", "determiners", c.lower)
            for c in child.children
        ):
            return "no"
    if word.dep in ("pcomp", "pobj") and word.head.lower == "without":
        return "without"
    return None


def _modal(verb: Word) -> str | None:
    for child in verb.children:
        if child.dep in ("aux", "auxpass") and child.tag == "MD":
            return child.lower
    if verb.lemma in ("have", "need") and verb.child("xcomp"):
        return None
    if (
        verb.head.lemma in ("have", "need")
        and verb.dep == "xcomp"
        and _is_infinitive(verb)
        and verb.head.pos in ("VERB", "AUX")
    ):
        return "must"
    if verb.head.lemma == "go" and verb.dep == "xcomp" and verb.head.tag == "VBG":
        return "will"
    if verb.head.lemma == "be" and verb.dep == "xcomp" and _is_infinitive(verb):
        return "to"
    return None


def _is_infinitive(verb: Word) -> bool:
    return any(c.dep == "aux" and c.lower == "to" for c in verb.children)


def _speaks_for_itself(result: Stance) -> bool:
    """Whether the one who will act is the one who says so ("we will", "the minister said he would")."""
    subject = next(
        (
            s
            for w in [result.clause, *(g for g, _ in result.steps)]
            if w is not None and (s := w.child("nsubj", "nsubjpass"))
        ),
        None,
    )
    return subject is not None and subject.lower in ("i", "we", "he", "she", "they")
