"""Does a message show danger now? Signs in words, each with its reason, read from `content/danger_signs.yml`.

The signs are phrases in a small language (`safeguarding.danger_phrases`), which become token patterns for spaCy's Matcher.

Nothing here imports Rasa, so that danger is seen also when no model is loaded.
Source of the approach: rule-based matching in spaCy, https://spacy.io/usage/rule-based-matching
"""

from __future__ import annotations

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

from safeguarding.content import CONTENT_DIR
from safeguarding.danger_phrases import Piece, Sign, data_in, normalise, signs_in

__all__ = ["LONGEST_TEXT", "DangerSigns", "Verdict", "normalise"]

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
        """Raises ContentError that names the first phrase that cannot be read."""
        found = signs_in(data)
        self._vocab = _english()
        self._known = set(STOPS)
        self._marked: defaultdict[str, set[str]] = defaultdict(set)  # found by themselves and with a letter less
        self._signs = Matcher(self._vocab)
        self._calm = Matcher(self._vocab)
        for matcher, signs in ((self._signs, found.signs), (self._calm, found.unless)):
            for sign in signs:
                self._add(matcher, sign)
        self._longest = max(map(len, self._marked), default=0) + SLIP
        self._calms_all = {calm.id for calm in found.unless if calm.anywhere}

    @classmethod
    def load(cls, folder: Path = CONTENT_DIR) -> DangerSigns:
        """The signs in `danger_signs.yml`. Raises ContentError where the file or a phrase in it cannot be read."""
        return cls(data_in(folder))

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

    def _add(self, matcher: Matcher, sign: Sign) -> None:
        patterns = [[token for piece in phrase for token in self._tokens(piece)] for phrase in sign.phrases]
        matcher.add(sign.id, patterns)

    def _tokens(self, piece: Piece) -> list[dict[str, Any]]:
        """What stands for a piece of a phrase in the Matcher's pattern."""
        if not piece.words:
            return [{"IS_PUNCT": False, "OP": "?"}] * GAP
        self._known.update(piece.words)
        for word in piece.words if piece.slip else ():
            for without in _with_a_letter_less(word):
                self._marked[without].add(word)
        test: Any = {"IN": list(piece.words)} if len(piece.words) > 1 else piece.words[0]
        token: dict[str, Any] = {"LOWER": {f"FUZZY{SLIP}": test} if piece.slip else test}
        return [{**token, "OP": "?"} if piece.optional else token]


@cache
def _english() -> Vocab:
    """What spaCy knows of English words, made once: it takes longer to make than the signs."""
    return blank("en").vocab


def _with_a_letter_less(word: str) -> list[str]:
    """A word, and it without each of its letters in turn: two words within a letter of each other have one of these in common."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]
