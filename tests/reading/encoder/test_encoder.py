"""The claim encoder as shipped: its form, its independence of company, and what it says of plain sentences."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servanda.core.problems import ServandaError
from servanda.reading.encoder import ACTIONS, ACTS, ROLES, TriggerEncoder, WordScores, model
from servanda.reading.encoder.model import LONGEST, OVERLAP, WEIGHTS, windows
from servanda.reading.encoder.scores import best_stretch

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = [
    sentence.split()
    for sentence in (
        "Turkey pledged to withdraw its troops from Libya by Friday .",
        "The shop sells bread , cakes and coffee .",
        "Rebels shelled the town on Sunday , killing three people .",
    )
]


@pytest.fixture(scope="module")
def encoder() -> TriggerEncoder:
    return TriggerEncoder.load()


def same(one: WordScores, other: WordScores) -> bool:
    names = ("trigger", "act", "negative", "possible", "roles")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def test_scores_have_a_row_for_each_word(encoder: TriggerEncoder) -> None:
    for words, scores in zip(PLAIN, encoder.score(PLAIN), strict=True):
        assert scores.trigger.shape == (len(words), len(ACTIONS))
        assert scores.act.shape == (len(words), len(ACTS))
        assert scores.negative.shape == scores.possible.shape == (len(words),)
        assert scores.roles.shape == (len(ROLES), len(words), len(words))
        np.testing.assert_allclose(scores.act.sum(axis=1), 1, atol=1e-5)
        assert scores.trigger.min() >= 0
        assert scores.trigger.max() <= 1


@pytest.mark.parametrize(
    ("sentence", "trigger", "action", "act", "negative"),
    [
        ("Turkey pledged to withdraw its troops from Libya by Friday .", "withdraw", "withdraw", "commit", False),
        ("The rebels refused to withdraw from the port .", "withdraw", "withdraw", "commit", True),
        ("The United Nations called on both sides to respect the truce .", "respect", "cease-fire", "demand", False),
        ("Gunmen kidnapped two aid workers in the capital on Tuesday .", "kidnapped", "detain", "report", False),
        ("Presidential elections are scheduled for December 24 .", "elections", "elect", "predict", False),
        ("The militia released 40 prisoners of war on Sunday .", "released", "release", "report", False),
    ],
)
def test_a_plain_sentence_shows_its_claim(
    encoder: TriggerEncoder, sentence: str, trigger: str, action: str, act: str, negative: bool
) -> None:
    words = sentence.split()
    scores = encoder.score([words])[0]
    at = words.index(trigger)
    near = range(max(0, at - 1), min(at + 2, len(words)))
    best = max(near, key=lambda n: scores.trigger[n].max())
    assert scores.trigger[best].max() > encoder.threshold
    assert scores.likeliest_action(best) == action
    assert scores.likeliest_act(best) == act
    assert bool(scores.negative[best] > 0.5) is negative


def test_the_names_of_a_claim_are_found_in_its_sentence(encoder: TriggerEncoder) -> None:
    words = PLAIN[0]
    scores = encoder.score([words])[0]
    trigger = words.index("withdraw")
    assert scores.name_of("actor", trigger) == range(1)
    assert scores.name_of("source", trigger) == range(1)
    place = scores.name_of("place", trigger)
    assert place is not None
    assert words[place.start : place.stop] == ["Libya"]
    assert "withdraw" in words[scores.quote_of(trigger).start : scores.quote_of(trigger).stop]
    assert encoder.score([PLAIN[2]])[0].name_of("source", PLAIN[2].index("shelled")) is None


def test_triage_tells_a_claim_from_bread(encoder: TriggerEncoder) -> None:
    claim, bread, attack = (scores.triage for scores in encoder.score(PLAIN))
    assert bread < 0.05 < min(claim, attack)


def test_scores_do_not_depend_on_company_or_order(encoder: TriggerEncoder) -> None:
    alone = [encoder.score([words])[0] for words in PLAIN]
    shuffled = list(range(len(PLAIN))) * 2
    random.Random(3).shuffle(shuffled)
    for n, scores in zip(shuffled, encoder.score([PLAIN[n] for n in shuffled]), strict=True):
        assert same(scores, alone[n])


def test_two_sessions_agree(encoder: TriggerEncoder) -> None:
    assert all(same(*pair) for pair in zip(encoder.score(PLAIN), TriggerEncoder.load().score(PLAIN), strict=True))


def test_no_words_no_scores(encoder: TriggerEncoder) -> None:
    scores = encoder.score([[]])[0]
    assert scores.trigger.shape == (0, len(ACTIONS))
    assert scores.triage == 0
    assert encoder.score([]) == []


def test_a_sentence_longer_than_a_window_is_scored_to_its_end(encoder: TriggerEncoder) -> None:
    filler = ["the", "weather", "in", "the", "valley", "was", "fine", ",", "and"] * 40
    scores = encoder.score([filler + PLAIN[2]])[0]
    assert scores.trigger.shape[0] == len(filler) + len(PLAIN[2])
    assert scores.trigger[len(filler) :].max() > encoder.threshold


@settings(max_examples=30, deadline=None)
@given(words=st.lists(st.text(max_size=12), max_size=20))
def test_any_words_are_scored(encoder: TriggerEncoder, words: list[str]) -> None:
    scores = encoder.score([words])[0]
    assert scores.trigger.shape[0] == len(words)
    assert np.isfinite(scores.roles).all()


@given(st.lists(st.integers(1, OVERLAP), max_size=400))
def test_windows_keep_every_word_once_and_fit(sizes: list[int]) -> None:
    found = windows(sizes)
    assert [n for window in found for n in range(window.keep, window.stop)] == list(range(len(sizes)))
    for window in found:
        assert window.start <= window.keep < window.stop
        assert sum(sizes[window.start : window.stop]) <= LONGEST - 2


@given(st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=12), st.integers(0, 11))
def test_the_best_stretch_is_best(odds: list[float], around: int) -> None:
    around %= len(odds)
    found = best_stretch(np.array(odds, np.float32), around)
    assert around in found
    best = max(sum(odds[i:j]) for i in range(around + 1) for j in range(around + 1, len(odds) + 1))
    assert sum(odds[n] for n in found) == pytest.approx(best, abs=1e-4)


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        ServandaError, match=r"weights of the claim encoder cannot be read .*; install the package again"
    ):
        TriggerEncoder.load(tmp_path)


def test_weights_that_give_less_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "OUTPUTS", (*model.OUTPUTS, "mood"))
    with pytest.raises(ServandaError, match="trained for other labels"):
        TriggerEncoder.load()


def test_weights_for_other_labels_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["labels"]["actions"].reverse()
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ServandaError, match="trained for other labels"):
        TriggerEncoder.load(folder)


def test_the_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 25_000_000
