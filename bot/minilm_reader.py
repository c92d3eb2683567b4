"""Reads a message with the tuned MiniLM: the graph that `bot.minilm_graph` wrote, run by onnxruntime on one thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from bot.minilm import WordPieces


class MiniLMReader:
    """Probabilities of the labels for one message, about 4 ms on one core."""

    def __init__(self, graph: Path) -> None:
        """Load what `bot.minilm_graph.write_graph` wrote."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self._pieces = WordPieces()

    def read(self, text: str) -> np.ndarray:
        """Probabilities, shape (labels,)."""
        return np.asarray(self._session.run(["chances"], {"pieces": self._pieces.numbers(text)})[0], dtype=np.float64)
