"""The quote of a negative claim holds what makes it negative: nobody may read a denial as its contrary."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.core.vocabulary import Polarity
from servanda.reading import load_reader


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("UN experts have seen no sign that the Wagner Group has withdrawn its mercenaries from Libya.", "no sign"),
        ("Turkey denied that it had sent troops to Libya.", "denied"),
        ("Turkey refused to withdraw its troops.", "refused"),
        ("Russia failed to release the prisoners.", "failed"),
    ],
)
def test_a_denial_is_quoted_with_its_denying_word(text: str, denial: str) -> None:
    claims = load_reader().read("doc", text, date(2021, 6, 23))
    negative = [claim for claim in claims if claim.polarity is Polarity.NEGATIVE]
    assert negative
    assert all(claim.quote == text[claim.start : claim.end] and denial in claim.quote for claim in negative)
