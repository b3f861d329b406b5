"""The way ahead of what is in force or in progress: on track, at risk, or nothing known. Silence is not good news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.core.judgement import Reason
from servanda.core.vocabulary import Action, Certainty, Kind, Outlook, Part, Stance
from servanda.judging.fold import is_open
from servanda.judging.sources import DEBTOR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.judging.evidence import Item
    from servanda.judging.runner import Outcome
    from servanda.judging.visible import Commitment

SLOW = 0.5
"""Below this part of an even pace, once half of the time is gone, it is too slow."""


@dataclass(frozen=True, slots=True)
class WayAhead:
    """The outlook with what it rests on."""

    outlook: Outlook | None
    reasons: tuple[Reason, ...] = ()
    items: tuple[Item, ...] = ()


def way_ahead(
    commitment: Commitment, outcome: Outcome, items: Sequence[Item], unmet: Sequence[str], as_of: date
) -> WayAhead:
    """What accepted evidence, the debtor's own words, its prerequisites and its pace say of the way ahead."""
    if not is_open(outcome.state):
        return WayAhead(None)
    contrary = [item for item in items if is_contrary(item, commitment)]
    slow, steady = _pace(commitment, outcome, as_of)
    latest_progress = max(
        (item.published for item in items if item.accepted and item.stance is Stance.PERFORMS_IN_PART), default=None
    )
    standing = [item for item in contrary if latest_progress is None or item.published >= latest_progress or not steady]
    reasons = []
    if unmet:
        reasons.append(Reason("prerequisite unmet", f"At risk: it depends on {_listed(unmet)}, and that is unmet."))
    if slow:
        reasons.append(Reason("pace too slow", slow))
    if standing:
        words = "contrary conduct or words are on record"
        evidence = tuple(dict.fromkeys(item.record.id for item in standing))
        reasons.append(Reason("contrary conduct or words", f"At risk: {words}.", evidence))
    if reasons:
        return WayAhead(Outlook.AT_RISK, tuple(reasons), tuple(standing))
    if steady and outcome.deciding:
        evidence = tuple(item.record.id for item in outcome.deciding)
        return WayAhead(Outlook.ON_TRACK, (Reason("pace", steady, evidence),), outcome.deciding)
    return WayAhead(None)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]


def is_contrary(item: Item, commitment: Commitment) -> bool:
    """Conduct or words against what is owed. An undated report counts only where it says that forces stay on."""
    claim = item.record.claim
    if item.stance is Stance.REFUSES:
        return item.accepted
    if commitment.provision.kind is Kind.ACHIEVE and item.accepted:
        if item.stance is Stance.BREACHES:
            return True
        if item.stance is Stance.FAILS:
            return claim.action is Action.REMAIN
    sound = claim.certainty is Certainty.CERTAIN and claim.part is not Part.HEADLINE and item.names_debtor
    return item.stance is Stance.AMENDS and sound and item.interest == DEBTOR and item.speaker.itself


def _pace(commitment: Commitment, outcome: Outcome, as_of: date) -> tuple[str | None, str | None]:
    """In words: why it is too slow, or why it is on track, where a share and a deadline are known."""
    start, due, share = commitment.concluded, outcome.due, outcome.share_of_due
    if start is None or due is None or not share or due.last <= start:
        return None, None
    gone = min(1.0, (as_of - start).days / (due.last - start).days)
    owed = " of what is due by then" if outcome.due_share < 1 else ""
    words = f"{share:.0%}{owed} done when {gone:.0%} of the time has gone"
    if share >= gone:
        return None, f"On track: {words}."
    if gone >= 0.5 and share < SLOW * gone:
        return f"At risk: {words}.", None
    return None, None
