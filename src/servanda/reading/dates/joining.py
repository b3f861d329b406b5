"""A time of day and the day beside it are one: "10 p.m. Wednesday". "Wednesday at 10 p.m." shares the day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from servanda.reading.dates.expressions import TimeType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servanda.reading.dates.expressions import TimeExpression

_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_BETWEEN_TIME_AND_DAY = re.compile(r"\s*,?\s*(?:on\s+)?")
_BETWEEN_DAY_AND_TIME = re.compile(r"\s*,?\s*(?:at|by|from|until|around|about|before|after)?\s*(?:about|around)?\s*")


def joined(text: str, expressions: Iterable[TimeExpression]) -> list[TimeExpression]:
    """The expressions with a clock time and a day beside it brought together."""
    result: list[TimeExpression] = []
    for expression in expressions:
        previous = result[-1] if result else None
        if previous is not None:
            between = text[previous.end : expression.start]
            if _is_clock(previous) and _is_day(expression) and _BETWEEN_TIME_AND_DAY.fullmatch(between):
                result[-1] = replace(
                    previous,
                    end=expression.end,
                    text=text[previous.start : expression.end],
                    value=expression.value + previous.value[10:],
                )
                continue
            if _is_day(previous) and _is_clock(expression) and _BETWEEN_DAY_AND_TIME.fullmatch(between):
                expression = replace(expression, value=previous.value + expression.value[10:])
        result.append(expression)
    return result


def _is_clock(expression: TimeExpression) -> bool:
    return expression.type is TimeType.TIME and _CLOCK.fullmatch(expression.value) is not None


def _is_day(expression: TimeExpression) -> bool:
    return expression.type is TimeType.DATE and _DAY.fullmatch(expression.value) is not None
