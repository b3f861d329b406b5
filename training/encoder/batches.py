"""Sentences and their gold as tensors."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from servanda.reading.encoder.labels import ACTIONS, ACTS, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servanda.reading.encoder.wordpieces import WordPieces
    from training.encoder.corpus import ParsedSentence

LONGEST = 126
DOUBTFUL = 0.15
"""A word of the quote at least this likely to be the trigger, but not the likeliest, is neither right nor wrong."""


@dataclass
class Item:
    """One sentence ready for the network, with its targets."""

    pieces: list[int]
    first: list[int]
    trigger: np.ndarray
    trigger_weight: np.ndarray
    act: np.ndarray
    negative: np.ndarray
    possible: np.ndarray
    claim_weight: np.ndarray
    roles: np.ndarray
    apart: bool | None = None
    """Whether the sentence's document holds no claim at all; `None` where it stands in no document."""


def encode(pieces: WordPieces, words: Sequence[str]) -> tuple[list[int], list[int]]:
    """Pieces of a sentence, and where each word starts. Words past the longest input are left out."""
    ids = [pieces.start]
    first = []
    for word in pieces.split(words):
        if len(ids) + len(word) > LONGEST:
            break
        first.append(len(ids))
        ids += word
    return [*ids, pieces.end], first


def without_claims(pieces: WordPieces, words: Sequence[str]) -> Item:
    """A sentence in which no word makes a claim."""
    ids, first = encode(pieces, words)
    size = len(first)
    return Item(
        ids,
        first,
        np.zeros((size, len(ACTIONS)), np.float32),
        np.ones((size, len(ACTIONS)), np.float32),
        np.zeros((size, len(ACTS)), np.float32),
        np.zeros(size, np.float32),
        np.zeros(size, np.float32),
        np.zeros(size, np.float32),
        np.zeros((len(ROLES), size, size), np.float32),
    )


def gold_items(pieces: WordPieces, sentences: Sequence[ParsedSentence]) -> list[Item]:
    """The sentences of whole documents with their gold as targets."""
    speaking = {sentence.doc for sentence in sentences if sentence.claims}
    items = []
    for sentence in sentences:
        items.append(gold_item(pieces, sentence))
        items[-1].apart = sentence.doc not in speaking
    return items


def gold_item(pieces: WordPieces, sentence: ParsedSentence) -> Item:
    """The sentence with its gold as targets."""
    item = without_claims(pieces, sentence.words)
    size = len(item.first)
    for claim in sentence.claims:
        action = ACTIONS.index(claim.fields["action"])
        best = max(claim.candidates, key=lambda n: claim.candidates[n])
        for n, share in claim.candidates.items():
            if n < size and n != best and share >= DOUBTFUL:
                item.trigger_weight[n, action] = 0.0
        if best >= size:
            continue
        item.trigger[best, action] = 1.0
        item.act[best, ACTS.index(claim.fields["act"])] += 1.0
        item.negative[best] += claim.fields["polarity"] == "negative"
        item.possible[best] += claim.fields["certainty"] == "possible"
        item.claim_weight[best] += 1.0
        for role, spans in {**claim.spans, "quote": [claim.quote]}.items():
            for span in spans:
                item.roles[ROLES.index(role), best, span.start : min(span.stop, size)] = 1.0
    item.trigger_weight[item.trigger > 0] = 1.0
    several = np.maximum(item.claim_weight, 1.0)
    item.act /= several[:, None]
    item.negative /= several
    item.possible /= several
    item.claim_weight = (item.claim_weight > 0).astype(np.float32)
    return item


@dataclass
class Batch:
    """Padded tensors of several items."""

    pieces: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    trigger: Tensor
    trigger_weight: Tensor
    act: Tensor
    negative: Tensor
    possible: Tensor
    claim_weight: Tensor
    roles: Tensor
    apart: Tensor
    apart_known: Tensor


def collate(items: Sequence[Item], pad: int) -> Batch:
    """Pad items to the longest of them."""
    length = max(len(item.pieces) for item in items)
    count = max(len(item.first) for item in items)

    def padded(name: str, axes: int) -> Tensor:
        arrays = [getattr(item, name) for item in items]
        shape = [count if n < axes else size for n, size in enumerate(arrays[0].shape)]
        out = np.zeros([len(items), *shape], np.float32)
        for n, array in enumerate(arrays):
            out[(n, *map(slice, array.shape))] = array
        return torch.from_numpy(out)

    roles = np.zeros((len(items), len(ROLES), count, count), np.float32)
    for n, item in enumerate(items):
        roles[n, :, : len(item.first), : len(item.first)] = item.roles
    return Batch(
        torch.tensor([item.pieces + [pad] * (length - len(item.pieces)) for item in items]),
        torch.tensor([[1.0] * len(item.pieces) + [0.0] * (length - len(item.pieces)) for item in items]),
        torch.tensor([item.first + [0] * (count - len(item.first)) for item in items]),
        torch.tensor([[1.0] * len(item.first) + [0.0] * (count - len(item.first)) for item in items]),
        padded("trigger", 1),
        padded("trigger_weight", 1),
        padded("act", 1),
        padded("negative", 1),
        padded("possible", 1),
        padded("claim_weight", 1),
        torch.from_numpy(roles),
        torch.tensor([float(bool(item.apart)) for item in items]),
        torch.tensor([float(item.apart is not None) for item in items]),
    )


def shuffled(items: Sequence[Item], size: int, pad: int, chance: random.Random) -> Iterator[Batch]:
    """Batches of items of like length, in random order."""
    order = sorted(range(len(items)), key=lambda n: len(items[n].pieces) + chance.uniform(0, 6))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    for group in groups:
        yield collate([items[n] for n in group], pad)
