"""Rows for the models that choose actors and sources, from gold claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from servanda.core.dates import iso_when, parse_when
from servanda.core.vocabulary import Act, Action, WhenKind
from servanda.reading import quantities
from servanda.reading.choosing import Done, Option, Setting, actor_options, setting, words_of
from servanda.reading.english import hear
from servanda.reading.lexicon import lexicon
from servanda.reading.linear import LinearModel
from servanda.reading.mentions import Mentions
from servanda.reading.source_choice import source_options
from servanda.reading.stance import stance
from servanda.reading.times import Event, WhenOption, dated, options
from training.reader.corpus import GoldClaim, GoldSentence
from training.reader.fitting import fit, fit_choice

STRENGTH, WHEN_STRENGTH, AGAINST_STRENGTH = 0.2, 0.2, 0.3
SAME = {"turkish": "turkey", "russian": "russia", "israeli": "israel", "iraqi": "iraq", "iranian": "iran"}


@dataclass
class RoleRow:
    """One gold claim with its options for one role, and which of them name what the gold names."""

    sentence: GoldSentence
    claim: GoldClaim
    options: list[Option]
    right: list[bool]


def settings(sentences: Sequence[GoldSentence]) -> Iterator[tuple[GoldSentence, Setting]]:
    """The sentences of one document in order, each with who was named and heard before it."""
    words, mentions = lexicon(), Mentions()
    for sentence in sentences:
        hear(mentions, sentence.parse, sentence.quoted, words)
        yield sentence, setting(sentence.parse, sentence.quoted, mentions, words)


def role_rows(sentences: Sequence[GoldSentence], role: str) -> Iterator[RoleRow]:
    """The rows of one document for `actor` or `source`."""
    done: list[Done] = []
    for number, (sentence, place) in enumerate(settings(sentences)):
        for claim in sentence.claims:
            if claim.trigger is None:
                continue
            act, action = Act(claim.fields["act"]), Action(claim.fields["action"])
            how = stance(claim.trigger, lexicon())
            if role == "actor":
                options = actor_options(claim.trigger, act, action, how, place, done, number)
                done.append(Done(number, action, act, claim.trigger.lemma, tuple(claim.fields["actors"])))
            else:
                options = source_options(claim.trigger, act, action, how, place)
            names = claim.fields["actors"] if role == "actor" else [claim.fields["source"] or ""]
            wanted = [plain(words_of(name)) for name in names if name]
            right = [any(plain(words_of(n)) & w for n in option.names for w in wanted) for option in options]
            yield RoleRow(sentence, claim, options, right)


def plain(words: frozenset[str]) -> frozenset[str]:
    """Demonyms as the names of their states, so that "Turkish" and "Turkey" are one."""
    return frozenset(SAME.get(word, word) for word in words)


def role_models(documents: Mapping[str, Sequence[GoldSentence]]) -> dict[str, LinearModel]:
    """Which nominal is an actor of a claim; which is its source?"""
    models = {}
    for role in ("actor", "source"):
        rows = [row for sentences in documents.values() for row in role_rows(sentences, role)]
        features = [option.features for row in rows for option in row.options]
        labels = ["yes" if right else "no" for row in rows for right in row.right]
        models[role] = fit(features, labels, STRENGTH)
        if role == "actor":
            against = [[option.features for option in row.options] for row in rows]
            models["actor-against"] = fit_choice(against, [row.right for row in rows], AGAINST_STRENGTH)
    dates = [row for sentences in documents.values() for row in when_rows(sentences)]
    models["when"] = fit_choice(
        [[option.features for option in offered] for offered, _ in dates],
        [[iso_when(option.when) == wanted for option in offered] for offered, wanted in dates],
        WHEN_STRENGTH,
    )
    numbers = [row for sentences in documents.values() for row in number_rows(sentences)]
    labels = ["yes" if option.value == wanted else "no" for offered, wanted in numbers for option in offered]
    models["quantity"] = fit([option.features for offered, _ in numbers for option in offered], labels, STRENGTH)
    return models


def number_rows(sentences: Sequence[GoldSentence]) -> Iterator[tuple[list[quantities.NumberOption], float | None]]:
    """The gold claims of one document with the numbers of their sentences, and the one that is theirs."""
    for sentence in sentences:
        for claim in sentence.claims:
            if claim.trigger is not None:
                act, action = Act(claim.fields["act"]), Action(claim.fields["action"])
                place = stance(claim.trigger, lexicon())
                offered = quantities.options(claim.trigger, act, action, place, sentence.parse, lexicon())
                yield offered, claim.fields["quantity"]


def when_rows(sentences: Sequence[GoldSentence]) -> Iterator[tuple[list[WhenOption], str | None]]:
    """The gold claims of one document with the dates that they may have, and the one that they have."""
    events: list[Event] = []
    for number, sentence in enumerate(sentences):
        claims = [c for c in sentence.claims if c.trigger is not None]
        times = dated(sentence.parse, sentence.expressions, [c.trigger for c in claims if c.trigger is not None])
        seen = tuple(events)
        for claim in claims:
            assert claim.trigger is not None
            act, action = Act(claim.fields["act"]), Action(claim.fields["action"])
            place = stance(claim.trigger, lexicon())
            wanted = claim.fields["when"]
            yield options(claim.trigger, act, action, place, times, seen, number, sentence.published), wanted
            if wanted is not None and not wanted.startswith("P"):
                kind = WhenKind(claim.fields["when_kind"]) if claim.fields["when_kind"] else None
                events.append(Event(number, action, act, claim.trigger.lemma, parse_when(wanted), kind))
