"""Who does, or is to do, the action of a claim."""

from __future__ import annotations

from servanda.core.vocabulary import Act, Action
from servanda.reading.mentions import Mentions
from servanda.reading.names import conjuncts
from servanda.reading.parsing import Word
from servanda.reading.stance import Stance

_AFFECTED = frozenset({Action.GOVERN, Action.ELECT, Action.RETURN, Action.DEPLOY, Action.WITHDRAW, Action.REMAIN})
_LIGHT = frozenset(
    {
        "hold",
        "make",
        "take",
        "have",
        "conduct",
        "carry",
        "launch",
        "stage",
        "begin",
        "start",
        "continue",
        "resume",
        "reach",
        "sign",
        "give",
        "commit",
        "plan",
        "complete",
        "suspend",
        "impose",
        "strike",
        "mount",
        "perform",
        "open",
        "lead",
        "attend",
        "declare",
        "announce",
        "stop",
        "end",
        "halt",
        "postpone",
        "cancel",
        "delay",
        "boycott",
        "lift",
        "win",
        "lose",
        "contest",
        "call",
        "violate",
        "break",
        "reject",
        "accept",
        "pursue",
        "step",
        "face",
        "join",
        "host",
        "form",
        "provide",
        "offer",
        "receive",
        "support",
        "refuse",
        "demand",
    }
)
_BY = frozenset({"by", "between", "among", "with"})


def actors(trigger: Word, action: Action, act: Act, stance: Stance, mentions: Mentions) -> tuple[str, ...]:
    """Names of the actors; empty where the text does not say."""
    words = (
        _verb_actors(trigger, action, stance)
        if trigger.pos in ("VERB", "AUX")
        else _noun_actors(trigger, action, stance)
    )
    if not words and act is Act.DEMAND and stance.governor is not None:
        words = addressee(stance.governor)
    names: list[str] = []
    for word in words:
        for part in conjuncts(word):
            for name in mentions.resolve(part):
                if name and name not in names:
                    names.append(name)
    if action in (Action.NEGOTIATE, Action.AGREE) and trigger.pos == "VERB":
        for preposition in trigger.all("prep"):
            if preposition.lower == "with":
                for partner in preposition.all("pobj"):
                    names.extend(
                        n
                        for p in conjuncts(partner)
                        for n in mentions.resolve(p)
                        if n not in names and p.pos in ("PROPN", "PRON", "NOUN")
                    )
        if trigger.lemma == "meet":
            for partner in trigger.all("dobj"):
                names.extend(n for p in conjuncts(partner) for n in mentions.resolve(p) if n not in names)
    return tuple(names)


def _verb_actors(verb: Word, action: Action, stance: Stance) -> list[Word]:
    agent = verb.child("agent")
    if agent is not None and (found := agent.all("pobj")):
        return found
    passive = verb.child("nsubjpass") is not None or verb.child("auxpass") is not None
    if passive:
        subject = verb.child("nsubjpass")
        return [_antecedent(subject, verb)] if subject is not None and action in _AFFECTED else []
    subject = verb.child("nsubj")
    if subject is not None:
        return [_antecedent(subject, verb)]
    if verb.dep == "pcomp" and verb.head.lower == "with" and (host := verb.head.child("pobj")) is not None:
        return [host]
    if verb.dep in ("acl", "amod") and verb.tag == "VBN":
        return [verb.head] if action in _AFFECTED else []
    if verb.dep in ("acl", "relcl") and verb.head.pos in ("NOUN", "PROPN") and verb.tag in ("VBG",):
        return [verb.head]
    return _controller(verb, action)


def _antecedent(subject: Word, verb: Word) -> Word:
    if subject.lower in ("who", "which", "that", "whom") and verb.dep == "relcl":
        return verb.head
    return subject


def _controller(verb: Word, action: Action) -> list[Word]:
    """The subject that an infinitive, participle or conjunct shares with the words above it."""
    current = verb
    for _ in range(6):
        head = current.head
        if head is current:
            return []
        if current.dep == "conj":
            if (s := head.child("nsubj", "nsubjpass")) is not None:
                return [_antecedent(s, head)]
        elif current.dep in ("xcomp", "ccomp", "advcl", "pcomp", "acl", "prep", "dobj", "pobj", "attr", "oprd"):
            if (
                current.dep in ("xcomp", "ccomp")
                and (o := head.child("dobj")) is not None
                and head.lemma not in ("promise", "vow", "take", "reach", "make")
            ):
                return [o]
            if head.pos in ("NOUN", "PROPN"):
                if (owner := head.child("poss")) is not None:
                    return [owner]
                if (between := _between(head)) is not None:
                    return between
            elif (s := head.child("nsubj", "nsubjpass")) is not None:
                return [_antecedent(s, head)]
        elif current.dep == "relcl":
            return [head]
        current = head
    return []


def _between(noun: Word) -> list[Word] | None:
    for preposition in noun.all("prep", "agent"):
        if preposition.lower in _BY and (found := preposition.all("pobj")):
            return found
    return None


def _noun_actors(noun: Word, action: Action, stance: Stance) -> list[Word]:
    owner = noun.child("poss")
    partners = [] if action not in (Action.NEGOTIATE, Action.AGREE) else (_between(noun) or [])
    if owner is not None:
        return [owner, *partners]
    if (found := _between(noun)) is not None and action in (Action.NEGOTIATE, Action.AGREE, Action.ATTACK):
        return found
    for preposition in noun.all("prep", "agent"):
        if preposition.lower == "by" and (found := preposition.all("pobj")):
            return found
    for modifier in noun.all("amod", "compound", "nmod"):
        if modifier.entity in ("NORP", "GPE", "ORG"):
            return [modifier]
    if action in (Action.WITHDRAW, Action.DEPLOY, Action.RETURN, Action.REMAIN, Action.GOVERN, Action.DISARM):
        for preposition in noun.all("prep"):
            if preposition.lower == "of" and (found := preposition.all("pobj")):
                return found
    head = noun.head
    if noun.dep in ("dobj", "pobj", "attr"):
        verb = head if noun.dep != "pobj" else head.head
        if verb.pos in ("VERB", "AUX") and verb.lemma in _LIGHT:
            return _verb_actors(verb, action, stance)
    if noun.dep == "nsubjpass" and (agent := head.child("agent")) is not None:
        return agent.all("pobj")
    return []


def addressee(governor: Word) -> list[Word]:
    """Whom a demand is addressed to: "urged Russia to", "called on Russia for", "a call to Russia"."""
    if (found := governor.all("dobj", "nsubjpass", "dative")) and governor.pos == "VERB":
        return [w for w in found if w.pos in ("PROPN", "NOUN", "PRON")]
    for preposition in governor.all("prep"):
        if preposition.lower in ("on", "upon", "to") and (found := preposition.all("pobj")):
            return found
    return []
