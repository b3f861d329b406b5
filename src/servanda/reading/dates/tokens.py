"""Words, numbers and punctuation of a text with their offsets: all that the temporal tagger sees of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      \d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])   # 2021-06-23, 2021-06-23T14:00
    | \d{4}/\d{2}/\d{2}(?![\d/])                                                     # 2021/06/23
    | \d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])                                       # 23/06/2021
    | \d{1,2}\.\d{1,2}\.\d{4}(?!\d)                                                  # 23.06.2021
    | \d{1,2}:\d{2}(?::\d{2})?(?![\d:])                                              # 14:30
    | \d+(?:st|nd|rd|th|ST|ND|RD|TH)\b                                               # 23rd
    | (?:\d{4}|(?<!['’‘`])['’‘]\d{2})s\b                                                       # 1990s, '90s
    | (?:(?<=[Tt]he\s)|(?<=early\s)|(?<=late\s)|(?<=mid-))(?:\d{3}0|['’‘]\d0)['’]s\b              # the 1990's
    | (?<!['’‘`])['’‘]\d{2}\b                                                                   # '98
    | \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)                                             # 20,000
    | \d+\.\d+                                                                       # 2.5
    | \d+
    | ['’]s\b
    | (?:[ap]\.m\.?|[AP]\.M\.?)
    | [^\W\d_]+
    | \n[ \t\r]*\n\s*                                                                # a paragraph ends
    | \S
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign. `lower` is what grammar and lexicon compare."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def ends_paragraph(self) -> bool:
        """Whether this is the empty line between two paragraphs."""
        return self.text[0] == "\n"


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order; offsets count its code points."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        tokens.append(Token(match.start(), match.end(), word, word.lower().replace("’", "'").replace("‘", "'")))
    return tokens
