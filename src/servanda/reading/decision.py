"""Which candidates are claims, and of what: the choice that the rules or a trained model make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.core.vocabulary import Act, Action, Certainty, Polarity
from servanda.reading.lexicon import Lexicon
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance, stance
from servanda.reading.triggers import candidates


@dataclass(frozen=True, slots=True)
class Decided:
    """A trigger that was taken for a claim, with what was decided about it."""

    word: Word
    action: Action
    act: Act
    polarity: Polarity
    certainty: Certainty
    stance: Stance


def decide(parses: Sequence[Parse], lexicon: Lexicon) -> list[list[Decided]]:
    """The claims of each sentence, by the rules alone."""
    return [_by_rules(parse, lexicon) for parse in parses]


def _by_rules(parse: Parse, lexicon: Lexicon) -> list[Decided]:
    found: list[Decided] = []
    for candidate in candidates(parse, lexicon):
        if not candidate.holding:
            continue
        entry = min(
            candidate.holding, key=lambda e: (e.kind != "with" and e.particle is None, e.beside is None, str(e.action))
        )
        proposal = stance(candidate.word, lexicon, contrary=entry.contrary)
        if proposal.background and candidate.word.pos not in ("VERB", "AUX"):
            continue
        key = (entry.action, proposal.act, proposal.polarity)
        if any((d.action, d.act, d.polarity) == key for d in found):
            continue
        found.append(Decided(candidate.word, *key[:1], proposal.act, proposal.polarity, proposal.certainty, proposal))
    return found
