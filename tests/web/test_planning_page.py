"""The plan page: made in the background, shown with equal numbers beside it, and only where there are forces."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.cli.conftest import ROOT, servanda
from tests.web.conftest import Server
from tests.web.test_pages import violations


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
    page.context.close()


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
