"""Whether two texts tell one story: word by word the same, copied in part, or lightly rewritten."""

from __future__ import annotations

import re
import struct
import unicodedata
from typing import TYPE_CHECKING
from zlib import crc32

from servanda.core.lookalikes import LOOKALIKES

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_P, _Q, _R = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
"""Large odd numbers, by which the hashes of four words are mixed into that of their run."""
_KEPT = 64
"""So many runs are kept of a text: those with the least hashes, which are the same ones in every copy."""
_TELLING = 8
"""Fewer runs than this may agree by chance, or because two texts have a sentence in common."""
_ALIKE = 0.5
"""Two texts of which the shorter one shares this part of its runs with the other tell one story."""
_SHORTEST_LINE = 6
"""Shorter lines are titles, names, links."""
_FURNITURE = re.compile(
    r"cookie|subscri|newsletter|advertis|copyright|©|all rights reserved|terms of (?:use|service)|privacy|sign up|"
    r"log in|click here|read more|follow us|share this|download (?:our|the) app|breaking news alerts",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 300


def folded(text: str) -> tuple[str, ...]:
    """The words of a text with look-alike letters, invisible characters and case folded away."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(LOOKALIKES)
    return tuple(_WORD.findall(text.casefold()))


def sketch_of(text: str) -> bytes:
    """What tells a text from others, in at most 256 bytes; empty where it is too short to be told.

    Titles, links, and what stands around an article on every page of its outlet are left out.
    """
    words = [crc32(word.encode()) for line in _story(text) for word in folded(line)]
    runs = zip(words, words[1:], words[2:], words[3:], strict=False)
    hashes = sorted({(a * _P + b * _Q + c * _R + d) & 0xFFFFFFFF for a, b, c, d in runs})[:_KEPT]
    return struct.pack(f"<{len(hashes)}I", *hashes) if len(hashes) >= _TELLING else b""


def _story(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if len(line.split()) >= _SHORTEST_LINE and not (
            len(line) < _LONGEST_FURNITURE and _FURNITURE.search(line) is not None
        ):
            yield line


def runs_in(sketch: bytes) -> frozenset[int]:
    """The hashes of the runs that a sketch keeps."""
    return frozenset(struct.unpack(f"<{len(sketch) // 4}I", sketch))


def one_story(some: frozenset[int], others: frozenset[int]) -> bool:
    """Whether two sketches are of texts that tell one story, one of which may be some times as long as the other.

    A sketch that is full holds all runs of its text up to its greatest hash; both are compared as far as both hold all.
    """
    reach = min(max(runs) if len(runs) == _KEPT else 1 << 32 for runs in (some, others))
    shared = sum(run <= reach for run in some & others)
    if shared < _TELLING:
        return False
    return shared >= _ALIKE * min(sum(run <= reach for run in some), sum(run <= reach for run in others))
