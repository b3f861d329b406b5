"""What the words of a quote say of how much was done: found once for each claim, and carried with its links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servanda.judging.words import (
    denies,
    only_ought,
    speaks_of_a_beginning,
    speaks_of_a_part,
    speaks_of_the_whole,
    stage_named,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PART, BEGINNING, WHOLE, OUGHT, DENIAL, STAGE = (1 << bit for bit in range(6))

_TESTS: tuple[tuple[int, re.Pattern[str], Callable[[str], object]], ...] = (
    # A mark; words of which every text that bears it holds one; the test that decides.
    (
        PART,
        re.compile(
            r"beg[aiu]n.*|start.*|initiat.*|first|some|part|partial|partially|partly|gradual.*|dozens|hundreds|thousands|several|number|batch.*|"
            r"contingents?|convoys?|modest|continu.*|progress|half|most|nearly|almost|another|phase|stage|step|more|"
            r"further|per|percent|quarter|third"
        ),
        speaks_of_a_part,
    ),
    (
        BEGINNING,
        re.compile(r"beg[aiu]n.*|start.*|initiat.*|part|partial|partially|partly|gradual.*"),
        speaks_of_a_beginning,
    ),
    (
        WHOLE,
        re.compile(r"all|last|complet.*|entire.*|full.*|final.*|finish.*|whole|every|none"),
        speaks_of_the_whole,
    ),
    (OUGHT, re.compile(r"should|ought|must|could|might|would|was|were|is|are"), only_ought),
    (DENIAL, re.compile(r"den.*|reject.*|refut.*|dismiss.*|disput.*|contest.*"), denies),
    (STAGE, re.compile(r"(stage|phase|step|tranche|batch|group|round).*"), stage_named),
)
_WORD = re.compile(r"[a-z]+")


class Marker:
    """Finds the marks of texts. Most words hint at none, and no pattern is tried on a text without a hint."""

    def __init__(self) -> None:
        """Start with no words known; drop it with the sitting that it serves."""
        self._hints: dict[str, int] = {}

    def marks(self, text: str | None) -> int:
        """The marks of a text, as the tests of `judging.words` tell them; none where there is no text."""
        if text is None:
            return 0
        hints, hinted = self._hints, 0
        for word in _WORD.findall(text.casefold()):
            bits = hints.get(word)
            if bits is None:
                bits = hints[word] = sum(mark for mark, key, _ in _TESTS if key.fullmatch(word))
            hinted |= bits
        found = 0
        for mark, _, test in _TESTS:
            if hinted & mark and test(text):
                found |= mark
        return found
