"""Sentences without gold, with what several networks together say of them, as material for one network.

The teachers were each trained on other folds of the working gold; their mean is better than any of them, and news that
nobody has annotated carries it over to one network of the same size.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from training.encoder.batches import Item, encode
from training.encoder.corpus import BLANK_LINES, squeeze

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from servanda.reading.encoder.scores import WordScores
    from servanda.reading.encoder.wordpieces import WordPieces

LIKELY = 0.3
"""The mean trigger probability from which the teachers' word on act, polarity, certainty and roles is taken too."""


def unlabelled_sentences(folder: Path, words: int, without: Collection[str]) -> list[list[str]]:
    """About that many words from a folder of texts, as sentences, but for some documents; in order of names' hashes."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    paths = [path for path in folder.glob("*.txt") if path.stem not in without]
    found: list[list[str]] = []
    count = 0
    for path in sorted(paths, key=lambda path: hashlib.sha1(path.stem.encode()).digest()):
        if count >= words:
            break
        for block in filter(None, map(squeeze, BLANK_LINES.split(path.read_text("utf-8")))):
            for span in nlp(block).sents:
                found.append([token.text for token in span if not token.is_space])
                count += len(found[-1])
    return found


def soft_item(pieces: WordPieces, words: Sequence[str], opinions: Sequence[WordScores]) -> Item:
    """A sentence whose targets are the mean of several scorers' probabilities."""
    ids, first = encode(pieces, words)
    size = len(first)

    def mean(name: str) -> np.ndarray:
        return np.mean([getattr(opinion, name)[:size] for opinion in opinions], axis=0, dtype=np.float32)

    trigger = mean("trigger")
    roles = np.mean([1 / (1 + np.exp(-opinion.roles[:, :size, :size])) for opinion in opinions], axis=0)
    return Item(
        ids,
        first,
        trigger,
        np.ones_like(trigger),
        mean("act"),
        mean("negative"),
        mean("possible"),
        (trigger.max(axis=1, initial=0) >= LIKELY).astype(np.float32),
        roles.astype(np.float32),
    )
