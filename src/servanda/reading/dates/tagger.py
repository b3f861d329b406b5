"""From a text to its time expressions: the grammar finds, then edges, neighbours and the words beside are looked at."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from servanda.reading.dates.cues import cue_of, source_of_count
from servanda.reading.dates.edges import widened
from servanda.reading.dates.expressions import TimeExpression, TimeType
from servanda.reading.dates.grammar import RULES
from servanda.reading.dates.joining import joined
from servanda.reading.dates.lattice import build
from servanda.reading.dates.patterns import END, Words, after
from servanda.reading.dates.reckoning import quarter_in, quarter_of
from servanda.reading.dates.rules import Context, Match, Sense
from servanda.reading.dates.tokens import tokenize

if TYPE_CHECKING:
    from servanda.reading.dates.rules import Rule

_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_SPANS_OF_REPORTS = frozenset({"P6M", "P9M", "P1Y"})
"""After "for the nine months" a comparison "with a year earlier" is with the year, not with the quarter."""
_NEVER_A_REFERENCE = re.compile(r".*(_REF|X).*|FY.*")


def _index(rules: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    """The rules by what they may begin with."""
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        starts, empty = rule.pattern.first()
        assert not empty, rule.name
        for start in starts:
            table.setdefault(start, []).append(rule)
    return {start: tuple(found) for start, found in table.items()}


def _index_pairs(by_start: dict[str, tuple[Rule, ...]]) -> dict[tuple[str, str], tuple[Rule, ...]]:
    """The rules by the literal word that they may begin with ("the") and what may come next."""
    table: dict[tuple[str, str], list[Rule]] = {}
    for start, rules in by_start.items():
        for rule in rules:
            for following in after(rule.pattern.items, start):
                table.setdefault((start, following), []).append(rule)
    return {pair: tuple(found) for pair, found in table.items()}


_BY_START = _index(RULES)
_BY_PAIR = _index_pairs(_BY_START)
_ORDER = {rule.name: number for number, rule in enumerate(RULES)}
assert len(_ORDER) == len(RULES)


def tag(text: str, published: date) -> tuple[TimeExpression, ...]:
    """All time expressions of a text, in order, none overlapping another.

    Relative ones are resolved against the day of publication, and "the following year" and its like against the date
    named before. The same text and date give the same result on every run. Never raises on any text.
    """
    tokens = tokenize(text)
    words = Words(tokens, build(tokens))
    context = Context(published, words, _day_first(text))
    expressions: list[TimeExpression] = []
    at = taken = 0
    while at < len(tokens):
        found = _best(words, at, context)
        if found is None:
            at += 1
            continue
        rule, match, sense = found
        start, sense = widened(words, match.at, taken, sense, takes_the=rule.takes_the)
        expressions.append(_expression(text, words, start, match.end, sense))
        _remember(context, match, rule, sense)
        at = taken = match.end
    return tuple(joined(text, expressions))


def _best(words: Words, at: int, context: Context) -> tuple[Rule, Match, Sense] | None:
    """The longest match at a token, or at the next where that one takes an article before it along."""
    found = _longest(words, at, context)
    if found is not None and words.tokens[at].lower == "the" and at + 1 < len(words.tokens):
        inner = _longest(words, at + 1, context)
        if inner is not None and inner[0].takes_the and inner[1].end > found[1].end:
            return inner
    return found


def _longest(words: Words, at: int, context: Context) -> tuple[Rule, Match, Sense] | None:
    """The longest match at a token whose rule makes sense of it; of equals, the first rule of the grammar."""
    rules = {rule.name: rule for edge in words.edges[at] for rule in _BY_START.get(edge.word_class, ())}
    word = words.tokens[at].lower
    if word in _BY_START:
        rules |= {rule.name: rule for way in _starts(words, at + 1) for rule in _BY_PAIR.get((word, way), ())}
    candidates = [
        (-end, _ORDER[name], number, found)
        for name, rule in rules.items()
        for number, (end, found) in enumerate(rule.pattern.ends(words, at, ()))
    ]
    for end, order, _, found in sorted(candidates, key=lambda candidate: candidate[:3]):
        rule = RULES[order]
        match = Match(at, -end, dict(found), context)
        try:
            sense = rule.sense(match)
        except (ValueError, OverflowError):
            continue  # beyond the calendar of the years 1 to 9999
        if sense is not None:
            return rule, match, sense
    return None


def _starts(words: Words, at: int) -> set[str]:
    """What a pattern may go on with at a token: its word, its word classes, or the pattern's end."""
    if at >= len(words.tokens):
        return {END}
    return {END, words.tokens[at].lower, *(edge.word_class for edge in words.edges[at])}


def _expression(text: str, words: Words, at: int, end: int, sense: Sense) -> TimeExpression:
    tokens = words.tokens
    start, stop = tokens[at].start, tokens[end - 1].end
    expression = TimeExpression(start, stop, text[start:stop], sense.type, sense.value, sense.modifier, sense.calendar)
    cue = cue_of(tokens, at, end)
    if cue is not None:
        expression = replace(expression, cue=cue[0], cue_span=cue[1])
    if sense.type is TimeType.DURATION:
        counted = source_of_count(tokens, end)
        if counted is not None:
            expression = replace(expression, counting=counted[0], counted_from=counted[1])
    return expression


def _remember(context: Context, match: Match, rule: Rule, sense: Sense) -> None:
    """Keep what later expressions may lean on."""
    context.last_end = match.end
    if match.has("YEAR") and match.has("MONTH") and (match.has("DAY") or match.has("ORD")):
        of_month = match.number("DAY") if match.has("DAY") else match.number("ORD")
        context.years[match.number("MONTH"), of_month] = match.number("YEAR")
    context.last_month = None
    single = sense.type is TimeType.DATE and match.has("WEEKDAY") and _DAY.fullmatch(sense.value)
    context.last_weekday = (
        date.fromisoformat(sense.value) if single and not match.has("MONTH") and not match.has("LAST") else None
    )
    quarter = quarter_in(sense.value)
    if quarter is not None and rule.compares:
        return
    if quarter is not None:
        context.quarter = context.reports.name(quarter, quarter_of(context.published))
    elif (sense.type is TimeType.DATE and _YEAR.fullmatch(sense.value)) or sense.value in _SPANS_OF_REPORTS:
        context.quarter = None
    if sense.type in (TimeType.DATE, TimeType.TIME) and not _NEVER_A_REFERENCE.fullmatch(sense.value):
        context.reference = sense.value
        day = _DAY.fullmatch(sense.value)
        if day and (match.has("MONTH") or match.has("DAY")):
            context.last_month = (int(day[1]), int(day[2]))


def _day_first(text: str) -> bool | None:
    """How the document writes days in figures, where one of its dates has a number above 12."""
    for match in _FIGURES.finditer(text):
        first, second = int(match[1]), int(match[2])
        if 12 < first <= 31 and second <= 12:
            return True
        if 12 < second <= 31 and first <= 12:
            return False
    return None
