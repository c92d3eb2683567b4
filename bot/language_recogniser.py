"""In which language are these words? Short, without accents, mixed with English, as people in a hurry type.

Letter groups with logistic regression, learnt from our own lines, tell the five languages of the guide apart;
py3langid, which knows 137 languages, tells when it is none of them. docs/decisions/0021 has the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.letter_groups import LetterGroups
from safeguarding.common_words import rank
from safeguarding.danger import normalise
from safeguarding.languages import ENGLISH, NOT_OFFERED, OTHERS, OWN_NAMES

LATIN_SHARE = 0.5
"""With a smaller share of Latin letters the words are in none of the five languages."""

TAKEN_FOR_OURS = frozenset({"gl", "an", "ext", "mwl", "oc", "gcr", "ht", "wa", "pcm", "sco", "szl", "csb", "rup"})
"""Relatives of the five languages (Galician, Haitian, Pidgin …): short lines of ours look like them, and nobody is sent away for that."""


VOWELS = re.compile(r"[aeiouyáàâãäăąéèêęëíìîïóòôõöúùûüýœæ]", re.IGNORECASE)
"""“zzz”, “pls” and “hmm” are in no language, or in all."""

SMALL = 1e-4
"""Keeps a probability of nothing from outweighing all else."""

NO_LANGUAGE = "zxx"
"""ISO 639's code for what is in no language, which py3langid has a place for: “zzz xxx ccc”."""


@dataclass(frozen=True)
class RecogniserSettings:
    """When a guess counts; chosen on the development half."""

    other_from: float = 0.6
    """Probability from which words are in one of the four other languages: English is never to be mistaken for one."""

    other_from_short: float = 0.75
    """The same for three words or fewer: “ok” is said in every language, and “huh?” in none."""

    short: int = 3

    english_rank: int = 20_000
    """Where each word of three or fewer is among so many of the commonest English ones, they are no sign of another language."""

    mixed_words: int = 5
    """Words in a row in another language make a message of it, whatever stands around them: people mix languages."""

    mixed_from: float = 0.93
    """Probability from which such a run counts; no English line of the development half has one."""

    english_from: float = 0.5
    """Probability from which words are English."""

    english_twice: float = 0.5
    """Probability from which py3langid's word for English outweighs our own guess of another language."""

    least_known: float = 0.6
    """With a smaller share of known groups of letters the words are nobody's: no line of the development half in the four languages is
    under 0.7, and 95 of 100 made-up words of random letters are under 0.45."""

    theirs: float = 0.4
    """Weight of py3langid's word beside our own; from 0.2 to 1 the development half hardly tells a difference."""

    not_offered_from: float = 0.7
    """Probability from which the guide says that it does not speak a language."""

    fewest_not_offered: int = 3
    """Words; two words of Spanish may be two words of Portuguese."""


class LanguageRecogniser:
    """Gives each text a probability for each of the five languages."""

    def __init__(self, settings: RecogniserSettings | None = None) -> None:
        """An untrained recogniser."""
        self.settings = settings or RecogniserSettings()

    def fit(self, texts: list[str], languages: list[str]) -> LanguageRecogniser:
        """Learn from lines and their languages."""
        self._letters = LetterGroups((1, 4), least=3, held_back=1e-6, balanced=True).fit(texts, languages)
        return self

    def chances(self, text: str) -> dict[str, float]:
        """The probability of each language; they add up to 1."""
        return dict(zip(map(str, self._letters.labels), map(float, self._letters.chances(text)), strict=True))

    def recognise(self, text: str, own: dict[str, float] | None = None) -> str | None:
        """The language of the words: one of the five, `NOT_OFFERED`, or none where it is not clear; `own` are the chances, if known."""
        if _is_another_script(text):
            return NOT_OFFERED
        words = count_words(text)
        if not words or not VOWELS.search(text):
            return None
        named, chance = identifier().classify(text)
        if words >= self.settings.fewest_not_offered:
            foreign = named not in OWN_NAMES and named not in TAKEN_FOR_OURS and named != NO_LANGUAGE
            unlearnt = named in OWN_NAMES and named not in self._letters.labels
            if (foreign or unlearnt) and chance >= self.settings.not_offered_from:
                return named if unlearnt else NOT_OFFERED
        if self._letters.known_share(text) < self.settings.least_known:
            return None
        chances = self._weighed(text, own or self.chances(text))
        best = max(chances, key=lambda language: chances[language])
        if best in OTHERS:
            needed = self.settings.other_from if words > self.settings.short else self.settings.other_from_short
        else:
            needed = self.settings.english_from
        if best in OTHERS and chances[best] >= needed and not (named == ENGLISH and chance >= self.settings.english_twice):
            return None if words <= self.settings.short and _is_all_english(text, self.settings.english_rank) else best
        return self._mixed_in(text) or (best if chances[best] >= needed else None)

    def _weighed(self, text: str, own: dict[str, float]) -> dict[str, float]:
        """Our own guess with py3langid's among the same languages: it has read far more English than we have."""
        theirs = dict(among(tuple(map(str, self._letters.labels))).rank(text))
        joined = {language: log(own[language] + SMALL) + self.settings.theirs * log(theirs[language] + SMALL) for language in own}
        most = max(joined.values())
        weights = {language: exp(value - most) for language, value in joined.items()}
        return {language: weight / sum(weights.values()) for language, weight in weights.items()}

    def _mixed_in(self, text: str) -> str | None:
        """The language of the likeliest run of words that is not English, if it is likely enough."""
        runs, labels = self._letters.chances_within(text, self.settings.mixed_words), list(map(str, self._letters.labels))
        others = [labels.index(language) for language in OTHERS if language in labels]
        if not len(runs) or not others:
            return None
        likeliest = runs[:, others].max(axis=0)
        return labels[others[int(likeliest.argmax())]] if likeliest.max() >= self.settings.mixed_from else None

    def arrays(self) -> dict[str, np.ndarray]:
        """What was learnt, to be saved."""
        return self._letters.arrays()

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray], settings: RecogniserSettings | None = None) -> LanguageRecogniser:
        """The recogniser around what was learnt."""
        made = cls(settings)
        made._letters = LetterGroups.of(arrays)
        return made


@lru_cache(maxsize=1)
def identifier() -> LanguageIdentifier:
    """py3langid with its own model; one second and 100 MB."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def among(languages: tuple[str, ...]) -> LanguageIdentifier:
    """py3langid with these languages alone."""
    made = copy(identifier())  # choosing languages makes new tables and leaves the shared ones alone
    made.set_languages(list(languages))
    return made


def count_words(text: str) -> int:
    """The number of words in a text."""
    return sum(any(character.isalpha() for character in word) for word in normalise(text).split())


def _is_all_english(text: str, most: int) -> bool:
    """Whether each word is a common one in English: “seven minute briefing”, whatever its letters look like."""
    return all(rank(word) <= most for word in normalise(text).split() if any(letter.isalpha() for letter in word))


def _is_another_script(text: str) -> bool:
    """Whether most letters are not Latin: Cyrillic, Arabic, Chinese."""
    letters = [character for character in text if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(character, "") for character in letters)
    return len(letters) > 1 and latin < LATIN_SHARE * len(letters)
