"""Read `sentences.txt`: sentences of our own with their claims, in a form that is easy to write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from training.dispatches import reading as dispatches

from servanda.core.claims import Claim
from servanda.reading import Reader
from servanda.reading.segmentation import sentences

PUBLISHED = date(2021, 6, 23)
FILE = Path(__file__).parent / "sentences.txt"
UNSEEN = Path(__file__).parent / "unseen.txt"
"""Dispatches in the form of those that the reader learns from, kept apart to measure it."""
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    ["the", "a", "an", "of", "and", "mr", "president", "minister", "prime", "foreign", "government", "leader"]
)


@dataclass(frozen=True)
class OwnClaim:
    quote: str
    act: str
    action: str
    polarity: str
    certainty: str = "certain"
    actors: tuple[str, ...] = ()
    source: str | None = None
    when: str | None = None
    kind: str | None = None
    quantity: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.act, self.action, self.polarity)


@dataclass
class OwnSentence:
    text: str
    claims: list[OwnClaim] = field(default_factory=list)


def load() -> list[OwnSentence]:
    """The plain sentences, each a text of its own."""
    found: list[OwnSentence] = []
    for line in FILE.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            found.append(OwnSentence(line))
            continue
        quote, _, rest = line.strip().partition(" :: ")
        assert quote in found[-1].text, f"not verbatim: {quote}"
        found[-1].claims.append(_claim(quote, rest))
    return found


def _claim(quote: str, rest: str) -> OwnClaim:
    kind, *fields = (part.strip() for part in rest.split("|"))
    act, action, sign, *possible = kind.split()
    given = dict(part.split(": ", 1) for part in fields)
    when, _, when_kind = given.get("when", "").partition(" ")
    return OwnClaim(
        quote,
        act,
        action,
        "positive" if sign == "+" else "negative",
        "possible" if possible else "certain",
        tuple(given.get("actors", "").split("; ")) if "actors" in given else (),
        given.get("source"),
        when or None,
        when_kind or None,
        float(given["n"]) if "n" in given else None,
    )


def load_unseen(reader: Reader) -> tuple[list[OwnSentence], list[list[Claim]]]:
    """The sentences of the dispatches that nothing is trained on with their claims, and with those that are read."""
    written: list[OwnSentence] = []
    read: list[list[Claim]] = []
    for document in dispatches.load([UNSEEN]):
        found = reader.read(document.name, document.text, document.published)
        for sentence in sentences(document.text):
            inside = range(sentence.start, sentence.end)
            claims = [_of_fields(c) for c in document.claims if c["start"] in inside]
            written.append(OwnSentence(document.text[sentence.start : sentence.end], claims))
            read.append([c for c in found if c.start in inside])
    return written, read


def _of_fields(claim: dict[str, Any]) -> OwnClaim:
    return OwnClaim(
        claim["quote"],
        claim["act"],
        claim["action"],
        claim["polarity"],
        claim["certainty"],
        tuple(claim["actors"]),
        claim["source"],
        claim["when"],
        claim["when_kind"],
        claim["quantity"],
    )


@dataclass
class Tally:
    """Counts of right, predicted and gold, and of fields on claims that match."""

    right: int = 0
    action: int = 0
    predicted: int = 0
    gold: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: {n: [0, 0] for n in ("when", "source", "quantity")})
    actors: list[int] = field(default_factory=lambda: [0, 0, 0])

    def f1(self, right: int) -> float:
        return 2 * right / (self.predicted + self.gold)

    @property
    def actors_f1(self) -> float:
        return 2 * self.actors[0] / max(1, self.actors[1] + self.actors[2])

    def share(self, name: str) -> float:
        right, stated = self.fields[name]
        return right / max(1, stated)


def tally(sentences: Sequence[OwnSentence], read: Sequence[Sequence[Claim]]) -> Tally:
    """One-to-one matches of a sentence's claims by act, action and polarity, and by action alone."""
    result = Tally()
    for sentence, claims in zip(sentences, read, strict=True):
        left, left_actions = list(claims), [str(c.action) for c in claims]
        result.predicted += len(claims)
        result.gold += len(sentence.claims)
        for gold in sentence.claims:
            if gold.action in left_actions:
                left_actions.remove(gold.action)
                result.action += 1
            found = next((c for c in left if (str(c.act), str(c.action), str(c.polarity)) == gold.key), None)
            if found is not None:
                left.remove(found)
                result.right += 1
                _compare(result, gold, found)
    return result


def _compare(result: Tally, gold: OwnClaim, claim: Claim) -> None:
    said = claim.fields()
    for name, wanted, got in (("when", gold.when, said["when"]), ("quantity", gold.quantity, said["quantity"])):
        if wanted is not None:
            result.fields[name][1] += 1
            result.fields[name][0] += wanted == got
    if gold.source is not None:
        result.fields["source"][1] += 1
        result.fields["source"][0] += claim.source is not None and bool(_words(gold.source) & _words(claim.source))
    wanted_names, names = [_words(n) for n in gold.actors], [_words(n) for n in claim.actors]
    result.actors[0] += sum(any(w & n for n in names) for w in wanted_names)
    result.actors[1] += len(names)
    result.actors[2] += len(wanted_names)


def _words(name: str) -> frozenset[str]:
    words = [w.lower() for w in _WORD.findall(name)]
    return frozenset([w for w in words if w not in _SMALL] or words)
