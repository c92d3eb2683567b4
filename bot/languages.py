"""The languages beside English at work: hears in which one somebody writes, sees danger in all of them, and reads what is meant."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.language_reader import LANGUAGES_MODEL, LanguageReader
from bot.language_recogniser import count_words
from bot.several_things import Several, SeveralThings
from safeguarding.content import CONTENT_DIR, Content
from safeguarding.danger import DangerSigns, Verdict
from safeguarding.languages import ENGLISH, OTHERS, Heard, asked_for
from safeguarding.path_words import without_names
from safeguarding.translations import TRANSLATIONS, Translation, load_translations

logger = logging.getLogger(__name__)

MIXED_IN = 0.02
"""Probability from which a message may hold words of a language: a line of plain English stays far under it in the four others."""

WITHOUT_SIGNS = "content/translations/{language}/danger_signs.yml cannot be read, so its signs of danger do not count: run make content."

CALM, UNHEARD = Verdict(danger=False), Heard()


@dataclass(frozen=True)
class Listened:
    """What was heard in one message: its language, whether signs show danger, and those of its own language for the reader.

    Signs of the language that was recognised, if it is not English, are weighed by its reader: until then they `wait_for_the_reader`.
    """

    heard: Heard = UNHEARD
    danger: bool = False
    wait_for_the_reader: bool = False
    may_be_danger: bool = False
    verdict: Verdict = CALM


class Languages:
    """The translations, the signs of danger of each language, and the reader, if it was trained."""

    def __init__(self, english: Content) -> None:
        """Load everything but the reader's model, which may be missing: then words are read as English.

        Signs of another language that cannot be read are left out. Raises ContentError where those in English cannot.
        """
        self.translations: dict[str, Translation] = load_translations(english)
        others, self._without_signs = _signs_of_others()
        self.signs = {ENGLISH: DangerSigns.load(), **others}
        self.several = SeveralThings(english)
        self.reader = _reader()

    def trouble(self) -> list[str]:
        """Why other languages are not read just now, in words for an operator; empty where they are."""
        reader = [] if self.reader else ["The model of the other languages is missing, damaged or of another release: run make train."]
        return reader + [WITHOUT_SIGNS.format(language=language) for language in self._without_signs]

    def say(self, message: str, language: str) -> str:
        """A sentence of the page in another language; in English where it is not translated."""
        translation = self.translations.get(language)
        return translation.page.get(message, message) if translation else message

    def listen(self, text: str | None) -> Listened:
        """In which language the words are, and whether they show danger in any."""
        if not text:
            return Listened()
        nameless = without_names(text)
        chances = self.reader.recogniser.chances(nameless) if self.reader else {}
        written = self.reader.recogniser.recognise(nameless, chances) if self.reader else None
        verdicts = {language: self.signs[language].assess(text) for language in self._may_be_in(chances, written)}
        with_danger = [language for language, verdict in verdicts.items() if verdict.danger]
        recognised = written
        if written is None and len(with_danger) == 1:
            written = with_danger[0]
        own = verdicts.get(written or ENGLISH, CALM)
        heard = Heard(written, asked_for(text), count_words(text))
        waits = recognised in OTHERS and with_danger == [recognised] and heard.asked is None
        return Listened(
            heard=heard,
            danger=bool(with_danger) and not waits,
            wait_for_the_reader=waits,
            may_be_danger=any(verdict.signs for verdict in verdicts.values()),
            verdict=Verdict(bool(with_danger), own.signs, own.calm),
        )

    def shows_signs(self, text: str | None, language: str | None) -> bool:
        """A quick look: whether there is a sign of danger in English, or in the language of the page."""
        return bool(text) and any(self.signs[known].assess(text or "").signs for known in {ENGLISH, language} & self.signs.keys())

    def _may_be_in(self, chances: dict[str, float], written: str | None) -> list[str]:
        """The languages that words may be in: only their signs count. English always does, and all do where nothing was trained."""
        return [language for language in self.signs if language in (ENGLISH, written) or chances.get(language, 1.0) >= MIXED_IN]

    def read(self, text: str, listened: Listened) -> dict[str, Any] | None:
        """What a message that is not English means, in the form of Rasa's parse; none where the reader was not trained."""
        return self.reader.parse(text, listened.verdict) if self.reader else None

    def take_apart(self, text: str, language: str, parsed: dict[str, Any]) -> Several:
        """What a message means that both tells of harm and asks a question; a part that is none of either changes nothing."""
        signs = self.signs.get(language, self.signs[ENGLISH])
        return self.several.read_in(lambda part: self._read_part(part, signs), signs, text, parsed)

    def _read_part(self, part: str, signs: DangerSigns) -> dict[str, Any]:
        return self.read(part, Listened(verdict=signs.assess(part))) or {}

    def follow_up(self, text: str) -> str | None:
        """The intent of a short message in one of the other languages that is known by its whole wording."""
        return self.reader.follow_up(text) if self.reader else None


def _reader(path: Path = LANGUAGES_MODEL) -> LanguageReader | None:
    """The trained reader; none where there is no model, one that is damaged, or one that another release made."""
    try:
        return LanguageReader.load(path) if path.is_file() else None
    except Exception as error:  # whatever is wrong with this file: the page, English and 999 go on
        logger.error("The model of the other languages cannot be read (%s): English alone is understood.", type(error).__name__)
        return None


def _signs_of_others() -> tuple[dict[str, DangerSigns], list[str]]:
    """The signs of each language but English, and the languages whose signs cannot be read."""
    found, left_out = {}, []
    for path in sorted((CONTENT_DIR / TRANSLATIONS).glob("*/danger_signs.yml")):
        language = path.parent.name
        try:
            found[language] = DangerSigns.load(path.parent)
        except Exception as error:  # whatever is wrong with this file: the page, English, 999 and the other languages go on
            left_out.append(language)
            logger.error(
                "The signs of danger in translations/%s cannot be read (%s): those of the others go on.",
                path.parent.name,
                type(error).__name__,
            )
    return found, left_out
