"""A network eight times as large as the one that ships, from which that one learns on unannotated news.

MPNet (Song and others 2020): like BERT, but how far apart two pieces stand changes what they have to do with each
other, in every layer by the same table. The base model is all-mpnet-base-v2 (Apache-2.0); its heads are ours.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from servanda.reading.encoder.wordpieces import END, PAD, START, UNKNOWN
from training.encoder.network import Encoder, Shape, fill_layers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DISTANCES = 32
"""Rows of the table: half for what comes before, half for what comes after."""
FARTHEST = 128
RESERVED = 2
"""The first two positions of the base model are for padding."""
SPECIAL = {PAD: "<pad>", START: "<s>", END: "</s>", UNKNOWN: "[UNK]"}

CHECKSUM = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of the base model's `model.safetensors`."""


class LargeEncoder(Encoder):
    """The heads of `Encoder` on a base with relative positions."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.distance = nn.Embedding(DISTANCES, shape.heads)

    def blocking(self, mask: Tensor, hidden: Tensor) -> Tensor:
        """What is added to the attention scores: padding is shut out, near and far count differently."""
        place = torch.arange(mask.shape[1], device=mask.device)
        apart = rows_of(place[None, :] - place[:, None])
        return super().blocking(mask, hidden) + self.distance(apart).permute(2, 0, 1)[None].to(hidden.dtype)


def rows_of(distance: Tensor) -> Tensor:
    """The row of the table for each distance: one for each short distance, fewer and fewer for longer ones."""
    half = DISTANCES // 2
    exact = half // 2
    size = distance.abs()
    scale = (half - exact) / math.log(FARTHEST / exact)
    longer = exact + (torch.log(size.clamp(min=1) / exact) * scale).long()
    row = torch.where(size < exact, size, longer.clamp(max=half - 1))
    return row + (distance > 0).long() * half


def check_base(folder: Path | None) -> None:
    """Stop where the base model is not in a folder, or is another."""
    if folder is None or not (folder / "model.safetensors").exists():
        raise SystemExit(f"{folder}: no model.safetensors here; --teacher takes a folder with all-mpnet-base-v2")
    with (folder / "model.safetensors").open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != CHECKSUM:
            raise SystemExit(f"{folder / 'model.safetensors'}: not the all-mpnet-base-v2 that the teacher is made from")


def from_large_base(folder: Path, vocabulary: Sequence[str], layers: int = 12) -> LargeEncoder:
    """The network with the weights of the base model in a folder, for a vocabulary of ours."""
    from safetensors.torch import load_file

    base = load_file(folder / "model.safetensors")
    ids = {piece: n for n, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
    kept = [ids[SPECIAL.get(piece, piece)] for piece in vocabulary]
    network = LargeEncoder(Shape(vocabulary=len(kept), layers=layers, width=768, inner=3072))
    places = network.shape.positions
    with torch.no_grad():
        network.pieces.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
        network.positions.weight.copy_(base["embeddings.position_embeddings.weight"][RESERVED : RESERVED + places])
        network.distance.weight.copy_(base["encoder.relative_attention_bias.weight"])
    names = {
        "query": "attention.attn.q",
        "key": "attention.attn.k",
        "value": "attention.attn.v",
        "mix": "attention.attn.o",
        "mixed": "attention.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "done": "output.LayerNorm",
    }
    fill_layers(network, base, names)
    return network
