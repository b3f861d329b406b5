"""What teachers say of sentences that nobody has annotated, as targets for the network that ships.

Knowledge distillation (Hinton and others 2015, "Distilling the knowledge in a neural network"): the small network is
told how likely each answer is, not which is right, in many more sentences than anybody could annotate. It is told what
several networks say together: where they differ in their faults, they are right more often than the best of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from servanda.reading.encoder.labels import OUTPUTS
from servanda.reading.lexicon import lexicon
from servanda.reading.triage import first_look
from training.encoder.batches import Item, collate, without_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from servanda.reading.encoder.wordpieces import WordPieces
    from training.encoder.batches import Batch
    from training.encoder.network import Encoder

LIKELY = 0.1
"""What a claim would be like is learnt at words that are taken for a trigger with this probability."""
SHORTEST = 4
"""Words of a sentence that is worth asking about."""
BATCH = 64
ROLE_OUTPUT = OUTPUTS.index("roles")


@dataclass(frozen=True)
class Teacher:
    """A network that is asked, and what its log-odds count for beside those of the others."""

    network: Encoder
    of_claims: float
    """For triggers, acts, polarity and certainty."""
    of_roles: float


def sentences_of(texts: Sequence[str]) -> list[list[str]]:
    """The words of the texts' sentences, without furniture and without what is too short to say anything."""
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    found = []
    for text in texts:
        for look in first_look(text, lexicon()):
            start, end = look.sentence.start, look.sentence.end
            words = [token.text for token in tokenizer(text[start:end]) if not token.is_space]
            if len(words) >= SHORTEST:
                found.append(words)
    return found


def taught(teachers: Sequence[Teacher], pieces: WordPieces, sentences: Sequence[Sequence[str]]) -> Iterator[Item]:
    """The sentences with the teachers' probabilities as targets, in another order: by length."""
    for teacher in teachers:
        teacher.network.eval()
    ordered = sorted(sentences, key=len)
    for at in range(0, len(ordered), BATCH):
        items = [without_claims(pieces, words) for words in ordered[at : at + BATCH]]
        trigger, act, negative, possible, roles, _ = together(teachers, collate(items, pieces.pad))
        for n, item in enumerate(items):
            size = len(item.first)
            item.trigger = trigger[n, :size].sigmoid().numpy()
            likely = item.trigger.max(axis=1, initial=0.0) >= LIKELY
            item.claim_weight = likely.astype(np.float32)
            item.act = act[n, :size].softmax(-1).numpy()
            item.negative, item.possible = (x[n, :size].sigmoid().numpy() for x in (negative, possible))
            item.roles = (roles[n, :, :size, :size].sigmoid().numpy() * likely[None, :, None]).astype(np.float16)
            yield item


def together(teachers: Sequence[Teacher], batch: Batch) -> list[Tensor]:
    """The weighted sums of what the teachers say, output by output."""
    found: list[Tensor] = []
    for teacher in teachers:
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            said = [output.float() for output in teacher.network(batch.pieces, batch.mask, batch.first)]
        shares = [teacher.of_roles if n == ROLE_OUTPUT else teacher.of_claims for n in range(len(said))]
        weighed = [share * output for share, output in zip(shares, said, strict=True)]
        found = [old + new for old, new in zip(found, weighed, strict=True)] if found else weighed
    return found
