"""`why`: a judgement with its rule, the evidence for and against, and what would change the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.vocabulary import Stance
from servanda.publishing.wording import (
    counted_words,
    date_words,
    due_words,
    quote_of,
    reading_words,
    share_words,
    source_words,
    standing_words,
    state_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from servanda.core.accord import Accord
    from servanda.core.judgement import Episode, Evidence, Judgement

_GROUPS = (
    ("For performance", (Stance.PERFORMS, Stance.PERFORMS_IN_PART)),
    ("Against performance", (Stance.FAILS, Stance.BREACHES, Stance.REFUSES, Stance.DENIES_ACCESS, Stance.DISPUTES)),
    ("Words and intentions", (Stance.INTENDS, Stance.AMENDS, Stance.DEMANDS)),
    ("Background", (Stance.BACKGROUND,)),
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of an answer to "why?", in reading order."""

    heading: str
    text: str | None
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    evidence: tuple[tuple[str, tuple[Evidence, ...]], ...]
    beside: tuple[str, ...]
    would_change: tuple[str, ...]


def evidence_line(evidence: Evidence) -> str:
    """One piece of evidence: stance, quote, source, grade, and whether it was accepted."""
    accepted = "accepted" if evidence.accepted else "not accepted as proof"
    event = f", of {date_words(evidence.event)}" if evidence.event else ""
    return (
        f"{evidence.stance}{event}: “{' '.join(quote_of(evidence).split())}” ({source_words(evidence)};"
        f" document {evidence.record.document.id}; grade {evidence.grade}; {accepted}: {evidence.why})"
    )


def _grouped(judgement: Judgement) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
    """Evidence by what it says, accepted first; doubtful links apart, since an analyst has yet to decide them."""
    groups = [
        (title, [item for item in judgement.evidence if item.link.clear and item.stance in stances])
        for title, stances in _GROUPS
    ]
    groups.append(("Doubtful links, waiting for review", [e for e in judgement.evidence if not e.link.clear]))
    return tuple((title, _told_once(sorted(found, key=lambda e: not e.accepted))) for title, found in groups if found)


def _told_once(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Without those that read the same: two claims may stand on the same words ("to gather and leave")."""
    lines: dict[str, Evidence] = {}
    for evidence in found:
        lines.setdefault(evidence_line(evidence), evidence)
    return tuple(lines.values())


def _episode_words(episode: Episode) -> str:
    first = date_words(episode.first)
    if episode.last is None:
        return f"A breach since {first} is still open."
    last = date_words(episode.last)
    return f"A breach of {first}{f' to {last}' if last != first else ''} is on record."


def explain(accord: Accord, judgement: Judgement, as_of: date, known_by: date) -> Explanation:
    """Lay out a judgement's reasons."""
    provision = accord.provision(judgement.provision)
    instrument = accord.instrument(judgement.instrument)
    party = accord.party(judgement.debtor)
    facts = [
        ("as of", f"{date_words(as_of)}, as known by {date_words(known_by)}"),
        ("state", state_words(judgement)),
        ("standing", standing_words(judgement)),
        ("due", due_words(judgement, as_of)),
        ("instrument", instrument.title if instrument else judgement.instrument),
    ]
    if judgement.share is not None:
        facts.insert(4, ("done", share_words(judgement.share)))
    if judgement.predecessor:
        predecessor = accord.party(judgement.predecessor)
        facts.append(("undertaken by", predecessor.name if predecessor else judgement.predecessor))
    beside = [reading_words(reading) for reading in judgement.other_readings]
    if judgement.disputed:
        states = " or ".join(state.value for state in judgement.disputed.states)
        beside.append(f"Disputed: the evidence supports {states}.")
        beside += [f"{figure.source or 'A source'} gives {figure.value:g}." for figure in judgement.disputed.figures]
    for episode in judgement.episodes:
        beside.append(_episode_words(episode))
    return Explanation(
        heading=f"{judgement.id}: {party.name if party else judgement.debtor}",
        text=provision.text if provision else None,
        facts=tuple(facts),
        steps=tuple(f"{reason.text} [{reason.rule}]" for reason in judgement.reasons),
        evidence=_grouped(judgement),
        beside=(*beside, *judgement.notes, *counted_words([judgement])),
        would_change=judgement.would_change,
    )
