"""A date of publication is found where the text leaves nothing open, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.intake.datelines import Ambiguous, FoundDate, find_date, parse_full_date

DAY = date(2021, 1, 29)


@pytest.mark.parametrize(
    "words",
    [
        "2021-01-29",
        "2021-01-29T15:40:00Z",
        "29 January 2021",
        "29th of January, 2021",
        "29 Jan. 2021",
        "January 29, 2021 at 3:40 pm",
        "Jan 29 2021, 15:40 GMT",
        "Friday, January 29, 2021",
        "Fri. 29 Jan 2021 15:40 (UTC+2)",
        "29/01/2021",
        "01/29/2021",
        "29.01.2021",
    ],
)
def test_whole_dates_in_many_dresses(words: str) -> None:
    assert parse_full_date(words) == DAY


@pytest.mark.parametrize(
    "words",
    ["03/04/2021", "February 30, 2021", "2021-02-30", "January 2021", "29 January", "on 29 January 2021 they", ""],
)
def test_what_is_not_one_certain_day(words: str) -> None:
    assert parse_full_date(words) is None


@pytest.mark.parametrize(
    "text",
    [
        "Our motto since 2009\n\nTroops leave\n\nJanuary 29, 2021 at 3:40 pm\n\nBody.",
        "Troops leave\nPublished: 29 January 2021\nUpdated: 2 February 2021\n\nBody.",
        "Troops leave\nBy Ada Byron | January 29, 2021\n\nBody.",
        "CERVILLE, 29 January 2021 - The parties met.",
        "CERVILLE, Arland (XYZ) — Jan. 29, 2021 — The parties met.",
        "CERVILLE (29 January 2021) – The parties met.",
        "Agreement\n\nCerville, 29 January 2021\n\nThe parties agree.",
        "Troops leave\nLast updated on January 29, 2021\n\nBody.",
    ],
)
def test_dates_near_the_top(text: str) -> None:
    found = find_date(text)
    assert isinstance(found, FoundDate)
    assert found.day == DAY


@pytest.mark.parametrize(
    "text",
    [
        "The ceasefire was signed on 29 January 2021. Nothing came of it.",
        "CERVILLE - JAN 29: Somebody waves. Agency\n\nThe parties met.",
        "Troops leave\n\nCERVILLE, Jan 29 (XYZ) - The parties met on Friday.",
        "Body.\n" * 30 + "\n29 January 2021\n",
    ],
)
def test_a_date_that_is_only_mentioned_is_no_date_of_publication(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Troops leave\n\n03/04/2021\n\nBody.", ("03/04/2021",)),
        ("Troops leave\n\n30 February 2021\n\nBody.", ("30 February 2021",)),
        ("29 January 2021\n\n30 January 2021\n\nBody.", ("29 January 2021", "30 January 2021")),
    ],
)
def test_what_is_open_is_named(text: str, words: tuple[str, ...]) -> None:
    assert find_date(text) == Ambiguous(words)


PHOTO = "CERVILLE, ARLAND - JANUARY 29: The minister speaks on January 29, 2021 in Cerville. Ada Byron/Agency\n\n"


def test_a_photo_dates_an_article_that_names_its_weekday() -> None:
    found = find_date("Ministers meet\n\n" + PHOTO + "The ministers met in Cerville on Friday.")
    assert isinstance(found, FoundDate)
    assert found.day == DAY


def test_a_photo_dates_a_file_whose_name_agrees() -> None:
    text = "Ministers meet\n\n" + PHOTO + "The ministers met in Cerville."
    assert find_date(text, name_hint=DAY) is not None
    assert find_date(text, name_hint=date(2021, 2, 1)) is None


@pytest.mark.parametrize(
    "body", ["The ministers met.", "The ministers met on Tuesday.", "On Friday, March 5, 2021 the ministers met."]
)
def test_an_old_photo_dates_nothing(body: str) -> None:
    assert find_date("Ministers meet\n\n" + PHOTO + body) is None


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert parse_full_date(day.strftime(form)) == day


@given(st.text(max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    found = find_date(text)
    assert found is None or isinstance(found, FoundDate | Ambiguous)
