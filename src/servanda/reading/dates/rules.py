"""What a rule of the grammar is: a name, a pattern, and the sense of what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from servanda.reading.dates.expressions import Calendar, Modifier, TimeType
from servanda.reading.dates.patterns import Pattern, Words, compile_pattern
from servanda.reading.dates.tense import Tense, is_boundary, is_told_right_before, names_what_is_done, tense_around

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from servanda.reading.dates.lattice import Edge, Meaning

UNKNOWN_DATE = "XXXX-XX-XX"
"""TIMEX3 for a date that cannot be told: an impossible day, a feast of another calendar."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What an expression means."""

    type: TimeType
    value: str
    modifier: Modifier | None = None
    calendar: Calendar = Calendar.GREGORIAN


@dataclass(slots=True)
class Reports:
    """The quarter that a text reports on: the first that it names, or a later one that is over by publication."""

    quarter: tuple[int, int] | None = None
    named: tuple[int, int] | None = None
    """The last quarter that the text named, whichever."""

    def name(self, quarter: tuple[int, int], current: tuple[int, int]) -> tuple[int, int]:
        """Take note of a quarter that the text names; returns the one that it reports on."""
        self.named = quarter
        if self.quarter is None or self.quarter < quarter < current:
            self.quarter = quarter
        return self.quarter


@dataclass(slots=True)
class Context:
    """What the sense of an expression may depend on: the day of publication and what the text named before."""

    published: date
    words: Words
    day_first: bool | None = None
    """How the document writes dates in figures, where one of them shows it."""
    reference: str | None = None
    """The value of the last date before this expression."""
    quarter: tuple[int, int] | None = None
    """Year and quarter that the text speaks of, until it names a year or a longer span; see `reports`."""
    reports: Reports = field(default_factory=lambda: Reports())
    years: dict[tuple[int, int], int] = field(default_factory=dict)
    """The years that the text gave for days: "Oct. 23" after "Oct. 23, 2020" is of that year."""
    last_end: int = -1
    """The token after the last expression, and whether it was a day of a month (for "June 23 and 25")."""
    last_weekday: date | None = None
    """The day that the last expression was, where it named a weekday."""
    last_month: tuple[int, int] | None = None
    """Year and month of the last expression, where it was a day."""


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a pattern fits: tokens `at` to `end`, and what the word classes stand for."""

    at: int
    end: int
    found: dict[str, Meaning]
    context: Context

    def number(self, label: str) -> int:
        """The whole number found under a label."""
        value = self.found[label]
        assert isinstance(value, int)
        return value

    def optional_number(self, label: str) -> int | None:
        """The whole number found under a label, where there is one."""
        return self.number(label) if label in self.found else None

    def word(self, label: str) -> str:
        """The code found under a label."""
        value = self.found[label]
        assert isinstance(value, str)
        return value

    def has(self, label: str) -> bool:
        """Whether the optional part was there."""
        return label in self.found

    @property
    def published(self) -> date:
        """The day that the document is of."""
        return self.context.published

    @property
    def tense(self) -> Tense:
        """What the words around suggest."""
        return tense_around(self.context.words.tokens, self.at, self.end)

    @property
    def is_told_right_before(self) -> bool:
        """Whether a past verb stands just before the match."""
        return is_told_right_before(self.context.words.tokens, self.at)

    @property
    def names_what_is_done(self) -> bool:
        """Whether the match stands before the name of a past deed or accord."""
        return names_what_is_done(self.context.words.tokens, self.end)

    @property
    def is_title(self) -> bool:
        """Whether every word has a capital, as in the name of a programme ("This Week")."""
        tokens = self.context.words.tokens[self.at : self.end]
        return len(tokens) > 1 and all(token.text.istitle() for token in tokens)

    @property
    def opens_a_sentence(self) -> bool:
        """Whether the match stands at the start of a sentence or a quotation."""
        tokens = self.context.words.tokens
        return tokens[self.at].text[0].isupper() and (not self.at or not tokens[self.at - 1].text[0].isalnum())

    @property
    def is_part_of_a_name(self) -> bool:
        """Whether a word with a capital follows another, as in the name of a newspaper ("Russia Today")."""
        tokens = self.context.words.tokens
        if not self.at or not tokens[self.at].text[0].isupper():
            return False
        previous = tokens[self.at - 1]
        return previous.text[0].isupper() and tokens[self.at].start - previous.end == 1

    @property
    def precedes_a_name(self) -> bool:
        """Whether the next word is spelt with a capital."""
        following = self.context.words.tokens[self.end : self.end + 1]
        return bool(following) and following[0].text[0].isupper()

    def edges(self, at: int) -> tuple[Edge, ...]:
        """What may begin at a token of the text; nothing beyond its end."""
        edges = self.context.words.edges
        return edges[at] if at < len(edges) else ()

    def word_at(self, at: int) -> str:
        """The word at a token of the text; empty beyond its end."""
        tokens = self.context.words.tokens
        return tokens[at].lower if at < len(tokens) else ""

    def words_around(self, reach: int) -> set[str]:
        """The words of the sentence within a distance from the match on either side."""
        tokens, found = self.context.words.tokens, set()
        for way in (range(self.at - 1, max(-1, self.at - 1 - reach), -1), range(self.end, self.end + reach)):
            for index in way:
                if index >= len(tokens) or is_boundary(tokens, index):
                    break
                found.add(tokens[index].lower)
        return found

    def token(self, offset: int) -> str:
        """The word at a distance from the match: -1 is the one before it, 1 the one after; empty beyond the text."""
        index = self.at + offset if offset < 0 else self.end + offset - 1
        return self.word_at(index) if index >= 0 else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the grammar. `sense` may refuse a match by returning `None`."""

    name: str
    source: str
    sense: Callable[[Match], Sense | None]
    takes_the: bool = False
    """Whether "the" before it belongs to the expression, as in "the third quarter"."""
    compares: bool = False
    """Whether it names a time to compare with ("a year earlier"), after which the text goes on about the first."""
    pattern: Pattern = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", compile_pattern(self.source))


def date_sense(value: str | None, modifier: Modifier | None = None) -> Sense | None:
    """A date with that value; `None` stays `None`."""
    return None if value is None else Sense(TimeType.DATE, value, modifier)
