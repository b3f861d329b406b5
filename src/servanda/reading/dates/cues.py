"""The words beside an expression that relate it: "by", "no later than", "as of", "at the latest", "of signature"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servanda.reading.dates.expressions import Cue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.dates.tokens import Token

_BEFORE_IT: dict[tuple[str, ...], Cue] = {
    ("by",): Cue.BY,
    ("no", "later", "than"): Cue.BY,
    ("not", "later", "than"): Cue.BY,
    ("on", "or", "before"): Cue.BY,
    ("at", "the", "latest", "by"): Cue.BY,
    ("at", "the", "latest", "on"): Cue.BY,
    ("at", "latest", "by"): Cue.BY,
    ("by", "the", "deadline", "of"): Cue.BY,
    ("deadline", "of"): Cue.BY,
    ("deadline",): Cue.BY,
    ("before",): Cue.BEFORE,
    ("ahead", "of"): Cue.BEFORE,
    ("prior", "to"): Cue.BEFORE,
    ("earlier", "than"): Cue.BEFORE,
    ("until",): Cue.UNTIL,
    ("till",): Cue.UNTIL,
    ("up", "to"): Cue.UNTIL,
    ("up", "until"): Cue.UNTIL,
    ("through",): Cue.UNTIL,
    ("to",): Cue.UNTIL,
    ("from",): Cue.FROM,
    ("as", "of"): Cue.FROM,
    ("as", "from"): Cue.FROM,
    ("with", "effect", "from"): Cue.FROM,
    ("effective",): Cue.FROM,
    ("starting",): Cue.FROM,
    ("starting", "on"): Cue.FROM,
    ("starting", "in"): Cue.FROM,
    ("starting", "from"): Cue.FROM,
    ("beginning",): Cue.FROM,
    ("beginning", "on"): Cue.FROM,
    ("beginning", "in"): Cue.FROM,
    ("not", "before"): Cue.FROM,
    ("no", "earlier", "than"): Cue.FROM,
    ("not", "earlier", "than"): Cue.FROM,
    ("on", "or", "after"): Cue.FROM,
    ("since",): Cue.SINCE,
    ("ever", "since"): Cue.SINCE,
    ("after",): Cue.AFTER,
    ("following",): Cue.AFTER,
    ("within",): Cue.WITHIN,
    ("within", "a", "period", "of"): Cue.WITHIN,
    ("within", "a", "maximum", "of"): Cue.WITHIN,
    ("in", "the", "space", "of"): Cue.WITHIN,
    ("inside",): Cue.WITHIN,
    ("on",): Cue.ON,
    ("at",): Cue.ON,
    ("in",): Cue.IN,
    ("during",): Cue.IN,
    ("for",): Cue.FOR,
    ("over",): Cue.FOR,
    ("throughout",): Cue.FOR,
}
_AFTER_IT: dict[tuple[str, ...], Cue] = {
    ("at", "the", "latest"): Cue.BY,
    ("at", "latest"): Cue.BY,
    ("or", "earlier"): Cue.BY,
    ("or", "sooner"): Cue.BY,
    ("deadline",): Cue.BY,
    ("target", "date"): Cue.BY,
    ("onwards",): Cue.FROM,
    ("onward",): Cue.FROM,
    ("or", "later"): Cue.FROM,
    ("or", "after"): Cue.FROM,
}
_COUNTS: dict[tuple[str, ...], Cue] = {
    ("of",): Cue.AFTER,
    ("after",): Cue.AFTER,
    ("from",): Cue.AFTER,
    ("following",): Cue.AFTER,
    ("since",): Cue.AFTER,
    ("before",): Cue.BEFORE,
    ("prior", "to"): Cue.BEFORE,
    ("ahead", "of"): Cue.BEFORE,
}
_LONGEST = 4
_STOPS = frozenset(",.;:!?()[]\"”“'’—–-")
_CLAUSE_WORDS = frozenset({
    "and", "or", "but", "which", "that", "who", "whom", "will", "would", "shall", "must", "should", "may", "can",
    "could", "is", "are", "was", "were", "has", "have", "had", "be", "been", "in", "on", "under", "to", "with",
    "as", "while", "although", "unless", "if", "when", "where", "said", "says",
})  # fmt: skip
_OF_NEEDS = frozenset({
    "signature", "signing", "ratification", "adoption", "entry", "approval", "acceptance", "receipt", "conclusion",
    "publication", "notification", "commencement", "ceasefire", "truce", "agreement", "election", "elections",
    "the", "this", "its", "their",
})  # fmt: skip
_MOST_WORDS_OF_AN_EVENT = 10


def cue_of(tokens: Sequence[Token], at: int, end: int) -> tuple[Cue, tuple[int, int]] | None:
    """How the words beside the expression (tokens `at` to `end`) relate it, and where they stand.

    Words after it that fix a limit ("at the latest") outweigh the preposition before it.
    """
    for length in range(_LONGEST, 0, -1):
        words = _words(tokens, end, end + length)
        cue = _AFTER_IT.get(words)
        if cue is not None and len(words) == length:
            return cue, (tokens[end].start, tokens[end + length - 1].end)
    for length in range(_LONGEST, 0, -1):
        if at - length >= 0:
            cue = _BEFORE_IT.get(_words(tokens, at - length, at))
            if cue is not None:
                return cue, (tokens[at - length].start, tokens[at - 1].end)
    return None


def source_of_count(tokens: Sequence[Token], end: int) -> tuple[Cue, tuple[int, int]] | None:
    """What a span is counted from, where the text goes on to say it: "90 days *after the signing of the accord*"."""
    for length in (2, 1):
        words = _words(tokens, end, end + length)
        cue = _COUNTS.get(words)
        if cue is None:
            continue
        first = end + length
        if words == ("of",) and (first >= len(tokens) or tokens[first].lower not in _OF_NEEDS):
            return None
        last = first
        while (
            last < len(tokens)
            and last - first < _MOST_WORDS_OF_AN_EVENT
            and tokens[last].text not in _STOPS
            and not tokens[last].ends_paragraph
            and tokens[last].lower not in _CLAUSE_WORDS
        ):
            last += 1
        if last > first:
            return cue, (tokens[first].start, tokens[last - 1].end)
    return None


def _words(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens[first:last])
