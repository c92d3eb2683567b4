"""Reads messages that are not in English: which language, which intent, and whether there is danger.

It stands beside the English pipeline and shares nothing with it, so that lines in other languages cannot make English
worse. One reader for all four languages learns from their lines and from some English ones: people mix them, and what is
known in one language helps the others. As in English, a tuned language model knows meaning, and letter groups forgive
spelling. Made by `bot.train_languages`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.bert_reader import multilingual_reader
from bot.danger_classifier import EMERGENCY_INTENT, UNSURE_INTENTS, log_odds
from bot.intent_ensemble import IntentEnsemble
from bot.language_recogniser import LanguageRecogniser
from bot.learnt_file import read_arrays, with_prefix, without_prefix, write_arrays
from bot.letter_groups import LetterGroups
from bot.small_e5 import small_e5
from bot.unsure_classifier import NOTHING_INTENT, UNSURE_INTENT, close_call
from safeguarding.content import tells
from safeguarding.danger import Verdict, normalise
from safeguarding.settings import ROOT

LANGUAGES_MODEL = ROOT / "models" / "languages.npz"
FOLLOW_UPS = frozenset(
    {"affirm", "deny", "not_sure", "stop_asking", "go_back", "tell_more", "ask_why", "ask_number", "pick_first", "pick_second"}
    | {"pick_third", "pick_fourth", "repeat", "clarify", "ask_report_path"}
)
LONGEST_FOLLOW_UP = 4
"""Words. Follow-ups as short as this are known by their whole wording too, so that no guess is needed for “sim” or “nie wiem”."""


@dataclass(frozen=True)
class ReaderSettings:
    """How the two readers learn and are joined, and what counts as danger. Bounds of danger are log-odds, the others chances from 0 to 1.

    Each number says where it comes from. What was tried on the development half says so; the rest was set and not tuned.
    """

    tuned_layers: int = 4
    """The upper of the encoder's 12 layers, which learn. Set with the first tuning; no other number is on record."""
    epochs: int = 2
    """Rounds, each of them minutes (decision 0028). One less than English has. Set with the first tuning; no other number is on record."""
    layer_rate: float = 2e-4
    """As for English: usual for tuning a small BERT, 64 lines at a time. Not tuned for these languages."""
    head_rate: float = 3e-3
    """As for English: the head begins from nothing. Not tuned for these languages."""
    spelling_held_back: float = 1e-6
    """How much the weights of letter groups are held back: three times as much lose a point of the questions (development half)."""
    spelling_weight: float = 0.4
    """The share of the letter groups beside the encoder, as for English, where 0.3 to 0.5 score alike. Not tuned for these languages."""
    emergency_from: float = -3.4
    """The highest at which 97 of 100 are found in each language, chosen on the development half of all four (decision 0029)."""
    unsure_from: float = -4.2
    """A chance of 3 in 200. Moved down with `emergency_from`, so that there stays room for a worry with 999 first; not tuned on its own."""
    signs_from: float = -3.5
    """Under it the reader is so sure of a question or of small talk that a sign is no danger. On the development half -3 and -4 are the
    same, and -5 takes more for danger (decision 0029)."""
    sign_adds: float = 1.0
    """As for English: a sign beside words of calm, or beside a question, speaks for danger without deciding. Set at first and not tuned."""
    calm_takes: float = 3.0
    """Words of calm take twice what they take in English. Chosen on the development half, up from 1.0; no figures are on record."""
    nothing_under: float = 0.15
    """Under it the guide says that it did not understand; English has 0.20. Set with the first reader of these languages and not tuned."""
    margin: float = 0.03
    """As for English: two questions closer than this are both offered. Not tuned for these languages."""
    sure: float = 0.35
    """As for English: unless the first is this likely. Not tuned for these languages."""


class LanguageReader:
    """Learns intents from lines in several languages; reads one message at a time."""

    def __init__(self, settings: ReaderSettings | None = None) -> None:
        """An untrained reader."""
        self.settings = settings or ReaderSettings()

    def fit(self, texts: list[str], labels: list[str], recogniser: LanguageRecogniser) -> LanguageReader:
        """Learn from the texts and their intents; takes minutes."""
        self.recogniser = recogniser
        self._spelling = LetterGroups((2, 5), least=2, held_back=self.settings.spelling_held_back).fit(texts, labels)
        self.labels = self._spelling.labels
        self._hold(_tune(texts, np.searchsorted(self.labels, labels), self.settings))
        short = [(_bare(text), label) for text, label in zip(texts, labels, strict=True) if label in FOLLOW_UPS]
        self._short = {text: label for text, label in short if 0 < len(text.split()) <= LONGEST_FOLLOW_UP}
        return self

    def chances(self, text: str) -> np.ndarray:
        """The probability of each intent for one text."""
        return self._readers.predict(text)

    def follow_up(self, text: str) -> str | None:
        """The intent of a short message that is known by its whole wording: “sim”, “nie wiem”, “retour”."""
        return self._short.get(_bare(text))

    def parse(self, text: str, verdict: Verdict) -> dict[str, Any]:
        """What Rasa takes a message for, in the form of its own parse: text, intent, ranking."""
        chances = self.chances(text)
        ranking = [{"name": str(self.labels[index]), "confidence": float(chances[index])} for index in np.argsort(-chances)]
        return {"text": text, "intent": self._decide(ranking, verdict), "intent_ranking": ranking, "entities": []}

    def _decide(self, ranking: list[dict[str, Any]], verdict: Verdict) -> dict[str, Any]:
        """The likeliest intent, unless there is danger, may be danger, nothing is near, or two questions are as near as each other."""
        own = self.settings
        score = log_odds(next(row["confidence"] for row in ranking if row["name"] == EMERGENCY_INTENT))
        score += own.sign_adds * bool(verdict.signs) - own.calm_takes * bool(verdict.calm and not verdict.danger)
        best = next(row for row in ranking if row["name"] != EMERGENCY_INTENT)
        # a sign of danger in what is told always counts
        by_sign = verdict.danger and (tells(best["name"]) or score >= own.signs_from)
        if by_sign or score >= own.emergency_from:
            return {"name": EMERGENCY_INTENT, "confidence": 1.0}
        if score >= own.unsure_from and best["name"] in UNSURE_INTENTS:
            return {"name": UNSURE_INTENTS[best["name"]], "confidence": 1.0}
        if best["confidence"] < own.nothing_under:
            return {"name": NOTHING_INTENT, "confidence": 1.0}
        return {"name": UNSURE_INTENT, "confidence": 1.0} if close_call(ranking, own.margin, own.sure) else best

    def _hold(self, graph: bytes) -> None:
        meaning = multilingual_reader(graph, small_e5())
        self._graph, self._readers = graph, IntentEnsemble(meaning, self._spelling, self.settings.spelling_weight)

    def save(self, path: Path, digest: str) -> None:
        """Write what was learnt, and a digest of the lines that it was learnt from."""
        learnt = {"meaning": np.frombuffer(self._graph, dtype=np.uint8), "short": list(self._short.items()), "digest": digest}
        spelling, recogniser = with_prefix("spelling", self._spelling.arrays()), with_prefix("recogniser", self.recogniser.arrays())
        write_arrays(path, learnt | spelling | recogniser)

    @classmethod
    def load(cls, path: Path = LANGUAGES_MODEL, settings: ReaderSettings | None = None) -> LanguageReader:
        """Read what was learnt. Raises UnreadableFile, or KeyError where an array is missing."""
        learnt = read_arrays(path)
        made = cls(settings)
        made._spelling, made._short = LetterGroups.of(without_prefix("spelling", learnt)), dict(learnt["short"].tolist())
        made.labels, made.recogniser = made._spelling.labels, LanguageRecogniser.of(without_prefix("recogniser", learnt))
        made._hold(learnt["meaning"].tobytes())
        return made


def lines_digest(paths: list[Path]) -> str:
    """A short digest of the files that a reader learns from."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _tune(texts: list[str], labels: np.ndarray, settings: ReaderSettings) -> bytes:
    from bot.bert_graph import graph_of  # needs onnx, and the next TensorFlow: the running guide needs neither
    from bot.bert_tuning import Tuning, TuningSettings

    e5 = small_e5()
    model = e5.layers()
    own = TuningSettings(settings.tuned_layers, settings.epochs, layer_rate=settings.layer_rate, head_rate=settings.head_rate)
    return graph_of(model, Tuning(model, own).fit([e5.numbers(text) for text in texts], labels))


def _bare(text: str) -> str:
    return " ".join(word for word in normalise(text).split() if word.isalnum())
