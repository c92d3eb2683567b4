"""Reads messages that are not in English: which language, which intent, and whether there is danger.

It stands beside the English pipeline and shares nothing with it but the multilingual sentence encoder, so that lines in
other languages cannot make English worse. One reader for all four languages learns from their lines and from some
English ones: people mix them, and what is known in one language helps the others. Made by `bot.train_languages`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from sklearn.linear_model import LogisticRegression

from bot.danger_classifier import EMERGENCY_INTENT, UNSURE_INTENTS, log_odds
from bot.language_recogniser import LanguageRecogniser
from bot.letter_groups import LetterGroups
from bot.small_e5 import small_e5
from safeguarding.danger import Verdict, normalise
from safeguarding.settings import ROOT

LANGUAGES_MODEL = ROOT / "models" / "languages.skops"
NOTHING_INTENT = "nlu_fallback"
FOLLOW_UPS = frozenset(
    {"affirm", "deny", "not_sure", "stop_asking", "go_back", "tell_more", "ask_why", "ask_number", "pick_first", "pick_second"}
    | {"pick_third", "pick_fourth", "repeat", "clarify", "ask_report_path"}
)
LONGEST_FOLLOW_UP = 4
"""Words. Follow-ups as short as this are known by their whole wording too, so that no guess is needed for “sim” or “nie wiem”."""


@dataclass(frozen=True)
class ReaderSettings:
    """How the readers are joined, and what counts as danger: chosen on the development half (docs/evaluation.md)."""

    meaning_c: float = 5.0
    spelling_c: float = 10.0
    spelling_weight: float = 0.5
    neighbour_weight: float = 0.25
    neighbours: int = 15
    neighbour_sharpness: float = 6.0
    emergency_from: float = -0.8
    unsure_from: float = -2.9
    sign_adds: float = 1.0
    calm_takes: float = 2.0
    nothing_under: float = 0.15


class LanguageReader:
    """Learns intents from lines in several languages; reads one message at a time."""

    def __init__(self, settings: ReaderSettings | None = None) -> None:
        """An untrained reader."""
        self.settings = settings or ReaderSettings()

    def fit(self, vectors: np.ndarray, texts: list[str], labels: list[str], recogniser: LanguageRecogniser) -> LanguageReader:
        """Learn from the vectors of `encode`, the texts and their intents."""
        own, self.recogniser = self.settings, recogniser
        self._middle = vectors.mean(axis=0).astype(np.float32)
        known = self._centred(vectors)
        self._meaning = LogisticRegression(C=own.meaning_c, max_iter=1000).fit(known, labels)
        self._spelling = LetterGroups((2, 5), least=2, strength=own.spelling_c).fit(texts, labels)
        self.labels = self._meaning.classes_
        self._known, self._known_label = known.astype(np.float16).astype(np.float32), np.searchsorted(self.labels, labels)
        short = [(_bare(text), label) for text, label in zip(texts, labels, strict=True) if label in FOLLOW_UPS]
        self._short = {text: label for text, label in short if 0 < len(text.split()) <= LONGEST_FOLLOW_UP}
        return self

    def chances(self, vector: np.ndarray, text: str) -> np.ndarray:
        """The probability of each intent for one text and its vector."""
        own, centred = self.settings, self._centred(vector[np.newaxis])
        meaning = np.log(self._meaning.predict_proba(centred)[0] + 1e-9)
        spelling = np.log(self._spelling.chances(text) + 1e-9)
        joined = _softmax((1 - own.spelling_weight) * meaning + own.spelling_weight * spelling)
        return (1 - own.neighbour_weight) * joined + own.neighbour_weight * self._neighbours(centred[0])

    def follow_up(self, text: str) -> str | None:
        """The intent of a short message that is known by its whole wording: “sim”, “nie wiem”, “retour”."""
        return self._short.get(_bare(text))

    def parse(self, text: str, verdict: Verdict) -> dict[str, Any]:
        """What Rasa takes a message for, in the form of its own parse: text, intent, ranking."""
        chances = self.chances(encode([text])[0], text)
        ranking = [{"name": str(self.labels[index]), "confidence": float(chances[index])} for index in np.argsort(-chances)]
        return {"text": text, "intent": self._decide(ranking, verdict), "intent_ranking": ranking, "entities": []}

    def _decide(self, ranking: list[dict[str, Any]], verdict: Verdict) -> dict[str, Any]:
        """The likeliest intent, unless there is danger, may be danger, or nothing is near."""
        own = self.settings
        score = log_odds(next(row["confidence"] for row in ranking if row["name"] == EMERGENCY_INTENT))
        score += own.sign_adds * bool(verdict.signs) - own.calm_takes * bool(verdict.calm)
        if verdict.danger or score >= own.emergency_from:
            return {"name": EMERGENCY_INTENT, "confidence": 1.0}
        best = next(row for row in ranking if row["name"] != EMERGENCY_INTENT)
        if score >= own.unsure_from and best["name"] in UNSURE_INTENTS:
            return {"name": UNSURE_INTENTS[best["name"]], "confidence": 1.0}
        return best if best["confidence"] >= own.nothing_under else {"name": NOTHING_INTENT, "confidence": 1.0}

    def _centred(self, vectors: np.ndarray) -> np.ndarray:
        """The vectors seen from the middle of all known lines: without it, all are alike by three quarters."""
        centred = vectors - self._middle
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9))

    def _neighbours(self, vector: np.ndarray) -> np.ndarray:
        own, similar = self.settings, self._known @ vector
        nearest = np.argpartition(-similar, own.neighbours)[: own.neighbours]
        votes = np.zeros(len(self.labels))
        np.add.at(votes, self._known_label[nearest], np.exp(own.neighbour_sharpness * similar[nearest]))
        return votes / votes.sum()

    def save(self, path: Path, digest: str) -> None:
        """Write what was learnt; no pickles, so that a model file cannot bring code with it."""
        readers = {"meaning": self._meaning, "middle": self._middle, "spelling": self._spelling.parts()}
        known = {"vectors": self._known.astype(np.float16), "labels": self._known_label}
        parts = {"digest": digest, **readers, "known": known, "short": self._short, "recogniser": self.recogniser.parts()}
        skops.io.dump(parts, path)

    @classmethod
    def load(cls, path: Path = LANGUAGES_MODEL, settings: ReaderSettings | None = None) -> LanguageReader:
        """Read what was learnt. Raises skops' error where the file holds a type that is not scikit-learn's or numpy's."""
        parts = skops.io.load(path, trusted=["scipy.sparse._csr.csr_matrix"])
        made = cls(settings)
        made._meaning, made._middle, made._spelling = parts["meaning"], parts["middle"], LetterGroups.of(parts["spelling"])
        made.labels = made._meaning.classes_
        made._known, made._known_label = parts["known"]["vectors"].astype(np.float32), parts["known"]["labels"]
        made._short, made.recogniser = parts["short"], LanguageRecogniser.of(parts["recogniser"])
        return made


def encode(texts: list[str]) -> np.ndarray:
    """Sentence vectors in many languages, shape (len(texts), 384). Raises WeightsError where they are not those that were checked."""
    return small_e5().encode(texts)


def lines_digest(paths: list[Path]) -> str:
    """A short digest of the files that a reader learns from."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _bare(text: str) -> str:
    return " ".join(word for word in normalise(text).split() if word.isalnum())


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())
