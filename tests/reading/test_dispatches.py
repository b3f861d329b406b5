"""The dispatches that the reader learns from: their form, what is refused, and that those at hand are in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.dispatches import reading

ROOT = Path(__file__).parents[2]
ASIDE = [ROOT / "tests/reading/unseen.txt", ROOT / "training/unseen.txt", ROOT / "training/held_out.txt"]

GOOD = """# remark
@ one-1 2006-11-14
Ruritania agreed on Monday to withdraw 300 soldiers, its minister said.
  Ruritania [agreed] on Monday :: report agree + | actors: Ruritania | when: 2006-11-13 on
  to [withdraw] 300 soldiers :: commit withdraw + possible | actors: Ruritania | source: Ruritania | n: 300

Nothing else happened.
@ one-2 2006-11-15
The weather was fine.
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "some.txt"
    file.write_text(text, "utf-8")
    return file


def test_text_and_claims_come_apart_again(tmp_path: Path) -> None:
    first, second = reading.load([written(tmp_path, GOOD)])
    assert first.text.split("\n\n")[1] == "Nothing else happened."
    for claim in first.claims:
        assert first.text[claim["start"] :].startswith(claim["quote"])
    assert [first.text[c["trigger"] :].split()[0] for c in first.claims] == ["agreed", "withdraw"]
    assert (first.claims[1]["quantity"], first.claims[1]["certainty"]) == (300.0, "possible")
    assert second.claims == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  to withdraw :: commit withdraw +", "stands in brackets"),
        ("  to [flee] :: commit withdraw +", "not verbatim"),
        ("  [agreed] :: report withdraw", "expected 'act action"),
        ("  [agreed] :: report escape +", "escape"),
        ("  [agreed] :: report agree + | when: soon on", "no date, month, year or span"),
        ("  [agreed] :: report agree + | actors: they", "a pronoun is not a name"),
        ("  [agreed] :: report agree + | colour: red", "no such field"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    text = f"@ one-1 2006-11-14\nRuritania agreed on Monday to withdraw.\n{line}\n"
    with pytest.raises(reading.Mistake, match=rf"some\.txt:3: .*{message}"):
        reading.load([written(tmp_path, text)])


def test_a_claim_stands_below_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(reading.Mistake, match="begins with a line"):
        reading.load([written(tmp_path, "Ruritania agreed.\n")])
    with pytest.raises(reading.Mistake, match="below its sentence"):
        reading.load([written(tmp_path, "@ a 2006-11-14\n  [agreed] :: report agree +\n")])


def test_the_dispatches_of_the_repository_are_in_order() -> None:
    found = reading.load()
    assert len({d.name for d in found}) == len(found) > 0
    assert [message for document in found for message in reading.unfounded(document)] == []


def test_what_only_measures_is_never_trained_on() -> None:
    learnt = {d.name for d in reading.load()}
    aside = [d.name for d in reading.load(ASIDE)]
    assert len(set(aside)) == len(aside)
    assert not learnt.intersection(aside)
