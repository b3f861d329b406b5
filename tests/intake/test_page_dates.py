"""A page's date of publication is what the page states; dates that merely occur in it count for nothing."""

from __future__ import annotations

from datetime import date

import lxml.html
import pytest

from servanda.intake.datelines import Ambiguous, FoundDate
from servanda.intake.page_dates import META_NAMES, page_date

DAY = date(2021, 1, 29)
LINKED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-01-29T08:00:00Z",'
    ' "dateModified": "2021-02-05T08:00:00Z"}</script>'
)
GRAPH = (
    '<script type="application/ld+json">{"@graph": [{"@type": "Person", "datePublished": "2001-01-01"},'
    ' {"@type": ["WebPage"], "datePublished": "2021-01-29"}]}</script>'
)


def page(head: str = "", body: str = "") -> FoundDate | Ambiguous | None:
    html = f"""<html><head><title>Troops leave</title>{head}</head><body class="single comments-open">
        <nav><span class="date">5 May 2022</span></nav><article class="post has-sidebar"><h1>Troops leave</h1>{body}
        <p>The accord of 3 March 2019 was kept.</p></article>
        <div class="related-posts"><time datetime="2018-08-08">8 August 2018</time></div>
        <footer><p class="date">Updated 4 April 2022</p></footer></body></html>"""
    return page_date(lxml.html.document_fromstring(html))


def test_a_page_full_of_other_dates_has_none() -> None:
    assert page() is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (LINKED, ""),
        (GRAPH, ""),
        (LINKED, '<time datetime="2021-02-05">'),
        ('<script type="application/ld+json">{broken</script>' + LINKED, ""),
        *((f'<meta name="{name}" content="2021-01-29">', "") for name in META_NAMES),
        ('<meta property="article:published_time" content="2021-01-29T23:30:00-05:00">', ""),
        ('<meta property="article:published_time" content="2021-01-29 08:00:00+00:00">', ""),
        ('<meta itemprop="datePublished" content="20210129T0800Z">', ""),
        ('<meta name="pubdate" content="Fri, 29 Jan 2021 15:40:00 GMT"><meta name="date" content="2021-02-05">', ""),
        ("", '<time datetime="2021-01-29T10:00">29 January</time>'),
        ("", "<time>29 January 2021</time>"),
        ("", '<time class="entry-date published updated" datetime="2021-01-29">29 January 2021</time>'),
        ("", '<time datetime="2021-01-29">x</time><time class="updated" datetime="2021-02-05">y</time>'),
        ("", '<time datetime="2021-02-05">y</time><time itemprop="datePublished" datetime="2021-01-29">x</time>'),
        ('<link rel="canonical" href="https://desk.example/2021/01/29/troops">', ""),
        ('<meta property="og:url" content="https://desk.example/news/2021/1/29">', ""),
        ("", '<div class="byline">By Ada Byron | January 29, 2021</div>'),
        ("", '<span class="post-date">Published on 29 January 2021 at 3:40 pm</span>'),
    ],
)
def test_what_a_page_states(head: str, body: str) -> None:
    found = page(head, body)
    assert isinstance(found, FoundDate)
    assert found.day == DAY
    assert found.words


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:modified_time" content="2021-02-05">', ""),
        ('<meta property="og:updated_time" content="2021-02-05">', ""),
        ('<meta name="date" content="03/04/2021">', ""),
        ('<meta name="date" content="tomorrow">', ""),
        ('<meta name="date" content="2021-02-30">', ""),
        ("", '<span class="date">Last updated on 5 February 2021</span>'),
        ("", '<aside><time datetime="2021-02-05">x</time></aside>'),
        ("", f'<div class="date">29 January 2021 {"and more words " * 20}</div>'),
        ('<link rel="canonical" href="https://desk.example/archive/2021/13/45/x">', ""),
        ('<script type="application/ld+json">{"@type": "Person", "datePublished": "2021-01-29"}</script>', ""),
        ('<script type="application/ld+json">[[[1]], null, "x"]</script>', ""),
    ],
)
def test_what_states_no_day_of_publication(head: str, body: str) -> None:
    assert page(head, body) is None


def test_two_days_leave_it_open() -> None:
    found = page("", '<time datetime="2021-01-29">x</time><time datetime="2021-02-05">y</time>')
    assert found == Ambiguous(("time 2021-01-29", "time 2021-02-05"))
