"""Look-alike letters: unmasked one for one, and only in words that are Latin otherwise."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servanda.core.lookalikes import LOOKALIKES, unmasked


@given(st.text())
def test_a_text_stays_as_long_as_it_was(text: str) -> None:
    assert len(unmasked(text)) == len(text)
    assert unmasked(unmasked(text)) == unmasked(text)


def test_a_masked_word_is_unmasked_and_another_script_is_left_alone() -> None:
    assert unmasked("Оpposition extеnds") == "Opposition extends"
    assert unmasked("Совет одобрил") == "Совет одобрил"
    assert all(len(letter) == 1 for letter in map(chr, LOOKALIKES))


def test_a_masked_copy_is_read_as_its_original_and_quoted_as_it_is() -> None:
    from servanda.reading import load_reader

    plain = "Eastland withdrew its troops from the border on Monday."
    masked = plain.replace("troops", "trооps").replace("withdrew", "withdrеw")
    [one] = load_reader().read("a", plain, date(2021, 6, 23))
    [other] = load_reader().read("a", masked, date(2021, 6, 23))
    assert (one.action, one.actors, one.when) == (other.action, other.actors, other.when)
    assert other.quote == masked[other.start : other.end] != one.quote
