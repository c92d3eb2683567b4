"""Trains the reader of the other languages from `data/nlu/<language>/` and some English lines, into models/languages.npz."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.danger_classifier import EMERGENCY_INTENT
from bot.language_reader import LANGUAGES_MODEL, LanguageReader, ReaderSettings, lines_digest
from bot.language_recogniser import LanguageRecogniser
from safeguarding.languages import ENGLISH, OTHERS
from safeguarding.settings import ROOT

NLU = ROOT / "data" / "nlu"
MOST_ENGLISH, MOST_ENGLISH_DANGER = 200, 600
"""English lines of each intent that the reader learns too: people mix languages, and what is known in one helps the others."""


@dataclass(frozen=True)
class TrainingLine:
    """One example, with its intent and its language."""

    text: str
    intent: str
    language: str


def main() -> int:
    """Train and save; says how it goes in a few lines."""
    started = time.monotonic()
    lines = training_lines()
    reader = train(lines)
    reader.save(LANGUAGES_MODEL, lines_digest(files_of_lines()))
    print(
        f"  {time.monotonic() - started:4.0f} s  learnt {len(lines)} lines in {len({line.language for line in lines})} languages",
        flush=True,
    )
    return 0


def train(lines: list[TrainingLine], settings: ReaderSettings | None = None) -> LanguageReader:
    """A reader that has learnt from these lines: language from all, intents from the other languages and some English."""
    recogniser = LanguageRecogniser().fit([line.text for line in lines], [line.language for line in lines])
    chosen = [*(line for line in lines if line.language != ENGLISH), *_some_english(lines)]
    texts = [line.text for line in chosen]
    return LanguageReader(settings).fit(texts, [line.intent for line in chosen], recogniser)


def files_of_lines(folder: Path = NLU) -> list[Path]:
    """All files of examples, English first, in a fixed order."""
    return [*sorted(folder.glob("*.yml")), *(path for language in OTHERS for path in sorted((folder / language).glob("*.yml")))]


def training_lines(folder: Path = NLU) -> list[TrainingLine]:
    """Every example of every language."""
    lines = []
    for path in files_of_lines(folder):
        language = path.parent.name if path.parent.name in OTHERS else ENGLISH
        for block in yaml.load(path.read_bytes(), yaml.CSafeLoader)["nlu"]:
            examples = [line.removeprefix("- ").strip() for line in block["examples"].splitlines() if line.startswith("- ")]
            lines += [TrainingLine(text, block["intent"], language) for text in examples]
    return lines


def _some_english(lines: list[TrainingLine]) -> list[TrainingLine]:
    """The first lines of each intent, evenly spread over its examples."""
    by_intent: dict[str, list[TrainingLine]] = {}
    for line in lines:
        if line.language == ENGLISH:
            by_intent.setdefault(line.intent, []).append(line)
    most = {intent: MOST_ENGLISH_DANGER if intent == EMERGENCY_INTENT else MOST_ENGLISH for intent in by_intent}
    return [line for intent, found in by_intent.items() for line in found[:: -(-len(found) // most[intent])]]


if __name__ == "__main__":
    sys.exit(main())
