"""How a time expression attaches to a trigger, in few words: whose it is, what lies between, whether it is near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servanda.reading.dates import TimeExpression
from servanda.reading.parsing import Word

_VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression, its words, the one that heads it, and the verb or trigger that it modifies."""

    expression: TimeExpression
    words: tuple[Word, ...]
    head: Word
    carrier: Word
    owned: bool = False
    """Whether what it modifies is itself the trigger of a claim."""


def attachment(trigger: Word, item: Dated, found: Sequence[Dated]) -> tuple[str, ...]:
    """The features of an expression beside a trigger; `found` are all expressions of the sentence."""
    taken = item.owned and item.carrier is not trigger
    way = _way(trigger, item)
    between = list(_between(trigger, item.head))
    commas = min(2, sum(word.text in (",", ";", "--", '"') for word in between))
    verbs = min(3, sum(word.pos == "VERB" for word in between))
    away = abs(trigger.i - item.head.i)
    nearest = all(abs(trigger.i - other.head.i) >= away for other in found)
    before = item.head.i < trigger.i
    return (
        f"taken={taken}",
        f"taken={taken}&way={way}",
        f"way={way}&{item.expression.type}",
        f"way={way}&{item.expression.cue}",
        f"way={way}&{trigger.pos}",
        f"way={way}&nearest={nearest}&taken={taken}",
        f"commas={commas}&verbs={verbs}",
        f"verbs={verbs}&taken={taken}&before={before}",
        f"nearest={nearest}&verbs={verbs}&before={before}",
        f"gap={min(away, 9)}&before={before}&nearest={nearest}",
        f"gap={min(away, 9)}&way={way}",
    )


def _way(trigger: Word, item: Dated) -> str:
    """Whether the expression belongs to the trigger's own clause, one above it, one below it, or another."""
    above = list(trigger.ancestors())
    verb = next((word for word in (trigger, *above) if word.pos in _VERBS), trigger)
    if item.carrier is verb or item.carrier is trigger:
        return "clause"
    if item.carrier in above:
        crossed = [word.dep for word in (trigger, *above[: above.index(item.carrier)]) if word.pos in _VERBS]
        return "up:" + ",".join(crossed[:2])
    below = list(item.head.ancestors())
    if trigger in below or verb in below:
        return f"down:{item.carrier.dep}"
    return "side"


def _between(first: Word, second: Word) -> Iterator[Word]:
    """The words between two words of a sentence."""
    low, high = (first, second) if first.i < second.i else (second, first)
    word = low.after
    while word is not None and word.i < high.i:
        yield word
        word = word.after
