"""A brief as a Word document (Office Open XML)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from servanda.publishing.wording import date_words, quote_of, source_words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from servanda.publishing.brief import Brief, Entry, Note

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def _clean(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def _add_entry(document: WordDocument, entry: Entry) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(_clean(entry.title)).bold = True
    numbers = "".join(f" [{note.number}]" for note in entry.notes)
    more = f" and {entry.unquoted} more" if entry.unquoted else ""
    paragraph.add_run(f" {_clean(', '.join(entry.debtors))}: {_clean(entry.line)}.{numbers}{more}")
    quoted = []
    if entry.proof:
        evidence = entry.proof.evidence
        quoted = [f"“{quote_of(evidence)}” {source_words(evidence)} [{entry.proof.number}]"]
    for line in (entry.because, *quoted, *entry.details):
        if line:
            document.add_paragraph(_clean(line), style="List Bullet 2")


def _note_text(note: Note) -> str:
    evidence = note.evidence
    accepted = "accepted" if evidence.accepted else "not accepted as proof"
    address = evidence.record.document.address
    words = (
        f"[{note.number}] “{quote_of(evidence)}” {source_words(evidence)}"
        f" (grade {evidence.grade}, {evidence.stance}, {accepted}: {evidence.why})"
    )
    return _clean(f"{words} {address}" if address else words)


def brief_docx(brief: Brief) -> bytes:
    """The whole brief as the bytes of a .docx file; the same brief gives the same text."""
    from docx import Document

    document = Document()
    document.core_properties.title = _clean(f"{brief.title}: brief as of {date_words(brief.as_of)}")
    document.add_heading(_clean(f"{brief.title}: brief as of {date_words(brief.as_of)}"), level=1)
    document.add_paragraph(f"What was known by {date_words(brief.known_by)}, from {brief.documents} documents.")
    document.add_paragraph(_clean(" ".join(brief.summary)))
    for section in brief.sections:
        document.add_heading(section.title, level=2)
        for entry in section.entries:
            _add_entry(document, entry)
    if brief.notes:
        document.add_heading("Sources", level=2)
        for note in brief.notes:
            document.add_paragraph(_note_text(note))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
