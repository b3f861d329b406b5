"""Who says it: of those whom a sentence names, or who spoke before it, the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from servanda.core.vocabulary import Act, Action
from servanda.reading import roles
from servanda.reading.choosing import Option, Setting, Weights, any_same, weigh, words_of
from servanda.reading.encoder import WordScores
from servanda.reading.lexicon import Lexicon
from servanda.reading.linear import LinearModel, odds_of
from servanda.reading.names import name_of
from servanda.reading.parsing import Word
from servanda.reading.sources import instrument
from servanda.reading.sources import source as source_by_rule
from servanda.reading.stance import Stance

# Chosen as `choosing.ACTOR` was.
SOURCE = Weights(0.6, 0.2, -0.22, 0.0, 0.22)
LEAST_OF_SPEAKERS = 0.08
"""Least probability of whoever commits or demands."""
HAPPENING = frozenset({Action.ELECT, Action.NEGOTIATE, Action.CEASE_FIRE, Action.ATTACK, Action.WITHDRAW})
"""Actions whose nouns name what happens, and no body as "the mission" and "the government" do."""


def source_options(trigger: Word, act: Act, action: Action, stance: Stance, place: Setting) -> list[Option]:
    """The nominals that may be the source, and the speaker who was heard before."""
    quoted = place.quoted[trigger.i]
    name = source_by_rule(trigger, act, stance, place.parse, place.mentions, place.lexicon, quoted)
    by_rule = [words_of(name)] if name else []
    found = []
    for word, names in zip(place.nominals, place.names, strict=True):
        if names and (act is Act.STIPULATE or not _is_event(word, place.lexicon)):
            features = roles.features(trigger, word, act, action, stance, place.lexicon, any_same(names, by_rule))
            speaks = word is place.speaker
            features |= dict.fromkeys(
                (f"speaks={speaks}&{quoted}", f"speaks={speaks}&{act}", f"speaks={speaks}&{stance.background}"), 1.0
            )
            found.append(Option(word, names, features))
    carried = place.mentions.speaker
    if carried is not None and place.speaker is None:
        starts = place.parse.words[0].text if place.parse.words else ""
        names_of_carried = (
            "carried",
            f"carried&{quoted}",
            f"carried&{act}",
            f"carried&chosen={bool(by_rule)}&{quoted}",
        )
        features = dict.fromkeys((*names_of_carried, f"carried&starts={starts == chr(34)}"), 1.0)
        found.append(Option(None, (carried,), features))
    return found


def choose_source(
    model: LinearModel, options: Sequence[Option], trigger: Word, act: Act, lexicon: Lexicon, scores: WordScores | None
) -> str | None:
    """The name of the source, or `None` where the outlet says it in its own voice.

    Somebody always commits or demands, so the likeliest is taken there; an instrument stipulates where one is named.
    """
    if act is Act.STIPULATE and (named := instrument(trigger, lexicon)) is not None:
        return name_of(named)
    parsed = [odds_of(model.yes(option.features)) for option in options]
    weighed = [(weigh(parsed[n], option, trigger, scores, "source", SOURCE), n) for n, option in enumerate(options)]
    best = max(weighed, default=(0.0, 0))
    least = LEAST_OF_SPEAKERS if act in (Act.COMMIT, Act.DEMAND) else SOURCE.least
    if best[0] < least:
        return None
    chosen = options[best[1]]
    if chosen.word is not None and chosen.word.pos == "NOUN" and len(chosen.names) > 1:
        return name_of(chosen.word)
    return " and ".join(chosen.names)


def _is_event(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names what happens ("the elections"), who says nothing; a treaty or a vow may say something."""
    return (
        word.pos == "NOUN"
        and word.lemma not in lexicon.speech["events_that_speak"]
        and any(entry.kind == "nouns" and entry.action in HAPPENING for entry in lexicon.entries_of(word.lemma))
        and not lexicon.governors.has("stipulate", "instruments", word.lemma)
    )
