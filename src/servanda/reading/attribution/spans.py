"""An attribution as stretches of the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""Offsets in code points of the text as it is, end exclusive."""


class Manner(StrEnum):
    """How the words are given: within quotation marks, reported, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) says or thinks (cue) what (content).

    The content is one stretch from its first word to its last. Where source and cue stand in its midst ("…," she said,
    "…"), `parts` are the stretches without them.
    """

    source: Span | None
    cue: Span | None
    content: Span
    manner: Manner
    parts: tuple[Span, ...]
