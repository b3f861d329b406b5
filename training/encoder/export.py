"""The trained network as an 8-bit ONNX file that the package ships."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from training.encoder.network import Encoder

OUTPUTS = ("trigger", "act", "negative", "possible", "roles")


class OneSentence(nn.Module):
    """The network as it is shipped: one sentence, no padding, probabilities instead of logits (roles stay log-odds)."""

    def __init__(self, network: Encoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """`pieces` [T] and `first` [W], the position in `pieces` at which each word starts."""
        mask = torch.ones_like(pieces[None], dtype=torch.float32)
        trigger, act, negative, possible, roles = self.network(pieces[None], mask, first[None])
        return (
            torch.sigmoid(trigger[0]),
            torch.softmax(act[0], -1),
            torch.sigmoid(negative[0]),
            torch.sigmoid(possible[0]),
            roles[0],
        )


def export(network: Encoder, path: Path) -> None:
    """Write the network with 8-bit weights (one scale a column) and activations scaled at run time."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            OneSentence(network),
            (torch.arange(4, 14), torch.arange(1, 9)),
            str(whole),
            input_names=["pieces", "first"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                "pieces": {0: "length"},
                "first": {0: "words"},
                "trigger": {0: "words"},
                "act": {0: "words"},
                "negative": {0: "words"},
                "possible": {0: "words"},
                "roles": {1: "words", 2: "words"},
            },
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(path), weight_type=QuantType.QInt8, per_channel=True)
        onnx.checker.check_model(str(path))


def export_whole(network: Encoder, path: Path) -> None:
    """Write the network with 32-bit weights, to compare with."""
    network.eval()
    torch.onnx.export(
        OneSentence(network),
        (torch.arange(4, 14), torch.arange(1, 9)),
        str(path),
        input_names=["pieces", "first"],
        output_names=list(OUTPUTS),
        dynamic_axes={"pieces": {0: "length"}, "first": {0: "words"}},
        opset_version=17,
        dynamo=False,
    )
