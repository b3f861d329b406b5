"""The plan page: made in the background, shown with equal numbers beside it, and only where there are forces."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.cli.conftest import ROOT, servanda
from tests.web.conftest import Server, watched
from tests.web.test_pages import SCREENS, violations


@pytest.fixture(scope="module")
def libya(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("plan") / "libya"
    assert servanda("init", folder, "--accord", ROOT / "examples" / "libya" / "accord.yaml").status == 0
    with Server(folder) as running:
        yield running
    shutil.rmtree(folder)


def test_a_plan_is_made_in_the_background_and_shown_beside_equal_numbers(browser: Browser, libya: Server) -> None:
    page = browser.new_context(base_url=libya.address).new_page()
    page.goto("/?as_of=2021-10-08&known_by=2021-10-08")
    page.get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_text("with equal numbers instead")).to_be_visible(timeout=60_000)
    assert violations(page) == []
    least, bound, equal = (float(words.rstrip("%")) for words in page.locator(".tallies strong").all_inner_texts())
    assert bound <= least < equal
    drawn = page.request.get(page.locator("img.chart").get_attribute("src") or "")
    assert drawn.status == 200
    assert drawn.text().lstrip().startswith("<?xml")
    told = page.request.get("/api/v1/plan").json()
    assert told["schedule"]["moves"]
    assert Fraction(told["schedule"]["exposure"]) < Fraction(told["equal_numbers"]["exposure"])
    page.context.close()


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS.keys())
@pytest.mark.parametrize("address", ["/plan?as_of=2021-10-08", "/map?as_of=2021-11-20&forces=planned"])
def test_the_plan_and_its_map_are_accessible_and_fit(
    browser: Browser, libya: Server, address: str, screen: tuple[int, Literal["light", "dark"]]
) -> None:
    width, scheme = screen
    with watched(browser, libya, width, scheme) as page:
        page.goto(address)
        expect(page.get_by_role("table").first).to_be_visible(timeout=60_000)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_commitment_leads_to_what_it_rests_on_and_back(browser: Browser, libya: Server) -> None:
    with watched(browser, libya) as page:
        page.goto("/commitments/elections/gnu?as_of=2021-10-08")
        section = page.locator("section", has=page.get_by_role("heading", name="It rests on"))
        section.get_by_role("link").first.click()
        back = page.locator("section", has=page.get_by_role("heading", name="Rests on it", exact=True))
        expect(back.get_by_role("link").first).to_contain_text("elections")


def test_forces_by_site_move_with_the_slider_only_by_a_plan(browser: Browser, libya: Server) -> None:
    with watched(browser, libya) as page:
        page.goto("/map?as_of=2021-10-08")
        table = page.get_by_role("region", name="Forces by site")
        expect(table.get_by_role("row", name="Misrata")).to_contain_text("3000")
        assert page.locator("#map path.force").count() >= 9
        page.get_by_role("link", name="Show the planned withdrawal").click()
        expect(table.get_by_role("columnheader", name="units on that day")).to_be_visible(timeout=60_000)
        expect(table.get_by_role("row", name="Misrata")).to_contain_text("30003000")
        page.goto("/map?as_of=2021-12-31&forces=planned")
        expect(table.get_by_role("row", name="Misrata")).to_contain_text("west03000")
        slider = page.locator("#slider")
        slider.focus()
        page.keyboard.press("Home")
        page.wait_for_url("**as_of=2020-01-19**")
        assert "forces=planned" in page.url
        expect(table.get_by_role("row", name="Misrata")).to_contain_text("30003000")


def test_a_setting_that_cannot_be_is_explained(browser: Browser, libya: Server) -> None:
    page = browser.new_context(base_url=libya.address).new_page()
    answer = page.goto("/plan?lag=ninety")
    assert answer is not None
    assert answer.status == 400
    expect(page.locator("main")).to_contain_text("is no number of periods")
    page.goto("/plan?deadline=2021-10-01")
    expect(page.locator("#result .notice")).to_be_visible(timeout=20_000)
    page.context.close()


def test_without_forces_there_is_no_plan_to_click(web_dossier: Path, browser: Browser, server: Server) -> None:
    page = browser.new_context(base_url=server.address).new_page()
    page.goto("/")
    assert page.get_by_role("link", name="Plan", exact=True).count() == 0
    page.context.close()
