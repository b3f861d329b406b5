"""Original files made harmless to look at: web pages without anything that acts or fetches, papers as pictures."""

from __future__ import annotations

import io
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING

from servanda.core.problems import ServandaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

LARGEST_SIDE = 1600
"""Pixels of the longer side of a page's picture, however large the page says it is."""
_SCALE = 1.6
"""Pixels a point; enough to read small print."""

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem;max-width:70ch;"
    "overflow-wrap:anywhere}img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .5em}"
)
_FETCHING = frozenset({"src", "srcset", "href", "background", "poster", "data", "action", "longdesc", "cite"})
_HTML = ("text/html", "application/xhtml+xml")
_PDF = "application/pdf"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_pdfium = threading.Lock()
"""PDFium may only be called by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paper, as wide and high as its picture is, in pixels."""

    number: int
    width: int
    height: int


def shown_as(media_type: str | None) -> str | None:
    """How an original can be shown: as a `page` (web, Word) or as `pictures` (PDF); `None` where its text says all."""
    kind = (media_type or "").partition(";")[0].strip().lower()
    return "page" if kind in (*_HTML, _WORD) else "pictures" if kind == _PDF else None


def inert_page(raw: bytes, media_type: str) -> str:
    """A web page or a Word file as HTML that does nothing: no scripts, styles, forms, frames, links or remote pictures.

    Raises:
        ServandaError: the file cannot be shown as a page.
    """
    import lxml.etree
    import lxml.html
    from lxml_html_clean import Cleaner

    try:
        source = _word_as_html(raw) if media_type.partition(";")[0].strip() == _WORD else _decoded(raw, media_type)
        tree = lxml.html.document_fromstring(source)
    except (lxml.etree.LxmlError, ValueError, LookupError) as error:
        raise ServandaError(f"this file cannot be shown as a page ({error})", "save it, and open it yourself") from None
    cleaner = Cleaner(
        scripts=True,
        javascript=True,
        comments=True,
        style=True,
        links=True,
        meta=True,
        page_structure=False,
        processing_instructions=True,
        embedded=True,
        frames=True,
        forms=True,
        safe_attrs_only=True,
        kill_tags=["svg", "math", "template", "noscript", "base", "audio", "video"],
    )
    tree = cleaner.clean_html(tree)
    for element in list(tree.iter(lxml.etree.Element)):
        picture = element.tag == "img" and str(element.get("src", "")).startswith("data:image/")
        if element.tag == "img" and not picture:
            element.tag, element.text = "em", f"[picture: {element.get('alt') or 'without description'}]"
        for name in list(element.attrib):
            if name in _FETCHING and not (picture and name == "src"):
                del element.attrib[name]
    body = tree.find("body")
    inside = lxml.html.tostring(tree if body is None else body, encoding="unicode")
    head = f'<meta charset="utf-8"><title>Original file</title><style>{_STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head>{inside}</html>"


def _decoded(raw: bytes, media_type: str) -> str:
    header = Message()
    header["Content-Type"] = media_type
    return raw.decode(header.get_content_charset("utf-8"), "replace")


def _word_as_html(raw: bytes) -> str:
    import mammoth

    try:
        return f"<html><body>{mammoth.convert_to_html(io.BytesIO(raw)).value}</body></html>"
    except Exception as error:  # on a damaged archive the libraries below raise errors of many unrelated kinds
        raise ValueError(str(error)) from error


@contextmanager
def _paper(raw: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF file, opened while nobody else draws."""
    import pypdfium2

    with _pdfium:
        try:
            with pypdfium2.PdfDocument(raw) as paper:
                yield paper
        except pypdfium2.PdfiumError as error:
            raise ServandaError(
                f"the file cannot be drawn ({error})", "save it, and open it with another program"
            ) from None


def pages_of(raw: bytes) -> list[Page]:
    """The pages of a PDF file.

    Raises:
        ServandaError: it is damaged.
    """
    with _paper(raw) as paper:
        sizes = [paper.get_page_size(number) for number in range(len(paper))]
    return [
        Page(number, *(max(1, round(side * _scale(width, height))) for side in (width, height)))
        for number, (width, height) in enumerate(sizes, 1)
    ]


def picture_of(raw: bytes, number: int) -> bytes:
    """A page of a PDF file as a PNG picture; pages count from 1.

    Raises:
        ServandaError: it is damaged, or has no such page.
    """
    kept = io.BytesIO()
    with _paper(raw) as paper:
        if not 1 <= number <= len(paper):
            raise ServandaError(f"there is no page {number}", f"it has {len(paper)} pages")
        width, height = paper.get_page_size(number - 1)
        paper[number - 1].render(scale=_scale(width, height)).to_pil().save(kept, "PNG")
    return kept.getvalue()


def _scale(width: float, height: float) -> float:
    """Pixels a point, so that no page's picture is larger than it may be."""
    return min(_SCALE, LARGEST_SIDE / max(width, height, 1.0))
