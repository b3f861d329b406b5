"""A brief as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servanda.publishing.wording import count_words, date_words, quote_of, source_words

if TYPE_CHECKING:
    from servanda.publishing.brief import Brief, Entry, Note

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _entry(entry: Entry) -> list[str]:
    numbers = "".join(f" [{note.number}]" for note in entry.notes)
    more = f" and {entry.unquoted} more" if entry.unquoted else ""
    debtors = escaped(", ".join(entry.debtors))
    lines = [f"- **{escaped(entry.title)}**", f"  {debtors}: {escaped(entry.line)}.{numbers}{more}"]
    if entry.because:
        lines.append(f"  - {escaped(entry.because)}")
    if entry.proof:
        evidence = entry.proof.evidence
        quoted = f"“{escaped(quote_of(evidence))}” {escaped(source_words(evidence))}"
        lines.append(f"  - {quoted} [{entry.proof.number}]")
    lines += [f"  - {escaped(detail)}" for detail in entry.details]
    return lines


def _note(note: Note) -> str:
    evidence = note.evidence
    document = evidence.record.document
    address = f" <{document.address}>" if document.address else ""
    accepted = "accepted" if evidence.accepted else "not accepted as proof"
    return (
        f"{note.number}. “{escaped(quote_of(evidence))}” {escaped(source_words(evidence))}"
        f" ({document.id}, grade {evidence.grade}, {evidence.stance}, {accepted}: {escaped(evidence.why)}){address}"
    )


def brief_markdown(brief: Brief) -> str:
    """The whole brief as Markdown, with its sources as numbered notes."""
    lines = [
        f"# {escaped(brief.title)}: brief as of {date_words(brief.as_of)}",
        "",
        f"What was known by {date_words(brief.known_by)}, from {count_words(brief.documents, 'document')}.",
        "",
        *(escaped(line) for line in brief.summary),
        "",
    ]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for entry in section.entries:
            lines += _entry(entry)
        lines.append("")
    if brief.notes:
        lines += ["## Sources", "", *(_note(note) for note in brief.notes), ""]
    return "\n".join(lines)
