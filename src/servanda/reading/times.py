"""When: the time expression that belongs to a trigger, as a date or span, and how it bears on the action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.core.dates import DateRange, Duration, PartialDate, When
from servanda.core.vocabulary import Act, WhenKind
from servanda.reading.dates import Cue, Modifier, TimeExpression, TimeType
from servanda.reading.parsing import Parse, Word
from servanda.reading.stance import Stance

_BY = frozenset({Cue.BY, Cue.BEFORE, Cue.UNTIL, Cue.WITHIN})
_FROM = frozenset({Cue.FROM, Cue.SINCE})
_CARRIERS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression, the word that heads it, and the verb or event noun that it modifies."""

    expression: TimeExpression
    head: Word
    carrier: Word


def dated(parse: Parse, expressions: Sequence[TimeExpression], triggers: Sequence[Word]) -> list[Dated]:
    """The time expressions of a sentence, each with what it modifies."""
    indices = {w.i for w in triggers}
    found = []
    for expression in expressions:
        inside = [w for w in parse.words if expression.start <= w.start < expression.end]
        if not inside:
            continue
        members = {w.i for w in inside}
        head = next((w for w in inside if w.head is w or w.head.i not in members), inside[0])
        carrier = head
        while carrier.head is not carrier:
            carrier = carrier.head
            if carrier.pos in _CARRIERS or carrier.i in indices:
                break
        found.append(Dated(expression, head, carrier))
    return found


def when(trigger: Word, act: Act, stance: Stance, found: Sequence[Dated]) -> tuple[When | None, WhenKind | None]:
    """The trigger's date or span and its kind; (`None`, `None`) where the text gives none."""
    carriers = _carriers(trigger, act, stance)
    for carrier in carriers:
        for item in found:
            if item.carrier is carrier and (value := _value(item)) is not None:
                return value, _kind(item.expression, value, act)
    return None, None


def _carriers(trigger: Word, act: Act, stance: Stance) -> list[Word]:
    """The words whose date is the trigger's, nearest first."""
    carriers = [trigger]
    current = trigger
    while current.head is not current:
        dep, head = current.dep, current.head
        if dep == "conj":
            current = head
            continue
        if current.pos in _CARRIERS:
            # The date of a verb of saying, promising or asking is not the date of what is said, promised or asked.
            break
        if dep in ("relcl", "advcl", "ccomp", "acl"):
            break
        current = head
        carriers.append(current)
        if current.pos in _CARRIERS:
            if current is stance.governor:
                carriers.pop()
            break
    return carriers


def _value(item: Dated) -> When | None:
    expression = item.expression
    if expression.type is TimeType.DURATION:
        if expression.cue is None and "-" in expression.text:
            return None
        value = expression.when
        return value if isinstance(value, Duration) else None
    value = expression.when
    if isinstance(value, DateRange):
        days = (value.last - value.first).days
        if days <= 1:
            return PartialDate.of(value.first)
        if days <= 7:
            return PartialDate(value.first.year, value.first.month)
        return None
    return value


def _kind(expression: TimeExpression, value: When, act: Act) -> WhenKind | None:
    if isinstance(value, Duration):
        return WhenKind.BY if expression.cue in (Cue.WITHIN, Cue.IN) else None
    if expression.cue in _BY or expression.modifier is Modifier.ON_OR_BEFORE:
        return WhenKind.BY
    if expression.cue in _FROM:
        return WhenKind.FROM
    return WhenKind.ON
