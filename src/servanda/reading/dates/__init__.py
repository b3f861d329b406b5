"""Time expressions in news and legal English: TIMEX3 types and values, anchored to the day of publication."""

from servanda.reading.dates.expressions import Calendar, Cue, Modifier, TimeExpression, TimeType
from servanda.reading.dates.tagger import tag

__all__ = ["Calendar", "Cue", "Modifier", "TimeExpression", "TimeType", "tag"]
