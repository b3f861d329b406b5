"""Every page: it answers, it is accessible, it logs no error, and it asks no other host for anything."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from servanda.core.judgement import Episode
from servanda.core.vocabulary import State
from servanda.dossier import Dossier
from servanda.web import Accounts, Role, rendering
from servanda.web.pages import commitment
from tests.web.conftest import DATES, Server, watched

PAGES = {
    "overview": f"/?{DATES}",
    "filtered overview": f"/?{DATES}&state=violated",
    "commitment": f"/commitments/troops-leave/eastland?{DATES}",
    "parties": f"/parties?{DATES}",
    "provisions summed up": f"/parties?{DATES}&by=provision",
    "party": f"/parties/eastland?{DATES}",
    "original beside": f"/documents/four-stages?{DATES}&beside=original",
    "documents": f"/documents?{DATES}",
    "document": f"/documents/deadline-passes?{DATES}",
    "timeline": f"/timeline?{DATES}",
    "changes": f"/changes?{DATES}&since=2021-01-01",
    "search": f"/search?{DATES}&q=troops",
    "sources": f"/sources?{DATES}",
    "brief": f"/brief?{DATES}",
    "review": f"/review?{DATES}",
    "add": f"/add?{DATES}",
    "accord": f"/accord?{DATES}",
    "difference": f"/accord/difference?{DATES}&older=1&newer=2",
    "html document": f"/documents/four-stages?{DATES}",
    "map": f"/map?{DATES}",
    "before anything": "/?as_of=2019-01-01&known_by=2019-01-01",
}


def violations(page: Page) -> list[str]:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options)
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found["violations"]]


SCREENS = {"wide and light": (1280, "light"), "narrow and dark": (360, "dark")}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible_and_fits(
    browser: Browser, server: Server, address: str, screen: tuple[int, Literal["light", "dark"]]
) -> None:
    width, scheme = screen
    with watched(browser, server, width, scheme) as page:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_page_reads_from_right_to_left_as_well(page: Page) -> None:
    for name in ("overview", "commitment", "document", "review", "accord"):
        page.goto(PAGES[name])
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
        heading = page.locator("h1").bounding_box()
        brand = page.locator(".brand").bounding_box()
        assert heading is not None
        assert brand is not None
        assert brand["x"] > 640, name


def test_logging_in_and_the_audit_log_are_accessible(browser: Browser, web_dossier: Path, tmp_path: Path) -> None:
    folder = tmp_path / "guarded"
    shutil.copytree(web_dossier, folder)
    Accounts(folder).create("amal", Role.EDITOR, "correct horse battery")
    with Server(folder, demands_accounts=True) as guarded, watched(browser, guarded) as page:
        page.goto("/review")
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")
        assert violations(page) == []
        page.get_by_label("name").fill("amal")
        page.get_by_label("password").fill("correct horse battery")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Audit log").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Who changed what")
        assert violations(page) == []
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


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


def test_the_overview_searches_while_one_types(page: Page) -> None:
    page.goto(PAGES["overview"])
    page.get_by_role("searchbox").press_sequentially("withdraw")
    expect(page.locator("#hits li").first).to_contain_text("withdraw")


def test_a_long_history_follows_when_the_page_is_there(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitment, "AT_ONCE", 0)
    page.goto(f"/commitments/troops-leave/westland?{DATES.replace('29', '28')}")
    strip = page.get_by_role("list", name="States over time")
    expect(strip.locator(".deadline")).to_contain_text("deadline")
    expect(strip.locator("li")).to_have_count(3)
    expect(page.locator(".strip-to-come")).to_have_count(0)
    assert violations(page) == []
    page.reload()
    expect(strip.locator("li")).to_have_count(3)


def test_a_decision_that_would_not_count_on_this_page_is_announced(page: Page) -> None:
    page.goto(PAGES["review"])
    expect(page.locator(".notice").first).to_contain_text("counts from the day")


def test_the_overview_leads_to_what_changed_since_the_last_visit(page: Page, server: Server) -> None:
    link = page.get_by_role("link", name="What changed since your last visit")
    page.goto(PAGES["overview"])
    expect(link).to_have_count(0)
    page.context.add_cookies([{"name": "servanda_visit", "value": "2021-01-02.2020-12-01", "url": server.address}])
    for _ in range(2):
        page.goto(PAGES["overview"])
        expect(link).to_have_attribute("href", re.compile("since=2021-01-02"))
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed")


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
        assert violations(other) == []
        other.close()


def test_counts_by_party_are_side_by_side_and_lead_to_what_they_count(page: Page) -> None:
    page.goto(PAGES["parties"])
    expect(page.get_by_role("columnheader")).to_contain_text(["party", "commitments", "violated", "kept"])
    page.get_by_role("link", name="1 violated, Eastland").click()
    expect(page.locator(".matrix .cell")).to_have_count(1)
    page.goto(PAGES["parties"])
    page.get_by_role("link", name="Eastland", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eastland")
    expect(page.get_by_role("list", name="What it owes")).to_contain_text("violated")
    page.get_by_role("link", name="Its deadlines, statements and events").click()
    expect(page.locator(".timeline")).to_contain_text("troops-leave is due")
    for address in (f"/parties/nobody?{DATES}", f"/parties?{DATES}&by=age"):
        assert page.request.get(address).status in (400, 404)


def test_what_was_breached_before_and_holds_again_is_said_beside_its_state(web_dossier: Path) -> None:
    judgement = Dossier(web_dossier).status(as_of=date(2021, 1, 29), known_by=date(2021, 1, 29))[0]
    breach = Episode(date(2020, 12, 1), date(2020, 12, 6), ())
    held = replace(judgement, state=State.IN_FORCE, outlook=None, episodes=(breach,))
    said = rendering._environment.get_template("marks.html").module.state  # type: ignore[attr-defined]
    assert "in force, 1 breach on record" in said(held)
    assert "on record" not in said(replace(held, state=State.VIOLATED))
