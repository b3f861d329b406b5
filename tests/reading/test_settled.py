"""What the guidelines settle, in several wordings: embargoes kept and broken, military support, sovereignty."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.reading import load_reader


def arms(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    claims = load_reader().read("doc", text, date(2021, 6, 23))
    return [(claim.act.value, claim.polarity.value, claim.actors) for claim in claims if claim.action == "arm"]


@pytest.mark.parametrize(
    "text",
    [
        "The two countries promised to respect the arms embargo.",
        "Leaders agreed to observe an arms embargo and to push the sides to a truce.",
        "The ministers pledged to comply with the weapons embargo.",
    ],
)
def test_an_embargo_that_is_to_be_kept_is_no_arming(text: str) -> None:
    [(act, polarity, _)] = arms(text)
    assert (act, polarity) == ("commit", "negative")


@pytest.mark.parametrize(
    "text",
    [
        "Eastland violated the arms embargo in March, the panel said.",
        "The arms embargo was broken by Eastland throughout the year.",
    ],
)
def test_an_embargo_that_is_broken_is_arming(text: str) -> None:
    assert {polarity for _, polarity, _ in arms(text)} == {"positive"}


@pytest.mark.parametrize(
    "text",
    [
        "The campaign collapsed after Turkey stepped up its military support of the government.",
        "Iran increased its military assistance to the militia.",
        "Russia gave military aid to the rebels last year.",
    ],
)
def test_military_support_is_arming(text: str) -> None:
    assert any(actors and polarity == "positive" for _, polarity, actors in arms(text))


def test_food_aid_is_none() -> None:
    assert arms("The agency increased its food aid to the region.") == []


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("It failed to comply with the arms embargo.", "positive"),
        ("They did not fail to comply with the arms embargo.", "negative"),
        ("They stopped violating the arms embargo.", "negative"),
        ("The panel found no sign that the arms embargo was violated.", "negative"),
        ("Eastland denied that it had violated the arms embargo.", "negative"),
    ],
)
def test_a_denial_turns_what_is_said_of_an_embargo(text: str, polarity: str) -> None:
    assert [found for _, found, _ in arms(text)] == [polarity]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("All parties agreed to respect Libya's sovereignty.", "negative"),
        ("Eastland has always respected the sovereignty of Libya, its minister said.", "negative"),
        ("Eastland failed to respect the sovereignty of Libya.", "positive"),
        ("Eastland did not respect Libya's sovereignty.", "positive"),
        ("Eastland refused to respect Libya's sovereignty.", "positive"),
    ],
)
def test_respect_for_sovereignty_is_no_interference_and_its_want_is(text: str, polarity: str) -> None:
    claims = load_reader().read("doc", text, date(2021, 6, 23))
    assert [claim.polarity.value for claim in claims if claim.action == "interfere"] == [polarity]
