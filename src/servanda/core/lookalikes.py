"""Letters of other scripts that look like Latin ones, by which copies of a text hide from comparison and search."""

from __future__ import annotations

import re

LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУасеіјорхуѕԁһӏԛԝЬΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν",
    "ABESIJKMHOPCTXYaceijopxysdhlqwbABEZHIKMNOPTYXoaiv",
)
"""One letter for one letter, so that offsets stay."""

_MIXED = re.compile(r"\w*[A-Za-z]\w*")


def unmasked(text: str) -> str:
    """The text with look-alike letters turned to Latin in words that have Latin letters too; as long as before."""
    if text.isascii():
        return text
    return _MIXED.sub(lambda word: word[0].translate(LOOKALIKES), text)
