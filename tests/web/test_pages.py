"""Every page: it answers, it is accessible, it logs no error, and it asks no other host for anything."""

from __future__ import annotations

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import DATES, Server

PAGES = {
    "overview": f"/?{DATES}",
    "filtered overview": f"/?{DATES}&state=violated",
    "commitment": f"/commitments/troops-leave/eastland?{DATES}",
    "documents": f"/documents?{DATES}",
    "document": f"/documents/deadline-passes?{DATES}",
    "timeline": f"/timeline?{DATES}",
    "changes": f"/changes?{DATES}&since=2021-01-01",
    "search": f"/search?{DATES}&q=troops",
    "sources": f"/sources?{DATES}",
    "brief": f"/brief?{DATES}",
    "before anything": "/?as_of=2019-01-01&known_by=2019-01-01",
}


def violations(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options)
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found["violations"]]


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert violations(page) == []


@pytest.mark.parametrize("address", [PAGES["overview"], PAGES["commitment"]], ids=["overview", "commitment"])
def test_a_page_is_accessible_in_the_dark_and_on_a_narrow_screen(
    browser: Browser, server: Server, address: str
) -> None:
    context = browser.new_context(base_url=server.address, color_scheme="dark", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_a_page_opened_without_dates_gets_them_in_its_address(page: Page) -> None:
    page.goto("/")
    page.wait_for_url("**/?as_of=*&known_by=*")


def test_from_the_overview_to_the_sentence_that_proves_it(page: Page) -> None:
    page.goto(PAGES["overview"])
    page.get_by_role("link", name="troops-leave Eastland").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eastland: troops-leave")
    page.get_by_role("link", name="The Gazette").first.click()
    expect(page.locator("mark.chosen").first).to_contain_text("Eastland did not withdraw its troops")
    assert "as_of=2021-01-29&known_by=2021-01-29" in page.url


def test_what_is_not_there_is_said_as_a_page(page: Page) -> None:
    for address, words in (
        (f"/commitments/no/body?{DATES}", "not on record"),
        ("/?as_of=2021-02-30", "2021-02-30"),
        (f"/documents/nothing?{DATES}", "nothing"),
    ):
        context = page.context
        other = context.new_page()
        answer = other.goto(address)
        assert answer is not None
        assert answer.status in (400, 404)
        expect(other.locator("main")).to_contain_text(words)
        other.close()
