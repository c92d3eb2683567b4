"""What the guide's two language models have in common: layers of the kind that BERT has, and a head that is learnt here.

Layout and names of the weights: Devlin et al. 2018 (arXiv 1810.04805). `bot.minilm` reads English, `bot.small_e5` the other languages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

HEADS, WIDTH = 12, 384

HEAD = ("head.weight", "head.bias")
"""Names of the matrix (WIDTH, labels) and the row (labels,) that turn the mean vector into scores; tuning adds them."""

Weights = dict[str, np.ndarray]
"""Float32, by the names of the published models; matrices are (out, in)."""


@dataclass(frozen=True)
class Bert:
    """A published model: its layers, and what goes into the first of them."""

    weights: Weights
    layers: int
    almost_zero: float
    """Keeps the layer norm from dividing by zero; the value the model was trained with."""

    embed: Callable[[np.ndarray], np.ndarray]
    """Numbers of word pieces (…, tokens) to states (…, tokens, WIDTH)."""


def layer_name(layer: int) -> str:
    """How the names of this layer's weights begin."""
    return f"encoder.layer.{layer}."


def norm(values: np.ndarray, scale: np.ndarray, shift: np.ndarray, almost_zero: float) -> np.ndarray:
    """Layer norm over the last axis."""
    middle = values - values.mean(-1, keepdims=True)
    scaled = middle / np.sqrt((middle * middle).mean(-1, keepdims=True) + almost_zero)
    return np.asarray(scaled * scale + shift, dtype=np.float32)
