"""What the training rests on: which word of a quote is the trigger, where claims are laid, what is held back."""

from __future__ import annotations

from datetime import date

import pytest
from training.encoder.alignment import align
from training.encoder.corpus import GoldClaim, ParsedSentence, find_name, find_number, lay_claims
from training.split import fold, held_back

from servanda.reading.encoder.wordpieces import END, PAD, START, UNKNOWN, WordPieces

DAY = date(2021, 6, 20)
CLAIM = {"actors": [], "source": None, "place": None, "quantity": None, "when": None, "action": "withdraw"}


def sentence(
    text: str, quote: tuple[int, int] | None = None, action: str = "withdraw", head: int = 0
) -> ParsedSentence:
    """A sentence of blank-separated words under one head, with at most one claim."""
    words = text.split()
    offsets = [len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]
    tags = ["NOUN"] * len(words)
    lemmas = [word.lower() for word in words]
    fields = {"action": action, "act": "report", "polarity": "positive", "certainty": "certain"}
    claims = [GoldClaim(fields, 0, range(*quote), {})] if quote else []
    return ParsedSentence("d", text, 0, words, offsets, lemmas, tags, [head] * len(words), claims)


def test_the_word_that_goes_with_the_action_is_the_trigger() -> None:
    gold = [sentence(f"{name} pullout began", (0, 3), head=2) for name in ("Russian", "Turkish", "Syrian")]
    gold += [
        sentence(f"{name} ceasefire began", (0, 3), "cease-fire", head=2) for name in ("Russian", "Turkish", "Syrian")
    ]
    align(gold)
    for one in gold:
        [claim] = one.claims
        assert max(claim.candidates, key=lambda n: claim.candidates[n]) == 1
        assert abs(sum(claim.candidates.values()) - 1) < 1e-9


def test_a_trigger_lies_in_its_quote() -> None:
    gold = [sentence("pullout said envoy pullout", (2, 4))]
    align(gold)
    assert set(gold[0].claims[0].candidates) == {2, 3}


def test_statistics_come_from_the_working_part_alone() -> None:
    work = [sentence("the pullout began", (0, 3))]
    other = sentence("the exit began", (0, 3))
    lemmas = align(work, [other])
    assert "exit" not in lemmas["withdraw"]
    assert other.claims[0].candidates


def test_a_claim_is_laid_on_the_words_of_its_quote() -> None:
    sentences = [sentence("The talks ended ."), sentence("Turkey withdrew troops from Libya .")]
    claim = CLAIM | {"quote": "withdrew  troops", "actors": ["Turkey"], "place": "Libya"}
    text = "The talks ended .\n\nTurkey withdrew troops from Libya ."
    sentences[1].start = text.index("Turkey") - 1
    assert lay_claims(sentences, text, DAY, [claim, claim | {"quote": "not there"}]) == 1
    [laid] = sentences[1].claims
    assert laid.quote == range(1, 3)
    assert laid.spans == {"actor": [range(1)], "source": [], "place": [range(4, 5)], "quantity": [], "when": []}


def test_a_claim_is_laid_on_the_words_of_its_number_and_date() -> None:
    text = "Since 2019 Ankara sent 300 men and on Friday withdrew three hundred soldiers ."
    [one] = [sentence(text)]
    claim = CLAIM | {"quote": "withdrew three hundred soldiers", "quantity": 300, "when": "2021-06-18"}
    assert lay_claims([one], text, DAY, [claim]) == 0
    assert one.claims[0].spans["quantity"] == [range(10, 12)]
    [date_of] = one.claims[0].spans["when"]
    assert "Friday" in one.words[date_of.start : date_of.stop]


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("half of its troops left", 0.5, range(1)),
        ("99.9 percent of them left", 0.999, range(1)),
        ("5,556 detainees left", 5556, range(1)),
        ("some 1.5 million refugees left", 1.5e6, range(1, 3)),
        ("thousands left", 300, None),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, value: float, words: range | None) -> None:
    assert find_number(sentence(text), value, 3) == ([words] if words is not None else [])


def test_a_marked_trigger_is_taken_at_its_word() -> None:
    sentences = [sentence("Turkey withdrew ."), sentence("Turkey withdrew its troops .")]
    text = "Turkey withdrew .\n\nTurkey withdrew its troops ."
    sentences[1].start = 18
    at = text.rindex("withdrew")
    claim = CLAIM | {"quote": "withdrew its troops"}
    assert lay_claims(sentences, text, DAY, [claim | {"start": at, "trigger": at + len("withdrew ")}]) == 0
    assert not sentences[0].claims
    align(sentences)
    assert sentences[1].claims[0].candidates == {2: 1.0}


def test_of_several_occurrences_of_a_name_the_nearest_counts() -> None:
    words = sentence("Iran met Iran and Iranians")
    assert find_name(words, "Iran", 3) == range(2, 3)
    assert find_name(words, "Iraq", 3) is None
    assert find_name(words, None, 3) is None


def test_the_split_is_by_name_and_near_a_quarter() -> None:
    names = [f"AFP_ENG_{n}" for n in range(2000)]
    assert 0.2 < sum(map(held_back, names)) / len(names) < 0.3
    assert {fold(name, 3) for name in names} == {0, 1, 2}
    assert held_back("AFP_ENG_19970409.0100") == held_back("AFP_ENG_19970409.0100")


def test_a_sentence_knows_whether_its_document_holds_claims() -> None:
    batches = pytest.importorskip("training.encoder.batches")
    spoken = [sentence("the pullout began", (0, 3)), sentence("rain fell")]
    other = sentence("the match ended")
    other.doc = "other"
    align([*spoken, other])
    pieces = WordPieces([PAD, UNKNOWN, START, END, "the", "pullout", "began", "rain", "fell", "match", "ended"])
    assert [item.apart for item in batches.gold_items(pieces, [*spoken, other])] == [False, False, True]


def test_what_is_to_be_guessed_is_hidden_and_nothing_else_is_touched() -> None:
    adapting = pytest.importorskip("training.encoder.adapting")
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    pieces = torch.arange(4, 4 + 4000).reshape(40, 100)
    special = torch.zeros_like(pieces, dtype=torch.bool)
    special[:, 0] = True
    shown, asked = adapting.hide(pieces, special, unknown=1, vocabulary=5000)
    assert not asked[:, 0].any()
    assert (shown == pieces)[~asked].all()
    assert 0.1 < asked.float().mean() < 0.2
    assert 0.7 < (shown == 1)[asked].float().mean() < 0.9


def test_texts_are_cut_into_stretches_that_the_network_can_read() -> None:
    adapting = pytest.importorskip("training.encoder.adapting")
    pieces = WordPieces([PAD, UNKNOWN, START, END, "rain"])
    long, short = "rain " * 300, "rain " * 5
    found = adapting.stretches([long, short], pieces)
    assert [len(one) for one in found] == [126, 126, 54]
    assert all(one[0] == pieces.start and one[-1] == pieces.end for one in found)
