"""Claims by hand: entered from a selection, corrected from the review, taken back; nobody's work is overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from servanda.core.claims import Review
from servanda.dossier import Dossier
from servanda.web.claim_form import Filled, place_of, sentence_around
from tests.web.conftest import Server, watched
from tests.web.test_pages import violations
from tests.web.test_working_day import tab_to

QUOTE = "Nobody has left so far"
FILLED = {"act": "report", "polarity": "negative", "action": "withdraw", "certainty": "certain"}


@pytest.fixture
def own(web_dossier: Path, tmp_path: Path) -> Path:
    """A dossier of the test's own, that it may write to."""
    return Path(shutil.copytree(web_dossier, tmp_path / "own"))


@pytest.fixture
def running(own: Path) -> Iterator[Server]:
    with Server(own) as server:
        yield server


@pytest.fixture
def desk(browser: Browser, running: Server) -> Iterator[Page]:
    with watched(browser, running) as page:
        yield page


@pytest.fixture
def refused(browser: Browser, running: Server) -> Iterator[Page]:
    """A page on which a refusal is expected, which browsers note as an error."""
    context = browser.new_context(base_url=running.address)
    yield context.new_page()
    context.close()


def select(page: Page, words: str) -> None:
    """Select words in the text, as a mouse does."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
                return;
            }
            throw new Error("these words are not in one piece of the text");
        }""",
        words,
    )


def test_words_selected_in_the_text_become_a_claim_that_is_shown_and_judged(desk: Page, own: Path) -> None:
    desk.goto("/documents/four-stages")
    select(desk, QUOTE)
    form = desk.locator("#add-claim")
    expect(form.get_by_label("words, exactly")).to_have_value(QUOTE)
    form.get_by_label("your name").fill("Amal")
    form.get_by_label("polarity").select_option("negative")
    form.get_by_label("action").select_option("withdraw")
    form.get_by_label("actors").fill("Eastland")
    form.get_by_label("note").fill("Said of Eastland.")
    form.get_by_role("button", name="Add the claim").click()
    card = desk.locator(".claim.chosen")
    expect(card).to_contain_text("report: not withdraw")
    expect(card).to_contain_text("Entered by Amal")
    expect(card).to_contain_text("Said of Eastland.")
    expect(card.get_by_role("link", name="troops-leave/eastland")).to_be_visible()
    expect(desk.locator("mark.chosen")).to_have_text(QUOTE)
    assert violations(desk) == []
    [made] = [record for record in Dossier(own).records() if record.by == "Amal"]
    assert Dossier(own).text("four-stages")[made.claim.start : made.claim.end] == QUOTE
    card.get_by_role("link", name="troops-leave/eastland").click()
    expect(desk.locator(".evidence.accepted", has_text=QUOTE)).to_be_visible()


def test_a_claim_is_entered_by_keyboard_alone(desk: Page, own: Path) -> None:
    desk.goto("/documents/four-stages")
    tab_to(desk, "textbox", "select here")
    desk.keyboard.type("nothing typed gets in")
    desk.keyboard.press("Control+Home")
    desk.keyboard.press("Shift+End")
    expect(desk.get_by_label("words, exactly")).to_have_value("Plan of four stages")
    tab_to(desk, "textbox", "your name")
    desk.keyboard.type("Amal")
    tab_to(desk, "combobox", "action")
    desk.keyboard.type("agree")
    tab_to(desk, "button", "Add the claim")
    desk.keyboard.press("Enter")
    expect(desk.locator(".claim.chosen")).to_contain_text("report: agree")
    assert [record.claim.action for record in Dossier(own).records() if record.by] == ["agree"]


def test_what_is_wrong_in_the_form_is_said_and_nothing_typed_is_lost(refused: Page, own: Path) -> None:
    refused.goto("/documents/four-stages")
    form = refused.locator("#add-claim")
    form.get_by_label("your name").fill("Amal")
    form.get_by_label("words, exactly").fill("words that stand nowhere")
    form.get_by_label("action").select_option("withdraw")
    form.get_by_label("quantity").fill("many")
    with refused.expect_response("**/claims*") as answered:
        form.get_by_role("button", name="Add the claim").click()
    assert answered.value.status == 400
    expect(refused.get_by_role("alert")).to_contain_text("does not stand in the text")
    expect(form.get_by_label("words, exactly")).to_have_value("words that stand nowhere")
    expect(form.get_by_label("quantity")).to_have_value("many")
    assert violations(refused) == []
    assert [record for record in Dossier(own).records() if record.by] == []


def test_a_claim_is_corrected_from_the_review_by_keyboard_and_taken_back(desk: Page, own: Path) -> None:
    desk.goto("/review")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_contain_text("correct what the claim says")
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    before = Dossier(own).records(documents=["four-stages"])
    desk.keyboard.press("j")
    expect(desk.locator(".doubt").first).to_be_focused()
    desk.keyboard.press("c")
    expect(desk.locator("#correct textarea")).to_be_focused()
    assert violations(desk) == []
    tab_to(desk, "textbox", "your name")
    desk.keyboard.type("Amal")
    tab_to(desk, "textbox", "place")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("Sirte")
    tab_to(desk, "button", "Save the correction")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Review")
    decided = desk.locator("[id^=decision-]").first
    expect(decided).to_contain_text("correct")
    expect(decided).to_contain_text("Amal")
    [corrected] = [record for record in Dossier(own).records() if record.by == "Amal"]
    assert corrected.claim.place == "Sirte"
    desk.wait_for_load_state()
    desk.keyboard.press("u")
    expect(desk.locator(".undo").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("[id^=decision-]").first).to_contain_text("take back")
    assert Dossier(own).records(documents=["four-stages"]) == before


def test_single_keys_can_be_turned_off(desk: Page) -> None:
    desk.goto("/review")
    desk.keyboard.press("?")
    desk.get_by_label("single keys").uncheck()
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    for _ in range(2):
        desk.keyboard.press("j")
        assert desk.locator(".doubt:focus").count() == 0
        desk.reload()
    desk.keyboard.press("?")
    desk.get_by_label("single keys").check()
    desk.get_by_role("button", name="Close").click()
    expect(desk.locator("#keys")).to_be_hidden()
    desk.keyboard.press("j")
    expect(desk.locator(".doubt").first).to_be_focused()


def test_a_stale_tab_does_not_correct_what_somebody_decided_meanwhile(refused: Page, own: Path) -> None:
    claim = Dossier(own).records(documents=["four-stages"])[0]
    refused.goto(f"/documents/four-stages?correct={claim.id}")
    Dossier(own).decide(Review(claim.id, "reject", "Badr", "", datetime.now(UTC)))
    form = refused.locator("#correct")
    form.get_by_label("your name").fill("Amal")
    form.get_by_label("place").fill("Sirte")
    with refused.expect_response("**/claims/*") as answered:
        form.get_by_role("button", name="Save the correction").click()
    assert answered.value.status == 409
    expect(refused.get_by_role("alert")).to_contain_text("Badr decided this claim")
    expect(form.get_by_label("place")).to_have_value("Sirte")
    assert Dossier(own).annotations() == ()
    form.get_by_role("button", name="Save the correction").click()
    expect(refused.locator(".claim.chosen")).to_contain_text("Corrected by Amal")


def test_a_correction_keeps_a_stale_decision_from_counting(refused: Page, own: Path) -> None:
    refused.goto("/review")
    claim = refused.locator('.doubt input[name="claim"]').first.input_value()
    stale = refused.locator(".doubt").first
    other = refused.context.new_page()
    other.goto(f"/documents/four-stages?correct={claim}")
    other.get_by_label("your name").fill("Badr")
    other.get_by_label("place").fill("Sirte")
    other.get_by_role("button", name="Save the correction").click()
    expect(other.locator(".claim.chosen")).to_contain_text("Corrected by Badr")
    stale.get_by_label("your name").fill("Amal")
    with refused.expect_response("**/review*") as answered:
        stale.get_by_role("button", name="Accept").click()
    assert answered.value.status == 409
    expect(refused.locator("main")).to_contain_text("Badr decided this claim")
    assert Dossier(own).decisions() == ()


def test_the_original_stands_beside_the_text_and_asks_nobody_for_anything(desk: Page) -> None:
    desk.goto("/documents/four-stages")
    desk.get_by_role("link", name="Original file beside the text").click()
    frame = desk.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Plan of four stages")
    assert violations(desk) == []
    desk.locator("#text mark a").first.click()
    expect(desk.locator(".claim.chosen")).to_be_visible()


# What the form makes of words


def test_a_quote_is_found_where_it_was_selected() -> None:
    text = "They left. They left. Nobody saw it."
    assert place_of("Nobody", text, "") == 22
    assert place_of("They left", text, "11") == 11
    with pytest.raises(Exception, match="stands 2 times"):
        place_of("They left", text, "")
    with pytest.raises(Exception, match="does not stand"):
        place_of("They stayed", text, "0")


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("One", "One left."),
        ("“Two stayed.”", "“Two stayed.”"),
        ("Three", "Three wait"),
        ("stayed.” Three", "“Two stayed.” Three wait"),
    ],
)
def test_the_sentence_around_a_quote(quote: str, sentence: str) -> None:
    text = "One left. “Two stayed.” Three wait\n\nA heading\nend"
    start = text.index(quote)
    first, last = sentence_around(text, start, start + len(quote))
    assert text[first:last] == sentence


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("act", "", "the act is missing"),
        ("action", "dance", "'dance' is no action"),
        ("when", "soon", "write a date such as 2021-01-29"),
        ("quantity", "many", "'many' is no quantity"),
        ("quote", "", "no words are quoted"),
    ],
)
def test_each_field_says_what_would_be_right(field: str, value: str, words: str) -> None:
    filled = Filled.sent({**FILLED, "quote": "left", field: value})
    with pytest.raises(Exception, match=words):
        filled.claim("report", "They left.")


def test_numbers_dates_and_names_are_read_as_people_write_them() -> None:
    filled = Filled.sent({**FILLED, "quote": "left", "quantity": "20,000", "actors": "A; B;", "when": "2021-01"})
    made = filled.claim("report", "They left.")
    assert (made.quantity, made.actors, str(made.when)) == (20_000, ("A", "B"), "2021-01")
    assert Filled.sent({**FILLED, "quote": "left", "quantity": "45%"}).claim("r", "They left.").quantity == 0.45
    with pytest.raises(Exception, match="choose the commitment as well"):
        _ = Filled.sent({**FILLED, "stance": "performs"}).tie
