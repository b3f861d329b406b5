"""Gold documents as the reader sees them: parsed sentences, candidates, and which word triggers which gold claim."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from servanda.core.vocabulary import Action
from servanda.reading.dates import TimeExpression, tag
from servanda.reading.lexicon import lexicon
from servanda.reading.parsing import Parse, Word, parse
from servanda.reading.segmentation import sentences
from servanda.reading.triggers import Candidate, candidates
from training.dispatches import reading as dispatches
from training.split import held_back, held_out
from training.wire.reading import load as annotated_wire


@dataclass
class GoldClaim:
    """A gold claim, where its quote stands in the text, and the word that was found to trigger it."""

    fields: dict[str, Any]
    start: int
    end: int
    trigger: Word | None = None
    marked: bool = False
    """Whether the trigger was marked by who annotated the claim."""


@dataclass
class GoldSentence:
    """A parsed sentence with its candidates and gold claims."""

    doc: str
    parse: Parse
    quoted: list[bool]
    candidates: tuple[Candidate, ...]
    published: date
    expressions: tuple[TimeExpression, ...]
    claims: list[GoldClaim] = field(default_factory=list)


def load(folder: Path) -> dict[str, list[GoldSentence]]:
    """The documents of a folder with `texts/` and `gold.jsonl`."""
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        gold[claim["doc"]].append(claim)
    result: dict[str, list[GoldSentence]] = {}
    for path in sorted((folder / "texts").glob("*.txt")):
        published = date.fromisoformat(path.with_suffix(".date").read_text("utf-8").strip())
        result[path.stem] = annotated(path.stem, path.read_text("utf-8"), published, gold[path.stem])
    return result


def lessons(gold: Path, wire: Path, times: int = 1) -> dict[str, list[GoldSentence]]:
    """All documents that are learnt from: the working part of the gold, and what this project wrote and annotated.

    The gold counts as if each of its documents were there so many `times`.
    """
    working = {name: found for name, found in load(gold / "train").items() if not held_back(name)}
    again = {f"{name}#{time}": found for name, found in working.items() for time in range(2, times + 1)}
    return working | load_own(wire) | again


def load_own(wire: Path) -> dict[str, list[GoldSentence]]:
    """The dispatches written for this project, and the wire texts annotated for it."""
    found = [*dispatches.load(), *(d for d in annotated_wire(wire) if not held_out(d.name))]
    return {d.name: annotated(d.name, d.text, d.published, d.claims) for d in found}


def annotated(name: str, text: str, published: date, claims: Sequence[dict[str, Any]]) -> list[GoldSentence]:
    """The sentences of a text with their candidates and claims."""
    from servanda.reading.english import quotation

    words, expressions, inside = lexicon(), tag(text, published), False
    found: list[GoldSentence] = []
    for parsed in parse(text, sentences(text)):
        flags, inside = quotation(parsed, inside)
        here = tuple(e for e in expressions if parsed.start <= e.start < parsed.end)
        found.append(GoldSentence(name, parsed, flags, candidates(parsed, words), published, here))
    for claim in claims:
        pattern = re.compile(r"\s+".join(map(re.escape, claim["quote"].split())))
        match = pattern.search(text, claim.get("start", 0))
        if match is None:
            continue
        for sentence in found:
            if sentence.parse.start < match.end() and match.start() < sentence.parse.end:
                at = claim.get("trigger")
                word = next((w for w in sentence.parse.words if at is not None and w.start <= at < w.end), None)
                sentence.claims.append(GoldClaim(claim, *match.span(), word, marked=word is not None))
                break
    return found


_POS = {"VERB": 1.0, "NOUN": 0.8, "ADJ": 0.3, "PROPN": 0.2, "ADV": 0.1, "AUX": 0.05}


def align(train: Sequence[GoldSentence], others: Sequence[GoldSentence] = ()) -> None:
    """Choose the trigger of every claim: by the lexicon, the parse, and the lemmas that its action's quotes share."""
    background = Counter(w.lemma for s in train for w in s.parse.words)
    total = background.total()
    theta: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(8):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in train:
            for claim in sentence.claims:
                for word, share in _posterior(sentence, claim, theta, background, total):
                    counts[claim.fields["action"]][word.lemma] += share
        theta = counts
    for sentence in [*train, *others]:
        used: set[tuple[int, str]] = set()
        for claim in sentence.claims:
            if claim.marked and claim.trigger is not None:
                used.add((claim.trigger.i, claim.fields["action"]))
                continue
            ranked = sorted(_posterior(sentence, claim, theta, background, total), key=lambda t: -t[1])
            claim.trigger = next((w for w, _ in ranked if (w.i, claim.fields["action"]) not in used), None)
            if claim.trigger is not None:
                used.add((claim.trigger.i, claim.fields["action"]))


def _posterior(
    sentence: GoldSentence,
    claim: GoldClaim,
    theta: Mapping[str, Counter[str]],
    background: Mapping[str, int],
    total: int,
) -> list[tuple[Word, float]]:
    """How likely each word of a quote is to be its trigger, summing to one."""
    if claim.marked and claim.trigger is not None:
        return [(claim.trigger, 1.0)]
    inside = [w for w in sentence.parse.words if claim.start <= w.start < claim.end]
    members = {w.i for w in inside}
    matches = {c.word.i: c for c in sentence.candidates}
    action = Action(claim.fields["action"])
    scores = []
    for word in inside:
        level, at = 0, word
        while at.head is not at and at.head.i in members and level < 12:
            at, level = at.head, level + 1
        weight = _POS.get(word.pos, 0.002) * 0.75**level
        candidate = matches.get(word.i)
        if candidate is not None and any(e.action is action for e in candidate.holding):
            weight *= 30
        elif candidate is not None and action in candidate.actions:
            weight *= 6
        common = (background[word.lemma] + 5) / (total + 5 * len(background))
        lemmas = theta.get(claim.fields["action"])
        odds = 1.0 if lemmas is None else (lemmas[word.lemma] / max(1e-9, lemmas.total()) + 0.05 * common) / common
        scores.append((word, weight * (math.sqrt(odds) if lemmas else 1.0)))
    norm = sum(s for _, s in scores) or 1.0
    return [(w, s / norm) for w, s in scores]
