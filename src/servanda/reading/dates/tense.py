"""A quick look at the words around a date: does the sentence speak of what was, or of what is to come?"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from servanda.reading.dates.lexicon import WEEKDAYS
from servanda.reading.dates.tense_words import (
    BEFORE_A_CLAUSE,
    BEFORE_A_DATE,
    CAME_ABOUT,
    CLAUSES,
    DELIVERED,
    DONE,
    FUTURE,
    HELD_BY_DAY,
    LEAD_AHEAD,
    LOOK_AHEAD,
    NOT_PAST,
    NOT_VERBS_AFTER_TO,
    PASSED_TO,
    PAST,
    PLANNED,
    REPORTING,
    SCHEDULED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.dates.tokens import Token


class Tense(StrEnum):
    """What the words around a date suggest."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_AT_A_DATE = frozenset({"on", "in", "for"})
_ENDS = frozenset(".!?;")
_WORDS_OF_A_NAME = 4
_NEAR_VERB = 3
_NEAR = 6
"""Words before an expression among which "ahead of" speaks for what is to come: "ahead of the vote on Thursday"."""
_NEAR_AFTER = 12
REACH = 40
"""How many words are looked at on either side."""


def tense_around(tokens: Sequence[Token], at: int, end: int) -> Tense:
    """What the words right beside the expression (tokens `at` to `end`) say; else the nearest verb before it in its
    sentence, else the first one after it.
    """
    beside = _beside(tokens, at, end)
    if beside is not Tense.UNKNOWN:
        return beside
    for index in range(at - 1, max(-1, at - 1 - REACH), -1):
        if is_boundary(tokens, index):
            break
        hint = _hint(tokens, index)
        if hint is not Tense.UNKNOWN:
            far = at - index > _NEAR
            return Tense.FUTURE if far and _will_follows(tokens, end) else hint
    return _first_hint_after(tokens, end, REACH)


def _beside(tokens: Sequence[Token], at: int, end: int) -> Tense:
    """What prepositions, what the date owns or names, and the start of a clause say."""
    before = [token.lower for token in tokens[max(0, at - _NEAR) : at]]
    last = before[-1] if before else ""
    if _possesses_what_was_done(tokens, end) and before[-2:] != ["ahead", "of"]:
        return Tense.PAST
    if last in LOOK_AHEAD:
        return Tense.PAST if last == "by" and _was_done(tokens, at, end) else Tense.FUTURE
    if any(tuple(before[-length:]) in LEAD_AHEAD for length in (1, 2, 3)):
        return Tense.FUTURE
    if last == "for" and (end - at > 1 or tokens[at].lower in WEEKDAYS):
        return Tense.FUTURE  # "for June 23", "for Friday"; but "sales for June fell"
    if REPORTING.intersection(before[-2:]) or _is_subject_of_what_was(tokens, end):
        return Tense.PAST
    clause = _first_hint_after(tokens, end, _NEAR_AFTER) if _opens_a_clause(tokens, at) else Tense.UNKNOWN
    if clause is not Tense.UNKNOWN:
        return clause
    if ("ahead", "of") in pairwise(before):
        return Tense.FUTURE
    if names_what_is_done(tokens, end):
        return Tense.PAST
    planned = last in _AT_A_DATE and before[-2:-1] != [] and before[-2] in PLANNED
    if planned and tokens[at].lower not in WEEKDAYS and not is_told_right_before(tokens, at):
        return Tense.FUTURE
    delivered = DELIVERED.intersection(token.lower for token in tokens[end : end + 2]) or DELIVERED.intersection(before)
    return Tense.FUTURE if delivered else Tense.UNKNOWN


def is_told_right_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether a past verb stands just before a date: "won the elections in January"."""
    for index in range(at - 1, max(-1, at - _NEAR), -1):
        if is_boundary(tokens, index):
            return False
        if _hint(tokens, index) is Tense.PAST:
            return True
    return False


def _is_subject_of_what_was(tokens: Sequence[Token], end: int) -> bool:
    """Whether a past verb follows at once: "the talks on Friday were held in secret", not "were to be held"."""
    words = [token.lower for token in tokens[end : end + 2]]
    return words[:1] in (["was"], ["were"], ["had"]) and not SCHEDULED.intersection(words[1:]) and words[1:] != ["to"]


def _possesses_what_was_done(tokens: Sequence[Token], end: int) -> bool:
    """Whether "Wednesday's ruling" stands here, and not "Wednesday's meeting"."""
    if end + 1 >= len(tokens) or tokens[end].lower != "'s" or tokens[end - 1].lower not in WEEKDAYS:
        return False
    return not any(token.lower in HELD_BY_DAY for token in tokens[end + 1 : end + 1 + _WORDS_OF_A_NAME])


def _first_hint_after(tokens: Sequence[Token], end: int, reach: int) -> Tense:
    for index in range(end, min(len(tokens), end + reach)):
        if is_boundary(tokens, index):
            break
        hint = _hint(tokens, index)
        if hint is not Tense.UNKNOWN:
            return hint
    return Tense.UNKNOWN


def _will_follows(tokens: Sequence[Token], end: int) -> bool:
    """Whether the first word after the date that speaks of time is "will": the date is of its subject."""
    for index in range(end, min(len(tokens), end + REACH)):
        if is_boundary(tokens, index) or tokens[index].lower == "will":
            return not is_boundary(tokens, index)
        if _hint(tokens, index) is not Tense.UNKNOWN or tokens[index].lower in CLAUSES:
            return False
    return False


def _opens_a_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the clause of the date begins with it: ", but on Monday she ...". Then its verb follows."""
    first = at
    while first and tokens[first - 1].lower in BEFORE_A_DATE:
        first -= 1
    return first > 0 and tokens[first - 1].lower in BEFORE_A_CLAUSE


def _was_done(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a past perfect says that it was done by then: "had filed their reports by Wednesday"."""
    for way in (range(at - 2, max(-1, at - 2 - REACH), -1), range(end, min(len(tokens), end + _NEAR_AFTER))):
        for index in way:
            if is_boundary(tokens, index):
                break
            if _hint(tokens, index) is Tense.FUTURE:
                return False
            if tokens[index].lower == "had" and index + 1 < len(tokens) and _hint(tokens, index + 1) is Tense.PAST:
                return True
    return False


def names_what_is_done(tokens: Sequence[Token], end: int) -> bool:
    """Whether the expression stands before the name of something that has happened: "the Oct. 23 truce"."""
    for token in tokens[end : end + _WORDS_OF_A_NAME]:
        if token.lower in DONE:
            return True
        if not (token.text.islower() or token.text == "-"):
            return False
    return False


def is_boundary(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sentence or paragraph ends with a token."""
    token = tokens[index]
    if token.ends_paragraph:
        return True
    if token.text not in _ENDS:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    previous = tokens[index - 1] if index else None
    abbreviation = previous is not None and token.text == "." and len(previous.text) <= 3 and previous.text[0].isupper()
    return not abbreviation and (following is None or not following.text[0].islower())


def _hint(tokens: Sequence[Token], index: int) -> Tense:
    word = tokens[index].lower
    previous = tokens[index - 1].lower if index else ""
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if word in SCHEDULED and _was_to_be(tokens, index):
        return Tense.PAST
    if word in FUTURE and not (word == "may" and tokens[index].text[0].isupper()):
        return Tense.UNKNOWN if previous == "to" else Tense.FUTURE  # the "to" before it decides
    if word == "to" and _is_infinitive(tokens, index):
        done = _was_to_be(tokens, index - 1) or any(
            token.lower in CAME_ABOUT for token in tokens[max(0, index - _NEAR_VERB) : index]
        )
        return Tense.PAST if done else Tense.FUTURE
    if word in PAST or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST):
        if previous == "be":
            return Tense.UNKNOWN  # "will be held", "could be held": what stands before it decides
        if previous in {"to", "will", "would"}:
            return Tense.FUTURE
        if word in {"has", "have"} and following == "to":
            return Tense.FUTURE
        return Tense.PAST
    return Tense.UNKNOWN


def _was_to_be(tokens: Sequence[Token], index: int) -> bool:
    """Whether "scheduled" and its like look back: "had been scheduled to end on Friday", not "was scheduled to"."""
    return (
        index > 0
        and tokens[index].lower in SCHEDULED
        and (
            tokens[index - 1].lower == "been" or (tokens[index].lower == "supposed" and tokens[index - 1].lower != "is")
        )
    )


def _is_infinitive(tokens: Sequence[Token], index: int) -> bool:
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if index and tokens[index - 1].lower in PASSED_TO:
        return False
    return (
        following.text.isalpha()
        and following.text.islower()
        and following.lower not in NOT_VERBS_AFTER_TO
        and not following.lower.endswith(("s", "ing", "ed"))
    )
