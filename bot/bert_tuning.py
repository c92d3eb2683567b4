"""Teaches the upper layers of a language model the guide's own intents, from the training lines, on this machine.

The lower layers know the language and stay as they are, so what comes out of them is computed once. Only training needs
this file and TensorFlow; reading a message is `bot.bert_reader`. Figures and reasons: docs/decisions/0019, 0021 and 0028.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from bot.bert import HEAD, HEADS, WIDTH, Bert, Weights, layer_name

AT_ONCE = 64
"""Lines that are read together where nothing is learnt."""
LONGEST_STEP = 1.0
"""Length to which the gradient of one batch is cut back."""


def _kind_of_factors(cpuinfo: Path = Path("/proc/cpuinfo")) -> tf.DType:
    """Numbers of 16 bits where the processor multiplies them faster, else of 32; sums have 32 either way."""
    flags = cpuinfo.read_text(encoding="utf-8", errors="replace").split() if cpuinfo.is_file() else []
    return tf.bfloat16 if {"amx_bf16", "avx512_bf16"} & set(flags) else tf.float32


FACTORS = _kind_of_factors()


@dataclass(frozen=True)
class TuningSettings:
    """How long and how fast it learns; the values are set, with their reasons, in config.yml."""

    tuned_layers: int = 2
    epochs: int = 3
    batch: int = 64  # half the time of 32, with rates half as high again
    layer_rate: float = 2e-4
    head_rate: float = 3e-3
    dropout: float = 0.1
    seed: int = 1


class Tuning:
    """One training: `Tuning(model, settings).fit(pieces, labels)`."""

    def __init__(self, model: Bert, settings: TuningSettings) -> None:
        """Take the published model; the weights of its upper layers become variables."""
        self._settings, self._model, self._weights = settings, model, model.weights
        self._first_tuned = model.layers - settings.tuned_layers
        self._fixed = {name: tf.constant(value) for name, value in self._of_layers(range(self._first_tuned))}
        self._learnt = {name: tf.Variable(value) for name, value in self._of_layers(range(self._first_tuned, model.layers))}
        self._random = np.random.default_rng(settings.seed)
        tf.random.set_seed(settings.seed)

    def fit(self, pieces: Sequence[np.ndarray], labels: np.ndarray) -> Weights:
        """Learn from lines as word pieces and labels 0 to n-1, and return all weights, tuned ones and head included."""
        self._lines, self._labels = list(pieces), labels.astype(np.int64)
        self._prepare_head(int(labels.max()) + 1)
        self._states = self._through_fixed_layers()
        for epoch in range(self._settings.epochs):
            print(f"learning the intents from their meaning: round {epoch + 1} of {self._settings.epochs}", flush=True)
            self._epoch()
        return {**self._weights, **{name: variable.numpy() for name, variable in self._learnt.items()}}

    def _of_layers(self, layers: range) -> Iterator[tuple[str, np.ndarray]]:
        names = tuple(layer_name(layer) for layer in layers)
        return ((name, value) for name, value in self._weights.items() if names and name.startswith(names))

    def _prepare_head(self, labels: int) -> None:
        self._learnt[HEAD[0]] = tf.Variable(self._random.normal(0, 0.02, (WIDTH, labels)).astype(np.float32))
        self._learnt[HEAD[1]] = tf.Variable(np.zeros(labels, dtype=np.float32))
        steps = self._settings.epochs * -(-len(self._lines) // self._settings.batch)
        rates = (self._settings.layer_rate, self._settings.head_rate)
        self._groups = ([name for name in self._learnt if name not in HEAD], list(HEAD))
        self._optimizers = [_optimizer(rate, steps) for rate in rates]
        shapes = [tf.TensorSpec([None, None, WIDTH]), tf.TensorSpec([None, None]), tf.TensorSpec([None], tf.int64)]
        self._step = tf.function(self._learn, input_signature=shapes, autograph=False)

    def _through_fixed_layers(self) -> list[np.ndarray]:
        read = tf.function(
            self._fixed_layers, input_signature=[tf.TensorSpec([None, None, WIDTH]), tf.TensorSpec([None, None])], autograph=False
        )
        states: list[np.ndarray] = [np.empty(0)] * len(self._lines)
        for rows in _batches(range(len(self._lines)), self._lengths(), AT_ONCE):
            padded, there = _padded([self._lines[row] for row in rows])
            output = read(self._model.embed(padded), there).numpy().astype(np.float16)
            for row, state in zip(rows, output, strict=True):
                states[row] = state[: len(self._lines[row])]
        return states

    def _fixed_layers(self, states: tf.Tensor, there: tf.Tensor) -> tf.Tensor:
        for layer in range(self._first_tuned):
            states = one_layer(states, there, self._fixed, layer_name(layer), self._model.almost_zero)
        return states

    def _epoch(self) -> None:
        """One pass over all lines in a new order."""
        order = self._random.permutation(len(self._lines))
        pools = np.array_split(order, max(1, len(order) // (self._settings.batch * 20)))
        batches = [rows for pool in pools for rows in _batches(pool, self._lengths(), self._settings.batch)]
        for index in self._random.permutation(len(batches)):
            rows = batches[index]
            states, there = _padded([self._states[row] for row in rows])
            self._step(states.astype(np.float32), there, self._labels[rows])

    def _learn(self, states: tf.Tensor, there: tf.Tensor, labels: tf.Tensor) -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, self._scores(states, there)))
        grouped = [[self._learnt[name] for name in group] for group in self._groups]
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, grouped[0] + grouped[1]), LONGEST_STEP)
        cut = len(grouped[0])
        for optimizer, own, variables in zip(self._optimizers, (gradients[:cut], gradients[cut:]), grouped, strict=True):
            optimizer.apply_gradients(zip(own, variables, strict=True))

    def _scores(self, states: tf.Tensor, there: tf.Tensor) -> tf.Tensor:
        for layer in range(self._first_tuned, self._model.layers):
            states = one_layer(states, there, self._learnt, layer_name(layer), self._model.almost_zero, self._settings.dropout)
        mean = tf.reduce_sum(states * there[:, :, None], 1) / tf.reduce_sum(there, 1, keepdims=True)
        return tf.matmul(tf.nn.dropout(mean, self._settings.dropout), self._learnt[HEAD[0]]) + self._learnt[HEAD[1]]

    def _lengths(self) -> list[int]:
        return [len(line) for line in self._lines]


def one_layer(
    states: tf.Tensor, there: tf.Tensor, weights: dict[str, tf.Tensor], name: str, almost_zero: float, dropout: float = 0.0
) -> tf.Tensor:
    """One layer of BERT: states (lines, tokens, WIDTH); there is 1 for a token and 0 for padding."""

    def linear(values: tf.Tensor, part: str) -> tf.Tensor:
        """As one product of two tables: with lines apart TensorFlow takes three times as long."""
        weight = weights[f"{name}{part}.weight"]
        flat = tf.cast(tf.reshape(values, [-1, weight.shape[1]]), FACTORS)
        product = tf.cast(tf.matmul(flat, tf.cast(weight, FACTORS), transpose_b=True), tf.float32)
        return tf.reshape(product, [*tf.unstack(tf.shape(values))[:-1], weight.shape[0]]) + weights[f"{name}{part}.bias"]

    def normed(values: tf.Tensor, part: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(values, [-1], keepdims=True)
        return (values - mean) * tf.math.rsqrt(variance + almost_zero) * weights[f"{name}{part}.weight"] + weights[f"{name}{part}.bias"]

    def dropped(values: tf.Tensor) -> tf.Tensor:
        return tf.nn.dropout(values, dropout) if dropout else values

    shape = tf.shape(states)

    def heads(part: str) -> tf.Tensor:
        return tf.transpose(tf.reshape(linear(states, f"attention.self.{part}"), [shape[0], shape[1], HEADS, WIDTH // HEADS]), [0, 2, 1, 3])

    hidden = (1.0 - there)[:, None, None, :] * -1e9
    attention = tf.nn.softmax(tf.matmul(heads("query"), heads("key"), transpose_b=True) * (WIDTH // HEADS) ** -0.5 + hidden)
    gathered = tf.reshape(tf.transpose(tf.matmul(dropped(attention), heads("value")), [0, 2, 1, 3]), shape)
    states = normed(states + dropped(linear(gathered, "attention.output.dense")), "attention.output.LayerNorm")
    inner = tf.nn.gelu(linear(states, "intermediate.dense"))
    return normed(states + dropped(linear(inner, "output.dense")), "output.LayerNorm")


def _optimizer(rate: float, steps: int) -> tf.keras.optimizers.legacy.Adam:
    """Keras' earlier Adam: one pass over each variable instead of ten."""
    return tf.keras.optimizers.legacy.Adam(tf.keras.optimizers.schedules.PolynomialDecay(rate, steps, 0.0))


def _batches(rows: Sequence[int] | np.ndarray | range, lengths: list[int], size: int) -> list[list[int]]:
    """Rows of like length together, so that little is padded."""
    ordered = sorted((int(row) for row in rows), key=lambda row: lengths[row])
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _padded(parts: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The parts in one array, zeros after the shorter ones, and where something stands (1.0 or 0.0)."""
    longest = max(len(part) for part in parts)
    together = np.zeros((len(parts), longest, *parts[0].shape[1:]), dtype=parts[0].dtype)
    there = np.zeros((len(parts), longest), dtype=np.float32)
    for row, part in enumerate(parts):
        together[row, : len(part)] = part
        there[row, : len(part)] = 1.0
    return together, there
