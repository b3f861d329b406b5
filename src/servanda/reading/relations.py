"""In which grammatical relation a noun phrase stands to a trigger: the agent of its clause, its possessor, who controls
an infinitive, whom a demand addresses. The relation is named whatever words stand between, so that few examples teach
what each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from servanda.reading.names import conjuncts
from servanda.reading.parsing import Word
from servanda.reading.stance import Stance

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_PARTNERS = frozenset({"between", "among", "by", "with", "of", "from", "against", "for", "in", "to", "on", "under"})
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "take", "reach", "make", "pledge", "swear", "use"})
_CLIMBS = frozenset(
    {"xcomp", "ccomp", "advcl", "pcomp", "acl", "prep", "dobj", "pobj", "attr", "oprd", "conj", "acomp", "relcl", "dep"}
)
_FARTHEST = 7


def relations(trigger: Word, stance: Stance) -> Mapping[int, str]:
    """The relation of each word, by its index, that has one; the nearest where it has several."""
    found: dict[int, str] = {}
    for word, relation in _relations(trigger, stance):
        for part in conjuncts(word):
            found.setdefault(part.i, relation)
    return found


def _relations(trigger: Word, stance: Stance) -> Iterator[tuple[Word, str]]:
    if trigger.pos in _VERBS:
        yield from _of_verb(trigger, "")
    else:
        yield from _of_noun(trigger, "")
    yield from _above(trigger)
    if stance.governor is not None:
        yield from _of_governor(stance.governor)


def _of_verb(verb: Word, prefix: str) -> Iterator[tuple[Word, str]]:
    """The arguments that a verb has itself."""
    for agent in verb.all("agent"):
        yield from ((w, f"{prefix}agent") for w in agent.all("pobj"))
    passive = verb.child("nsubjpass", "auxpass") is not None
    for subject in verb.all("nsubj", "nsubjpass", "csubj"):
        side = "passive" if subject.dep == "nsubjpass" or passive else "subject"
        if subject.lower in _RELATIVE and verb.dep == "relcl":
            yield verb.head, f"{prefix}antecedent-{side}"
        else:
            yield subject, f"{prefix}{side}"
    if verb.dep == "relcl" and not verb.all("nsubj", "nsubjpass"):
        yield verb.head, f"{prefix}antecedent-bare"
    if verb.dep in ("acl", "amod") and verb.head.pos in _NOUNS:
        yield verb.head, f"{prefix}modified-{verb.tag}"
    for modifier in verb.all("npadvmod", "compound", "nmod", "amod"):
        yield modifier, f"{prefix}beside"
    for word in verb.all("dobj", "attr"):
        yield word, f"{prefix}object"
    for word in verb.all("dative"):
        yield word, f"{prefix}receiver"
    yield from _partners(verb, prefix)


def _of_noun(noun: Word, prefix: str) -> Iterator[tuple[Word, str]]:
    """Possessor, nationality, and who is named by prepositions."""
    for word in noun.all("poss"):
        yield word, f"{prefix}possessor"
    yield from _partners(noun, prefix)
    for modifier in noun.all("amod", "compound", "nmod", "npadvmod"):
        yield modifier, f"{prefix}modifier" if modifier.pos != "VERB" else f"{prefix}participle"
        for inner in modifier.all("npadvmod", "compound", "amod", "nmod"):
            yield inner, f"{prefix}modifier-{modifier.pos}"
    for clause in noun.all("acl", "relcl"):
        for agent in clause.all("agent"):
            yield from ((w, f"{prefix}clause-agent") for w in agent.all("pobj"))
        for subject in clause.all("nsubj"):
            if subject.lower not in _RELATIVE:
                yield subject, f"{prefix}clause-subject"
        yield from _partners(clause, f"{prefix}clause-")
    if noun.dep in ("nmod", "compound") and noun.head.pos in _NOUNS:
        yield noun.head, f"{prefix}headed"
    yield noun, f"{prefix}itself"


def _partners(word: Word, prefix: str) -> Iterator[tuple[Word, str]]:
    for preposition in word.all("prep", "agent"):
        if preposition.lower in _PARTNERS:
            yield from ((w, f"{prefix}{preposition.lower}") for w in preposition.all("pobj"))


def _above(trigger: Word) -> Iterator[tuple[Word, str]]:
    """Who shares the trigger's clause, or controls it from the clauses above, nearest first."""
    current, height = trigger, 0
    links: list[str] = []
    for _ in range(_FARTHEST):
        head, dep = current.head, current.dep
        if head is current or dep not in (*_CLIMBS, "nsubj", "nsubjpass", "appos", "compound", "amod", "poss"):
            return
        if head.pos in _VERBS:
            if dep in ("nsubj", "nsubjpass"):
                link = f"is-{dep}"
            elif dep in ("xcomp", "ccomp", "pcomp") and head.child("dobj") is not None:
                link = "infinitive-of-object" if head.lemma not in _SUBJECT_CONTROL else "infinitive"
            else:
                link = {"xcomp": "infinitive", "conj": "coordinated"}.get(dep, dep)
            if dep == "prep" and current.lower in ("after", "before", "during", "in", "for", "to", "on"):
                link = f"prep-{current.lower}"
            links.append(link)
            yield from _of_verb(head, "<".join(links[-2:]) + ":")
            height += 1
            if height == 3:
                return
        elif head.pos in _NOUNS and dep not in ("compound",):
            links.append(f"noun-{dep}")
            yield from (
                (w, f"{'<'.join(links[-2:])}:{r}")
                for w, r in _of_noun(head, "")
                if r in ("possessor", "modifier", "by", "between", "of", "from", "to", "on", "itself")
            )
        elif dep == "conj":
            links.append("coordinated")
        current = head


def _of_governor(governor: Word) -> Iterator[tuple[Word, str]]:
    if governor.pos in _VERBS:
        yield from _of_verb(governor, "governor:")
    else:
        yield from _of_noun(governor, "governor-noun:")
