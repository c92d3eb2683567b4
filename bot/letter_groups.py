"""Labels by how words are spelt: groups of letters and logistic regression, quick to learn and quick for one short text.

scikit-learn's own prediction copies the whole table of weights for each text that it reads, and checks itself again each time;
here only the rows of the groups that stand in the text are touched. What comes out is the same. docs/decisions/0028 has the
figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from safeguarding.danger import normalise

ROUNDS = 8
"""Times that each text is learnt from, in a new order each time: more bring nothing that could be measured."""


SMALL = 1e-9
"""Stands for the length of a text in which no group is known."""


class LetterGroups:
    """Learns from texts and labels; accents, capitals and repeated letters do not count."""

    def __init__(self, sizes: tuple[int, int], least: int, held_back: float, *, balanced: bool = False) -> None:
        """`sizes`: letters in a group, from and to; `least`: texts in which a group must stand; `held_back`: by how much weights are."""
        self._sizes = sizes
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=sizes, sublinear_tf=True, min_df=least, dtype=np.float32)
        self._regression = SGDClassifier(
            loss="log_loss",
            alpha=held_back,
            max_iter=ROUNDS,
            tol=None,
            class_weight="balanced" if balanced else None,
            random_state=1,
            n_jobs=-1,
        )

    def fit(self, texts: list[str], labels: list[str]) -> LetterGroups:
        """Learn from the texts."""
        self._regression.fit(self._letters.fit_transform([normalise(text) for text in texts]), labels)
        self.labels = self._regression.classes_
        weights, bias = self._regression.coef_, self._regression.intercept_
        if len(weights) == 1:  # two labels have one row of weights between them
            weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        self._weights, self._bias = np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32)
        self._places, self._rareness = self._letters.vocabulary_, self._letters.idf_.astype(np.float32)
        self._cut = _cutter(self._sizes)
        return self

    def chances(self, text: str) -> np.ndarray:
        """The probability of each label, in the order of `labels`; they add up to 1."""
        groups, weights = self._weighed(normalise(text))
        scores = weights @ self._weights[groups] / max(weights @ weights, SMALL) ** 0.5 + self._bias
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum())

    def chances_within(self, text: str, words: int) -> np.ndarray:
        """The same for every run of so many words in the text, shape (runs, labels): groups of letters lie within words, so they add up."""
        pieces = [piece for piece in normalise(text).split() if piece.isalnum()]
        if len(pieces) < words:
            return np.empty((0, len(self.labels)))
        weighed = [self._weighed(piece) for piece in pieces]
        scores = np.vstack([weights @ self._weights[groups] for groups, weights in weighed])
        lengths = np.array([weights @ weights for _, weights in weighed])
        runs = range(len(pieces) - words + 1)
        sums = np.vstack([scores[at : at + words].sum(axis=0) / max(lengths[at : at + words].sum(), SMALL) ** 0.5 for at in runs])
        raised = np.exp(sums + self._bias - (sums + self._bias).max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True))

    def known_share(self, text: str, letters: int = 3) -> float:
        """The share of a text's groups of so many letters or more that stand in any text learnt from, 0 to 1; 1 where it has none."""
        groups = [group for group in self._cut(normalise(text)) if len(group.strip()) >= letters]
        return sum(group in self._places for group in groups) / len(groups) if groups else 1.0

    def _weighed(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The known groups of a text and what each weighs in it (sublinear tf-idf, before the text's length is taken out)."""
        counts = Counter(place for group in self._cut(text) if (place := self._places.get(group)) is not None)
        groups = np.fromiter(counts, dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        return groups, (np.log(times) + 1) * self._rareness[groups]

    def arrays(self) -> dict[str, np.ndarray]:
        """What was learnt, to be saved: the groups in the order of their places, their idf, and the weights of shape (groups, labels)."""
        return {
            "ngram_range": np.array(self._sizes),
            "vocabulary": np.array(sorted(self._places, key=self._places.__getitem__)),
            "idf": self._rareness,
            "labels": np.asarray(self.labels, dtype=str),
            "weights": self._weights.astype(np.float16),
            "bias": self._bias,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray]) -> LetterGroups:
        """What was saved, ready to be used. Raises KeyError where an array is missing."""
        made = cls.__new__(cls)
        least, most = arrays["ngram_range"].tolist()
        made._sizes, made._cut = (least, most), _cutter((least, most))
        made._places = {group: place for place, group in enumerate(arrays["vocabulary"].tolist())}
        made._rareness, made.labels = arrays["idf"], arrays["labels"]
        made._weights, made._bias = arrays["weights"].astype(np.float32), arrays["bias"]
        return made


def _cutter(sizes: tuple[int, int]) -> Callable[[str], list[str]]:
    """What cuts a text into its groups of letters."""
    cut: Callable[[str], list[str]] = TfidfVectorizer(analyzer="char_wb", ngram_range=sizes).build_analyzer()
    return cut
