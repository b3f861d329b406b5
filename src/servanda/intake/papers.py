"""Paginated and word-processed documents: the text of PDF and Word files."""

from __future__ import annotations

import io
import re

from servanda.core.problems import ServandaError

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
        raise ServandaError(
            f"{name} is locked by a password" if locked else f"{name} is not a sound PDF file",
            "save it without the password" if locked else "save it anew from the program that made it",
        ) from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in paper]
    finally:
        paper.close()
    text = "\n\n".join(_HYPHENATED.sub("", page).replace("\r\n", "\n").strip() for page in pages).strip()
    if not text:
        raise ServandaError(f"{name} holds pictures of pages and no text", "run text recognition (OCR) on it first")
    return text


def word_text(raw: bytes, name: str) -> str:
    """The text of a Word file (.docx), its paragraphs separated by blank lines.

    Raises:
        ServandaError: it is damaged, or has no text.
    """
    import zipfile

    import mammoth

    try:
        text = mammoth.extract_raw_text(io.BytesIO(raw)).value.strip()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ServandaError(f"{name} is not a sound Word file", "save it anew as .docx, or as plain text") from error
    if not text:
        raise ServandaError(f"{name} is empty", "give a file with a text in it")
    return str(text)
