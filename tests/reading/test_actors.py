"""Who acts in a claim, by class of construction, in several wordings."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.core.claims import Claim
from servanda.reading import load_reader

PUBLISHED = date(2021, 6, 23)


def read(text: str, action: str) -> list[Claim]:
    return [c for c in load_reader().read("doc", text, PUBLISHED) if c.action == action]


@pytest.mark.parametrize(
    ("text", "action", "actors"),
    [
        ("The hostages were released by the rebels on Monday.", "release", {"rebels"}),
        ("The town was shelled by Ruritanian artillery on Monday.", "attack", {"Ruritanian artillery"}),
        ("Iraq's invasion of Kuwait began on August 2.", "attack", {"Iraq"}),
        ("The invasion by Iraq began on August 2.", "attack", {"Iraq"}),
        ("Russia, which supports the general, has withdrawn its soldiers from the valley.", "withdraw", {"Russia"}),
        ("Washington urged Ankara to withdraw its troops from Libya.", "withdraw", {"Ankara"}),
        ("The United States called on Turkey to withdraw its troops from Libya.", "withdraw", {"Turkey"}),
        ("Israel and Egypt held talks in Geneva on Monday.", "negotiate", {"Israel", "Egypt"}),
        ("Talks between Israel and Egypt were held in Geneva on Monday.", "negotiate", {"Israel", "Egypt"}),
        ("Israeli troops withdrew from the town on Monday.", "withdraw", {"Israeli troops"}),
    ],
)
def test_the_actor_is_who_acts_whatever_the_construction(text: str, action: str, actors: set[str]) -> None:
    found = read(text, action)
    assert found
    assert any(set(c.actors) == actors for c in found), [c.actors for c in found]


@pytest.mark.parametrize(
    "second",
    [
        "The two sides signed a peace agreement on Tuesday.",
        "Both sides signed a peace agreement on Tuesday.",
        "The two countries signed a peace agreement on Tuesday.",
    ],
)
def test_two_sides_are_who_was_named_together_before(second: str) -> None:
    found = read(f"Israel and Egypt held talks in Geneva on Monday. {second}", "agree")
    assert any(set(c.actors) == {"Israel", "Egypt"} for c in found), [c.actors for c in found]


def test_a_force_is_one_actor_and_not_its_words() -> None:
    for claim in read("UN peacekeeping forces withdrew from the town on Monday.", "withdraw"):
        assert claim.actors == ("UN peacekeeping forces",)


@pytest.mark.parametrize("title", ["UN Secretary-General", "Secretary-General", "Vice-President"])
def test_a_hyphenated_title_leaves_no_hyphen_before_the_name(title: str) -> None:
    [claim] = read(f"{title} Antonio Guterres said the rebels had attacked a convoy.", "attack")
    assert claim.source == "Antonio Guterres"


@pytest.mark.parametrize(
    ("text", "action", "actors"),
    [
        (
            "The National Salvation Army (NSA) has withdrawn from the valley.",
            "withdraw",
            "National Salvation Army (NSA)",
        ),
        ("The Southern Defense Force (SDF) released 20 prisoners.", "release", "Southern Defense Force (SDF)"),
        (
            "The Organization of African Unity (OAU) sent 60 observers to the border.",
            "deploy",
            "Organization of African Unity (OAU)",
        ),
        ("The Party of Democratic Unity boycotted the election.", "elect", "Party of Democratic Unity"),
        ("President Jose Eduardo dos Santos appointed a new government.", "govern", "Jose Eduardo dos Santos"),
        ("Rebel leader Jean van der Merwe freed the hostages on Monday.", "release", "Jean van der Merwe"),
    ],
)
def test_a_name_with_its_short_form_or_small_words_is_one_actor(text: str, action: str, actors: str) -> None:
    found = read(text, action)
    assert [c.actors for c in found] == [(actors,)]


@pytest.mark.parametrize(
    "text",
    [
        "We call on Turkey and Russia to withdraw their forces from the country.",
        "The council urged Turkey and Russia to withdraw their troops from the country.",
        "Turkey and Russia have withdrawn their soldiers from the country.",
    ],
)
def test_the_forces_of_who_acts_are_no_further_actor(text: str) -> None:
    assert [set(c.actors) for c in read(text, "withdraw")] == [{"Turkey", "Russia"}]


@pytest.mark.parametrize(
    "text",
    [
        '"We will withdraw our troops from the valley," Israeli Prime Minister David Levi said.',
        '"We shall withdraw our troops from the valley," said David Levi, the prime minister of Israel.',
        'Israeli Defence Minister David Levi said: "We will withdraw our troops from the valley."',
    ],
)
def test_we_is_whom_the_speaker_speaks_for(text: str) -> None:
    found = [c for c in read(text, "withdraw") if c.act == "commit"]
    assert [(c.actors, c.source) for c in found] == [(("Israel",), "David Levi")]


@pytest.mark.parametrize(
    "second",
    [
        "The talks with the National Front ended without an agreement.",
        "The two sides failed to reach an agreement.",
        "Both sides failed to reach an agreement.",
    ],
)
def test_talks_with_one_of_two_who_were_named_together_are_talks_of_both(second: str) -> None:
    text = f"The government and the National Front held talks in Geneva on Monday. {second}"
    actors = {frozenset(c.actors) for c in read(text, "negotiate") + read(text, "agree")}
    assert actors == {frozenset({"government", "National Front"})}
