"""Does a message show danger now? Signs in words, each with its reason, read from `content/danger_signs.yml`.

The signs are phrases in a small language that becomes token patterns for spaCy's Matcher:

    he has <weapon>            words in a row; a word in capitals or with a slip of the keyboard still counts where marked
    (cant|cannot) breathe     one of these words
    <person>                  one of the words in the group of that name
    ~strangled                this word or one within a letter or two of it
    ...                       up to four other words
    word?                     this word, or not

Nothing here imports Rasa, so that danger is seen also when no model is loaded.
Source of the approach: rule-based matching in spaCy, https://spacy.io/usage/rule-based-matching
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from spacy import blank
from spacy.matcher import Matcher
from spacy.matcher.levenshtein import levenshtein_compare
from spacy.tokens import Doc
from spacy.vocab import Vocab

from safeguarding.content import CONTENT_DIR, ContentError, read_yaml

GAP = 4
"""Words that `...` may stand for: four cover “he has got this great big knife” and do not join two thoughts."""

LONGEST_TEXT = 2000
"""Characters that are read: the most that the chat takes."""

STOPS = ".?!,;:"
BLANK = "~"
"""Stands for a letter. `normalise` leaves it in no word, and spaCy does not take it for a stop."""

NOBODYS_WORD = 3 * BLANK
"""Stands for a word that has nothing to do with the signs. It is within a letter of no word without blanks."""

SLIP = 1
"""Letters that may be wrong in a word with the mark for it."""

_APOSTROPHES = re.compile(r"[’'`´‘ʼ′＇]")
_NOT_A_WORD = re.compile(r"[^\w.?!,;:\n]+")
_STOPS = re.compile(r"([.?!,;:\n])[.?!,;:\n]*")
_REPEATS = re.compile(r"(\w)\1{2,}")
_NO_ACCENT_OF_THEIR_OWN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
)
"""Letters that Unicode does not take apart, and that people type without their stroke."""


@dataclass(frozen=True)
class Verdict:
    """Whether the text surely shows danger now, the signs in it, and the phrases that speak for calm (ids of both).

    Signs beside a phrase that holds for the whole message are not sure: the classifier has the last word, and where
    there is no classifier they count.
    """

    danger: bool
    signs: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()


class DangerSigns:
    """The signs, ready to be looked for. Building takes some 20 ms; `assess` well under one for an ordinary message."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._vocab = _english()
        self._known = set(STOPS)
        self._marked: defaultdict[str, set[str]] = defaultdict(set)  # found by themselves and with a letter less
        self._groups = {name: tuple(normalise(word) for word in words) for name, words in data["groups"].items()}
        self._signs = Matcher(self._vocab)
        self._calm = Matcher(self._vocab)
        for sign in data["signs"]:
            self._add(self._signs, sign)
        for calm in data["unless"]:
            self._add(self._calm, calm)
        self._longest = max(map(len, self._marked), default=0) + SLIP
        self._calms_all = {calm["id"] for calm in data["unless"] if calm.get("anywhere")}

    @classmethod
    def load(cls, folder: Path = CONTENT_DIR) -> DangerSigns:
        """The signs in `danger_signs.yml`. Raises ContentError where a phrase cannot be read."""
        return cls(read_yaml(folder / "danger_signs.yml"))

    def assess(self, text: str) -> Verdict:
        """The verdict on what somebody typed.

        A sign is taken back by a phrase that makes it harmless (a negation, a figure of speech) and touches the same words.
        It is not sure where one that holds for the whole message (a film, a lesson, years ago) stands anywhere in it.
        """
        doc = self._doc(text)
        calm = [(self._vocab.strings[name], start, end) for name, start, end in self._calm(doc)]
        names = tuple(sorted({name for name, _, _ in calm}))
        found = {
            self._vocab.strings[sign]
            for sign, start, end in self._signs(doc)
            if not any(start < calm_end and calm_start < end for _, calm_start, calm_end in calm)
        }
        sure = bool(found) and not self._calms_all.intersection(names)
        return Verdict(sure, tuple(sorted(found)), names)

    def _doc(self, text: str) -> Doc:
        words = [word if word in self._known else self._stands_in(word) for word in normalise(text[:LONGEST_TEXT]).split()]
        return Doc(self._vocab, words=words or ["."])

    def _stands_in(self, word: str) -> str:
        """What the signs take exactly like a word that is in none of them, and nobody wrote: spaCy keeps every word that it ever saw.

        Where the word is a slip of a marked one, the wrong letter is left out: “strang~led”. Only what is a slip of two at once,
        each in its own place (“hiting”), has to stay as it is.
        """
        near = self._near(word)
        if not near:
            return NOBODYS_WORD
        ends = ((start, end) for start in range(len(word) + 1) for end in (start + 1, start))
        blanked = (word[:start] + BLANK + word[end:] for start, end in ends)
        return next((other for other in blanked if self._near(other) == near), word)

    def _near(self, word: str) -> set[str]:
        """The marked words that are within a slip of this one."""
        pieces = _with_a_letter_less(word) if len(word) <= self._longest else ()
        if self._marked.keys().isdisjoint(pieces):
            return set()
        return {marked for piece in pieces for marked in self._marked.get(piece, ()) if levenshtein_compare(word, marked, SLIP)}

    def _add(self, matcher: Matcher, entry: Mapping[str, Any]) -> None:
        patterns = [self._pattern(phrase, entry["id"]) for phrase in entry["phrases"]]
        matcher.add(entry["id"], patterns)

    def _pattern(self, phrase: str, where: str) -> list[dict[str, Any]]:
        pattern: list[dict[str, Any]] = []
        for piece in phrase.split():
            if piece == "...":
                pattern.extend([{"IS_PUNCT": False, "OP": "?"}] * GAP)
                continue
            optional = piece.endswith("?")
            pattern.append({**self._token(piece.removesuffix("?"), where), **({"OP": "?"} if optional else {})})
        if all(token.get("OP") == "?" for token in pattern):
            raise ContentError(f"danger_signs.yml, “{where}”: a phrase has no word that must be there, so anything would do.")
        return pattern

    def _token(self, piece: str, where: str) -> dict[str, Any]:
        fuzzy = piece.startswith("~")
        words = self._words(piece.removeprefix("~"), where)
        self._known.update(words)
        for word in words if fuzzy else ():
            for without in _with_a_letter_less(word):
                self._marked[without].add(word)
        test: Any = {"IN": words} if len(words) > 1 else words[0]
        return {"LOWER": {f"FUZZY{SLIP}": test} if fuzzy else test}

    def _words(self, piece: str, where: str) -> list[str]:
        names = piece[1:-1].split("|") if piece.startswith("(") and piece.endswith(")") else [piece]
        words: list[str] = []
        for name in names:
            if "~" in name:
                raise ContentError(f"danger_signs.yml, “{where}”: “{piece}” has the mark for a slip inside; put it in front: ~(one|two).")
            if not name.startswith("<"):
                words.append(normalise(name))
            elif name[1:-1] in self._groups:
                words.extend(self._groups[name[1:-1]])
            else:
                raise ContentError(f"danger_signs.yml, “{where}”: there is no group “{name}”.")
        for word in words:
            if len(word.split()) != 1:
                raise ContentError(f"danger_signs.yml, “{where}”: “{word}” in “{piece}” is not one word, so it would never be found.")
        return words


@cache
def _english() -> Vocab:
    """What spaCy knows of English words, made once: it takes longer to make than the signs."""
    return blank("en").vocab


def _with_a_letter_less(word: str) -> list[str]:
    """A word, and it without each of its letters in turn: two words within a letter of each other have one of these in common."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]


def normalise(text: str) -> str:
    """Small letters, no accents or apostrophes, letters repeated for effect cut to two, stops as words of their own."""
    text = _APOSTROPHES.sub("", text)  # first, because NFKD makes a space and an accent of “´”
    if not text.isascii():
        text = text.translate(_NO_ACCENT_OF_THEIR_OWN)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = _NOT_A_WORD.sub(" ", text.lower().replace("_", " "))
    return " ".join(_REPEATS.sub(r"\1\1", _STOPS.sub(r" \1 ", plain)).split())
