"""Signs: the reader must not take what was refused, put off or broken for what was done, nor the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from servanda.core.claims import Claim
from servanda.reading import load_reader
from tests.reading.own_gold import PUBLISHED


@dataclass(frozen=True)
class Sentence:
    """A sentence with the act, the action and the sign of its main claim."""

    act: str
    action: str
    polarity: str
    text: str

    def is_read_by(self, claim: Claim) -> bool:
        """Whether a claim is the main claim."""
        return (claim.act, claim.action, claim.polarity) == (self.act, self.action, self.polarity)


def load() -> list[Sentence]:
    lines = Path(__file__).with_name("signs.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if not line.startswith("#"):
            head, text, _ = line.split(" | ")
            act, action, sign = head.split()
            found.append(Sentence(act, action, {"+": "positive", "-": "negative"}[sign], text))
    return found


@pytest.fixture(scope="module")
def read() -> list[tuple[Sentence, tuple[Claim, ...]]]:
    reader = load_reader()
    return [(sentence, reader.read("sign", sentence.text, PUBLISHED)) for sentence in load()]


def test_the_main_claim_is_found_as_it_is(read: list[tuple[Sentence, tuple[Claim, ...]]]) -> None:
    assert len(read) == 300
    assert sum(any(map(sentence.is_read_by, claims)) for sentence, claims in read) >= 255


def test_the_sign_is_seldom_wrong(read: list[tuple[Sentence, tuple[Claim, ...]]]) -> None:
    wrong = 0
    for sentence, claims in read:
        signs = {str(claim.polarity) for claim in claims if claim.action == sentence.action}
        wrong += bool(signs) and sentence.polarity not in signs
    assert wrong <= 9
