"""Words that point without a date: "now", "recently", "soon", "in the near future"."""

from __future__ import annotations

from servanda.reading.dates.rules import Match, Rule, Sense, date_sense


def _vague(match: Match) -> Sense | None:
    if match.token(1) == "-" and match.token(2).isalpha():
        return None  # "the now-banned party"
    if match.word_at(match.at) == "now" and match.opens_a_sentence and match.token(1) == ",":
        return None  # "Now, the question is": a word of speech
    return date_sense(match.word("VAGUE"))


def _the_past(match: Match) -> Sense | None:
    """ "the past" is a time where no noun follows."""
    return (
        None
        if match.token(1)[:1].isalnum() and match.token(1) not in ("and", "that", "but", "was", "is")
        else date_sense("PAST_REF")
    )


RULES = (
    Rule("vague", "VAGUE", _vague),
    Rule("the past", "the past", _the_past),
)
