"""What the trained decision sees of a candidate: words and dependencies as named features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.core.vocabulary import Action, Polarity
from servanda.reading.lexicon import Entry, Lexicon
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance, stance
from servanda.reading.triggers import Candidate, candidates, participants

_TO_VERB = frozenset({"nsubj", "nsubjpass", "dobj", "auxpass", "agent", "prt", "xcomp", "ccomp", "neg"})
_KEPT_FOR_STANCE = ("dep=", "tag=", "pos=", "quoted", "background", "dated", "part=", "prep=", "over=")


@dataclass(frozen=True, slots=True)
class Pair:
    """A word and one action that it may speak of, with the features for each question that is asked of the pair."""

    word: Word
    action: Action
    stance: Stance
    polarity: Polarity
    """By the rules: the stance's, turned where the word itself says the opposite of the action."""
    match: str
    """How the lexicon matches the two: the kind of the strongest entry, `/unmet` where its condition fails."""
    choice: dict[str, float]
    """For: is it a claim?"""
    manner: dict[str, float]
    """For: of which act, polarity and certainty?"""


def pairs(parse: Parse, quoted: Sequence[bool], lexicon: Lexicon) -> list[Pair]:
    """All pairs of a sentence that the lexicon proposes; `quoted` says of each word whether it is in a quotation."""
    found = candidates(parse, lexicon)
    return [
        pair
        for candidate in found
        for pair in _pairs_of(candidate, candidate.actions, found, parse, quoted[candidate.word.i], lexicon)
    ]


def pair_of(word: Word, action: Action, parse: Parse, quoted: Sequence[bool], lexicon: Lexicon) -> Pair:
    """The pair of a word and an action that the lexicon does not propose."""
    found = candidates(parse, lexicon)
    candidate = Candidate(word, (), frozenset())
    return next(_pairs_of(candidate, frozenset({action}), found, parse, quoted[word.i], lexicon))


def _pairs_of(
    candidate: Candidate,
    actions: frozenset[Action],
    found: Sequence[Candidate],
    parse: Parse,
    quoted: bool,
    lexicon: Lexicon,
) -> Iterator[Pair]:
    word = candidate.word
    proposal = stance(word, lexicon)
    context = _context(word, parse, proposal, lexicon, quoted)
    manner = _manner(word, proposal, lexicon)
    for action in sorted(actions):
        contrary = any(e.contrary for e in candidate.holding if e.action is action)
        match = _match(candidate, action)
        rivals = _rivals(candidate, action, found)
        if contrary:
            rivals.append("contrary")
        choice = _choice(word, action, match, context, manner, rivals)
        polarity = proposal.polarity.opposite if contrary else proposal.polarity
        of_manner = [
            *_of_manner(word, action, proposal, context, manner, contrary),
            f"polarity={polarity}",
            f"{action}&polarity={polarity}",
        ]
        yield Pair(word, action, proposal, polarity, match, dict.fromkeys(choice, 1.0), dict.fromkeys(of_manner, 1.0))


def _context(word: Word, parse: Parse, proposal: Stance, lexicon: Lexicon, quoted: bool) -> list[str]:
    """What surrounds a word, whatever its action."""
    head, clause = word.head, proposal.clause
    found = [f"dep={word.dep}", f"tag={word.tag}", f"pos={word.pos}", f"headpos={head.pos}", f"part={parse.part}"]
    found.append(f"head={head.lemma}" if head is not word else "head=ROOT")
    if word.dep == "pobj":
        found += [f"prep={head.lower}", f"over={head.head.lemma}/{head.lower}"]
    if word.pos in ("NOUN", "PROPN"):
        determiner = word.child("det")
        found.append(f"det={determiner.lower if determiner else 'poss' if word.child('poss') else '-'}")
        found += [f"mod={c.lemma}" for c in word.all("amod", "compound")]
        found += [f"of={p.lower}" for p in word.all("prep")]
    else:
        found += [f"has={c.dep}" for c in word.children if c.dep in _TO_VERB]
        found += [f"prt={c.lower}" for c in word.all("prt")]
        found += [f"prepof={c.lower}" for c in word.all("prep")]
    others = list(participants(word))
    found += [f"with={name}" for name in sorted({n for w in others for n in lexicon.classes_of(w.lemma)})]
    found += [f"entity={name}" for name in sorted({w.entity for w in others if w.entity})]
    if clause is not None and clause is not word:
        found += [f"clause={clause.lemma}", f"clausetag={clause.tag}"]
    subject = clause.child("nsubj", "nsubjpass") if clause is not None else None
    if subject is not None:
        found.append(f"subject={subject.lower if subject.pos == 'PRON' else subject.pos + '/' + subject.entity}")
        found += [f"subjectclass={name}" for name in sorted(lexicon.classes_of(subject.lemma))]
    if quoted:
        found.append("quoted")
    if proposal.background:
        found.append("background")
    if _is_dated(word) or (clause is not None and _is_dated(clause)):
        found.append("dated")
    return found


def _is_dated(word: Word) -> bool:
    return any(
        child.entity == "DATE" or (child.dep == "prep" and any(c.entity == "DATE" for c in child.children))
        for child in word.children
    )


def _manner(word: Word, proposal: Stance, lexicon: Lexicon) -> list[str]:
    """How the words above a word govern it."""
    found = [
        f"act={proposal.act}",
        f"rule={proposal.act}/{proposal.polarity}",
        f"modal={proposal.modal or '-'}",
        f"certainty={proposal.certainty}",
    ]
    governor, clause = proposal.governor, proposal.clause
    if governor is not None:
        voice = "passive" if governor.child("nsubjpass", "auxpass") else "active"
        found += [
            f"governor={governor.lemma}",
            f"governed={proposal.governed_as}",
            f"governed={proposal.governed_as}/{voice}",
            f"governortag={governor.tag}",
        ]
    found += [f"reversed={lemma}" for lemma in proposal.reversals]
    found += [f"negated={lower}" for lower in proposal.negations]
    found += [f"hedged={lower}" for lower in proposal.hedges]
    if proposal.purpose:
        found.append("purpose")
    path: list[str] = []
    for above, dep in proposal.steps[:4]:
        path.append(dep)
        found.append(f"above={above.lemma}")
        found.append(f"path={'>'.join(path)}/{above.lemma}" if len(path) <= 2 else f"path={'>'.join(path)}")
    if clause is not None:
        found += [f"tense={clause.tag}", f"clausedep={clause.dep}"]
        found += [f"aux={c.lower}/{clause.tag}" for c in clause.all("aux", "auxpass")]
        found += [f"mark={c.lower}" for c in clause.all("mark")]
        found += [f"adverb={c.lower}" for c in clause.all("advmod")]
        subject = clause.child("nsubj", "nsubjpass")
        if subject is not None:
            found.append(f"bywhom={_bywhom(subject, lexicon)}")
    found += [f"amod={c.lemma}" for c in word.all("amod")]
    return found


def _bywhom(subject: Word, lexicon: Lexicon) -> str:
    if subject.pos == "PRON":
        return f"pronoun/{subject.lower}"
    if lexicon.governors.has("stipulate", "instruments", subject.lemma):
        return "instrument"
    return subject.entity or subject.pos


def _match(candidate: Candidate, action: Action) -> str:
    best = "none"
    for entry in candidate.entries:
        if entry.action is action and (best == "none" or best.endswith("/unmet")):
            best = _kind(entry) if entry in candidate.holding else f"{_kind(entry)}/unmet"
    return best


def _kind(entry: Entry) -> str:
    return f"{entry.kind}/particle" if entry.particle else entry.kind


def _rivals(candidate: Candidate, action: Action, found: Sequence[Candidate]) -> list[str]:
    """What else in the sentence speaks of the same action, or of another."""
    word = candidate.word
    names = []
    same = [k for k in found if k.word is not word and any(e.action is action for e in k.holding)]
    others = [k for k in found if k.word is not word and k.holding and k not in same]
    if same:
        names.append("same-in-sentence")
    if any(k.word is word.head for k in same):
        names.append("same-as-head")
    if any(k.word.head is word for k in same):
        names.append("same-as-child")
    if any(k.word.i < word.i for k in same):
        names.append("same-before")
    if others:
        names.append("other-in-sentence")
    for other in others:
        if other.word is word.head:
            names.append("other-as-head")
            names += sorted({f"otherhead={e.action}&{action}" for e in other.holding})
    if len({e.action for e in candidate.holding}) > 1:
        names.append("ambiguous")
    return names


def _choice(
    word: Word, action: Action, match: str, context: Sequence[str], manner: Sequence[str], rivals: Sequence[str]
) -> list[str]:
    def those(names: Sequence[str], *starts: str) -> list[str]:
        return [name for name in names if name.startswith(starts)]

    lemma = word.lemma
    by_match = those(context, "dep=", "tag=", "det=", "with=", "entity=", "background", "dated")
    by_action = those(context, "with=", "dep=", "mod=", "head=", "subjectclass=")
    by_lemma = those(context, "dep=", "det=", "with=", "over=", "mod=", "prt=")
    return [
        f"{action}",
        f"match={match}",
        f"{action}&match={match}",
        f"{action}&{lemma}/{word.pos}",
        lemma,
        *context,
        *(f"{match}&{name}" for name in by_match),
        *(f"{action}&{name}" for name in by_action),
        *(f"{lemma}&{name}" for name in by_lemma),
        *those(manner, "act=", "governed=", "modal=", "above=", "reversed=", "negated="),
        *rivals,
    ]


def _of_manner(
    word: Word, action: Action, proposal: Stance, context: Sequence[str], manner: Sequence[str], contrary: bool
) -> list[str]:
    return [
        f"action={action}",
        f"{action}&{proposal.act}",
        f"lemma={word.lemma}",
        "contrary" if contrary else "direct",
        *manner,
        *(name for name in context if name.startswith(_KEPT_FOR_STANCE)),
        *(f"{action}&{name}" for name in manner if name.startswith(("tense", "modal", "governed"))),
    ]
