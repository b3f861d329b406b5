"""Who acts and who says it: each noun phrase is weighed, by its way to the trigger and by the encoder."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.core.vocabulary import Act, Action, Part
from servanda.reading import roles
from servanda.reading.actors import actors as actors_by_rule
from servanda.reading.actors import addressee
from servanda.reading.encoder import WordScores
from servanda.reading.lexicon import Lexicon
from servanda.reading.linear import Features, LinearModel, odds_of
from servanda.reading.mentions import WE, Mentions
from servanda.reading.names import conjuncts, name_of
from servanda.reading.parsing import Parse, Word
from servanda.reading.pointing import pointed
from servanda.reading.relations import relations
from servanda.reading.sources import main_speaker
from servanda.reading.stance import Stance

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    {"the", "a", "an", "of", "and", "mr", "president", "minister", "government", "forces", "troops", "official"}
)


JOINT = frozenset({Action.NEGOTIATE, Action.AGREE, Action.CEASE_FIRE})
"""Actions that two sides do together: who negotiates is who agrees."""


@dataclass(frozen=True, slots=True)
class Done:
    """A claim that was read earlier in the text; a later sentence may speak of what the same actors do."""

    sentence: int
    action: Action
    act: Act
    lemma: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How the linear model's and the encoder's log-odds are added up, and the least probability that is taken."""

    parse: float
    encoder: float
    intercept: float
    indirect: float
    """Added for a pronoun, a description, or who is not in the sentence: of these the encoder knows nothing."""
    least: float


# Chosen as `decision.Mixture` was.
ACTOR = Weights(0.6, 0.6, 0.3, -0.3, 0.33)
ALSO_COORDINATED = 0.2
"""Least probability of an actor that is coordinated with the likeliest one ("Russia and Turkey")."""
LEAST_OF_EARLIER = 0.6
"""Least probability of the actors of an earlier claim, which may themselves be misread."""
ALSO_ELSEWHERE = 0.6
"""Least probability of a further actor that stands elsewhere in the sentence."""
ALSO_WITH = 0.35
"""Least probability of a further actor of what two sides do together ("signed the accord *with the rebels*")."""
LEAST_OF_PAIRS = 0.3
"""Least probability of two who negotiated or agreed earlier in the text, of whom one is found to do so again."""
AGAINST_EACH_OTHER = 0.7
"""How much is believed of an actor's weight against the others, beside its weight by itself."""
FORCES = frozenset({"force", "troop", "soldier", "army", "fighter", "man", "military", "unit", "militia", "mercenary"})
"""What somebody possesses who acts by it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a sentence when its claims' actors and sources are chosen."""

    parse: Parse
    quoted: Sequence[bool]
    mentions: Mentions
    lexicon: Lexicon
    nominals: tuple[Word, ...]
    names: tuple[tuple[str, ...], ...]
    """What each nominal stands for."""
    speaker: Word | None
    """Who speaks in the sentence as a whole."""


@dataclass(frozen=True, slots=True)
class Option:
    """A nominal that may be the one that is looked for; without a word, the speaker of the sentences before."""

    word: Word | None
    names: tuple[str, ...]
    features: Features

    @property
    def literal(self) -> bool:
        """Whether the words themselves are the name, and no pronoun or description that stands for it."""
        return self.word is not None and self.names == (name_of(self.word),)


def setting(parse: Parse, quoted: Sequence[bool], mentions: Mentions, lexicon: Lexicon) -> Setting:
    """Prepare a sentence, after its names were noted in `mentions`."""
    found = tuple(roles.nominals(parse))
    names = tuple(_with_listed(word, mentions.resolve(word), parse) for word in found)
    return Setting(parse, quoted, mentions, lexicon, found, names, main_speaker(parse, lexicon))


def _with_listed(word: Word, names: tuple[str, ...], parse: Parse) -> tuple[str, ...]:
    """The names, and in the place of a general word those that follow it: "all parties, including A and B"."""
    after = [w for w in parse.words[word.i + 1 : word.i + 5] if w.text not in (",", "(")]
    start = " ".join(w.lower for w in after[:2])
    skipped = 2 if start in ("to include", "such as") else 1 if start.startswith(("including ", "namely ")) else 0
    if skipped and word.pos == "NOUN" and len(after) > skipped and after[skipped].pos == "PROPN":
        return tuple(name_of(w) for w in conjuncts(after[skipped]) if w.pos == "PROPN")
    following = parse.words[word.i + 1 : word.i + 3]
    if (
        parse.part is Part.HEADLINE
        and len(following) == 2
        and following[0].text == ","
        and word.entity == following[1].entity == "GPE"
        and names
    ):
        return (*names, name_of(following[1]))
    return names


def actor_options(
    trigger: Word,
    act: Act,
    action: Action,
    stance: Stance,
    place: Setting,
    earlier: Sequence[Done] = (),
    sentence: int = 0,
) -> list[Option]:
    """The nominals that may be an actor, and the actors of like claims before."""
    by_rule = [words_of(name) for name in actors_by_rule(trigger, action, act, stance, place.mentions)]
    standing, asking = relations(trigger, stance), _asking(act, stance)
    found = [
        Option(
            word,
            names,
            roles.features(
                trigger,
                word,
                act,
                action,
                stance,
                place.lexicon,
                any_same(names, by_rule),
                standing.get(word.i, "none"),
            )
            | dict.fromkeys(
                (f"speaks={word is place.speaker}&{act}", f"speaks={word is place.speaker}&{place.quoted[trigger.i]}"),
                1.0,
            ),
        )
        for word, names in zip(place.nominals, place.names, strict=True)
        if names
        and not _same_as(word, names, asking)
        and (word.dep not in ("compound", "amod", "nmod") or _near(word, trigger))
    ]
    return _of_sides(found, act, action, place) + _of_earlier(trigger, act, action, bool(by_rule), earlier, sentence)


def _of_sides(found: Sequence[Option], act: Act, action: Action, place: Setting) -> list[Option]:
    """With whom the speaker speaks for in place of each "we": "we shall withdraw", says a state's minister."""
    side = place.mentions.side
    if side is None:
        return list(found)
    # Who says "we shall withdraw" does not do so alone.
    spoken_as_we = any(o.word is not None and o.word.lower in WE and o.word.dep == "nsubj" for o in found)
    added = []
    for option in found:
        if option.word is not None and option.word.lower in WE:
            standing = next((name for name in option.features if name.startswith("last=") and "&" not in name), "")
            more = dict.fromkeys(("side", f"side&{act}", f"side&{action}", f"side&{standing}"), 1.0)
            added.append(Option(option.word, (side,), {**option.features, **more}))
        elif option.word is None or option.word is not place.speaker or not spoken_as_we:
            added.append(option)
    return added


def _asking(act: Act, stance: Stance) -> list[Word]:
    """Who asks somebody else to act: they are not to act themselves."""
    governor = stance.governor
    if act is not Act.DEMAND or governor is None or governor.pos != "VERB" or not addressee(governor):
        return []
    return [word for subject in governor.all("nsubj") for word in conjuncts(subject)]


def _same_as(word: Word, names: tuple[str, ...], askers: Sequence[Word]) -> bool:
    """Whether a word is an asker, or a pronoun that stands for one."""
    return any(word is asker or (word.pos == "PRON" and name_of(asker) in names) for asker in askers)


def _of_earlier(
    trigger: Word, act: Act, action: Action, ruled: bool, earlier: Sequence[Done], sentence: int
) -> list[Option]:
    """The actors of earlier claims of the same action, or of one that the same parties share in."""
    found: list[Option] = []
    seen: list[tuple[str, ...]] = []
    determiner = trigger.child("det", "poss")
    own = trigger.child("nsubj", "agent") is not None
    passive = trigger.child("nsubjpass", "auxpass") is not None
    for done in reversed(earlier):
        same = done.action is action
        joint = action in JOINT and done.action in JOINT and len(done.actors) > 1
        repeated = done.sentence == sentence and done.lemma == trigger.lemma
        if not (same or joint) or not done.actors or done.actors in seen or repeated:
            # The same word twice in a sentence ("neither A pulling out nor B pulling out") speaks of two actors.
            continue
        seen.append(done.actors)
        lemma = done.lemma == trigger.lemma
        far = min(5, sentence - done.sentence)
        definite = determiner.lower if determiner is not None and determiner.dep == "det" else trigger.tag
        kind = f"{same}&{lemma}&{len(done.actors) > 1}"
        names = (
            "earlier",
            f"earlier={kind}",
            f"earlier={kind}&{definite}",
            f"earlier={kind}&{action}",
            f"earlier={same}&far={far}&{lemma}",
            f"earlier={same}&ruled={ruled}&own={own}&passive={passive}",
            f"earlier&ruled={ruled}&own={own}&{trigger.pos}",
            f"earlier&rank={len(seen)}&far={far}",
            f"earlier&{done.act}>{act}&{same}",
            f"earlier&{trigger.tag}&{action}",
        )
        found.append(Option(None, done.actors, dict.fromkeys(names, 1.0)))
        if len(seen) == 3:
            break
    return found


def _near(modifier: Word, trigger: Word) -> bool:
    """Whether a modifier belongs to the trigger's own noun phrase; another phrase is named by its head."""
    head = modifier.head
    while head is not trigger and head.dep in ("compound", "amod", "nmod") and head.pos in ("NOUN", "PROPN", "ADJ"):
        head = head.head
    return head is trigger or trigger.head is head or head.pos == "VERB"


def choose_actors(
    each: LinearModel,
    one: LinearModel,
    options: Sequence[Option],
    trigger: Word,
    scores: WordScores | None,
    joint: bool = False,
) -> tuple[str, ...]:
    """The names of the actors in order of the text, none twice: the likeliest, and who is coordinated or as likely.

    The model `each` weighs every option by itself, `one` weighs them against each other. Of a `joint` action two sides
    that were named together before are both taken where one of them is found.
    """
    parsed = actor_odds(each, one, options)
    weighed = [
        weigh(odds, option, trigger, scores, "actor", ACTOR) for odds, option in zip(parsed, options, strict=True)
    ]
    best = max(range(len(options)), key=lambda n: (weighed[n], -n), default=None)
    if best is None or weighed[best] < (ACTOR.least if options[best].word is not None else LEAST_OF_EARLIER):
        return ()
    first = options[best]
    taken = [first]
    if first.word is not None:
        group, elsewhere = _group(first.word), ALSO_WITH if joint else ALSO_ELSEWHERE
        taken = [
            option
            for option, likely in zip(options, weighed, strict=True)
            if option is first
            or (option.word is not None and likely >= (ALSO_COORDINATED if _group(option.word) is group else elsewhere))
        ]
        taken = [option for option in taken if not _is_possessed(option, taken)]
        if joint and len(taken) == 1 and _has_partner(first.word):
            taken = _with_partner(first, options, weighed)
    names: list[str] = []
    for option in taken:
        for name in option.names:
            if not any_same((name,), [words_of(n) for n in names]):
                names.append(name)
    return tuple(names)


def actor_odds(each: LinearModel, one: LinearModel, options: Sequence[Option]) -> list[float]:
    """The log-odds of each option by both models; what `one` shares out among names that go together counts whole."""
    shares = one.shares([option.features for option in options])
    found = []
    for option in options:
        together = sum(
            share for other, share in zip(options, shares, strict=True) if other is option or _together(option, other)
        )
        alone = odds_of(each.yes(option.features))
        found.append(alone + AGAINST_EACH_OTHER * (odds_of(together) - alone))
    return found


def _together(first: Option, second: Option) -> bool:
    """Whether two options give the same name, or are coordinated."""
    coordinated = first.word is not None and second.word is not None and _group(first.word) is _group(second.word)
    return coordinated or not set(first.names).isdisjoint(second.names)


def _has_partner(word: Word) -> bool:
    """Whether somebody of two sides is named as such: "*we* failed to agree", "the talks with *them*"."""
    return word.lower in WE or (word.dep == "pobj" and word.head.lower in ("with", "between"))


def _with_partner(first: Option, options: Sequence[Option], weighed: Sequence[float]) -> list[Option]:
    """The two sides as they were named together before, where one of them is all that was found; else that one."""
    known = [words_of(name) for name in first.names]
    found = [
        (likely, -n)
        for n, (option, likely) in enumerate(zip(options, weighed, strict=True))
        if option.word is None and len(option.names) == 2 and likely >= LEAST_OF_PAIRS and any_same(option.names, known)
    ]
    return [options[-max(found)[1]]] if found else [first]


def _is_possessed(option: Option, taken: Sequence[Option]) -> bool:
    """Whether an option is the forces of another that is taken: "Turkey ... the withdrawal of its troops"."""
    word = option.word
    owner = word.child("poss") if word is not None and word.pos == "NOUN" else None
    if owner is None or owner.tag != "PRP$" or word is None or word.lemma not in FORCES:
        return False
    return any(other is not option and other.word is not None and _may_own(other.word, word, owner) for other in taken)


def _may_own(holder: Word, forces: Word, owner: Word) -> bool:
    return holder is owner or (holder.i < forces.i and holder.pos in ("PROPN", "NOUN", "PRON", "ADJ"))


def _group(word: Word) -> Word:
    """The first of the words that a word is coordinated with."""
    while word.dep == "conj":
        word = word.head
    return word


def weigh(
    parsed: float, option: Option, trigger: Word, scores: WordScores | None, role: str, weights: Weights
) -> float:
    """The probability that an option is the one that is looked for; `parsed` are the linear models' log-odds of it."""
    odds = weights.parse * parsed + weights.intercept
    odds += (
        weights.encoder * encoder_odds(option, trigger, scores, role)
        if option.literal or role == "source"
        else weights.indirect
    )
    return 1.0 / (1.0 + math.exp(-odds))


def encoder_odds(option: Option, trigger: Word, scores: WordScores | None, role: str) -> float:
    """The encoder's greatest log-odds that a word of the option's name has a role for the trigger, between -6 and 6.

    It was taught names only, so of a pronoun or a description it says nothing.
    """
    if option.word is None:
        return 0.0
    return pointed(scores, role, trigger, [option.word, *option.word.all("compound", "amod", "nmod")])


def words_of(name: str) -> frozenset[str]:
    """The words by which two names are compared, without articles and titles."""
    words = [w.lower() for w in _WORD.findall(name)]
    return frozenset([w for w in words if w not in _SMALL and len(w) > 1] or words)


def any_same(names: Sequence[str], others: Sequence[frozenset[str]]) -> bool:
    """Whether one of the names shares a word that tells with one of the others."""
    return any(words_of(name) & other for name in names for other in others)
