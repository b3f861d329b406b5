"""How a sentence speaks of an action: the words that govern it, and from them act, polarity and certainty.

The rules here make a first proposal and the features that the trained decision weighs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from servanda.core.vocabulary import Act, Certainty, Polarity
from servanda.reading.lexicon import Governors, Lexicon, table
from servanda.reading.negation import base_of, negation, reverses
from servanda.reading.parsing import Word

_CHAIN = table("acts")["chain"]
_TRANSPARENT = frozenset(_CHAIN["transparent"])
_FUTURE = frozenset({"will", "'ll", "shall", "wo", "’ll"})
_MAY = frozenset({"may", "might", "could", "can", "ca"})
MUST = frozenset({"must", "should", "ought"})
CONDITIONS = frozenset({"if", "unless", "until", "once", "whether"})
_LONGEST_CHAIN = 8
_GOVERNING = frozenset(_CHAIN["governing"])
"""Prepositions through which a word governs; "after", "in", "during" and the like only say when and where."""
_OBLIGES = frozenset({"suppose", "oblige", "entitle", "mandate", "bind", "permit", "empower"})
_DISCUSSING = frozenset({"discuss", "negotiate", "consider", "debate", "mull", "weigh", "study", "contemplate"})
_NEEDS_CLAUSE = frozenset(_CHAIN["needs_clause"])


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
    discussed: bool = False
    """It is what is talked about: "ready to discuss a withdrawal"."""
    background: bool = False
    """It stands in a relative clause."""
    promise: bool = False
    """It was promised, and the sentence says whether the promise was kept: "went back on its pledge to leave"."""


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
    decided = outside = False
    turning: set[int] = set()
    for position, (current, dep) in enumerate(chain):
        below = chain[position - 1][0] if position else None
        if below is not None and dep == "prep" and below.lower not in _GOVERNING:
            # "after", "in", "during", "with": what stands above is another statement.
            outside = True
        if outside:
            if result.clause is None and current.pos in ("VERB", "AUX"):
                result.clause = current
            continue
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
            and (not _says(current, rules) or current.lemma == "deny")
            and reverses(current, dep, rules)
            and (not decided or current is result.governor)
        ):
            negative = not negative
            result.reversals.append(current.lemma)
            turning.add(current.i)
        if (treated := _treatment_of_promise(current, result, rules)) is not None:
            result.promise = True
            if treated == "broken":
                negative = not negative
                result.reversals.append(current.lemma)
        denying = negation(current, rules)
        told = _says(current, rules) and current is not word and current.i not in turning
        if denying is not None and denying.i not in turning and not told:
            negative = not negative
            result.negations.append(denying.lower)
            turning.add(denying.i)
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
    result.discussed = word.pos in ("NOUN", "PROPN") and any(
        dep == "dobj" and g.lemma in _DISCUSSING for g, dep in result.steps[:1]
    )
    if (condition := _condition(word, result)) is not None:
        result.hedges.append(condition)
    result.polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
    _decide(result, word, rules)
    return result


def _treatment_of_promise(verb: Word, result: Stance, rules: Governors) -> str | None:
    """Whether a verb says that the promise by which the trigger is governed was `kept` or `broken`."""
    promise = result.governor
    if promise is None or promise.pos != "NOUN" or result.governed_as != "commit" or verb.pos != "VERB":
        return None
    holder = promise.head.head if promise.dep == "pobj" else promise.head
    if holder is not verb or not _is_told(verb, rules):
        return None
    return next((how for how in ("kept", "broken") if rules.has(how, "verbs", base_of(verb, rules, how))), None)


def _is_told(verb: Word, rules: Governors) -> bool:
    """Whether a verb says what was or was not so; not what is asked for, hoped for or promised, nor a condition."""
    if (
        _is_infinitive(verb)
        or _modal(verb) is not None
        or any(w.lower in CONDITIONS for w in verb.all("mark", "advmod"))
    ):
        return False
    # A bare form is an order ("keep your word") or what is demanded ("that Turkey keep its word"), but not after "did".
    if verb.tag == "VB" and not any(aux.lemma == "do" for aux in verb.all("aux")):
        return False
    return all(
        dep in ("conj", "relcl") or (_governs(above, below, dep, rules) is None and above.lemma != "deny")
        for above, below, dep in _upwards(verb)
    )


def _upwards(word: Word) -> list[tuple[Word, Word, str]]:
    """Each word above, with the one through which it holds and the dependency of that."""
    chain = [word, *(above for above, _ in steps(word))]
    return [(above, below, below.dep) for below, above in pairwise(chain)]


def _decide(result: Stance, word: Word, rules: Governors) -> None:
    governor, kind = result.governor, result.governed_as
    if result.promise:
        result.act = Act.REPORT
    elif kind is not None and governor is not None:
        result.act = Act(kind)
        if kind == "demand" and _in_instrument(governor, rules):
            result.act = Act.STIPULATE
        if rules.has(kind, "possible", governor.lemma) or (
            kind == "predict" and not rules.has("predict", "certain", governor.lemma)
        ):
            result.certainty = Certainty.POSSIBLE
    elif _by_instrument(word, result.clause, rules):
        result.act = Act.STIPULATE
    elif result.purpose:
        result.act, result.certainty = Act.PREDICT, Certainty.POSSIBLE
    elif result.modal in MUST:
        result.act = Act.DEMAND
    elif result.modal in _FUTURE or result.modal in ("to", "would", "'d"):
        result.act = Act.COMMIT if _speaks_for_itself(result) else Act.PREDICT
    elif any(hedge in CONDITIONS for hedge in result.hedges):
        result.act = Act.PREDICT
    elif result.modal in _MAY:
        result.act, result.certainty = Act.PREDICT, Certainty.POSSIBLE
    elif any(rules.has("predict", "adjectives", c.lemma) for c in word.all("amod")):
        result.act = Act.PREDICT
    if result.hedges:
        result.certainty = Certainty.POSSIBLE


def _by_instrument(word: Word, clause: Word | None, rules: Governors) -> bool:
    """Whether an instrument itself does it: "the resolution extends the mandate"."""
    if clause is None or word.pos not in ("VERB", "AUX"):
        return False
    subject = word.child("nsubj")
    return (
        subject is not None and rules.has("stipulate", "instruments", subject.lemma) and word.child("auxpass") is None
    )


def _in_instrument(governor: Word, rules: Governors) -> bool:
    """Whether a demand is an instrument's: "ordered under the accord to", "an agreement including a demand"."""
    if governor.pos in ("VERB", "AUX"):
        if governor.child("agent") is not None:
            return False
        where = [p.child("pobj") for p in governor.all("prep") if p.lower in ("under", "in", "by")]
        passive = governor.child("nsubjpass", "auxpass") is not None
        return passive and any(w is not None and rules.has("stipulate", "instruments", w.lemma) for w in where)
    holder = governor.head.head if governor.dep == "pobj" else governor.head
    if governor.dep == "dobj" and (subject := holder.child("nsubj")) is not None:
        holder = subject
    return governor.dep in ("pobj", "dobj") and rules.has("stipulate", "instruments", holder.lemma)


def _condition(word: Word, result: Stance) -> str | None:
    """The conjunction that makes the trigger's clause a condition or an awaited event: "if", "until", "once"."""
    for current in (word, result.clause):
        if current is not None and current.dep in ("advcl", "pcomp", "ccomp"):
            found = next((c.lower for c in current.all("mark", "advmod") if c.lower in CONDITIONS), None)
            if found:
                return found
    return None


def _governs(governor: Word, below: Word, dep: str, rules: Governors) -> str | None:
    """As what a word governs the one below it: demand, commit, predict, stipulate; `None` where it does not."""
    lemma = base_of(governor, rules, "commit", "demand", "predict")
    if dep == "prep" and below.lower not in _GOVERNING:
        return None
    if lemma in _NEEDS_CLAUSE and dep not in ("xcomp", "ccomp", "dobj" if lemma == "invite" else "xcomp"):
        return None
    if governor.pos in ("VERB", "AUX"):
        if lemma in _OBLIGES and governor.tag == "VBN" and dep == "xcomp":
            return "stipulate"
        if lemma == "need" and dep == "nsubj" and below.pos == "NOUN" and governor.child("xcomp") is not None:
            return "demand"
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
        if dep == "acl" and _is_infinitive(below) and not _is_addressed(governor, rules):
            return "predict"
    elif governor.pos == "ADJ" and dep in ("xcomp", "prep", "ccomp"):
        for kind in ("commit", "demand", "predict"):
            if rules.has(kind, "adjectives", lemma):
                return kind
    return None


def _is_addressed(noun: Word, rules: Governors) -> bool:
    """Whether a noun is who is told or forbidden to do something: "forbids *either side* to block the road"."""
    verb = noun.head
    return noun.dep == "dobj" and any(rules.has(kind, "verbs", verb.lemma) for kind in ("demand", "stipulate"))


def _says(word: Word, rules: Governors) -> bool:
    return rules.has("report", "verbs", word.lemma) and word.pos == "VERB"


def _modal(verb: Word) -> str | None:
    for child in verb.children:
        if child.dep in ("aux", "auxpass") and child.tag == "MD":
            return child.lower
    if verb.lemma in ("have", "need") and verb.child("xcomp"):
        return None
    if (
        verb.head.lemma in ("have", "need")
        and not any(c.lower == "yet" for c in verb.head.children)
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
