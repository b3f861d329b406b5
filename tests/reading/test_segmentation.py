from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.vocabulary import Part
from servanda.reading.furniture import is_furniture
from servanda.reading.segmentation import sentences


def read(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], str(s.part)) for s in sentences(text)]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB. \n\t!?\"”(:;•-—1é\u2028'")))
def test_sentences_lie_in_order_within_the_text_and_never_overlap(text: str) -> None:
    found = sentences(text)
    for sentence in found:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_full_stops_of_titles_months_and_initials_end_no_sentence() -> None:
    text = "Gen. Omar Daud met U.S. envoy J. P. Stone on Oct. 23. The talks lasted an hour."
    assert [s for s, _ in read(text)] == [text[:53], text[54:]]


def test_a_quotation_ends_its_sentence_with_its_closing_mark() -> None:
    text = 'He said: "We will leave." The crowd cheered.'
    assert [s for s, _ in read(text)] == ['He said: "We will leave."', "The crowd cheered."]


def test_wrapped_lines_are_one_sentence_and_listed_lines_are_several() -> None:
    wrapped = (
        "The army said on Monday that it had withdrawn all of its\nsoldiers from the valley and would not come back."
    )
    assert len(read(wrapped)) == 1
    assert len(read("• The army left\n• The rebels stayed\n• Nobody voted")) == 3


def test_headline_body_and_caption_are_told_apart_and_the_credit_is_left_out() -> None:
    text = (
        "Rebels Leave Town, Army Says\n\nRebels left the town on Monday, the army said.\n\n"
        "Soldiers patrol the main square of the town. Ana Ruiz/Getty Images\n\nNobody was hurt."
    )
    parts = read(text)
    assert parts[0] == ("Rebels Leave Town, Army Says", Part.HEADLINE)
    assert parts[1][1] == Part.BODY
    assert parts[2] == ("Soldiers patrol the main square of the town.", Part.CAPTION)
    assert parts[3] == ("Nobody was hurt.", Part.BODY)


def test_header_lines_are_left_out_and_a_labelled_title_is_the_headline() -> None:
    text = "Title: Port opens again\nDate: 2021-06-23\nPublisher: The Daily Example\n\nThe port opened."
    assert read(text) == [("Port opens again", Part.HEADLINE), ("The port opened.", Part.BODY)]


def test_a_dateline_is_no_part_of_the_sentence() -> None:
    assert read("TRIPOLI, June 23 (Reuters) - The road was opened.")[0][0] == "The road was opened."


@pytest.mark.parametrize(
    "line",
    [
        "OPINION: Can the troops ever leave?",
        "READ MORE: Army shells port",
        "Read more about the war",
        "Advertisement",
        "Subscribe to our newsletter",
        "For more reporting from the agency, see below.",
        "January 29, 2021 at 3:40 pm",
        "By Ana Ruiz and Omar Daud",
        "All newsletters + podcasts",
        "Editor's pick",
        "© 2021 The Daily Example. All rights reserved.",
        "***",
    ],
)
def test_furniture_is_recognised(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The opposition said it would sign up to the accord.",
        "By Friday the troops had left the valley, witnesses said, and the road was open.",
        "More than 300 fighters left the town.",
        "Watching the border, the monitors saw no troops.",
        "Terms of the ceasefire were not disclosed.",
        "Source after source confirmed the withdrawal.",
    ],
)
def test_sentences_that_begin_like_furniture_are_kept(line: str) -> None:
    assert not is_furniture(line)
