"""A whole working day: from an empty folder to a brief on the desk, without touching the mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cli.conftest import ROOT, servanda
from tests.web.conftest import Server

REPORTS = ROOT / "examples" / "libya" / "reports"
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
"""Two articles that may not be passed on; the day goes without them where they are missing."""
AS_OF = "as_of=2021-09-30"
"""What is known is not limited: decisions made today count from today."""

ACCORD = """\
accord: Libya
parties:
  turkey: {name: Türkiye, aliases: [Turkey, Ankara]}
  russia: {name: Russia, aliases: [Moscow]}
  gna: {name: Government of National Accord, aliases: [GNA]}
  lna: {name: Libyan National Army, aliases: [LNA]}
  unsmil: {name: UN Support Mission in Libya, aliases: [UNSMIL, UN mission, UN]}
instruments:
  - id: ceasefire-2020
    title: Agreement for a complete and permanent ceasefire in Libya
    status: signed
    signed: 2020-10-23
    verifier: unsmil
    parties: [gna, lna]
    provisions:
      - id: foreign-forces-leave
        text: All mercenaries and foreign fighters leave Libyan territory within three months.
        debtors: [turkey, russia, gna, lna]
        action: withdraw
        object: foreign forces, fighters and mercenaries
        place: Libya
        deadline: {within: 3 months, after: signature}
      - id: coastal-road
        text: The coastal road is opened.
        debtors: [gna, lna]
        action: open
        object: coastal road
        place: Libya
        deadline: none
"""


@pytest.fixture
def desk(browser: Browser, tmp_path: Path) -> Iterator[tuple[Server, BrowserContext]]:
    """An empty dossier, served, and a browser window before it."""
    made = servanda("init", tmp_path / "dossier")
    assert made.status == 0, made.err
    (tmp_path / "dossier" / "ledger.db").unlink()
    with Server(tmp_path / "dossier") as server:
        context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
        yield server, context
        context.close()


def tab_to(page: Page, role: str, name: str) -> None:
    """Press Tab until something of this role and name has the focus, as somebody without a mouse does."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(250):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the {role} {name!r} cannot be reached by the keyboard")


def follow(page: Page, name: str) -> None:
    """Follow a link, and wait for the page with its scripts: keys that come before them are nobody's."""
    tab_to(page, "link", name)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def test_a_working_day_by_keyboard_alone(desk: tuple[Server, BrowserContext], tmp_path: Path) -> None:
    _, context = desk
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)

    # The dossier is empty, and the page says what to do next.
    page.goto(f"/?{AS_OF}")
    expect(page.locator(".notice").first).to_contain_text("No documents yet")
    follow(page, "add what was published")

    # Two reports, and the two articles where they are at hand; one more that cannot be read, which stops nothing.
    expect(page.get_by_role("heading", level=1)).to_have_text("Add documents")
    tab_to(page, "textbox", "your name, which every change carries")
    page.keyboard.type("Amal")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no PDF")
    files = [*REPORTS.glob("14-*.txt"), *REPORTS.glob("30-*.txt"), *SEEDS]
    page.locator("#files").set_input_files([*files, broken])
    tab_to(page, "button", "Add")
    page.keyboard.press("Enter")
    expect(page.locator("#outcomes .added")).to_have_count(len(files), timeout=60_000)
    expect(page.locator("#outcomes .failed")).to_contain_text("broken.pdf")

    # An accord is drafted from them, put right by hand, checked and saved.
    follow(page, "Accord")
    tab_to(page, "button", "Draft from the documents")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Nothing was saved yet")
    expect(page.locator("#text")).to_have_value(_with("# A draft, proposed from what the texts below say"))
    write(page, ACCORD.replace("status: signed", "status: singed"))
    tab_to(page, "button", "Check only")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Problems")).to_contain_text("line 11")
    write(page, ACCORD)
    tab_to(page, "button", "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Saved")

    # One link is doubtful; it is looked at, and accepted.
    follow(page, "Review")
    expect(page.locator(".doubt").first).to_be_visible()
    page.wait_for_load_state()
    waiting = page.locator(".doubt").count()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator(".doubt").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("[id^=decision-]")).to_contain_text("Amal")
    expect(page.locator(".doubt")).to_have_count(waiting - 1)

    # The violation, why, and the sentence that proves it.
    follow(page, "Overview")
    follow(page, "foreign-forces-leave Türkiye")
    expect(page.locator(".verdict")).to_contain_text("violated")
    expect(page.locator(".reasons")).to_contain_text("deadline")
    page.locator(".evidence.accepted .source a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.chosen").first).to_be_visible()

    # The brief goes to the printer, and as a Word document to the minister.
    follow(page, "Brief")
    expect(page.locator(".brief")).to_contain_text("foreign fighters leave Libyan territory")
    tab_to(page, "link", "Word")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "brief-2021-09-30.docx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    assert len(page.pdf(format="A4")) > 5_000
    assert "known_by=" + date.today().isoformat() in page.url
    assert faults == []


def write(page: Page, text: str) -> None:
    """Put a text in the place of the accord's."""
    tab_to(page, "textbox", "The accord as YAML")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def _with(start: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(start))
