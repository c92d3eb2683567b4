"""Writes a tuned language model as a graph in ONNX, its matrices in 8 bits, for `bot.bert_reader`.

Eight bits make a message cost half the CPU and a fifth of the memory; the intents stay the same (tests/bot/test_bert.py).
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bert import HEAD, HEADS, WIDTH, Bert, Weights, layer_name
from bot.minilm import PLACES, WORDS

LARGEST_WEIGHT = 63
"""Seven bits of the eight: on processors without VNNI, sums of two products of full 8-bit numbers overflow."""
SMALLEST = 1e-12
"""Of a scale: a row of nothing but zeros has one too."""
OPSET = 17
"""The first that has LayerNormalization."""


def graph_of(model: Bert, weights: Weights) -> bytes:
    """The tuned model in ONNX; out come `chances` (labels,).

    In go `pieces` (tokens,) where the weights have a table of pieces, else `states` (tokens, WIDTH), which `Bert.embed` makes.
    """
    graph = _Graph(model.almost_zero)
    states = graph.embedding(weights) if WORDS in weights else graph.takes_states()
    for layer in range(model.layers):
        states = graph.layer(states, weights, layer_name(layer))
    mean = graph.node("ReduceMean", [states], axes=[0], keepdims=1)
    scores = graph.node("MatMul", [mean, graph.constant(weights[HEAD[0]])])
    scores = graph.node("Add", [scores, graph.constant(weights[HEAD[1]])])
    chances = graph.node("Softmax", [scores], axis=-1)
    graph.node("Squeeze", [chances, graph.constant(np.array([0]))], output="chances")
    return graph.finish(labels=len(weights[HEAD[1]]))


class _Graph:
    """Collects nodes and constants; each method adds some and returns the name of what comes out."""

    def __init__(self, almost_zero: float) -> None:
        self._almost_zero = almost_zero
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._takes = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["tokens"])

    def finish(self, labels: int) -> bytes:
        chances = helper.make_tensor_value_info("chances", TensorProto.FLOAT, [labels])
        made = helper.make_graph(self._nodes, "bert", [self._takes], [chances], self._constants)
        model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())

    def takes_states(self) -> str:
        self._takes = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", WIDTH])
        return "states"

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str = "", **attributes: object) -> str:
        name = output or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def embedding(self, weights: Weights) -> str:
        words, scale = _eight_bits(weights[WORDS], axis=1)
        picked = self.node("Cast", [self.node("Gather", [self.constant(words), "pieces"])], to=TensorProto.FLOAT)
        scales = self.node("Gather", [self.constant(scale), "pieces"])
        places = weights[PLACES] + weights["embeddings.token_type_embeddings.weight"][0]
        tokens = self.node("Shape", ["pieces"])
        placed = self.node("Slice", [self.constant(places), self.constant(np.array([0])), tokens])
        return self.norm(self.node("Add", [self.node("Mul", [picked, scales]), placed]), weights, "embeddings.LayerNorm")

    def norm(self, values: str, weights: Weights, name: str) -> str:
        scale, shift = self.constant(weights[name + ".weight"]), self.constant(weights[name + ".bias"])
        return self.node("LayerNormalization", [values, scale, shift], axis=-1, epsilon=self._almost_zero)

    def linear(self, values: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        """Values (tokens, in) times matrix (out, in) in 8 bits, plus bias."""
        whole, scale = _eight_bits(matrix.T, axis=0)
        quantized, step, zero = f"q{len(self._nodes)}", f"s{len(self._nodes)}", f"z{len(self._nodes)}"
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [values], [quantized, step, zero]))
        product = self.node("MatMulInteger", [quantized, self.constant(whole), zero])
        scaled = self.node("Mul", [self.node("Cast", [product], to=TensorProto.FLOAT), self.node("Mul", [step, self.constant(scale)])])
        return self.node("Add", [scaled, self.constant(bias)])

    def layer(self, states: str, weights: Weights, name: str) -> str:
        def named(part: str) -> tuple[np.ndarray, np.ndarray]:
            return weights[f"{name}{part}.weight"], weights[f"{name}{part}.bias"]

        gathered = self.attention(states, [named(f"attention.self.{part}") for part in ("query", "key", "value")])
        states = self.node("Add", [states, self.linear(gathered, *named("attention.output.dense"))])
        states = self.norm(states, weights, name + "attention.output.LayerNorm")
        inner = self.gelu(self.linear(states, *named("intermediate.dense")))
        states = self.node("Add", [states, self.linear(inner, *named("output.dense"))])
        return self.norm(states, weights, name + "output.LayerNorm")

    def attention(self, states: str, parts: list[tuple[np.ndarray, np.ndarray]]) -> str:
        together = self.linear(states, np.vstack([matrix for matrix, _ in parts]), np.concatenate([bias for _, bias in parts]))
        split = self.node("Reshape", [together, self.constant(np.array([-1, 3, HEADS, WIDTH // HEADS]))])
        query, key, value = (self.node("Gather", [split, self.constant(np.array(index))], axis=1) for index in range(3))
        query, value = (self.node("Transpose", [part], perm=[1, 0, 2]) for part in (query, value))
        scores = self.node("MatMul", [query, self.node("Transpose", [key], perm=[1, 2, 0])])
        scores = self.node("Mul", [scores, self.constant(np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32))])
        gathered = self.node("MatMul", [self.node("Softmax", [scores], axis=-1), value])
        return self.node("Reshape", [self.node("Transpose", [gathered], perm=[1, 0, 2]), self.constant(np.array([-1, WIDTH]))])

    def gelu(self, values: str) -> str:
        root, one, half = (self.constant(np.array(number, dtype=np.float32)) for number in (2**0.5, 1.0, 0.5))
        grown = self.node("Add", [self.node("Erf", [self.node("Div", [values, root])]), one])
        return self.node("Mul", [self.node("Mul", [values, grown]), half])


def _eight_bits(matrix: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """The matrix as whole numbers of at most LARGEST_WEIGHT, and the scale along the other axis."""
    largest = np.abs(matrix).max(axis=axis, keepdims=axis == 1)
    scale = np.maximum(largest, SMALLEST) / LARGEST_WEIGHT
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)
