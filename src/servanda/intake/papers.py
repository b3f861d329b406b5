"""Paginated and word-processed documents: the text of PDF and Word files."""

from __future__ import annotations

import io
import re

from servanda.core.problems import ServandaError

MOST_UNPACKED = 200_000_000
"""Bytes of XML in a Word file; more is no document but an attempt to fill the memory."""

_HYPHENATED = re.compile(r"(?<=[a-z])[\u00ad\ufffe](?:\r?\n)?")


def pdf_text(raw: bytes, name: str) -> str:
    """The text of a PDF file, its pages separated by a blank line.

    Raises:
        ServandaError: it is damaged, locked by a password, or holds pictures of pages only.
    """
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        if locked:
            raise ServandaError(f"{name} is locked by a password", "save it without the password") from error
        raise _unsound(name, "PDF", error) from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    except pypdfium2.PdfiumError as error:
        raise _unsound(name, "PDF", error) from error
    finally:
        paper.close()
    text = "\n\n".join(_HYPHENATED.sub("", page).replace("\r\n", "\n").strip() for page in pages).strip()
    if not text:
        raise ServandaError(f"{name} holds pictures of pages and no text", "run text recognition (OCR) on it first")
    return text


def _unsound(name: str, kind: str, error: Exception) -> ServandaError:
    said = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
    return ServandaError(f"{name} is not a sound {kind} file: {said}", "save it anew from the program that made it")


def word_text(raw: bytes, name: str) -> str:
    """The text of a Word file (.docx), its paragraphs separated by blank lines.

    Raises:
        ServandaError: it is damaged, or has no text.
    """
    import zipfile

    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist() if part.filename.endswith((".xml", ".rels")))
        if unpacked > MOST_UNPACKED:
            raise ServandaError(f"{name} unpacks to {unpacked:,} bytes of text", "save it as plain text")
        text = mammoth.extract_raw_text(io.BytesIO(raw)).value.strip()
    except ServandaError:
        raise
    except Exception as error:  # on a damaged archive or XML the libraries below raise errors of many unrelated kinds
        raise _unsound(name, "Word", error) from error
    if not text:
        raise ServandaError(f"{name} is empty", "give a file with a text in it")
    return str(text)
