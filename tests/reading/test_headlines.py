"""Headlines Written With Capitals are read as the sentences that they are, and quoted as they stand."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.core.vocabulary import Part
from servanda.reading import load_reader
from servanda.reading.headlines import as_sentence

BODY = "\n\nThe rebels said on Monday that they signed the deal and would leave the capital, freeing the hostages."


@pytest.mark.parametrize(
    ("headline", "wanted"),
    [
        ("Turkey Pledges to Withdraw 300 Men From Libya", "Turkey pledges to withdraw 300 Men from Libya"),
        ("Rebels Free Hostages, Agree to Leave Capital", "Rebels free hostages, agree to leave capital"),
        ("Free Syrian Army Leaves Aleppo", "Free Syrian Army leaves Aleppo"),
        ("Sudan Liberation Army Signs Accord With Khartoum", "Sudan Liberation Army signs Accord with Khartoum"),
        ("The rebels left Aleppo on Monday", "The rebels left Aleppo on Monday"),
        ("REBELS LEAVE ALEPPO", "REBELS LEAVE ALEPPO"),
    ],
)
def test_what_is_no_name_is_small(headline: str, wanted: str) -> None:
    assert as_sentence(headline + BODY, 0, len(headline), Part.HEADLINE) == wanted


def test_a_word_that_the_text_has_in_capitals_is_a_name() -> None:
    text = "Party Of Appeal Refuses to Disarm\n\nOn Monday the Party of Appeal said that its men would not disarm."
    assert as_sentence(text, 0, text.index("\n"), Part.HEADLINE) == "Party of Appeal refuses to disarm"


def test_the_body_is_left_as_it_is() -> None:
    text = "Turkey Pledges to Withdraw 300 Men From Libya"
    assert as_sentence(text, 0, len(text), Part.BODY) == text


def test_the_claim_is_quoted_as_the_headline_has_it() -> None:
    headline = "Russia, Turkey Reach Agreement to Remove Troops From Libya, Says U.S. Official"
    text = headline + BODY
    claims = [c for c in load_reader().read("d", text, date(2021, 6, 23)) if c.start < len(headline)]
    assert "withdraw" in {c.action for c in claims}
    for claim in claims:
        assert claim.quote == text[claim.start : claim.end]
        assert claim.actors == ("Russia", "Turkey")
