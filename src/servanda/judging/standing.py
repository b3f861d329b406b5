"""How well a state is known, whether that is disputed, and since when it is stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from servanda.core.judgement import Dispute, Figure
from servanda.core.vocabulary import Certainty, Part, Stance, Standing, State
from servanda.judging.evidence import FACTS, Item
from servanda.judging.sources import ADVERSARY, BACKER, DEBTOR, VERIFIER
from servanda.judging.transitions import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from datetime import date

    from servanda.judging.runner import Move, Outcome

STALE_AFTER = timedelta(days=180)
_BY_RECORD = frozenset({"suspended", "resumed", "waived", "superseded", "terminated"})
_DOING = frozenset({Stance.PERFORMS, Stance.PERFORMS_IN_PART})
_FRESHNESS_MATTERS = frozenset({State.IN_FORCE, State.IN_PROGRESS, State.VIOLATED, State.REVERSED})


@dataclass(slots=True)
class Unaccepted:
    """What evidence there is that does not count as proof, as far as it tells how well a state is known."""

    access_denied: bool = False
    alleged: bool = False
    self_reported: bool = False

    def see(self, item: Item) -> None:
        """Take note of one more piece of evidence."""
        if item.stance is Stance.DENIES_ACCESS:
            self.access_denied |= item.accepted
        elif item.stance in _DOING:
            self.self_reported |= item.interest in (DEBTOR, BACKER) and item.names_debtor
        elif item.stance in FACTS:
            self.alleged |= item.interest == ADVERSARY and _sound(item)


def standing_of(outcome: Outcome, items: Iterable[Item], outlook_items: Sequence[Item]) -> Standing:
    """Verified, corroborated or reported by accepted evidence; else what unaccepted evidence there is."""
    unaccepted = Unaccepted()
    for item in items:
        unaccepted.see(item)
    return standing_from(outcome.deciding, outcome.moves, outlook_items, unaccepted, attrgetter("origin"))


def standing_from(
    deciding: Iterable[Item],
    moves: Sequence[Move],
    outlook_items: Iterable[Item],
    unaccepted: Unaccepted,
    origin: Callable[[Item], Hashable],
) -> Standing:
    """The standing of what a state rests on; `origin` tells which origin a piece of evidence goes back to."""
    resting = [item for item in deciding if item.accepted] or [item for item in outlook_items if item.accepted]
    if resting:
        if any(item.interest == VERIFIER for item in resting):
            return Standing.VERIFIED
        doing = resting[0].stance in _DOING
        if doing and all(item.interest in (DEBTOR, BACKER) for item in resting):
            return Standing.SELF_REPORTED
        if not doing and all(item.interest == ADVERSARY for item in resting):
            return Standing.ALLEGED
        first = origin(resting[0])
        return Standing.CORROBORATED if any(origin(item) != first for item in resting) else Standing.REPORTED
    if moves and moves[-1].rule in _BY_RECORD:
        return Standing.REPORTED
    if unaccepted.access_denied:
        return Standing.NOT_VERIFIABLE
    if unaccepted.alleged:
        return Standing.ALLEGED
    return Standing.SELF_REPORTED if unaccepted.self_reported else Standing.NO_INFORMATION


def _sound(item: Item) -> bool:
    claim = item.record.claim
    return claim.certainty is Certainty.CERTAIN and claim.part is not Part.HEADLINE and item.names_debtor


def dispute_of(outcome: Outcome, items: Sequence[Item]) -> Dispute | None:
    """Credible evidence both ways, with both candidate states; or figures that do not agree, side by side.

    A debtor's denial of a breach, or an adversary's of a performance, is its own word: it needs a figure of its own to
    stand as a second ledger.
    """
    if outcome.contested:
        states = tuple(state for state, _ in outcome.contested)
        both = tuple(
            Figure(item.quantity, item.speaker_name, item.record.id)
            for _, evidence in outcome.contested
            for item in evidence
            if item.quantity is not None
        )
        return Dispute(states, both)
    apart = list(outcome.figures)
    objections = [item for item in items if item.stance is Stance.DISPUTES and _objects(item, outcome.state)]
    if not apart and not objections:
        return None
    other = State.OVERDUE if outcome.state in DONE else State.IN_FORCE
    if outcome.state not in DONE and outcome.state is not State.VIOLATED:
        other = outcome.state
    figures = [Figure(value, item.speaker_name, item.record.id) for value, item in apart]
    figures += [
        Figure(item.quantity, item.speaker_name, item.record.id) for item in objections if item.quantity is not None
    ]
    if figures and not apart:
        own = [item for item in outcome.deciding if item.quantity is not None]
        figures = [*(Figure(item.quantity or 0.0, item.speaker_name, item.record.id) for item in own[-1:]), *figures]
    states = (outcome.state,) if other is outcome.state else (outcome.state, other)
    return Dispute(states, tuple(figures))


def _objects(item: Item, state: State) -> bool:
    if not _sound(item) or not item.speaker.named:
        return False
    if item.quantity is not None:
        return True
    if state in DONE:
        return item.interest not in (DEBTOR, BACKER, ADVERSARY)
    return state is State.VIOLATED and item.interest not in (DEBTOR, BACKER)


def stale_since(outcome: Outcome, items: Sequence[Item], as_of: date) -> date | None:
    """The day from which what is known is too old to lean on; `None` while it is fresh, final, or nothing is known."""
    if outcome.state not in _FRESHNESS_MATTERS or not outcome.deciding:
        return None
    days = [
        min(item.event.last, item.published) if item.event and not item.open_ended else item.published
        for item in items
        if item.accepted and item.stance in FACTS
    ]
    if not days:
        return None
    limit = min(max(days), as_of) + STALE_AFTER
    return limit if limit <= as_of else None
