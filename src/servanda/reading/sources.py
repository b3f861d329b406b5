"""Whom the text attributes a claim to: speakers, "according to", continued quotation, who commits or demands."""

from __future__ import annotations

from servanda.core.vocabulary import Act
from servanda.reading.lexicon import Lexicon
from servanda.reading.mentions import Mentions
from servanda.reading.names import conjuncts, name_of
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance


def source(
    trigger: Word, act: Act, stance: Stance, parse: Parse, mentions: Mentions, lexicon: Lexicon, quoted: bool
) -> str | None:
    """The claim's source as a name, or `None` where the outlet says it in its own voice."""
    if (
        act in (Act.COMMIT, Act.DEMAND)
        and stance.governor is not None
        and (who := _actor_of(stance.governor, lexicon)) is not None
    ):
        return _named(who, mentions)
    speaker = _speaker(trigger, lexicon)
    if speaker is not None:
        return _named(speaker, mentions)
    if quoted and mentions.speaker:
        return mentions.speaker
    if act in (Act.COMMIT,) and stance.clause is not None and (s := stance.clause.child("nsubj")) is not None:
        return _named(s, mentions)
    return None


def instrument(trigger: Word, lexicon: Lexicon) -> Word | None:
    """The agreement, resolution or law that stipulates: "the treaty provides for", "under the accord", "a deal on"."""
    for current in (trigger, *trigger.ancestors()):
        if current is not trigger and _is_instrument(current, lexicon):
            return current
        if (subject := current.child("nsubj")) is not None and _is_instrument(subject, lexicon):
            return subject
        for preposition in current.all("prep"):
            held = preposition.child("pobj") if preposition.lower in ("under", "in", "by") else None
            if held is not None and held is not trigger and _is_instrument(held, lexicon):
                return held
        if current.dep == "relcl":
            return None
    return None


def _is_instrument(word: Word, lexicon: Lexicon) -> bool:
    return word.pos in ("NOUN", "PROPN") and lexicon.governors.has("stipulate", "instruments", word.lemma)


def main_speaker(parse: Parse, lexicon: Lexicon) -> Word | None:
    """Who speaks in a sentence as a whole: the subject of its outermost verb of saying."""
    for word in parse.words:
        if (
            word.pos == "VERB"
            and word.lemma in lexicon.speech["said"]
            and (word.head is word or word.dep in ("ccomp", "conj", "parataxis"))
        ):
            subject = word.child("nsubj")
            if subject is not None and word.lemma in (
                "say",
                "tell",
                "add",
                "state",
                "note",
                "declare",
                "warn",
                "write",
                "insist",
                "stress",
                "announce",
            ):
                return subject
    return None


def _speaker(trigger: Word, lexicon: Lexicon) -> Word | None:
    """The subject of the verb of saying that the trigger depends on, or who it is "according to"."""
    previous = trigger
    background = False
    for current in (trigger, *trigger.ancestors()):
        if (who := _according_to(current)) is not None:
            return who
        says = current is not trigger and current.pos == "VERB" and current.lemma in lexicon.speech["said"]
        if says and not background and _is_said(previous, current):
            return _sayer(current)
        if current.dep == "relcl" and current.head.dep != "nsubj":
            background = True
        previous = current
    return None


def _according_to(word: Word) -> Word | None:
    for child in word.children:
        if child.lower == "according":
            return (child.child("prep") or child).child("pobj")
    return None


def _is_said(content: Word, verb: Word) -> bool:
    if content.dep == "advcl":
        return verb.lemma == "say"
    return content.dep in ("ccomp", "xcomp", "dobj", "prep", "parataxis", "pcomp")


def _sayer(verb: Word) -> Word | None:
    """Who says it: subject, passive agent, or the subject that a participle or conjunct shares with its head."""
    if (subject := verb.child("nsubj")) is not None:
        return verb.head if subject.lower in ("who", "which") and verb.dep == "relcl" else subject
    if (agent := verb.child("agent")) is not None:
        return agent.child("pobj")
    if verb.dep in ("advcl", "conj", "xcomp", "acl") and verb.child("nsubjpass") is None:
        return verb.head.child("nsubj")
    return None


def _actor_of(governor: Word, lexicon: Lexicon) -> Word | None:
    if governor.pos in ("VERB", "AUX"):
        if (agent := governor.child("agent")) is not None and (who := agent.child("pobj")) is not None:
            return who
        current = governor
        for _ in range(4):
            if (subject := current.child("nsubj")) is not None:
                return current.head if subject.lower in ("who", "which", "that") and current.dep == "relcl" else subject
            if current.dep not in ("conj", "xcomp", "advcl", "ccomp", "acl", "pcomp", "prep"):
                return None
            current = current.head
        return None
    if (owner := governor.child("poss")) is not None:
        return owner
    for preposition in governor.all("prep"):
        if preposition.lower in ("by", "from") and (who := preposition.child("pobj")) is not None:
            return who
    for modifier in governor.all("compound", "amod", "nmod"):
        if modifier.entity in ("NORP", "GPE", "ORG", "PERSON"):
            return modifier
    head = governor.head
    if governor.dep in ("dobj", "attr") and head.pos in ("VERB", "AUX"):
        return head.child("nsubj")
    return None


def _named(word: Word, mentions: Mentions) -> str | None:
    if len(conjuncts(word)) > 1 and word.pos == "PROPN":
        return " and ".join(name_of(w) for w in conjuncts(word))
    names = mentions.resolve(word)
    if not names:
        return None
    return names[0]
