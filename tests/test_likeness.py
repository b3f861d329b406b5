"""Copies, cuttings and light rewritings of one text are told from texts that only share a subject or a frame."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.core.likeness import one_story, runs_in, sketch_of
from servanda.core.wires import wire_of

WORDS = """
troops left village border dawn convoy officials observed southern checkpoint brigade river mission statement elders
route weapons container camp valley northern commander weekend rain bridge market clinic ministry talks committee
prisoners
airport minister port reported agreed withdrew denied opened closed road deadline region capital officers families
"""
FRAME = (
    "Subscribe to our newsletter to get the most important news of the region every morning in your inbox",
    "We use cookies to make this site work and to understand how our readers use it, see our privacy policy",
    "Copyright 2021 The Daily Example and its partners, all rights reserved, no part may be reproduced",
)


def story(seed: int, words: int = 260) -> str:
    chance = random.Random(seed)
    listed = [chance.choice(WORDS.split()) for _ in range(words)]
    return "\n".join(" ".join(listed[start : start + 20]) + "." for start in range(0, words, 20))


def alike(one: str, other: str) -> bool:
    return one_story(runs_in(sketch_of(one)), runs_in(sketch_of(other)))


def rewritten(text: str, every: int) -> str:
    words = text.split(" ")
    return " ".join(f"altered{n}" if n % every == every - 1 else word for n, word in enumerate(words))


SEEDS = st.integers(0, 10_000)


@given(SEEDS)
def test_copies_are_known_whatever_was_done_to_their_letters_and_around_them(seed: int) -> None:
    text = story(seed)
    masked = text.replace("o", "о").replace("a", "а").upper().replace("T", "T\u200b")
    framed = "\n".join((FRAME[0], *text.splitlines()[:6], FRAME[1], *text.splitlines()[6:], FRAME[2]))
    for copy in (text, masked, framed, "\n".join(text.splitlines()[:7]), rewritten(text, 12)):
        assert alike(text, copy)
        assert alike(copy, text)


@given(SEEDS, SEEDS)
def test_a_story_within_a_text_three_times_as_long_is_known(seed: int, other: int) -> None:
    assert alike(story(seed), "\n".join((story(other + 20_000, 300), story(seed), story(other + 40_000, 220))))


@given(SEEDS, SEEDS)
def test_two_stories_in_the_same_frame_are_two(seed: int, other: int) -> None:
    pair = ["\n".join((*FRAME, story(one, 120), *FRAME)) for one in (seed, other + 20_000)]
    assert not alike(*pair)


def test_two_stories_that_share_a_sentence_are_two() -> None:
    shared = "The agreement was signed in Geneva in October and asks all foreign forces to leave within three months."
    assert not alike(f"{story(1, 160)}\n{shared}", f"{shared}\n{story(2, 160)}")


def test_a_text_too_short_to_be_told_is_like_no_other() -> None:
    assert sketch_of("All of them have left the valley.") == b""
    assert not one_story(runs_in(b""), runs_in(sketch_of(story(1))))


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        ("MISRATA, Libya (Reuters) - The road was reopened.\n\nMore.", "Reuters"),
        ("Deadline passes\n\nGENEVA, Jan. 23 (Xinhua) -- Nobody left.", "Xinhua"),
        ("Title\n\nBy JANE ROE, Associated Press\n\nNobody left.", "Associated Press"),
        ("Title\n\nAFP\n\nNobody left.", "AFP"),
        ("Nobody left.\n\nSource: Anadolu Agency", "Anadolu Agency"),
        ("Nobody left.\n\n© 2021 AFP", "AFP"),
        ("Nobody left on Saturday (TASS).", "TASS"),
        ("MOSCOW, 23 January /TASS/. Nobody left.", None),
        ("A minister told Reuters that nobody left.", None),
        ("Nobody left, AFP reported.", None),
        ("PARIS (AFP) - Nobody left.\n\nSource: Reuters", None),
        ("", None),
    ],
)
def test_the_agency_that_a_text_is_credited_to(body: str, agency: str | None) -> None:
    assert wire_of(body) == agency
