"""Who was named so far, and whom pronouns and phrases such as "the president" or "the two sides" stand for."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from servanda.core.countries import country_by_name
from servanda.reading.lexicon import table
from servanda.reading.names import conjuncts, is_title, is_within_name, name_of, name_tail
from servanda.reading.parsing import Parse, Word

_TABLE = table("names")
_ROLES, _PLACES, _GROUPS, _SIDES = (frozenset(_TABLE[key]) for key in ("roles", "places", "groups", "sides"))
_ACTING = frozenset({"government", "rebel", "army", "militant", "guerrilla", "opposition", "authority", "militia"})
WE = frozenset({"we", "us", "our", "ours"})
_FIRST = frozenset({"i", "me", "my", "mine"}) | WE
_ALIKE = {"monarch": ("king", "queen"), "king": ("monarch",), "premier": ("minister",), "minister": ("premier",)}
"""Words by which the same office is spoken of again."""
_BELONGS = frozenset({"of", "for", "from", "with", "in"})
_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
_MENTIONED_AS = frozenset(
    {
        "nsubj",
        "nsubjpass",
        "dobj",
        "pobj",
        "poss",
        "appos",
        "conj",
        "attr",
        "ROOT",
        "dative",
        "compound",
        "nmod",
        "oprd",
    }
)
_REACH = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of somebody. `kind` is `person`, `place`, `group` or `plural`."""

    start: int
    names: tuple[str, ...]
    kind: str
    subject: bool
    clause: int
    """Offset of the verb that it depends on; a pronoun beside the same verb is somebody else."""


@dataclass(slots=True)
class Mentions:
    """The names of a document up to the sentence that is being read."""

    recent: deque[Mention] = field(default_factory=lambda: deque(maxlen=_REACH))
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    described: dict[str, str] = field(default_factory=dict)
    """By a noun's base form its latest fuller naming: "official" to "senior U.S. official"."""
    pairs: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    speaker: str | None = None
    side: str | None = None
    """For whom the speaker speaks ("we"): the state, group or body that the text gives with the name."""
    sides: dict[str, str] = field(default_factory=dict)
    """By the last word of a person's name the state, group or body that the text gives with it."""

    def note(self, parse: Parse) -> None:
        """Remember the names of a sentence, in order of the text."""
        for word in parse.words:
            if word.lower in ("he", "she") and word.dep == "nsubj" and (names := self.resolve(word)):
                self.recent.append(Mention(word.start, names, "person", True, word.head.start))
            if word.dep not in _MENTIONED_AS or word.pos not in ("PROPN", "NOUN") or is_within_name(word):
                continue
            if word.tag == "NN" and word.lemma in _ROLES | _GROUPS and " " in (name := name_of(word)):
                self.described[word.lemma] = name
            kind = _kind(word)
            if kind is not None and word.dep not in ("compound", "nmod"):
                verb = next((a for a in word.ancestors() if a.pos in ("VERB", "AUX")), word)
                group = conjuncts(word)
                names = tuple(name_of(w) for w in group) if kind == "plural" else (name_of(word),)
                self.recent.append(Mention(word.start, names, kind, word.dep in ("nsubj", "nsubjpass"), verb.start))
                if kind == "person":
                    self._note_roles(word)
                    if (side := _side(word)) is not None:
                        self.sides[word.lower] = side
            if (pair := _pair(word)) is not None:
                self.pairs.append((word.start, pair))

    def _note_roles(self, word: Word) -> None:
        """ "Prime Minister X", "X, the prime minister of Y", "a spokesman, X": the role names X from now on."""
        beside = [c for c in word.children if c.dep in ("compound", "nmod", "appos", "amod")]
        if word.dep == "appos":
            beside.append(word.head)
        for other in beside:
            if other.lemma in _ROLES or other.lower in _ROLES:
                self.roles[other.lower] = (name_of(word),)

    def side_of(self, speaker: Word) -> str | None:
        """For whom somebody speaks: as the phrase says, or as was said of the name before."""
        return _side(speaker) or next(
            (self.sides[n] for n in _last_words(self.resolve(speaker)) if n in self.sides), None
        )

    def resolve(self, word: Word) -> tuple[str, ...]:
        """The names that a word stands for: itself where it is a name, else what it refers to; empty where unknown."""
        lower = word.lower
        if word.pos == "PRON" or word.tag in ("PRP", "PRP$"):
            if lower in _FIRST:
                return (self.speaker,) if self.speaker else ()
            wanted = (
                "person" if lower in _PERSON else "group" if lower in _THING else "plural" if lower in _PLURAL else None
            )
            return self._latest(wanted, word) if wanted else ()
        if word.pos == "NOUN" and (stood_for := _named_beside(word) or self._description(word)):
            return stood_for
        return (name_of(word),)

    def _description(self, word: Word) -> tuple[str, ...]:
        """What "the president", "the country", "the two sides" stand for; empty where the phrase says more."""
        modifiers = {c.lower for c in word.children if c.i < word.i}
        if word.lemma in _SIDES and _speaks_of_two(word, modifiers):
            return next((names for start, names in reversed(self.pairs) if start < word.start), ())
        if word.tag != "NN" or "the" not in modifiers or word.child("prep"):
            return ()
        if modifiers - {"the", "this", "that"}:
            return self._described_again(word)
        if word.lemma in _ROLES and word.lower in self.roles:
            return self.roles[word.lower]
        if word.lemma in _PLACES:
            return self._latest("place", word)
        if word.lemma in _GROUPS and (latest := self._latest("group", word)):
            return latest
        return (self.described[word.lemma],) if word.lemma in self.described else ()

    def _described_again(self, word: Word) -> tuple[str, ...]:
        """What "the Islamist group" or "the Jordanian monarch" stands for: a group, or who bore the office there."""
        modifiers = [c for c in word.children if c.i < word.i and c.dep != "det"]
        if any(c.dep != "amod" or c.entity not in ("", "NORP") for c in modifiers):
            return ()
        if word.lemma in _GROUPS:
            return self._latest("group", word)
        states = [state.name for c in modifiers if (state := country_by_name().get(c.text.casefold())) is not None]
        for role in (word.lower, *_ALIKE.get(word.lower, ())):
            names = self.roles.get(role, ())
            if states and any(self.sides.get(last) == states[0] for last in _last_words(names)):
                return names
        return ()

    def _latest(self, kind: str, word: Word) -> tuple[str, ...]:
        """The latest mention of a kind before a word; subjects before others, never one of the same clause."""
        verb = next((a for a in word.ancestors() if a.pos in ("VERB", "AUX")), word)
        kinds = ("group", "place") if kind == "group" else (kind,)
        before = [
            m
            for m in self.recent
            if m.kind in kinds and m.start < word.start and (m.clause != verb.start or word.dep == "poss")
        ]
        if not before:
            return ()
        if kind == "group" and word.dep == "nsubj" and any(m.kind == "group" for m in before[-8:]):
            before = [m for m in before[-8:] if m.kind == "group"]
        subjects = [m for m in before[-6:] if m.subject]
        return (subjects or before)[-1].names


def _last_words(names: tuple[str, ...]) -> list[str]:
    return [name.split()[-1].lower() for name in names if name]


def _side(word: Word) -> str | None:
    """The state, group or body that a phrase gives with a person: "Israeli Prime Minister X", "X, who leads Y"."""
    beside = [word, *word.all("compound", "nmod", "appos", "amod")]
    if word.dep == "appos":
        beside.append(word.head)
    for phrase in beside:
        near = [phrase] if phrase is not word and phrase.dep != "appos" and phrase is not word.head else []
        for part in (*near, *phrase.all("amod", "compound", "nmod", "poss")):
            if part is not word and part.entity in ("GPE", "NORP", "ORG") and part.pos in ("PROPN", "ADJ"):
                state = country_by_name().get(part.text.casefold())
                return state.name if state is not None else name_of(part)
        for preposition in phrase.all("prep"):
            held = preposition.child("pobj") if preposition.lower in _BELONGS else None
            if held is not None and (held.entity in ("GPE", "NORP", "ORG") or held.lemma in _ACTING | _GROUPS):
                return name_of(held)
    return None


def _named_beside(word: Word) -> tuple[str, ...]:
    """The name that an apposition gives: "the chief negotiator, retired general X, said", "the main group, the Y"."""
    wanted = "PERSON" if word.lemma in _ROLES else "ORG" if word.lemma in _GROUPS else None
    beside = next((c for c in word.all("appos") if c.pos == "PROPN" and c.entity == wanted and not is_title(c)), None)
    return (name_of(beside),) if beside is not None else ()


def _speaks_of_two(word: Word, modifiers: set[str]) -> bool:
    """ "Both sides", "the two governments", "each country", "neither side", and "the sides" or "the parties" alone."""
    if modifiers & {"each", "neither", "either"}:
        return True
    if word.tag != "NNS" or word.child("prep") is not None:
        return False
    return bool(modifiers & {"both", "two"}) or (word.lemma in ("side", "party") and modifiers == {"the"})


def _pair(word: Word) -> tuple[str, ...] | None:
    """Two who are named together and may be "the two sides" later: "X and Y", "X met Y", "X ... talks with Y"."""
    if word.dep in ("nsubj", "nsubjpass", "pobj", "dobj") and len(both := conjuncts(word)) == 2:
        return tuple(name_of(w) for w in both) if all(_may_be_side(w) for w in both) else None
    if word.dep == "pobj" and word.head.lower == "with" and _may_be_side(word):
        verb = next((a for a in word.ancestors() if a.pos in ("VERB", "AUX")), None)
        subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
        if subject is not None and subject.i < word.i and _may_be_side(subject):
            return (name_of(subject), name_of(word))
    return None


def _may_be_side(word: Word) -> bool:
    """A state, a group or a person by name, or a noun that a name tells apart ("the Philippine government")."""
    named = ("GPE", "ORG", "NORP", "PERSON")
    if word.pos == "PROPN":
        return word.entity in named
    return word.pos == "NOUN" and (
        word.lemma in _ACTING or any(c.entity in named and c.dep in ("compound", "amod", "poss") for c in word.children)
    )


def _kind(word: Word) -> str | None:
    if name_tail(word):
        return "group"
    if (
        word.dep != "conj"
        and len(conjuncts(word)) > 1
        and word.pos in ("PROPN", "NOUN")
        and word.dep in ("nsubj", "nsubjpass")
    ):
        return "plural"
    if word.tag in ("NNS", "NNPS") and word.dep in ("nsubj", "nsubjpass"):
        return "plural"
    if word.pos != "PROPN":
        return None
    if word.entity == "PERSON":
        return "person"
    if word.entity == "GPE":
        return "place"
    return "group" if word.entity in ("ORG", "NORP") else None
