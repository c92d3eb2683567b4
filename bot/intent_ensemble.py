"""Two readers of a message, joined: what it means, and how it is spelt.

A small language model, tuned on the training lines, knows meaning, tense and who does what to whom; letter groups with
logistic regression forgive spelling and catch names of things. Their errors differ, so together they are better than
either: docs/decisions/0003 has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.bert_reader import BertReader, english_reader
from bot.learnt_file import read_arrays, write_arrays
from bot.letter_groups import LetterGroups
from bot.minilm import WordPieces, minilm

GRAPH, LETTERS = "minilm.onnx", "letters.npz"


@dataclass(frozen=True)
class EnsembleSettings:
    """How the two are trained and joined; the values are set, with their reasons, in config.yml."""

    tuned_layers: int = 3
    epochs: int = 3
    layer_rate: float = 2e-4
    head_rate: float = 3e-3
    spelling_held_back: float = 1e-6
    spelling_weight: float = 0.4


class IntentEnsemble:
    """Learns from texts and labels; gives a probability for each label."""

    def __init__(self, meaning: BertReader, spelling: LetterGroups, weight: float) -> None:
        """Around two readers that have learnt; `weight` is that of the spelling, 0 to 1."""
        self.labels, self._weight = spelling.labels, weight
        self._meaning, self._spelling = meaning, spelling

    @staticmethod
    def fit(texts: list[str], labels: list[str], settings: EnsembleSettings, folder: Path) -> None:
        """Learn from the examples and write both readers into the folder."""
        print(f"learning the intents from the spelling of {len(texts):,} lines", flush=True)
        spelling = LetterGroups((2, 5), least=2, held_back=settings.spelling_held_back).fit(texts, labels)
        write_arrays(folder / LETTERS, spelling.arrays())
        _tune(texts, np.searchsorted(spelling.labels, labels), settings, folder / GRAPH)

    @classmethod
    def load(cls, folder: Path, settings: EnsembleSettings) -> IntentEnsemble:
        """Read what was learnt. Raises UnreadableFile, or KeyError where an array is missing."""
        spelling = LetterGroups.of(read_arrays(folder / LETTERS))
        return cls(english_reader((folder / GRAPH).read_bytes()), spelling, settings.spelling_weight)

    def predict(self, text: str) -> np.ndarray:
        """Probabilities of shape (labels,) that sum to 1."""
        meaning = np.log(self._meaning.read(text) + 1e-6)
        spelling = np.log(self._spelling.chances(text) + 1e-6)
        joined = (1 - self._weight) * meaning + self._weight * spelling
        raised = np.exp(joined - joined.max())
        return np.asarray(raised / raised.sum())


def _tune(texts: list[str], labels: np.ndarray, settings: EnsembleSettings, graph: Path) -> None:
    from bot.bert_graph import graph_of  # needs onnx, and the next TensorFlow: the running guide needs neither
    from bot.bert_tuning import Tuning, TuningSettings

    pieces, model = WordPieces(), minilm()
    own = TuningSettings(settings.tuned_layers, settings.epochs, layer_rate=settings.layer_rate, head_rate=settings.head_rate)
    tuned = Tuning(model, own).fit([pieces.numbers(text) for text in texts], labels)
    graph.write_bytes(graph_of(model, tuned))
