"""Files to documents: found in folders, read by their kind, dated by what they state or by who hands them in."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from servanda.core.documents import Document, NewDocument
from servanda.core.heading import NAMES, Heading, split_heading
from servanda.core.problems import ServandaError
from servanda.core.vocabulary import Reliability
from servanda.intake.datelines import Ambiguous, FoundDate, find_date, parse_full_date
from servanda.intake.decoding import decode
from servanda.intake.language import language_of

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".text", ".md", ".markdown")
ENDINGS = (*TEXTS, *PAGES, ".pdf", ".docx")
"""What is taken from a folder. A file that is named one by one may have any ending, and is then read as text."""

MAX_BYTES = 100_000_000
MAX_CHARACTERS = 10_000_000
"""Some 3,000 pages. Longer texts are collections, whose parts have their own dates."""

_PAGE_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
"""A page that was saved under another ending is still a page."""

_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def find_files(paths: list[Path] | tuple[Path, ...]) -> list[Path]:
    """The files that these paths name, each once: folders are walked in order of names, hidden files left out.

    A path that is missing, or a folder that holds nothing to read, stays in the list: `read_file` says what is wrong
    with it, and the rest of the batch goes on.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_inside(path) or [path])
    return list({path.absolute(): path for path in reversed(found)}.values())[::-1]


def _inside(path: Path) -> list[Path]:
    """The files in a folder; none where it is a file, or where nobody may look."""
    try:
        return _walk(path) if path.is_dir() else []
    except OSError:
        return []


def _walk(folder: Path) -> list[Path]:
    unreadable: list[Path] = []

    def remember(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    files = [
        Path(here, name)
        for here, folders, names in os.walk(folder, onerror=remember)
        for name in names
        if not folders.sort() and not name.startswith(".") and Path(name).suffix.lower() in ENDINGS
        if not any(part.startswith(".") for part in Path(here).relative_to(folder).parts)
    ]
    return sorted([*files, *unreadable])


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file says of itself."""

    text: str
    media_type: str
    dated: FoundDate | Ambiguous | None = None
    """The date that the file states outside its text."""
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    address: str | None = None
    reliability: str | None = None


def read_file(path: Path, *, published: date | None = None, publisher: str | None = None) -> NewDocument:
    """Read one file as a document.

    What is given wins over what the file states: the lines of its heading, a page's metadata, or a date near the top
    of its text. The publisher is never concluded from the text itself; the language is, where nothing states it.

    Raises:
        ServandaError: it is missing, empty, no text, damaged, too long, or nothing says when it was published.
    """
    raw = _bytes_of(path)
    found = _read(path, raw)
    if len(found.text) > MAX_CHARACTERS:
        raise ServandaError(
            f"{path} has {len(found.text):,} characters, more than {MAX_CHARACTERS:,}",
            "split it into its documents, each with its own date",
        )
    stated = FoundDate(published, "given") if published else _stated_date(path, found)
    document = Document(
        id=path.stem,
        sha256=hashlib.sha256(raw).hexdigest(),
        published=stated.day,
        publisher=publisher or found.publisher,
        title=found.title,
        language=found.language or language_of(found.text),
        address=found.address,
        reliability=found.reliability,
    )
    return NewDocument(document, found.text, raw, found.media_type, stated.words)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ServandaError(
                f"{path} is a folder in which nothing can be read", f"put files there that end in {', '.join(ENDINGS)}"
            )
        if not path.exists():
            raise ServandaError(f"{path} does not exist", "check the name")
        if not path.is_file():
            raise ServandaError(f"{path} is not a file", "name a text, HTML, PDF or Word file")
        if path.stat().st_size > MAX_BYTES:
            raise ServandaError(
                f"{path} has {path.stat().st_size:,} bytes, more than {MAX_BYTES:,}",
                "split it into its documents",
            )
        return path.read_bytes()
    except OSError as error:
        raise ServandaError(f"{path} cannot be read ({error.strerror})", "check that you may read it") from error


def _read(path: Path, raw: bytes) -> _Found:
    ending = path.suffix.lower()
    name = str(path)
    if not raw.strip():
        raise ServandaError(f"{name} is empty", "give a file with a text in it")
    if ending == ".pdf":
        from servanda.intake.papers import pdf_text

        return _Found(pdf_text(raw, name), "application/pdf")
    if ending == ".docx":
        from servanda.intake.papers import word_text

        return _Found(word_text(raw, name), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    if ending in PAGES or _PAGE_START.match(raw):
        from servanda.intake.pages import read_page

        page = read_page(raw, name)
        return _Found(
            page.text,
            f"text/html; charset={page.encoding}",
            dated=page.dated,
            publisher=page.publisher,
            title=page.title,
            language=page.language,
            address=page.address,
        )
    decoded = decode(raw, name)
    kind = "text/markdown" if ending in (".md", ".markdown") else "text/plain"
    return _with_heading(_Found(decoded.text, f"{kind}; charset={decoded.encoding}"), split_heading(decoded.text), name)


def _with_heading(found: _Found, heading: Heading, name: str) -> _Found:
    """What the heading of a text file says, each line checked."""
    if heading.lines and not found.text[heading.body :].strip():
        raise ServandaError(f"{name} has a heading and no text below it", "put the text after a blank line")
    stated: dict[str, str] = {}
    for line in heading.lines:
        where = f"{name}:{line.number}"
        if line.field is None:
            near = difflib.get_close_matches(line.name.lower(), NAMES, n=1, cutoff=0.75)
            if near:
                raise ServandaError(
                    f"{where}: {line.name!r} is no line of a heading", f"did you mean {near[0].capitalize()!r}?"
                )
        elif line.field in stated:
            raise ServandaError(f"{where}: the heading gives the {line.field} twice", "leave one of the lines out")
        elif line.value:
            stated[line.field] = line.value
            if line.field == "date" and parse_full_date(line.value) is None:
                raise ServandaError(
                    f"{where}: {line.value!r} is not one certain day",
                    "write the date as YYYY-MM-DD, for instance 2021-01-29",
                )
            if line.field == "reliability" and line.value.upper() not in list(Reliability):
                raise ServandaError(f"{where}: {line.value!r} is no reliability", "give one letter from A to F")
    day = parse_full_date(stated["date"]) if "date" in stated else None
    return replace(
        found,
        dated=FoundDate(day, "the file's heading") if day else None,
        publisher=stated.get("publisher"),
        title=stated.get("title"),
        language=stated["language"].lower() if "language" in stated else None,
        address=stated.get("address"),
        reliability=stated["reliability"].upper() if "reliability" in stated else None,
    )


def _stated_date(path: Path, found: _Found) -> FoundDate:
    """What the file states of its date, in its heading or metadata or else near the top of its text."""
    hint = _date_in_name(path)
    stated = found.dated
    if stated is None:
        stated = find_date(found.text, name_hint=hint)
        if isinstance(stated, FoundDate):
            return replace(stated, words=f"the text: {stated.words}")
    if isinstance(stated, FoundDate):
        return stated
    suggestion = f"; its name suggests --date {hint.isoformat()}" if hint else ""
    if isinstance(stated, Ambiguous):
        words = " or ".join(repr(words) for words in stated.words)
        raise ServandaError(
            f"{path} leaves open when it was published: {words}", f"give the day with --date YYYY-MM-DD{suggestion}"
        )
    takes_heading = found.media_type.startswith(("text/plain", "text/markdown"))
    heading = ", or write 'Date: YYYY-MM-DD' and a blank line above the text" if takes_heading else ""
    raise ServandaError(
        f"{path} does not say when it was published", f"give the day with --date YYYY-MM-DD{heading}{suggestion}"
    )


def _date_in_name(path: Path) -> date | None:
    days = set()
    for parts in _NAME_DATE.findall(path.stem):
        try:
            days.add(date(*map(int, parts)))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None
