"""The reasons of a judgement in words: what is owed by when, what moved it, what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.core.accord import NoDeadline
from servanda.core.dates import DateRange, PartialDate
from servanda.core.judgement import Reason
from servanda.core.vocabulary import Kind, RecordKind, Stance, State
from servanda.judging.due import waits_for
from servanda.judging.evidence import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servanda.core.dates import When
    from servanda.judging.evidence import Item
    from servanda.judging.outlook import WayAhead
    from servanda.judging.runner import Move, Outcome
    from servanda.judging.timeline import StageDue
    from servanda.judging.visible import Commitment

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def day_words(day: date) -> str:
    """`23 January 2021`, whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def when_words(when: When) -> str:
    """A date as precise as it is known."""
    match when:
        case PartialDate(day=None, month=None):
            return str(when.year)
        case PartialDate(day=None, month=int(month)):
            return f"{_MONTHS[month - 1]} {when.year}"
        case PartialDate():
            return day_words(when.first)
        case DateRange() if when.first == when.last:
            return day_words(when.first)
        case DateRange():
            return f"between {day_words(when.first)} and {day_words(when.last)}"
        case _:
            return str(when)


def reasons_of(
    commitment: Commitment,
    outcome: Outcome,
    ahead: WayAhead,
    unmet: Sequence[str],
    condition: str | None,
) -> tuple[Reason, ...]:
    """Each step on the way to the judgement, the one that decides it last."""
    reasons = [*_beginning(commitment, outcome, condition)]
    if unmet and not any(reason.rule == "prerequisite unmet" for reason in ahead.reasons):
        names = ", ".join(unmet)
        reasons.append(
            Reason("prerequisite unmet", f"It depends on {names}, and that is unmet; this is shown and no excuse.")
        )
    reasons += [_of_move(move) for move in outcome.moves if move.rule not in _OPENING]
    if outcome.contested:
        reasons.append(_of_contest(outcome))
    reasons += ahead.reasons
    return tuple(reasons)


def deciding_reason(
    commitment: Commitment, outcome: Outcome, ahead: WayAhead, unmet: Sequence[str], condition: str | None
) -> Reason:
    """The last of `reasons_of`."""
    if ahead.reasons:
        return ahead.reasons[-1]
    if outcome.contested:
        return _of_contest(outcome)
    if outcome.moves and outcome.moves[-1].rule not in _OPENING:
        return _of_move(outcome.moves[-1])
    return reasons_of(commitment, outcome, ahead, unmet, condition)[-1]


_OPENING = frozenset({"concluded", "concluded on condition"})


def _of_move(move: Move) -> Reason:
    words = f"{day_words(move.day)}: {move.words}" + (f" ({move.note})" if move.note else "")
    return Reason(move.rule, words, tuple(item.record.id for item in move.items))


def _of_contest(outcome: Outcome) -> Reason:
    names = " and ".join(state.value for state, _ in outcome.contested)
    evidence = tuple(item.record.id for _, items in outcome.contested for item in items)
    return Reason("evidence both ways", f"Credible evidence supports {names}.", evidence)


def _beginning(commitment: Commitment, outcome: Outcome, condition: str | None) -> list[Reason]:
    instrument, provision = commitment.instrument, commitment.provision
    if commitment.concluded is None:
        return [
            Reason(
                "tentative",
                f"Not concluded, only announced or negotiated: {instrument.title}. Nothing is owed under it yet.",
            )
        ]
    reasons = [Reason("concluded", f"Concluded on {day_words(commitment.concluded)}: {instrument.title}.")]
    if outcome.state is State.CONDITIONAL and condition:
        reasons.append(Reason("condition open", f"Nothing is owed before {condition}."))
    for number, day in sorted(outcome.stages_reached.items()):
        reasons.append(Reason("stage fulfilled", f"Stage {number} was done by {day_words(day)}."))
    for stage in outcome.stages_waiting:
        reasons.append(Reason("stage not released", _waiting_words(stage)))
    if outcome.due is not None:
        reasons.append(Reason("due", f"It is due by {when_words(outcome.due.shown)}; that day still counts."))
    elif provision.kind is Kind.ACHIEVE:
        match provision.deadline:
            case NoDeadline(words=str(words)):
                reasons.append(Reason("no deadline", f"The text says “{words}”, which is no date."))
            case deadline if waiting := waits_for(deadline):
                reasons.append(
                    Reason("clock not started", f"Its time starts with {waiting}, which has not come about.")
                )
            case _ if not provision.stages:
                reasons.append(Reason("no deadline", "No deadline is known."))
            case _:
                pass
    return reasons


def _waiting_words(stage: StageDue) -> str:
    return f"Stage {stage.number} waits for {' and '.join(stage.waits_for)}; before that it is not due."


def notes_of(commitment: Commitment, outcome: Outcome) -> tuple[str, ...]:
    """What stands beside the judgement without deciding it."""
    notes = []
    for record in commitment.records:
        if record.kind is RecordKind.RESERVATION:
            notes.append(
                f"Reservation of {', '.join(record.by)} ({when_words(record.on)}): {record.text or ''}".rstrip(": ")
            )
        elif record.kind is RecordKind.ACCESSION:
            notes.append(f"Acceded on {when_words(record.on)}.")
        elif record.kind in (RecordKind.EXTENSION, RecordKind.AMENDMENT):
            how = "orally" if record.oral else "in writing"
            notes.append(
                f"{record.kind.value.capitalize()} {how}, {when_words(record.on)}: {record.text or record.source}"
            )
    if outcome.state is State.IN_PROGRESS and outcome.stages_reached and outcome.stages_waiting and not outcome.due:
        done = ", ".join(str(number) for number in sorted(outcome.stages_reached))
        notes.append(f"All that is due by now is done (stage {done}). {_waiting_words(outcome.stages_waiting[0])}")
    match commitment.provision.deadline:
        case NoDeadline(words=str(words)):
            notes.append(f"“{words}” is no date.")
        case _:
            pass
    if any(_vague(item, outcome) for item in outcome.fulfilled_by):
        notes.append("The date of performance is not exact; it may lie after the deadline.")
    return tuple(notes)


def _vague(item: Item, outcome: Outcome) -> bool:
    return outcome.due is not None and item.event is not None and item.event.first <= outcome.due.last < item.event.last


def would_change(commitment: Commitment, outcome: Outcome, items: Sequence[Item], as_of: date) -> tuple[str, ...]:
    """What would change the answer: the evidence that is missing, the claims that nearly count, the next date."""
    lines = list(_MISSING.get((commitment.provision.kind is Kind.ACHIEVE, outcome.state), ()))
    if outcome.due is not None and outcome.state in (State.IN_FORCE, State.IN_PROGRESS) and as_of <= outcome.due.last:
        lines.append(f"The deadline: from the day after {day_words(outcome.due.last)} it is overdue.")
    nearly: dict[str, int] = {}
    for item in items:
        if item.stance in FACTS and not item.accepted:
            nearly[item.why] = nearly.get(item.why, 0) + 1
        elif item.stance is Stance.BACKGROUND and item.why.endswith("it does not say when"):
            nearly["it does not say when"] = nearly.get("it does not say when", 0) + 1
    lines += [f"{count} claim{'s' if count > 1 else ''} would count, but: {why}." for why, count in nearly.items()]
    return tuple(lines)


_MISSING: dict[tuple[bool, State], tuple[str, ...]] = {
    (True, State.TENTATIVE): ("A record that its instrument was concluded.",),
    (True, State.CONDITIONAL): ("Its condition coming about.",),
    (True, State.IN_FORCE): ("Accepted evidence that it was done, or begun.",),
    (True, State.IN_PROGRESS): ("Accepted evidence that the rest was done.",),
    (True, State.OVERDUE): (
        "Accepted evidence that it was done in time, or late.",
        "Accepted evidence that it was not done.",
        "A record that the deadline was moved.",
    ),
    (True, State.VIOLATED): ("Accepted evidence that it was done after all.",),
    (True, State.FULFILLED): ("Accepted evidence that it was undone.",),
    (True, State.FULFILLED_LATE): ("Accepted evidence that it was undone.",),
    (True, State.REVERSED): ("Accepted evidence that it was done again.",),
    (False, State.TENTATIVE): ("A record that its instrument was concluded.",),
    (False, State.CONDITIONAL): ("Its condition coming about.",),
    (False, State.IN_FORCE): ("Accepted evidence of a breach that is dated after it began.",),
    (False, State.VIOLATED): ("Accepted evidence that the breach ended.",),
    (True, State.SUSPENDED): ("A record that the suspension ended.",),
    (False, State.SUSPENDED): ("A record that the suspension ended.",),
}
