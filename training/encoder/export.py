"""The trained network as an 8-bit ONNX file that the package ships.

The graph is written node by node from the weights, with onnxruntime's fused operators for attention and for bias and
gelu: for one sentence at a time, the number of nodes costs as much as the sums in them. Only additions and
normalisation stay apart: fused, they are slower than their parts, and whoever loads the graph leaves them so.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from torch import nn

    from training.encoder.network import Encoder, Layer

FUSED = "com.microsoft"


class Graph:
    """An ONNX graph in the making: nodes in order, weights by name."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, np.ndarray] = {}

    def weight(self, name: str, value: np.ndarray) -> str:
        """Add a weight, and give its name back."""
        self.weights[name] = value
        return name

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Add a node with one output, and give its name back."""
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def product(self, module: nn.Linear, x: str, name: str) -> str:
        """The matrix product of a linear layer, without its bias."""
        return self.add("MatMul", [x, self.weight(f"{name}.weight", array(module.weight).T.copy())], f"{name}.product")

    def linear(self, module: nn.Linear, x: str, name: str) -> str:
        """A linear layer."""
        return self.add(
            "Add", [self.product(module, x, name), self.weight(f"{name}.bias", array(module.bias))], f"{name}.out"
        )

    def skip_norm(self, norm: nn.LayerNorm, linear: nn.Linear, x: str, skipped: str, name: str) -> str:
        """Normalise the sum of a linear layer's product, its bias, and what skipped the layer."""
        biased = self.add(
            "Add", [self.product(linear, x, name), self.weight(f"{name}.bias", array(linear.bias))], f"{name}.biased"
        )
        summed = self.add("Add", [biased, skipped], f"{name}.summed")
        names = [self.weight(f"{name}.scale", array(norm.weight)), self.weight(f"{name}.shift", array(norm.bias))]
        return self.add("LayerNormalization", [summed, *names], f"{name}.normal", axis=-1, epsilon=1e-12)


def array(tensor: object) -> np.ndarray:
    """A tensor of the network as an array."""
    return tensor.detach().float().numpy()  # type: ignore[attr-defined, no-any-return]


def add_layer(graph: Graph, layer: Layer, hidden: str, name: str) -> str:
    """One transformer layer."""
    projections = (layer.query, layer.key, layer.value)
    joined = graph.weight(f"{name}.qkv.weight", np.concatenate([array(p.weight).T for p in projections], axis=1))
    bias = graph.weight(f"{name}.qkv.bias", np.concatenate([array(p.bias) for p in projections]))
    attended = graph.add("Attention", [hidden, joined, bias], f"{name}.attended", FUSED, num_heads=layer.heads)
    hidden = graph.skip_norm(layer.mixed, layer.mix, attended, hidden, f"{name}.mix")
    wide = graph.product(layer.widen, hidden, f"{name}.widen")
    inner = graph.add(
        "BiasGelu", [wide, graph.weight(f"{name}.widen.bias", array(layer.widen.bias))], f"{name}.inner", FUSED
    )
    return graph.skip_norm(layer.done, layer.narrow, inner, hidden, f"{name}.narrow")


def build(network: Encoder) -> onnx.ModelProto:
    """The network for one sentence: `pieces` [T] and `first` [W], where each word starts, to a row for each word.

    Probabilities instead of logits, but for the roles and `apart`, which stay log-odds.
    """
    from servanda.reading.encoder.labels import OUTPUTS, ROLES
    from training.encoder.network import ROLE_WIDTH

    graph = Graph()
    place = graph.weight("positions", array(network.positions.weight + network.kind))
    table = graph.weight("pieces.table", array(network.pieces.weight))
    zero, axis = (graph.weight(f"int.{n}", np.array([n], np.int64)) for n in (0, -1))
    length = graph.add("Shape", ["pieces"], "length")
    places = graph.add("Slice", [place, zero, length], "places")
    summed = graph.add("Add", [graph.add("Gather", [table, "pieces"], "embedded"), places], "summed")
    scale, shift = (graph.weight(f"embedded.{n}", array(getattr(network.embedded, n))) for n in ("weight", "bias"))
    normal = graph.add("LayerNormalization", [summed, scale, shift], "normal", axis=-1, epsilon=1e-12)
    hidden = graph.add("Unsqueeze", [normal, zero], "hidden")
    for number, layer in enumerate(network.layers):
        hidden = add_layer(graph, layer, hidden, f"layer{number}")
    flat = graph.add("Squeeze", [hidden, zero], "flat")
    words = graph.add("Gather", [flat, "first"], "words")
    graph.add("Sigmoid", [graph.linear(network.trigger, words, "heads.trigger")], "trigger")
    graph.add("Softmax", [graph.linear(network.act, words, "heads.act")], "act", axis=-1)
    for name in ("negative", "possible"):
        column = graph.add("Sigmoid", [graph.linear(getattr(network, name), words, f"heads.{name}")], f"{name}.column")
        graph.add("Squeeze", [column, axis], name)
    whole = graph.add("Gather", [flat, zero], "sentence")
    graph.add("Squeeze", [graph.linear(network.apart, whole, "heads.apart"), axis], "apart")
    shape = graph.weight("roles.shape", np.array([-1, len(ROLES), ROLE_WIDTH], np.int64))
    sides = []
    for name, order in (("role_of", (1, 0, 2)), ("role_as", (1, 2, 0))):
        split = graph.add(
            "Reshape", [graph.linear(getattr(network, name), words, f"heads.{name}"), shape], f"{name}.split"
        )
        sides.append(graph.add("Transpose", [split], f"{name}.side", perm=order))
    root = graph.weight("roles.scale", np.array(ROLE_WIDTH**-0.5, np.float32))
    scaled = graph.add("Mul", [graph.add("MatMul", sides, "roles.pairs"), root], "roles.scaled")
    bias = graph.weight("roles.bias", array(network.role_bias)[:, None, None])
    graph.add("Add", [scaled, bias], "roles")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [size])
        for name, size in (("pieces", "T"), ("first", "W"))
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in OUTPUTS]
    weights = [numpy_helper.from_array(value, name) for name, value in graph.weights.items()]
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    drawn = helper.make_graph(graph.nodes, "encoder", inputs, outputs, weights)
    return helper.make_model(drawn, opset_imports=versions, ir_version=8, producer_name="servanda")


def export(network: Encoder, path: Path) -> None:
    """Write the network with 8-bit weights (one scale a column) and activations scaled at run time.

    Weights use seven of the bits: with eight, processors without the newer 8-bit instructions cut off sums of products,
    and the same sentence would score differently from one laptop to the next.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        onnx.save(build(network), whole)
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
