"""What each stretch of tokens may stand for: "twenty-one" a number, "Sept." a month, "second" an ordinal and a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servanda.reading.dates import lexicon
from servanda.reading.dates.numbers import numbers_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.dates.tokens import Token

Meaning = int | str | tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A stretch of tokens up to `end` (exclusive) read as one of the grammar's word classes."""

    word_class: str
    meaning: Meaning
    end: int


def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, Meaning]]]:
    """Phrases of the lexicon by their first word."""
    table: dict[str, list[tuple[tuple[str, ...], str, Meaning]]] = {}

    def add(words: tuple[str, ...], word_class: str, meaning: Meaning) -> None:
        table.setdefault(words[0], []).append((words, word_class, meaning))

    for words, month_day in lexicon.FIXED_HOLIDAYS.items():
        add(words, "HOLIDAY", ("fixed", *month_day))
    for words, rule in lexicon.NTH_WEEKDAY_HOLIDAYS.items():
        add(words, "HOLIDAY", ("nth", *rule))
    for words, offset in lexicon.EASTER_HOLIDAYS.items():
        add(words, "HOLIDAY", ("easter", offset))
    for words in lexicon.HIJRI_MONTHS:
        add(words, "HIJRI_MONTH", words[0])
    for words, value in lexicon.VAGUE_DATES:
        add(words, "VAGUE", value)
    for words in lexicon.VAGUE_NUMBERS:
        add(words, "SOME", "X")
    for words, value in lexicon.COLLECTIVE_NUMBERS.items():
        add(words, "NUM", value)
    return table


def _words() -> dict[str, tuple[tuple[str, Meaning], ...]]:
    """Single words that need no look at their spelling."""
    table: dict[str, list[tuple[str, Meaning]]] = {}

    def add(word: str, word_class: str, meaning: Meaning) -> None:
        table.setdefault(word, []).append((word_class, meaning))

    for word, unit in lexicon.UNITS.items():
        plural = word.endswith("s") or word == "millennia"
        add(word, "UNITS" if plural else "UNIT", unit)
    for word, season in lexicon.SEASONS.items():
        add(word, "SEASON", season)
        add(f"{word}s", "SEASONS", season)
    for word, part in lexicon.PARTS_OF_DAY.items():
        add(word, "PARTSOFDAY" if word.endswith("s") else "PARTOFDAY", part)
    for group, word_class in ((lexicon.NEXT, "NEXT"), (lexicon.LAST, "LAST"), (lexicon.THIS, "THIS")):
        for word in group:
            add(word, word_class, word)
    for word, value in lexicon.ADVERB_SETS.items():
        add(word, "ADVERBSET", value)
    for word, span in lexicon.LONG.items():
        add(word, "LONG", span)
    for word, decade in lexicon.DECADES.items():
        add(word, "DECADEWORD", decade)
    for word, month in lexicon.MONTHS.items():
        if word not in lexicon.ALSO_WORDS and word not in lexicon.ABBREVIATED:
            add(word, "MONTH", month)
    for word, day in lexicon.WEEKDAYS.items():
        if len(word) > 5:
            add(word, "WEEKDAY", day)
            add(f"{word}s", "WEEKDAYS", day)
    return {word: tuple(classes) for word, classes in table.items()}


_PHRASES = _phrases()
_WORDS = _words()


def build(tokens: Sequence[Token]) -> list[tuple[Edge, ...]]:
    """All readings of the words that begin at each token."""
    return [_edges(tokens, at) for at in range(len(tokens))]


def _edges(tokens: Sequence[Token], at: int) -> tuple[Edge, ...]:
    token = tokens[at]
    word = token.lower
    edges = [Edge(word_class, meaning, at + 1) for word_class, meaning in _WORDS.get(word, ())]
    if word in lexicon.ALSO_WORDS or word in lexicon.ABBREVIATED:
        edges += _name_of_month_or_day(tokens, at)
    for words, word_class, meaning in _PHRASES.get(word, ()):
        end = at + len(words)
        if all(token.lower == expected for token, expected in zip(tokens[at:end], words, strict=False)) and end <= len(
            tokens
        ):
            edges.append(Edge(word_class, meaning, end))
    edges += [Edge(word_class, meaning, end) for word_class, meaning, end in numbers_at(tokens, at)]
    return tuple(edges)


def _name_of_month_or_day(tokens: Sequence[Token], at: int) -> list[Edge]:
    """Short forms ("Sept.", "Mon."), and names that are other words too ("May", "March")."""
    token = tokens[at]
    word = token.lower
    spoken = word == token.text == "march" and _is_ordinal(tokens, at + 1) and tokens[at - 1].lower != "to"
    if spoken:
        return [Edge("MONTH", lexicon.MONTHS[word], at + 1)]
    if not token.text[0].isupper() or (word in lexicon.ALSO_WORDS and word != token.text.lower()):
        return []
    if word in lexicon.ALSO_WORDS and not _spelt_as_a_name(tokens, at):
        return []
    end = at + 1
    if word in lexicon.ABBREVIATED:
        if end < len(tokens) and tokens[end].text == "." and tokens[end].start == token.end:
            end += 1
        elif not _has_a_number_beside_it(tokens, at):
            return []
    readings = [Edge("MONTH", lexicon.MONTHS[word], end)] if word in lexicon.MONTHS else []
    readings += [Edge("WEEKDAY", lexicon.WEEKDAYS[word], end)] if word in lexicon.WEEKDAYS else []
    return readings


def _is_ordinal(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].lower in lexicon.ORDINALS


def _has_a_number_beside_it(tokens: Sequence[Token], at: int) -> bool:
    """ "Jan 14" and "14 Jan" are dates; "Jan Kavan" is a person."""
    return any(0 <= near < len(tokens) and tokens[near].text[0].isdigit() for near in (at - 1, at + 1))


_BEFORE_A_MONTH = frozenset({
    "in", "of", "by", "since", "until", "till", "last", "next", "this", "early", "late", "mid", "during", "from",
    "through", "to", "for", "before", "after", "on", "and", "between", "past", "coming", "previous", "following",
    "than", "the", "around", "about",
})  # fmt: skip
_FOLLOWS_A_MODAL = frozenset({
    "i", "we", "you", "he", "she", "it", "they", "there", "the", "a", "an", "not", "god", "this", "that", "these",
    "those", "all", "her", "his",
})  # fmt: skip


def _spelt_as_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether "May" (or "March", "Mar", "Sat") is the month or day here and not the verb.

    A number beside it decides; so does a word that stands before months. Else it counts unless it opens a sentence or
    the next word is one that follows a modal verb, or is part of a name ("Theresa May").
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        following is not None
        and following.text == "."
        and at + 2 < len(tokens)
        and tokens[at].lower in lexicon.ABBREVIATED
    ):
        following = tokens[at + 2]
    if following is not None and (following.text[0].isdigit()):
        return True
    previous = tokens[at - 1] if at else None
    if previous is None or previous.ends_paragraph or not previous.text[0].isalnum():
        if previous is not None and previous.text in {",", "-", "–", "/", "("} and tokens[at].lower in lexicon.MONTHS:
            return following is None or following.lower not in _FOLLOWS_A_MODAL
        return False
    if previous.text[0].isdigit():
        return True
    return previous.lower in _BEFORE_A_MONTH and (
        following is None or following.text.islower() or not following.text[0].isalpha()
    )
