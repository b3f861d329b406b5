"""Two analysts at once, and a tab that was left open: no decision and no change is lost or overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from servanda.dossier import Dossier
from tests.cli.conftest import ACCORD, servanda
from tests.web.conftest import DOUBTFUL, Server


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier in which a link waits for a decision."""
    folder = tmp_path_factory.mktemp("analysts")
    (folder / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    (folder / "four-stages.html").write_text(DOUBTFUL, encoding="utf-8")
    added = servanda("add", folder, folder / "four-stages.html")
    assert added.status == 0, added.err
    return folder


@pytest.fixture
def running(doubtful: Path) -> Iterator[Server]:
    with Server(doubtful) as server:
        yield server


def analyst(browser: Browser, server: Server, name: str) -> tuple[BrowserContext, Page]:
    context = browser.new_context(base_url=server.address)
    context.add_cookies([{"name": "servanda_name", "value": name, "url": server.address}])
    page = context.new_page()
    page.goto("/review")
    return context, page


def test_the_later_of_two_decisions_is_not_lost_and_overwrites_nothing(
    browser: Browser, running: Server, doubtful: Path
) -> None:
    first, amal = analyst(browser, running, "Amal")
    second, badr = analyst(browser, running, "Badr")
    amal.locator(".doubt").first.get_by_role("button", name="Accept").click()
    expect(amal.locator("[id^=decision-]").first).to_contain_text("Amal")

    with badr.expect_response("**/review*") as answered:
        badr.locator(".doubt").first.get_by_role("button", name="Reject").click()
    assert answered.value.status == 409
    expect(badr.locator("main")).to_contain_text("Amal decided this claim")
    expect(badr.locator("main")).to_contain_text("Your decision (reject) was not kept")
    assert [item.review.decision for item in Dossier(doubtful).decisions()] == ["accept"]

    badr.get_by_role("link", name="Back to the review").click()
    expect(badr.locator("[id^=decision-]").first).to_contain_text("Amal")
    badr.get_by_role("button", name="Take back").first.click()
    expect(badr.locator("[id^=decision-]").first).to_contain_text("undo")
    kept = [(item.review.decision, item.review.by) for item in Dossier(doubtful).decisions()]
    assert kept == [("accept", "Amal"), ("undo", "Badr")]
    first.close()
    second.close()


def test_of_decisions_at_the_very_same_moment_exactly_one_is_kept(
    browser: Browser, running: Server, doubtful: Path
) -> None:
    context, page = analyst(browser, running, "Amal")
    before = len(Dossier(doubtful).decisions())
    fields = {
        name: page.locator(f".doubt input[name={name}]").first.input_value()
        for name in ("token", "claim", "seen", "by")
    }
    request = {"url": f"{running.address}/review", "cookies": {c["name"]: c["value"] for c in context.cookies()}}
    context.close()

    import httpx

    def decide(number: int) -> int:
        data = fields | {"by": f"analyst {number}", "decision": "accept" if number % 2 else "reject"}
        return httpx.post(request["url"], cookies=request["cookies"], data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(decide, range(8)))
    assert statuses == [303] + [409] * 7
    assert len(Dossier(doubtful).decisions()) == before + 1


def test_a_stale_tab_does_not_overwrite_a_newer_accord(browser: Browser, running: Server, doubtful: Path) -> None:
    context, mine = analyst(browser, running, "Amal")
    mine.goto("/accord")
    stale = context.new_page()
    stale.goto("/accord")
    for page, title, status in ((mine, "Borderlands, newer", 200), (stale, "Borderlands, older", 409)):
        page.locator("#text").fill(ACCORD.replace("accord: Borderlands", f"accord: {title}"))
        with page.expect_response("**/accord*") as answered:
            page.get_by_role("button", name="Save").click()
        assert answered.value.status == status
    expect(stale.get_by_role("status")).to_contain_text("changed by somebody else")
    expect(stale.locator("#text")).to_have_value(ACCORD.replace("accord: Borderlands", "accord: Borderlands, older"))
    assert Dossier(doubtful).accord.title == "Borderlands, newer"
    context.close()
