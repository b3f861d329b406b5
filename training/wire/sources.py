"""Texts of two public collections of newswire, put together from the files that others publish.

- The Associated Press of January 1989, from the TREC collection AP89: a folder `ap89_collection` with a file a day
  (`ap890101`), each holding many `<DOC>`.
- Reuters of August 1996, from the English files of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003): `eng.train`,
  `eng.testa` and `eng.testb`, a token a line.

A text is a list of paragraphs. Of a Reuters text the paragraphs are lost: each sentence is one, and the first is the
headline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DOCUMENT = re.compile(r"<DOC>(.*?)</DOC>", re.DOTALL)
_NUMBER = re.compile(r"<DOCNO>\s*(\S+)")
_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_INDENT = "   "
_START = re.compile(r"^-DOCSTART-.*\n", re.MULTILINE)
_DATED = re.compile(r"199\d-\d\d-\d\d")
_CLOSING = frozenset([".", ",", ";", ":", "?", "!", ")", "%", "n't", "..."])
_LONGEST_ENDING = 3
_HEAD = 4
"""A Reuters text has its place and date within as many first sentences."""


def wire_texts(folder: Path) -> dict[str, list[str]]:
    """The paragraphs of every text of both collections in a folder, by name; a collection may be missing."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("ap89[0-9][0-9][0-9][0-9]")):
        found.update(_associated_press(path.read_text("latin-1")))
    for path in sorted(folder.rglob("eng.t*")):
        found.update(_reuters(path.suffix[1:], path.read_text("utf-8")))
    return found


def _associated_press(content: str) -> Iterator[tuple[str, list[str]]]:
    for document in _DOCUMENT.findall(content):
        number, text = _NUMBER.search(document), _TEXT.search(document)
        if number is None or text is None:
            continue
        paragraphs: list[str] = []
        for line in text[1].strip("\n").split("\n"):
            if line.startswith(_INDENT) or not paragraphs:
                paragraphs.append(line.strip())
            else:
                paragraphs[-1] += " " + line.strip()
        spaced = (re.sub(r"\s+", " ", paragraph) for paragraph in paragraphs if paragraph.strip())
        yield number[1], [paragraph.replace("``", '"').replace("''", '"') for paragraph in spaced]


def _reuters(part: str, content: str) -> Iterator[tuple[str, list[str]]]:
    for number, document in enumerate(_START.split(content)[1:], 1):
        blocks = [[line.split()[0] for line in block.split("\n") if line.strip()] for block in document.split("\n\n")]
        sentences = [block for block in blocks if block]
        dated = next((n for n, words in enumerate(sentences[:_HEAD]) if _DATED.fullmatch(words[-1])), None)
        if dated is not None:
            body = [written(words) for words in sentences[dated + 1 :]]
            yield f"{part}-{number:04d}", [written(sentences[0]).rstrip(" ."), *body]


def written(tokens: Sequence[str]) -> str:
    """Tokens as one would write them: signs beside their words, quotation marks opening and closing in turn."""
    text, open_quotation, glued = "", False, True
    for token in tokens:
        if token == '"':
            text += '"' if open_quotation or not text else ' "'
            open_quotation = not open_quotation
            glued = open_quotation
            continue
        ending = token in _CLOSING or (token.startswith("'") and len(token) <= _LONGEST_ENDING)
        text += token if glued or ending or text[-1] in "($" else " " + token
        glued = False
    return text
