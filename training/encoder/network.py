"""The encoder as a PyTorch network: a BERT of a few layers, and linear heads over words, and one over the sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from servanda.reading.encoder.labels import ACTIONS, ACTS, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROLE_WIDTH = 48


@dataclass(frozen=True)
class Shape:
    """The size of the base network."""

    vocabulary: int
    layers: int = 6
    width: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 160
    dropout: float = 0.1


class Layer(nn.Module):
    """One transformer layer with normalisation after each half, as in BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.mixed = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.done = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, hidden: Tensor, blocked: Tensor) -> Tensor:
        """`blocked` is added to the attention scores: 0 for pieces, a large negative number for padding."""
        batch, length, width = hidden.shape

        def split(x: Tensor) -> Tensor:
            return x.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        scores = split(self.query(hidden)) @ split(self.key(hidden)).transpose(-1, -2)
        weights = self.dropout(torch.softmax(scores / math.sqrt(width // self.heads) + blocked, dim=-1))
        attended = (weights @ split(self.value(hidden))).transpose(1, 2).reshape(batch, length, width)
        hidden = self.mixed(hidden + self.dropout(self.mix(attended)))
        return self.done(hidden + self.dropout(self.narrow(functional.gelu(self.widen(hidden)))))


class Encoder(nn.Module):
    """Base network and heads. Outputs are logits per word."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.embedded = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.trigger = nn.Linear(shape.width, len(ACTIONS))
        self.act = nn.Linear(shape.width, len(ACTS))
        self.negative = nn.Linear(shape.width, 1)
        self.possible = nn.Linear(shape.width, 1)
        self.apart = nn.Linear(shape.width, 1)
        self.role_of = nn.Linear(shape.width, len(ROLES) * ROLE_WIDTH)
        self.role_as = nn.Linear(shape.width, len(ROLES) * ROLE_WIDTH)
        self.role_bias = nn.Parameter(torch.full((len(ROLES),), -2.0))
        for head in (self.trigger, self.act, self.negative, self.possible, self.apart, self.role_of, self.role_as):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        nn.init.constant_(self.trigger.bias, -5.0)

    def hidden(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """What the last layer says of each piece; `mask` is 1 for pieces and 0 for padding."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.dropout(self.embedded(self.pieces(pieces) + self.positions(place) + self.kind))
        blocked = self.blocking(mask, hidden)
        for layer in self.layers:
            hidden = layer(hidden, blocked)
        return hidden

    def blocking(self, mask: Tensor, hidden: Tensor) -> Tensor:
        """What is added to the attention scores: padding is shut out."""
        return (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """Trigger [B,W,actions], act [B,W,acts], negative, possible [B,W], roles [B,roles,W,W], apart."""
        hidden = self.hidden(pieces, mask)
        words = torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, hidden.shape[-1]))
        words = self.dropout(words)
        batch, count, _ = words.shape

        def split(x: Tensor) -> Tensor:
            return x.view(batch, count, len(ROLES), ROLE_WIDTH).transpose(1, 2)

        roles = split(self.role_of(words)) @ split(self.role_as(words)).transpose(-1, -2) / math.sqrt(ROLE_WIDTH)
        return (
            self.trigger(words),
            self.act(words),
            self.negative(words)[..., 0],
            self.possible(words)[..., 0],
            roles + self.role_bias[None, :, None, None],
            self.apart(hidden[:, 0])[..., 0],
        )


def from_base(folder: Path, kept: list[int], layers: int = 6) -> Encoder:
    """The network with the base model's weights; `kept` says which rows of its vocabulary are ours, in our order."""
    from safetensors.torch import load_file

    base = load_file(folder / "model.safetensors")
    network = Encoder(Shape(vocabulary=len(kept), layers=layers))
    with torch.no_grad():
        network.pieces.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"][: network.shape.positions])
        network.kind.copy_(base["embeddings.token_type_embeddings.weight"][0])
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mix": "attention.output.dense",
        "mixed": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "done": "output.LayerNorm",
    }
    fill_layers(network, base, names)
    return network


def fill_layers(network: Encoder, base: Mapping[str, Tensor], names: Mapping[str, str]) -> None:
    """Copy a base model's layers; `names` says what each part of a layer is called there."""
    pairs = [(network.embedded, "embeddings.LayerNorm")]
    for number, layer in enumerate(network.layers):
        pairs += [(getattr(layer, ours), f"encoder.layer.{number}.{theirs}") for ours, theirs in names.items()]
    with torch.no_grad():
        for module, name in pairs:
            module.weight.copy_(base[f"{name}.weight"])
            module.bias.copy_(base[f"{name}.bias"])
