"""Gold documents as the reader sees them: parsed sentences, candidates, and which word triggers which gold claim."""

from __future__ import annotations

import hashlib
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


def is_untouched(doc: str) -> bool:
    """The rule of the split: a quarter of train is never looked at, chosen by a fixed hash of the document's id."""
    return hashlib.sha1(doc.encode()).digest()[0] % 4 == 0


@dataclass
class GoldClaim:
    """A gold claim, where its quote stands in the text, and the word that was found to trigger it."""

    fields: dict[str, Any]
    start: int
    end: int
    trigger: Word | None = None


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
    from servanda.reading.english import quotation

    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        gold[claim["doc"]].append(claim)
    words = lexicon()
    result: dict[str, list[GoldSentence]] = {}
    for path in sorted((folder / "texts").glob("*.txt")):
        text = path.read_text("utf-8")
        published = date.fromisoformat(path.with_suffix(".date").read_text("utf-8").strip())
        expressions = tag(text, published)
        inside = False
        found = []
        for parsed in parse(text, sentences(text)):
            flags, inside = quotation(parsed, inside)
            here = tuple(e for e in expressions if parsed.start <= e.start < parsed.end)
            found.append(GoldSentence(path.stem, parsed, flags, candidates(parsed, words), published, here))
        for claim in gold[path.stem]:
            match = re.search(r"\s+".join(map(re.escape, claim["quote"].split())), text)
            if match is None:
                continue
            for sentence in found:
                if sentence.parse.start < match.end() and match.start() < sentence.parse.end:
                    sentence.claims.append(GoldClaim(claim, *match.span()))
                    break
        result[path.stem] = found
    return result


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
