"""Fold clock events, records and accepted evidence, in order of event date, through the transition table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.vocabulary import Kind, State
from servanda.judging.doing import Doing
from servanda.judging.evidence import FACTS
from servanda.judging.keeping import Keeping
from servanda.judging.runner import Outcome
from servanda.judging.transitions import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.judging.evidence import Item
    from servanda.judging.timeline import Timeline
    from servanda.judging.visible import Commitment


def fold(commitment: Commitment, timeline: Timeline, items: Sequence[Item], as_of: date) -> Outcome:
    """Run the timeline and the accepted evidence through the transition table, up to and with `as_of`."""
    facts = [item for item in items if item.accepted and item.event is not None and item.stance in FACTS]
    if timeline.start is None:
        return Outcome(State.TENTATIVE, [], timeline.deadlines.at(as_of))
    if commitment.provision.kind is not Kind.ACHIEVE:
        return Keeping(commitment, timeline, as_of).run(facts)
    return Doing(commitment, timeline, as_of).run(facts)


def is_open(state: State) -> bool:
    """Whether the way ahead can still be spoken of."""
    return state in OPEN
