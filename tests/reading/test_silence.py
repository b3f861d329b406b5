"""Where a document speaks of other things, words that elsewhere make claims make none."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.core.claims import Claim
from servanda.core.vocabulary import Act, Action, Polarity
from servanda.reading import load_reader
from servanda.reading.silence import APART, EVIDENCE, SURE, those_that_stand

PUBLISHED = date(2006, 5, 9)


def claim(start: int) -> Claim:
    return Claim("d", Act.REPORT, Action.OPEN, Polarity.POSITIVE, "opened", start, start + 6)


def test_in_a_document_apart_only_sure_claims_stand() -> None:
    claims = [claim(0), claim(10), claim(20)]
    likely = [SURE - 0.1, SURE, 1.0]
    assert those_that_stand(claims, likely, [APART + EVIDENCE, APART]) == claims[1:]
    assert those_that_stand(claims, likely, [APART - 0.1] * 50) == claims
    assert those_that_stand(claims, likely, [APART + EVIDENCE / 2]) == claims
    assert those_that_stand(claims, likely, []) == claims


@pytest.mark.parametrize(
    "text",
    [
        "The striker opened the scoring after nine minutes and the visitors never recovered.\n\n"
        "Their coach released two players in the summer and hopes to return to the first division.",
        "The museum opened a new wing on Monday after four years of building.\n\n"
        "Visitors may see 300 paintings, many of them shown for the first time, until the end of October.",
        "The company agreed to buy its smaller rival for 2.1 billion euros in shares.\n\n"
        "Analysts said that the deal would close in the third quarter. Its shares rose 3 percent.",
        "Heavy rain struck the south of the island overnight and cut the road to the airport.\n\n"
        "Forecasters expect the storm to withdraw eastwards by Thursday evening.",
    ],
)
def test_sport_culture_markets_and_weather_hold_no_claim(text: str) -> None:
    assert load_reader().read("d", text, PUBLISHED) == ()
