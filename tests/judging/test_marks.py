"""Marks of quotes: what the words of a text tell, found without trying every pattern on every text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from servanda.judging import words
from servanda.judging.marks import BEGINNING, DENIAL, OUGHT, PART, STAGE, WHOLE, Marker

SAID = """
all some first last begun beginning starting partly partial part step stage phase two third per cent percent denied
rejects disputes refuted was to have were due should must is meant has done initiated continuing nearly none left
remaining complete fully finished group tranche batches 3 5th Beg-un FIRST more than further the of troops withdrew
contestation dismissed same
"""
TEXTS = st.lists(st.sampled_from(SAID.split()), max_size=9).map(" ".join) | st.text(max_size=30)


@given(st.lists(TEXTS, max_size=4))
def test_marks_are_what_the_tests_of_words_tell(texts: list[str]) -> None:
    marker = Marker()
    for text in texts:
        found = marker.marks(text)
        assert bool(found & PART) == words.speaks_of_a_part(text)
        assert bool(found & BEGINNING) == words.speaks_of_a_beginning(text)
        assert bool(found & WHOLE) == words.speaks_of_the_whole(text)
        assert bool(found & OUGHT) == words.only_ought(text)
        assert bool(found & DENIAL) == words.denies(text)
        assert bool(found & STAGE) == (words.stage_named(text) is not None)


def test_no_text_has_no_marks() -> None:
    assert Marker().marks(None) == 0
