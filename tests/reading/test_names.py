"""Noun phrases as names: where a name begins and ends."""

from __future__ import annotations

import pytest

from servanda.reading.names import name_of
from servanda.reading.parsing import parse
from servanda.reading.roles import nominals
from servanda.reading.segmentation import sentences


def names(text: str) -> list[str]:
    return [name_of(word) for parsed in parse(text, sentences(text)) for word in nominals(parsed)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Uganda People's Defense Force (UPDF) has left.", "Uganda People's Defense Force (UPDF)"),
        ("The Mission in Liberia (UNMIL) has left.", "Mission in Liberia (UNMIL)"),
        (
            "The National Union for the Total Independence of Angola (UNITA) has left.",
            "National Union for the Total Independence of Angola (UNITA)",
        ),
        ("It met the Organization of Petroleum Exporting Countries.", "Organization of Petroleum Exporting Countries"),
        ("Bashar al Assad has left.", "Bashar al Assad"),
        ("President Jose Eduardo dos Santos has left.", "Jose Eduardo dos Santos"),
        ("Foreign Minister Philippe Douste-Blazy has left.", "Philippe Douste-Blazy"),
        ("They invaded oil-wealthy Kuwait.", "Kuwait"),
        ("Aid group Doctors Without Borders has left.", "Doctors Without Borders"),
    ],
)
def test_a_name_is_whole_and_none_of_its_words_another(text: str, name: str) -> None:
    found = names(text)
    assert name in found
    words = set(name.replace("(", "").replace(")", "").split())
    assert not [other for other in found if other != name and set(other.split()) <= words]
