"""Reads a message with a tuned language model: the graph that `bot.bert_graph` made, run by onnxruntime on one thread."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnxruntime

from bot.minilm import WordPieces
from bot.small_e5 import SmallE5


class BertReader:
    """Probabilities of the labels for one message, some milliseconds on one core."""

    def __init__(self, graph: bytes, prepare: Callable[[str], dict[str, np.ndarray]]) -> None:
        """Load what `bot.bert_graph.graph_of` made; `prepare` turns a message into what it takes."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._prepare = prepare

    def read(self, text: str) -> np.ndarray:
        """Probabilities, shape (labels,)."""
        return np.asarray(self._session.run(["chances"], self._prepare(text))[0], dtype=np.float64)


def english_reader(graph: bytes) -> BertReader:
    """A reader for what was tuned from MiniLM. Raises WeightsError."""
    pieces = WordPieces()
    return BertReader(graph, lambda text: {"pieces": pieces.numbers(text)})


def multilingual_reader(graph: bytes, model: SmallE5) -> BertReader:
    """A reader for what was tuned from multilingual-e5-small."""
    return BertReader(graph, lambda text: {"states": model.embed(model.numbers(text))})
