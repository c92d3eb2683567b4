"""MiniLM-L6, the language model that reads English: its weights and its word pieces, from an installed package.

A BERT of six layers that was taught to say which sentences mean the same: Wang et al. 2020 (arXiv 2002.10957). The files
are pinned by SHA-256: docs/decisions/0002.
"""

from __future__ import annotations

import numpy as np
import safetensors.numpy
from tokenizers import Tokenizer

from bot.bert import Bert, Weights, norm
from bot.pinned_files import pinned_path

LAYERS = 6
LONGEST_TOKENS = 128
"""Word pieces that are read: 2,000 characters hold more, and what a person wants stands in the first hundred words."""
ALMOST_ZERO = 1e-12
WORDS, PLACES = "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight"


def minilm() -> Bert:
    """The published model. Raises WeightsError."""
    every = safetensors.numpy.load_file(pinned_path("minilm_weights"))
    weights: Weights = {name: value for name, value in every.items() if value.dtype == np.float32}
    return Bert(weights, LAYERS, ALMOST_ZERO, lambda pieces: _embed(pieces, weights))


def _embed(pieces: np.ndarray, weights: Weights) -> np.ndarray:
    places = weights[PLACES][: pieces.shape[-1]] + weights["embeddings.token_type_embeddings.weight"][0]
    scale, shift = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
    return norm(weights[WORDS][pieces] + places, scale, shift, ALMOST_ZERO)


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
