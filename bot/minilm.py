"""MiniLM-L6, the language model that reads messages: its weights and its word pieces, from an installed package.

A BERT of six layers that was taught to say which sentences mean the same. Layout and names: Wang et al. 2020
(arXiv 2002.10957), Devlin et al. 2018 (arXiv 1810.04805). The files are pinned by SHA-256: docs/decisions/0002.
"""

from __future__ import annotations

import numpy as np
import safetensors.numpy
from tokenizers import Tokenizer

from bot.pinned_files import pinned_path

LAYERS, HEADS, WIDTH = 6, 12, 384
LONGEST_TOKENS = 128
"""Word pieces that are read: 2,000 characters hold more, and what a person wants stands in the first hundred words."""
ALMOST_ZERO = 1e-12
"""Keeps the layer norm from dividing by zero; the value the model was trained with."""

HEAD = ("head.weight", "head.bias")
"""Names of the matrix (WIDTH, labels) and the row (labels,) that turn the mean vector into scores; tuning adds them."""

Weights = dict[str, np.ndarray]


def load_weights() -> Weights:
    """The weights by the names of the published model, float32, (out, in) for matrices. Raises WeightsError."""
    every = safetensors.numpy.load_file(pinned_path("minilm_weights"))
    return {name: value for name, value in every.items() if value.dtype == np.float32}


def layer_name(layer: int) -> str:
    """How the names of this layer's weights begin."""
    return f"encoder.layer.{layer}."


def embed(pieces: np.ndarray, weights: Weights) -> np.ndarray:
    """What goes into the first layer: piece, place and norm; (…, tokens) becomes (…, tokens, WIDTH)."""
    words = weights["embeddings.word_embeddings.weight"][pieces]
    places = weights["embeddings.position_embeddings.weight"][: pieces.shape[-1]] + weights["embeddings.token_type_embeddings.weight"][0]
    summed = words + places
    middle = summed - summed.mean(-1, keepdims=True)
    scaled = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + ALMOST_ZERO)
    norm = "embeddings.LayerNorm."
    return np.asarray(scaled * weights[norm + "weight"] + weights[norm + "bias"], dtype=np.float32)


class WordPieces:
    """Cuts a message into the numbers of its word pieces; capitals and accents do not matter to it."""

    def __init__(self) -> None:
        """Read the pinned vocabulary. Raises WeightsError."""
        self._tokenizer = Tokenizer.from_file(str(pinned_path("minilm_words")))
        self._tokenizer.enable_truncation(LONGEST_TOKENS)
        self._tokenizer.no_padding()

    def numbers(self, text: str) -> np.ndarray:
        """Shape (tokens,), int64, with the marks for beginning and end."""
        return np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
