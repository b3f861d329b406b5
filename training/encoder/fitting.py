"""Train the network on items."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder.batches import shuffled
from training.encoder.practice import Practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.encoder.wordpieces import WordPieces
    from training.encoder.batches import Batch, Item
    from training.encoder.network import Encoder


@dataclass(frozen=True)
class Recipe:
    """What the training may be told."""

    epochs: int = 6
    batch: int = 32
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    trigger_share: float = 20.0
    role_share: float = 1.0
    apart_share: float = 0.5
    practice: int = 900
    """Practice sentences in each epoch, new ones every time."""


def loss(network: Encoder, batch: Batch, recipe: Recipe) -> Tensor:
    """The sum of the heads' losses; what a claim is like counts at trigger words only."""
    trigger, act, negative, possible, roles, apart = (x.float() for x in network(batch.pieces, batch.mask, batch.first))
    words = batch.words.sum()
    weight = batch.trigger_weight * batch.words[..., None]
    of_trigger = (
        functional.binary_cross_entropy_with_logits(trigger, batch.trigger, weight=weight, reduction="sum") / words
    )
    at = batch.claim_weight > 0
    of_apart = functional.binary_cross_entropy_with_logits(apart, batch.apart, weight=batch.apart_known)
    total = recipe.trigger_share * of_trigger + recipe.apart_share * of_apart
    if at.any():
        of_act = -(batch.act[at] * functional.log_softmax(act[at], -1)).sum(-1).mean()
        of_negative = functional.binary_cross_entropy_with_logits(negative[at], batch.negative[at])
        of_possible = functional.binary_cross_entropy_with_logits(possible[at], batch.possible[at])
        pairs = roles.transpose(1, 2)[at]
        wanted = batch.roles.transpose(1, 2)[at]
        inside = batch.words[:, None, None, :].expand(-1, at.shape[1], roles.shape[1], -1)[at]
        of_roles = (
            functional.binary_cross_entropy_with_logits(pairs, wanted, weight=inside, reduction="sum") / inside.sum()
        )
        share = at.sum() / (at.sum() + 8.0)
        total = total + share * (of_act + of_negative + of_possible + recipe.role_share * 4 * of_roles)
    return total


def fit(
    network: Encoder,
    items: Sequence[Item],
    pieces: WordPieces,
    recipe: Recipe,
    seed: int,
) -> None:
    """Train in place; the same seed on the same machine gives the same weights.

    Every epoch sees all of `items` and fresh practice sentences.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    practice = Practice(seed)
    heads = [p for n, p in network.named_parameters() if n.split(".")[0] in HEADS]
    body = [p for n, p in network.named_parameters() if n.split(".")[0] not in HEADS]
    groups = [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay)
    steps = recipe.epochs * -(-(len(items) + recipe.practice) // recipe.batch)
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * steps), max(0.0, (steps - step) / (0.9 * steps)))
    )
    network.train()
    for epoch in range(recipe.epochs):
        begun, total, count = time.perf_counter(), 0.0, 0
        fresh = practice.items(recipe.practice, pieces)
        for batch in shuffled([*items, *fresh], recipe.batch, pieces.pad, chance):
            with torch.autocast("cpu", torch.bfloat16):
                value = loss(network, batch, recipe)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            plan.step()
            total, count = total + float(value.detach()), count + 1
        print(f"  epoch {epoch + 1}: loss {total / count:.3f}, {time.perf_counter() - begun:.0f} s", flush=True)
    network.eval()


HEADS = {"trigger", "act", "negative", "possible", "apart", "role_of", "role_as", "role_bias"}
