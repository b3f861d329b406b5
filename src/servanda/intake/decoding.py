"""Bytes to text: which encoding it is must be plain from the bytes, or the file is refused with a reason."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from servanda.core.problems import ServandaError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "a PDF file", "give it the ending .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an office file", "unpack it; a Word file should end in .docx"),
    (b"\xd0\xcf\x11\xe0", "a file of an old office program", "save it as .docx, .pdf or plain text"),
    (b"\x89PNG", "a picture", "give the text that it shows"),
    (b"\xff\xd8\xff", "a picture", "give the text that it shows"),
    (b"GIF8", "a picture", "give the text that it shows"),
    (b"\x1f\x8b", "a compressed file", "unpack it"),
    (b"SQLite format 3", "a database", "give the documents themselves"),
    (b"{\\rtf", "an RTF file", "save it as .docx or plain text"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)

_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ‘’‚“”„–—…•€£§°«»·¡¿©®™´¨ \xa0\xad½¼¾ºª²³µ"
)
"""What a Western European text holds beside ASCII."""

_MOST_ACCENTS = 0.3
"""A text in Latin letters has fewer letters with accents than this; Cyrillic or Arabic read as Western has more."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was read as."""

    text: str
    encoding: str


def decode(raw: bytes, name: str, *, declared: str | None = None) -> Decoded:
    """The text of a file's bytes.

    A byte-order mark decides; else the encoding that the file itself declares, where its bytes agree; else UTF-8;
    else UTF-16 without a mark; else Windows-1252, where what comes out is what Western European texts are made of.

    Raises:
        ServandaError: it is empty, not text, damaged, or in an encoding that its bytes do not make plain.
    """
    if not raw.strip():
        raise ServandaError(f"{name} is empty", "give a file with a text in it")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, name, skipped=len(mark))
    if unmarked := _unmarked_utf16(raw):
        return _strictly(raw, unmarked, name)
    _refuse_binary(raw, name)
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return _whole(raw.decode(encoding), encoding.lower(), name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _western(raw, name)


def declared_charset(page: bytes) -> str | None:
    """The encoding that a web page names near its start."""
    found = _META_CHARSET.search(page[:4096])
    return found[1].decode("ascii") if found else None


def _strictly(raw: bytes, encoding: str, name: str, *, skipped: int = 0) -> Decoded:
    try:
        return _whole(raw.decode(encoding), encoding, name)
    except UnicodeDecodeError as error:
        raise ServandaError(
            f"{name} says that it is {encoding.upper()}, but is damaged at byte {error.start + skipped}",
            "save it anew as UTF-8 from the program that made it",
        ) from error


def _whole(text: str, encoding: str, name: str) -> Decoded:
    if "\x00" in text:
        raise ServandaError(f"{name} is not a text (it holds zero bytes)", "give a text, HTML, PDF or Word file")
    if not text.strip():
        raise ServandaError(f"{name} is empty", "give a file with a text in it")
    return Decoded(text, encoding)


def _unmarked_utf16(raw: bytes) -> str | None:
    """UTF-16 of a mostly Latin text has a zero in every second byte."""
    sample = raw[:4096]
    if len(sample) < 4 or len(raw) % 2:
        return None
    even, odd = sample[::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else None


def _refuse_binary(raw: bytes, name: str) -> None:
    for magic, kind, remedy in _KINDS:
        if raw.startswith(magic):
            raise ServandaError(f"{name} is {kind}, not a text", remedy)
    sample = raw[:65536]
    if b"\x00" in sample or len(_CONTROLS.findall(sample)) > len(sample) / 50:
        raise ServandaError(f"{name} is not a text", "give a text, HTML, PDF or Word file")


def _western(raw: bytes, name: str) -> Decoded:
    if _MULTIBYTE.search(raw):
        broken = _first_fault(raw)
        line = raw.count(b"\n", 0, broken) + 1
        raise ServandaError(
            f"{name} is damaged: its UTF-8 breaks off at byte {broken}, line {line}",
            "save it anew as UTF-8 from the program that made it",
        )
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    odd = [character for character in text if character > "\x7f"]
    letters = sum(character.isalpha() for character in text)
    accented = sum(character.isalpha() for character in odd)
    if not text or not _WESTERN.issuperset(odd) or accented > _MOST_ACCENTS * letters:
        raise ServandaError(f"{name} is in an encoding that its bytes do not make plain", "save it as UTF-8")
    return _whole(text, "windows-1252", name)


def _first_fault(raw: bytes) -> int:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(raw)
