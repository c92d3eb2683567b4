"""Three readers of a message, joined: what it means, how it is spelt, and which known lines it is near to.

Sentence vectors with logistic regression know meaning; letter groups with logistic regression forgive spelling and
catch names of things; the nearest known lines catch the odd and the rare. Their errors differ, so together they are
better than any of them: docs/decisions/0003 has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


@dataclass(frozen=True)
class EnsembleSettings:
    """How the three are trained and joined; the values are set, with their reasons, in config.yml."""

    meaning_c: float = 5.0
    spelling_c: float = 10.0
    spelling_weight: float = 0.4
    neighbour_weight: float = 0.25
    neighbours: int = 15
    neighbour_sharpness: float = 6.0


class IntentEnsemble:
    """Learns from sentence vectors, texts and labels; gives a probability for each label."""

    def __init__(self, settings: EnsembleSettings) -> None:
        """An untrained ensemble."""
        self.settings = settings
        self.labels: np.ndarray = np.array([])

    def fit(self, vectors: np.ndarray, texts: list[str], labels: list[str]) -> IntentEnsemble:
        """Learn from the examples; `vectors` has shape (examples, dimensions)."""
        own = self.settings
        self._meaning = LogisticRegression(C=own.meaning_c, max_iter=1000).fit(vectors, labels)
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
        self._spelling = LogisticRegression(C=own.spelling_c, max_iter=300).fit(self._letters.fit_transform(_lower(texts)), labels)
        self.labels = self._meaning.classes_
        self._known = vectors.astype(np.float32)
        self._known_label = np.searchsorted(self.labels, labels)
        return self

    def predict(self, vectors: np.ndarray, texts: list[str]) -> np.ndarray:
        """Probabilities of shape (messages, labels); each row sums to 1."""
        weight = self.settings.spelling_weight
        meaning = np.log(self._meaning.predict_proba(vectors) + 1e-9)
        spelling = np.log(self._spelling.predict_proba(self._letters.transform(_lower(texts))) + 1e-9)
        joined = _softmax((1 - weight) * meaning + weight * spelling)
        near = self.settings.neighbour_weight
        return (1 - near) * joined + near * self._neighbours(vectors.astype(np.float32))

    def save(self, folder: Path) -> None:
        """Write what was learnt; no pickles, so that a model file cannot bring code with it."""
        skops.io.dump({"meaning": self._meaning, "letters": self._letters, "spelling": self._spelling}, folder / "readers.skops")
        np.savez_compressed(folder / "known_lines.npz", vectors=self._known.astype(np.float16), labels=self._known_label)

    @classmethod
    def load(cls, folder: Path, settings: EnsembleSettings) -> IntentEnsemble:
        """Read what was learnt. Raises skops' error where the file holds a type that is not scikit-learn's or numpy's."""
        made = cls(settings)
        readers = skops.io.load(folder / "readers.skops", trusted=["scipy.sparse._csr.csr_matrix"])
        made._meaning, made._letters, made._spelling = readers["meaning"], readers["letters"], readers["spelling"]
        made._spelling.coef_ = np.asfortranarray(made._spelling.coef_)  # else each product copies the whole matrix, 40 MB
        made.labels = made._meaning.classes_
        with np.load(folder / "known_lines.npz", allow_pickle=False) as known:
            made._known, made._known_label = known["vectors"].astype(np.float32), known["labels"]
        return made

    def _neighbours(self, vectors: np.ndarray) -> np.ndarray:
        """The labels of the nearest known lines, the nearer the more weight."""
        own = self.settings
        similar = vectors @ self._known.T
        votes = np.zeros((len(vectors), len(self.labels)))
        nearest = np.argpartition(-similar, own.neighbours, axis=1)[:, : own.neighbours]
        for row, columns in enumerate(nearest):
            np.add.at(votes[row], self._known_label[columns], np.exp(own.neighbour_sharpness * similar[row, columns]))
        return votes / votes.sum(axis=1, keepdims=True)


def _lower(texts: list[str]) -> list[str]:
    return [text.lower() for text in texts]


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
