"""Web pages: the article in one, with what its own metadata say of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from servanda.core.problems import ServandaError
from servanda.intake.datelines import Ambiguous, FoundDate
from servanda.intake.decoding import declared_charset, decode
from servanda.intake.page_dates import page_date


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page. What the page does not state is `None`."""

    text: str
    encoding: str
    title: str | None = None
    publisher: str | None = None
    dated: FoundDate | Ambiguous | None = None
    language: str | None = None
    address: str | None = None


def read_page(raw: bytes, name: str) -> Page:
    """The article in a page's bytes, with its title as first paragraph.

    Its date is what `page_dates` finds stated; trafilatura's own would be any date on the page rather than none.

    Raises:
        ServandaError: the bytes are no text, or there is no article in the page.
    """
    import trafilatura.settings

    decoded = decode(raw, name, declared=declared_charset(raw))
    for chatter in ("trafilatura", "htmldate"):
        logging.getLogger(chatter).setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(decoded.text)
    if tree is None:
        raise ServandaError(f"{name} is not a web page", "give it the ending .txt if it is a plain text")
    found = trafilatura.bare_extraction(
        decoded.text,
        include_comments=False,
        with_metadata=True,
    )
    text = re.sub(r"\n+", "\n\n", (getattr(found, "text", None) or "").strip())
    if not isinstance(found, trafilatura.settings.Document) or not text:
        raise ServandaError(f"no article was found in the page {name}", "save its text as a .txt file")
    title = _plain(found.title)
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    return Page(
        text=text,
        encoding=decoded.encoding,
        title=title,
        publisher=_plain(found.sitename),
        dated=page_date(tree),
        language=_language(tree.get("lang")),
        address=_plain(found.url),
    )


def _plain(value: str | None) -> str | None:
    return (value or "").strip() or None


def _language(tag: str | None) -> str | None:
    """The language of a tag such as `en-GB`."""
    language = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return language if language.isalpha() and 2 <= len(language) <= 3 else None
