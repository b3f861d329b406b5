"""Make the base model at home in news before it learns claims: it guesses pieces that were masked.

Masked language modelling (Devlin and others 2019), continued on the texts of the task and its like (Gururangan and
others 2020, "Don't stop pretraining"). The base was last trained to compare whole sentences; what a single word means
beside its neighbours, which is all that triggers rest on, comes back by this. Nothing annotated is read.
"""

from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.batches import LONGEST
from training.encoder.fitting import HEADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.encoder.wordpieces import WordPieces
    from training.encoder.network import Encoder

EPOCHS = 3
BATCH = 32
RATE = 2e-4
HEAD_RATE = 1e-3
SHARE = 0.15
"""Of the pieces, those that are to be guessed; of them 8 in 10 are masked, 1 is another piece, 1 stays."""
SHORTEST = 20


def stretches(texts: Sequence[str], pieces: WordPieces) -> list[list[int]]:
    """The texts as stretches of pieces, each as long as the network reads; short ends are left out."""
    room = LONGEST - 2
    found = []
    for text in texts:
        ids = [piece for word in pieces.split(text.split()) for piece in word]
        parts = (ids[at : at + room] for at in range(0, len(ids), room))
        found += [[pieces.start, *part, pieces.end] for part in parts if len(part) >= SHORTEST]
    return found


class Guesser(nn.Module):
    """The network's body with a head that guesses pieces, by the embeddings that it reads them with."""

    def __init__(self, network: Encoder) -> None:
        super().__init__()
        width = network.shape.width
        self.network = network
        self.head = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(network.shape.vocabulary))

    def forward(self, pieces: Tensor, mask: Tensor, asked: Tensor) -> Tensor:
        """Logits over the vocabulary for the pieces that are asked for."""
        hidden = self.head(self.network.hidden(pieces, mask)[asked])
        return hidden @ self.network.pieces.weight.T + self.bias


def hide(pieces: Tensor, special: Tensor, unknown: int, vocabulary: int) -> tuple[Tensor, Tensor]:
    """The pieces with some of them masked or exchanged, and which are to be guessed."""
    asked = (torch.rand(pieces.shape) < SHARE) & ~special
    fate = torch.rand(pieces.shape)
    shown = pieces.clone()
    shown[asked & (fate < 0.8)] = unknown
    exchanged = asked & (fate >= 0.9)
    shown[exchanged] = torch.randint(vocabulary, (int(exchanged.sum()),))
    return shown, asked


def adapt(network: Encoder, texts: Sequence[str], pieces: WordPieces, seed: int) -> None:
    """Train the body in place. What is masked is shown as the unknown piece: the kept vocabulary has no mask."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    items = stretches(texts, pieces)
    guesser = Guesser(network)
    body = [p for name, p in network.named_parameters() if name.split(".")[0] not in HEADS]
    head = [*guesser.head.parameters(), guesser.bias]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = EPOCHS * math.ceil(len(items) / BATCH)
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.06 * steps), max(0.0, (steps - step) / (0.94 * steps)))
    )
    guesser.train()
    for epoch in range(EPOCHS):
        begun, total, count = time.perf_counter(), 0.0, 0
        order = sorted(range(len(items)), key=lambda n: len(items[n]) + chance.uniform(0, 5))
        groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        chance.shuffle(groups)
        for group in groups:
            longest = max(len(items[n]) for n in group)
            batch = torch.tensor([items[n] + [pieces.pad] * (longest - len(items[n])) for n in group])
            mask = (batch != pieces.pad).float()
            special = (batch == pieces.pad) | (batch == pieces.start) | (batch == pieces.end)
            shown, asked = hide(batch, special, pieces.unknown, network.shape.vocabulary)
            with torch.autocast("cpu", torch.bfloat16):
                value = functional.cross_entropy(guesser(shown, mask, asked).float(), batch[asked])
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_([*body, *head], 1.0)
            optimiser.step()
            plan.step()
            total, count = total + float(value.detach()), count + 1
        print(f"  masked, epoch {epoch + 1}: loss {total / count:.3f}, {time.perf_counter() - begun:.0f} s", flush=True)
    network.eval()
