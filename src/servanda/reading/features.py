"""What the trained decision sees of a candidate: words as named features, each with a value."""

from __future__ import annotations

from collections.abc import Sequence

from servanda.core.vocabulary import Action
from servanda.reading.lexicon import Entry, Lexicon
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance
from servanda.reading.triggers import Candidate, participants

Features = dict[str, float]


def context_of(word: Word, parse: Parse, stance: Stance, lexicon: Lexicon, quoted: bool) -> list[str]:
    """What surrounds a candidate, whatever its action."""
    head = word.head
    found = [
        f"dep={word.dep}",
        f"tag={word.tag}",
        f"pos={word.pos}",
        f"head={head.lemma}" if head is not word else "head=ROOT",
        f"headpos={head.pos}",
        f"part={parse.part}",
    ]
    if word.dep == "pobj":
        found += [f"prep={head.lower}", f"over={head.head.lemma}/{head.lower}"]
    determiner = word.child("det")
    if word.pos in ("NOUN", "PROPN"):
        found.append(f"det={determiner.lower if determiner else 'poss' if word.child('poss') else '-'}")
        found.append(f"number={word.tag}")
        found += [f"mod={c.lemma}" for c in word.all("amod", "compound")]
        found += [f"of={p.lower}" for p in word.all("prep")]
    else:
        found += [
            f"has={c.dep}"
            for c in word.children
            if c.dep in ("nsubj", "nsubjpass", "dobj", "auxpass", "agent", "prt", "xcomp", "ccomp", "neg")
        ]
        found += [f"prt={c.lower}" for c in word.all("prt")]
        found += [f"prepof={c.lower}" for c in word.all("prep")]
    classes: set[str] = set()
    entities: set[str] = set()
    for other in participants(word):
        classes |= lexicon.classes_of(other.lemma)
        if other.entity:
            entities.add(other.entity)
    found += [f"with={name}" for name in sorted(classes)]
    found += [f"entity={name}" for name in sorted(entities)]
    clause = stance.clause
    if clause is not None and clause is not word:
        found.append(f"clause={clause.lemma}")
        found.append(f"clausetag={clause.tag}")
    subject = clause.child("nsubj", "nsubjpass") if clause is not None else None
    if subject is not None:
        found.append(f"subject={subject.lower if subject.pos == 'PRON' else subject.pos + '/' + subject.entity}")
        found += [f"subjectclass={name}" for name in sorted(lexicon.classes_of(subject.lemma))]
    if quoted:
        found.append("quoted")
    if stance.background:
        found.append("background")
    if any(w.entity == "DATE" for w in word.subtree()) or (
        clause is not None
        and any(
            c.entity == "DATE" or (c.dep == "prep" and any(o.entity == "DATE" for o in c.children))
            for c in clause.children
        )
    ):
        found.append("dated")
    return found


def stance_of(word: Word, stance: Stance, lexicon: Lexicon) -> list[str]:
    """How the words above a candidate govern it."""
    found = [
        f"act={stance.act}",
        f"rule={stance.act}/{stance.polarity}",
        f"modal={stance.modal or '-'}",
        f"certainty={stance.certainty}",
    ]
    if stance.governor is not None:
        found += [
            f"governor={stance.governor.lemma}",
            f"governed={stance.governed_as}",
            f"governortag={stance.governor.tag}",
        ]
        voice = "passive" if stance.governor.child("nsubjpass", "auxpass") else "active"
        found.append(f"governed={stance.governed_as}/{voice}")
    found += [f"reversed={lemma}" for lemma in stance.reversals]
    found += [f"negated={lower}" for lower in stance.negations]
    found += [f"hedged={lower}" for lower in stance.hedges]
    if stance.purpose:
        found.append("purpose")
    path = []
    for above, dep in stance.steps[:4]:
        path.append(dep)
        found.append(f"above={above.lemma}")
        found.append(f"path={'>'.join(path)}/{above.lemma}" if len(path) <= 2 else f"path={'>'.join(path)}")
    if stance.clause is not None:
        clause = stance.clause
        found.append(f"tense={clause.tag}")
        found += [f"aux={c.lower}/{clause.tag}" for c in clause.all("aux", "auxpass")]
        found.append(f"clausedep={clause.dep}")
        found += [f"mark={c.lower}" for c in clause.all("mark")]
        found += [f"adverb={c.lower}" for c in clause.all("advmod")]
        subject = clause.child("nsubj", "nsubjpass")
        if subject is not None:
            kinds = lexicon.governors.tables["stipulate"]["instruments"]
            found.append(
                f"bywhom={'pronoun/' + subject.lower if subject.pos == 'PRON' else 'instrument' if subject.lemma in kinds else subject.entity or subject.pos}"
            )
    found += [f"amod={c.lemma}" for c in word.all("amod")]
    return found


def match_of(candidate: Candidate, action: Action, holding: frozenset[Entry]) -> str:
    """How the lexicon matches a word with an action: the strongest of its entries."""
    best = "none"
    for entry in candidate.entries:
        if entry.action is not action:
            continue
        kind = f"{entry.kind}{'/particle' if entry.particle else ''}{'' if entry in holding else '/unmet'}"
        if best == "none" or best.endswith("/unmet"):
            best = kind
    return best


def choice(
    candidate: Candidate,
    action: Action,
    holding: frozenset[Entry],
    context: Sequence[str],
    stance: Sequence[str],
    rivals: Sequence[str],
) -> Features:
    """The features by which a (word, action) pair is taken or left."""
    word = candidate.word
    match = match_of(candidate, action, holding)
    found: Features = {"bias": 1.0}
    for name in (
        f"{action}",
        f"match={match}",
        f"{action}&match={match}",
        f"{action}&{word.lemma}/{word.pos}",
        f"{word.lemma}",
        *context,
        *(
            f"{match}&{c}"
            for c in context
            if c.startswith(("dep=", "tag=", "det=", "with=", "entity=", "background", "dated"))
        ),
        *(f"{action}&{c}" for c in context if c.startswith(("with=", "dep=", "mod=", "head=", "subjectclass="))),
        *(f"{word.lemma}&{c}" for c in context if c.startswith(("dep=", "det=", "with=", "over=", "mod=", "prt="))),
        *(s for s in stance if s.startswith(("act=", "governed=", "modal=", "above=", "reversed=", "negated="))),
        *rivals,
    ):
        found[name] = 1.0
    return found
