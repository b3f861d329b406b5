"""A quick look at the words around a date: does the sentence speak of what was, or of what is to come?"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from servanda.reading.dates.lexicon import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.dates.tokens import Token


class Tense(StrEnum):
    """What the words around a date suggest."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


_FUTURE = frozenset({
    "will", "shall", "would", "ll", "wo", "going", "planning", "expects", "expect", "expected", "scheduled", "due",
    "slated", "must", "should", "hopes", "hope", "hoping", "may", "might", "upcoming", "until", "till", "deadline",
    "expires", "expire", "intends", "intend", "commitment", "begins", "starts", "opens", "meets",
})  # fmt: skip
_PAST = frozenset({
    "was", "were", "had", "has", "have", "did", "been", "said", "says", "told", "came", "went", "made", "took",
    "began", "held", "met", "won", "lost", "fell", "rose", "gave", "found", "left", "sent", "became", "got", "saw",
    "led", "ran", "hit", "broke", "brought", "built", "bought", "cut", "drew", "drove", "fought", "flew", "kept",
    "knew", "laid", "paid", "put", "read", "rode", "sat", "sold", "shot", "shut", "spoke", "spent", "stood",
    "struck", "swore", "taught", "thought", "threw", "understood", "withdrew", "wrote", "grew", "chose", "since",
    "ago", "previously", "earlier", "froze", "fled", "felt", "dealt", "bore", "beat", "bent", "bound", "bred",
    "burst", "caught", "clung", "crept", "dug", "fed", "forbade", "forgot", "forsook", "ground", "hung", "heard",
    "hid", "hurt", "lay", "leapt", "lent", "lit", "meant", "mistook", "overcame", "overthrew", "oversaw", "sank",
    "sang", "sought", "shook", "shone", "slept", "slid", "slew", "sprang", "stole", "stuck", "stung", "strove",
    "swept", "swam", "swung", "tore", "undertook", "woke", "wore", "wove", "wound", "upheld", "forgave", "foresaw",
    "arose", "awoke", "undid", "underwent", "backed", "gone", "done", "taken", "given", "seen", "written", "broken",
    "chosen", "fallen", "driven", "spoken", "sworn", "thrown", "shown", "known", "grown", "drawn", "withdrawn",
    "overthrown",
})  # fmt: skip
_NOT_PAST = frozenset({
    "need", "needed", "feed", "speed", "seed", "indeed", "hundred", "united", "red", "bed", "breed", "exceed",
    "proceed", "succeed",
})  # fmt: skip
_NOT_VERBS_AFTER_TO = frozenset({
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "it",
    "him", "them", "us", "me",
})  # fmt: skip
_SCHEDULED = frozenset({"due", "scheduled", "expected", "supposed", "slated", "planned"})
_DONE = frozenset({
    "accord", "accords", "agreement", "agreements", "armistice", "assassination", "attack", "attacks", "bombing",
    "bombings", "cease", "ceasefire", "coup", "deal", "explosion", "explosions", "invasion", "kidnapping", "killing",
    "killings", "massacre", "murder", "murders", "pact", "raid", "slaying", "treaty", "truce", "uprising",
})  # fmt: skip
"""What a date before it places in the past: an accord or a deed that is known by its day."""
_PLANNED = frozenset({"election", "elections", "vote", "poll", "polls", "referendum", "ballot", "runoff"})
_HELD_BY_DAY = _PLANNED | frozenset({
    "announcement", "celebration", "celebrations", "ceremony", "conference", "deadline", "debate", "draw", "final",
    "finals", "game", "games", "hearing", "inauguration", "launch", "match", "matches", "meeting", "meetings", "opener",
    "parade", "presidential", "protest", "protests", "race", "rally", "release", "round", "session", "summit", "talks",
    "tour", "trip", "visit",
})  # fmt: skip
"""What a day may own that is still to come: "Friday's meeting"; other things that it owns have been."""
_CAME_ABOUT = frozenset({
    "failed", "managed", "forced", "refused", "came", "began", "started", "continued", "helped", "used", "got", "went",
    "returned", "served", "tried", "attempted", "struggled", "appeared", "seemed", "proved", "led", "brought",
    "compelled", "obliged", "happened", "rose", "fell", "recovered", "declined", "turned", "moved", "proceeded",
})  # fmt: skip
"""Past verbs after which an infinitive tells what came about or did not: "was forced to step down on Friday"."""
_NEAR_VERB = 3
_AT_A_DATE = frozenset({"on", "in", "for"})
_WORDS_OF_A_NAME = 4
_ENDS = frozenset(".!?;")
_PREPOSITIONS_OF_THE_FUTURE = frozenset({"until", "till", "by", "before"})
_LEAD_AHEAD = frozenset({
    ("later", "than"), ("effective",), ("effective", "on"), ("payable",), ("payable", "on"), ("as", "early", "as"),
    ("as", "soon", "as"), ("as", "late", "as"), ("deadline", "of"), ("due", "on"), ("due",), ("due", "in"),
    ("upcoming",), ("expected", "on"), ("expected", "in"), ("scheduled", "for"), ("set", "for"), ("slated", "for"),
    ("planned", "for"), ("in", "time", "for"), ("ahead", "of"), ("run", "-", "up"),
})  # fmt: skip
"""Words right before a date that is still to come."""
_BEFORE_A_DATE = frozenset({"on", "in", "at", "late", "early", "earlier", "later", "the"})
_BEFORE_A_CLAUSE = frozenset({"but", "while", "because", "although", "though", "whereas"})
_NEAR_AFTER = 12
_NEAR = 6
"""Words before an expression among which "ahead of" speaks for what is to come: "ahead of the vote on Thursday"."""
REACH = 40
"""How many words are looked at on either side."""


def tense_around(tokens: Sequence[Token], at: int, end: int) -> Tense:
    """The tense of the nearest verb before the expression in its sentence, else of the first one after it."""
    before = [token.lower for token in tokens[max(0, at - _NEAR) : at]]
    if _possesses_what_was_done(tokens, end) and before[-2:] != ["ahead", "of"]:
        return Tense.PAST
    if before[-1:] and before[-1] in _PREPOSITIONS_OF_THE_FUTURE:
        return Tense.PAST if before[-1] == "by" and _was_done(tokens, at, end) else Tense.FUTURE
    if any(tuple(before[-length:]) in _LEAD_AHEAD for length in (1, 2, 3)):
        return Tense.FUTURE
    if _opens_a_clause(tokens, at):
        hint = _first_hint_after(tokens, end, _NEAR_AFTER)
        if hint is not Tense.UNKNOWN:
            return hint
    if any(pair == ("ahead", "of") for pair in pairwise(before)):
        return Tense.FUTURE
    if names_what_is_done(tokens, end):
        return Tense.PAST
    planned = len(before) > 1 and before[-1] in _AT_A_DATE and before[-2] in _PLANNED
    if planned and tokens[at].lower not in WEEKDAYS:
        return Tense.FUTURE
    for index in range(at - 1, max(-1, at - 1 - REACH), -1):
        if _is_boundary(tokens, index):
            break
        hint = _hint(tokens, index)
        if hint is not Tense.UNKNOWN:
            return hint
    return _first_hint_after(tokens, end, REACH)


def _possesses_what_was_done(tokens: Sequence[Token], end: int) -> bool:
    """Whether "Wednesday's ruling" stands here, and not "Wednesday's meeting"."""
    if end + 1 >= len(tokens) or tokens[end].lower != "'s" or tokens[end - 1].lower not in WEEKDAYS:
        return False
    return not any(token.lower in _HELD_BY_DAY for token in tokens[end + 1 : end + 1 + _WORDS_OF_A_NAME])


def _first_hint_after(tokens: Sequence[Token], end: int, reach: int) -> Tense:
    for index in range(end, min(len(tokens), end + reach)):
        if _is_boundary(tokens, index):
            break
        hint = _hint(tokens, index)
        if hint is not Tense.UNKNOWN:
            return hint
    return Tense.UNKNOWN


def _opens_a_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the clause of the date begins with it: ", but on Monday she ...". Then its verb follows."""
    first = at
    while first and tokens[first - 1].lower in _BEFORE_A_DATE:
        first -= 1
    return first > 0 and tokens[first - 1].lower in _BEFORE_A_CLAUSE


def _was_done(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a past perfect says that it was done by then: "had filed their reports by Wednesday"."""
    for index in (*range(at - 1, max(-1, at - 1 - REACH), -1), *range(end, min(len(tokens), end + _NEAR))):
        if _is_boundary(tokens, index):
            return False
        hint = _hint(tokens, index)
        if hint is Tense.FUTURE:
            return False
        if tokens[index].lower == "had" and tokens[index + 1 : index + 2] and _hint(tokens, index + 1) is Tense.PAST:
            return True
    return False


def names_what_is_done(tokens: Sequence[Token], end: int) -> bool:
    """Whether the expression stands before the name of something that has happened: "the Oct. 23 truce"."""
    for token in tokens[end : end + _WORDS_OF_A_NAME]:
        if token.lower in _DONE:
            return True
        if not (token.text.islower() or token.text == "-"):
            return False
    return False


def _is_boundary(tokens: Sequence[Token], index: int) -> bool:
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
    if word in _SCHEDULED and _was_to_be(tokens, index):
        return Tense.PAST
    if word in _FUTURE and not (word == "may" and tokens[index].text[0].isupper()):
        return Tense.FUTURE
    if word == "to" and _is_infinitive(tokens, index):
        done = _was_to_be(tokens, index - 1) or any(
            token.lower in _CAME_ABOUT for token in tokens[max(0, index - _NEAR_VERB) : index]
        )
        return Tense.PAST if done else Tense.FUTURE
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST):
        if previous == "be":
            return Tense.UNKNOWN  # "will be held", "could be held": what stands before it decides
        if previous in {"to", "will", "would"}:
            return Tense.FUTURE
        if word in {"has", "have"} and following == "to":
            return Tense.FUTURE
        return Tense.PAST
    return Tense.UNKNOWN


def _was_to_be(tokens: Sequence[Token], index: int) -> bool:
    """Whether "scheduled" and its like look back: "had been scheduled to end on Friday"."""
    return index > 0 and tokens[index].lower in _SCHEDULED and tokens[index - 1].lower in {"was", "were", "been"}


def _is_infinitive(tokens: Sequence[Token], index: int) -> bool:
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    return (
        following.text.isalpha()
        and following.text.islower()
        and following.lower not in _NOT_VERBS_AFTER_TO
        and not following.lower.endswith(("s", "ing", "ed"))
    )
