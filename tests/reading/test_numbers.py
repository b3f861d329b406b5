from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.reading.numbers import number, share


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("300", 300),
        ("2,500", 2500),
        ("1.5 million", 1_500_000),
        ("three hundred", 300),
        ("twenty-five", 25),
        ("two dozen", 24),
        ("one hundred and six", 106),
        ("two thousand five hundred", 2500),
    ],
)
def test_numbers_in_figures_and_words(words: str, value: float) -> None:
    assert number(words.split()) == value


@pytest.mark.parametrize("words", ["thousands", "some", "many of them", "", "hundred"])
def test_what_is_no_number_gives_none(words: str) -> None:
    assert number(words.split()) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_figures_with_and_without_commas_are_equal(value: int) -> None:
    assert number([f"{value:,}"]) == number([str(value)]) == value


def test_half_is_a_share() -> None:
    assert share("half") == 0.5
