"""How the network that ships learns from a larger one: near and far in the larger one, and what it says as targets."""

from __future__ import annotations

import pytest

from servanda.reading.encoder import ACTIONS, ACTS, ROLES
from servanda.reading.encoder.wordpieces import END, PAD, START, UNKNOWN, WordPieces

torch = pytest.importorskip("torch")
distilling = pytest.importorskip("training.encoder.distilling")
large = pytest.importorskip("training.encoder.large")
network = pytest.importorskip("training.encoder.network")
PIECES = WordPieces([PAD, UNKNOWN, START, END, "the", "pullout", "began", "rain", "fell", "today"])


def small() -> object:
    torch.manual_seed(0)
    return large.LargeEncoder(network.Shape(vocabulary=10, layers=2, width=24, heads=4, inner=48))


def alone(network: object) -> tuple[object]:
    return (distilling.Teacher(network, 1.0, 1.0),)


def test_near_distances_have_rows_of_their_own_and_far_ones_share() -> None:
    rows = large.rows_of(torch.arange(-200, 201)).tolist()
    before, here, after = rows[:200], rows[200], rows[201:]
    assert here == 0
    assert before[-7:] == [7, 6, 5, 4, 3, 2, 1]
    assert after[:7] == [17, 18, 19, 20, 21, 22, 23]
    assert before == sorted(before, reverse=True)
    assert after == sorted(after)
    assert (before[0], after[-1]) == (15, 31)


def test_padding_changes_nothing_that_is_said() -> None:
    one = small().eval()
    pieces = torch.tensor([[2, 4, 5, 6, 3]])
    alone = one.hidden(pieces, torch.ones(1, 5))
    padded = one.hidden(torch.tensor([[2, 4, 5, 6, 3, 0, 0]]), torch.tensor([[1.0] * 5 + [0.0] * 2]))
    assert torch.allclose(alone, padded[:, :5], atol=1e-5)


def test_every_sentence_comes_back_with_probabilities_for_its_words() -> None:
    sentences = [["the", "pullout", "began", "today"], ["rain", "fell"], ["the", "rain", "fell", "today", "today"]]
    items = list(distilling.taught(alone(small()), PIECES, sentences))
    assert [len(item.first) for item in items] == [2, 4, 5]
    for item in items:
        size = len(item.first)
        assert item.trigger.shape == (size, len(ACTIONS))
        assert item.act.shape == (size, len(ACTS))
        assert item.act.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert item.roles.shape == (len(ROLES), size, size)
        assert ((item.trigger >= 0) & (item.trigger <= 1)).all()
        assert item.apart is None


def test_what_a_claim_is_like_is_learnt_at_likely_triggers_alone() -> None:
    one = small()
    torch.nn.init.constant_(one.trigger.bias, -20.0)
    [item] = distilling.taught(alone(one), PIECES, [["the", "pullout", "began", "today"]])
    assert not item.claim_weight.any()
    assert not item.roles.any()
    torch.nn.init.constant_(one.trigger.bias, 5.0)
    [item] = distilling.taught(alone(one), PIECES, [["the", "pullout", "began", "today"]])
    assert item.claim_weight.all()
    assert item.roles.any()


def test_teachers_are_heard_by_their_shares() -> None:
    first, second = small(), small()
    torch.nn.init.constant_(second.trigger.bias, 3.0)
    words = [["the", "pullout", "began", "today"]]
    [[one], [other]] = ([*distilling.taught(alone(network), PIECES, words)] for network in (first, second))
    voices = (distilling.Teacher(first, 0.25, 0.5), distilling.Teacher(second, 0.75, 0.5))
    [both] = distilling.taught(voices, PIECES, words)

    def odds(probability: object) -> object:
        return torch.logit(torch.tensor(probability))

    wanted = 0.25 * odds(one.trigger) + 0.75 * odds(other.trigger)
    assert torch.allclose(odds(both.trigger), wanted, atol=1e-3)


def test_sentences_of_a_text_are_words_without_furniture() -> None:
    text = "PARIS, June 20 (AFP) -\n\nThe rebels withdrew from the town today. Rain fell."
    found = distilling.sentences_of([text])
    assert ["The", "rebels", "withdrew", "from", "the", "town", "today", "."] in found
