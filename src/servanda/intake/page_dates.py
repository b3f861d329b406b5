"""When a web page says that it was published. Only what states it counts; dates that merely occur in a page do not."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from servanda.intake.datelines import LATER, Ambiguous, FoundDate, label_and_day, parse_full_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

META_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "dcterms.issued", "dc.date.issued",
    "citation_publication_date", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date",
    "publication_date", "pubdate", "article.published", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
"""Names of `meta` elements that give the day of publication, the plainest first."""

_ARTICLES = re.compile(r"(?:article|posting|report|webpage)$", re.IGNORECASE)
_TELLING = re.compile(r"date|time|publish|posted|byline|dateline", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|\s)(?:related|footer|copyright|comments?(?!-open|-closed)|sidebar|recommend\w*|latest|teasers?)(?=[\s_-]|$)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"modif|updat", re.IGNORECASE)
_PUBLISHED = re.compile(r"publi", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_LONGEST = 120


def page_date(tree: Any) -> FoundDate | Ambiguous | None:
    """The day that a parsed page gives for its publication.

    In this order: linked data (`datePublished`), `meta` elements, `time` elements, the page's address, and short
    pieces of the page that are marked as its date or byline. The first of these that names a day decides; where it
    names two, it is open which. A date of modification is none of publication.
    """
    for candidates in (_linked(tree), _meta(tree), _times(tree), _addresses(tree), _marked(tree)):
        found = list(candidates)
        if len({candidate.day for candidate in found}) == 1:
            return found[0]
        if found:
            return Ambiguous(tuple(dict.fromkeys(candidate.words for candidate in found)))
    return None


def _stated(value: object) -> date | None:
    """The day of a machine-written date such as `2021-01-29T10:00:00Z` or `20210129`."""
    text = str(value).strip()
    compact = _COMPACT.fullmatch(text)
    return parse_full_date("-".join(compact.groups()) if compact else text)


def _linked(tree: Any) -> Iterator[FoundDate]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            day = _stated(node.get("datePublished"))
            if day is not None and any(_ARTICLES.search(str(name)) for name in names):
                yield FoundDate(day, f"datePublished {node['datePublished']}")
                return


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Linked data's objects, on the top or in its graph; what is nested deeper is about something else."""
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else ()


def _meta(tree: Any) -> Iterator[FoundDate]:
    given: dict[str, list[FoundDate]] = {}
    for element in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            day = _stated(element.get("content")) if name in META_NAMES else None
            if day is not None:
                given.setdefault(name, []).append(FoundDate(day, f"{name} {element.get('content').strip()}"))
    for name in META_NAMES:
        if name in given:
            yield from given[name]
            return


def _times(tree: Any) -> Iterator[FoundDate]:
    marked: list[FoundDate] = []
    plain: list[FoundDate] = []
    for element in tree.iterfind(".//time"):
        if _beside_the_article(element):
            continue
        day = _stated(element.get("datetime") or element.text_content())
        if day is None:
            continue
        found = FoundDate(day, f"time {(element.get('datetime') or element.text_content()).strip()}")
        published = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        (marked if published else plain).append(found)
    yield from marked or plain


def _addresses(tree: Any) -> Iterator[FoundDate]:
    addresses = [element.get("href") for element in tree.iterfind(".//link[@rel='canonical']")]
    addresses += [element.get("content") for element in tree.iterfind(".//meta[@property='og:url']")]
    for address in filter(None, addresses):
        match = _IN_ADDRESS.search(address)
        day = parse_full_date("{}-{:0>2}-{:0>2}".format(*match.groups())) if match else None
        if day is not None:
            yield FoundDate(day, f"the address {address}")


def _marked(tree: Any) -> Iterator[FoundDate]:
    for element in tree.iter("p", "span", "div", "li", "small", "em", "h2", "h3", "h4", "h5", "h6"):
        if not _TELLING.search(_marks(element)) or _beside_the_article(element):
            continue
        text = " ".join(element.text_content().split())
        if len(text) > _LONGEST:
            continue
        for part in re.split(r"\s+[|•·–—-]\s+", text):
            label, day = label_and_day(part)
            if day is not None and label not in LATER:
                yield FoundDate(day, text)


def _marks(element: Any) -> str:
    """The words by which a page's author tells elements apart."""
    return " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))


def _beside_the_article(element: Any) -> bool:
    """Whether an element belongs to something else on the page: other articles, comments, the footer, an update."""
    own = _marks(element)
    if _CHANGED.search(own) and not _PUBLISHED.search(own):
        return True
    chain: Iterable[Any] = (element, *element.iterancestors())
    return any(node.tag in ("aside", "footer", "nav") or _ELSEWHERE.search(_marks(node)) for node in chain)
