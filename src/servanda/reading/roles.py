"""How a word or a time expression stands to a trigger: the features by which actors, sources and dates are chosen."""

from __future__ import annotations

from servanda.core.vocabulary import Act, Action
from servanda.reading.lexicon import Lexicon
from servanda.reading.names import is_within_name, starts_name
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance

_LONGEST = 7


def path(trigger: Word, other: Word) -> tuple[str, Word]:
    """The dependencies from a trigger up (`^`) and down (`_`) to another word, and the word where they turn."""
    above = {w.i: n for n, w in enumerate([trigger, *trigger.ancestors()])}
    down: list[Word] = []
    current = other
    while current.i not in above:
        down.append(current)
        current = current.head
    up: list[str] = []
    walker = trigger
    while walker is not current:
        up.append(f"^{walker.dep}")
        walker = walker.head
    steps = up + [f"_{w.dep}" + (f":{w.lower}" if w.dep in ("prep", "agent") else "") for w in reversed(down)]
    return (" ".join(steps) if len(steps) <= _LONGEST else "far"), current


def nominals(parse: Parse) -> list[Word]:
    """The words that may name somebody: heads of noun phrases, pronouns, and adjectives of nationality."""
    return [
        w
        for w in parse.words
        if (
            (
                w.pos in ("NOUN", "PROPN")
                and w.dep not in ("nmod",)
                and not (w.dep == "compound" and (w.head.pos == "PROPN" or _describes(w)))
            )
            or w.tag in ("PRP", "PRP$", "WP")
            or (w.pos == "ADJ" and w.entity in ("NORP", "GPE"))
        )
        and w.entity not in ("DATE", "TIME", "MONEY", "PERCENT")
        and w.dep != "expl"
        and not is_within_name(w)
        and not starts_name(w)
    ]


def _describes(word: Word) -> bool:
    """Whether a noun only says what the name after it is: "the *group* Doctors for Peace"."""
    return word.text.islower() and word.head.text[0].isupper() and word.head.i > word.i


def features(
    trigger: Word,
    other: Word,
    act: Act,
    action: Action,
    stance: Stance,
    lexicon: Lexicon,
    chosen: bool,
    relation: str | None = None,
) -> dict[str, float]:
    """The features of a pair of words: `chosen` says whether the rules chose it, `relation` how they stand."""
    way, turn = path(trigger, other)
    kind = "verb" if trigger.pos in ("VERB", "AUX") else "noun"
    tables = lexicon.governors.tables
    turned = "+".join(
        name for name in ("commit", "demand", "predict", "report") if turn.lemma in tables[name].get("verbs", ())
    )
    short = " ".join(step.split(":")[0] for step in way.split())
    classes = lexicon.classes_of(other.lemma)
    names = [
        f"chosen={chosen}",
        f"chosen={chosen}&{act}",
        f"chosen={chosen}&{kind}",
        f"chosen={chosen}&{other.pos}/{other.entity}",
        f"path={way}",
        f"path={short}&{kind}",
        f"path={short}&{turned}",
        f"path={short}&{act}",
        f"path={short}&{action}",
        f"path={short}&{turn.lemma}",
        f"turn={turned}&{other.dep}&{act}",
        f"dep={other.dep}&{kind}",
        f"dep={other.dep}&{other.pos}/{other.entity}",
        f"head={other.head.lemma}&{other.dep}",
        f"pos={other.pos}/{other.entity}",
        f"{action}&{other.pos}/{other.entity}",
        f"lemma={other.lemma}" if other.pos != "PROPN" else "name",
        f"pronoun={other.lower}&{act}" if other.pos == "PRON" else "full",
        f"before={other.i < trigger.i}&{act}",
        f"far={min(5, abs(other.i - trigger.i) // 4)}",
        "same" if other is trigger else "other",
        f"passive={trigger.child('nsubjpass', 'auxpass') is not None}&{short}",
        f"governed={stance.governed_as}&{short}",
        f"ofgovernor={stance.governor is not None and other.head is stance.governor}&{other.dep}&{act}",
    ]
    if relation is not None:
        last = relation.rsplit(":", 1)[-1]
        subject = trigger.child("nsubj", "agent", "nsubjpass")
        own = f"{subject.dep}/{subject.pos}" if subject is not None else "none"
        owner = other.child("poss")
        possessed = owner.tag if owner is not None else None
        names += [
            f"relation={relation}",
            f"relation={relation}&{action}",
            f"relation={relation}&{act}",
            f"relation={relation}&{kind}",
            f"relation={relation}&{trigger.lemma}",
            f"relation={relation}&{other.pos}/{other.entity}",
            f"last={last}",
            f"last={last}&{action}&{kind}",
            f"last={last}&{act}",
            f"relation={relation}&own={own}",
            f"last={last}&own={own}&{action}",
            f"possessed={possessed}&{last}",
        ]
    names += [f"class={name}" for name in classes]
    names += [f"class={name}&{action}" for name in classes]
    if other.dep == "pobj":
        names += [
            f"prep={other.head.lower}&{action}",
            f"prep={other.head.lower}&{kind}",
            f"over={other.head.head.lemma}&{other.head.lower}",
        ]
    return dict.fromkeys(names, 1.0)
