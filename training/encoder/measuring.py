"""Figures of a scorer of words: triggers, claims by the published scorer, and what triage would skip."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from servanda.reading.encoder.labels import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servanda.reading.encoder.scores import WordScores
    from training.encoder.corpus import ParsedSentence


def load_scorer(path: Path) -> Any:
    """The published scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_claims", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def name_in(sentence: ParsedSentence, words: range | None) -> str | None:
    """The text of some words of a sentence."""
    if words is None:
        return None
    return sentence.text[sentence.offsets[words[0]] : sentence.offsets[words[-1]] + len(sentence.words[words[-1]])]


def claims_of(sentence: ParsedSentence, scores: WordScores, threshold: float) -> list[dict[str, Any]]:
    """Crude claims: every word over the threshold, with the act that it names and the stretch that it points to.

    Of two triggers of one action with the same act whose quotes share half their words, the likelier stays.
    """
    found: list[tuple[float, int, int]] = [
        (float(scores.trigger[n, a]), int(n), int(a))
        for n, a in zip(*np.nonzero(scores.trigger > threshold), strict=True)
    ]
    claims: list[dict[str, Any]] = []
    for probability, n, a in sorted(found, reverse=True):
        words = scores.quote_of(n)
        act = scores.likeliest_act(n)
        negative = bool(scores.negative[n] > 0.5)
        if any(
            c["action"] == ACTIONS[a]
            and c["act"] == act
            and len(set(c["words"]) & set(words)) * 2 > min(len(c["words"]), len(words))
            for c in claims
        ):
            continue
        claims.append(
            {
                "doc": sentence.doc,
                "quote": name_in(sentence, words),
                "act": act,
                "action": ACTIONS[a].value,
                "polarity": "negative" if negative else "positive",
                "certainty": "possible" if scores.possible[n] > 0.5 else "certain",
                "words": words,
                "trigger": n,
                "probability": probability,
                "actors": [name for name in [name_in(sentence, scores.name_of("actor", n))] if name],
                "source": name_in(sentence, scores.name_of("source", n)),
                "when": None,
                "quantity": None,
            }
        )
    return claims


@dataclass
class Figures:
    """What is reported of one set of documents. `source` is right of those stated, `invented` given where none is."""

    trigger: float
    action: float
    claim: float
    mission: float
    act: float
    polarity: float
    certainty: float
    quote: float
    precision: float
    recall: float
    actors: float
    source: float
    invented: float

    def __str__(self) -> str:
        return " ".join(f"{name} {value:.3f}" for name, value in vars(self).items())


def trigger_figures(sentences: Sequence[ParsedSentence], scores: Sequence[WordScores], threshold: float) -> float:
    """F1 of (word, action) against the aligned triggers."""
    right = predicted = gold = 0
    for sentence, of_sentence in zip(sentences, scores, strict=True):
        wanted = {
            (max(c.candidates, key=lambda n, c=c: c.candidates[n]), ACTIONS.index(c.fields["action"]))
            for c in sentence.claims
        }
        said = {(int(n), int(a)) for n, a in zip(*np.nonzero(of_sentence.trigger > threshold), strict=True)}
        right, predicted, gold = right + len(wanted & said), predicted + len(said), gold + len(wanted)
    return 2 * right / max(1, predicted + gold)


def measure(
    scorer: Any, texts: Path, sentences: Sequence[ParsedSentence], scores: Sequence[WordScores], threshold: float
) -> Figures:
    """All figures at one threshold. The gold is that of the sentences' documents."""
    names = {sentence.doc for sentence in sentences}
    loaded = {name: scorer.read_text(texts / f"{name}.txt") for name in names}
    gold = place(scorer, loaded, [c.fields for s in sentences for c in s.claims])
    said = [c for s, w in zip(sentences, scores, strict=True) for c in claims_of(s, w, threshold)]
    result, _ = scorer.score(gold, place(scorer, loaded, said))
    same = [(gold[i], said[j]) for i, j in scorer.pair(gold, said, lambda c: c["action"])]

    def agree(name: str) -> float:
        return sum(g[name] == p[name] for g, p in same) / max(1, len(same))

    return Figures(
        trigger_figures(sentences, scores, threshold),
        result["action"]["f1"],
        result["claim"]["f1"],
        result["mission"]["f1"],
        agree("act"),
        agree("polarity"),
        agree("certainty"),
        result["quote"] or 0.0,
        result["claim"]["p"],
        result["claim"]["r"],
        result["actors"]["f1"],
        result["source"]["accuracy"] or 0.0,
        result["source"]["invented"] / max(1, result["source"]["silent"]),
    )


def place(scorer: Any, texts: dict[str, Any], claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims with where their quotes stand, as the scorer's own loader would have them."""
    import bisect

    for claim in claims:
        text, starts = texts[claim["doc"]]
        quote = scorer.squeeze(claim["quote"])
        at = text.find(quote)
        end = at + len(quote)
        claim["_span"] = None if at < 0 else (at, end)
        first, last = bisect.bisect_right(starts, at) - 1, bisect.bisect_right(starts, end - 1)
        claim["_sents"] = set() if at < 0 else set(range(first, last))
    return claims


def triage_table(sentences: Sequence[ParsedSentence], scores: Sequence[WordScores]) -> list[tuple[float, float, float]]:
    """(threshold, share of gold claims in sentences that pass, share of words skipped)."""
    table = []
    words = sum(len(s.words) for s in sentences)
    gold = sum(len(s.claims) for s in sentences)
    for threshold in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3):
        kept = [s for s, w in zip(sentences, scores, strict=True) if w.triage >= threshold]
        share = sum(len(s.claims) for s in kept) / max(1, gold)
        table.append((threshold, share, 1 - sum(len(s.words) for s in kept) / words))
    return table
