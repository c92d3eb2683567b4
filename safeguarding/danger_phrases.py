"""The small language of `danger_signs.yml`: reads its phrases, and says which cannot be read, where and why.

    he has <weapon>            words in a row; `normalise` makes them plain
    (cant|cannot) breathe     one of these words
    <person>                  one of the words in the group of that name
    ~strangled                this word or one with one letter wrong
    ...                       up to four other words
    word?                     this word, or not

The guide and `make content` both read by `read_signs`, so that what the check passes can be loaded. Nothing here imports spaCy,
which takes longer to load than the whole check may take.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from safeguarding.content import CONTENT_DIR, ContentError, read_yaml

FILE = "danger_signs.yml"
ANY_WORDS = "..."

_APOSTROPHES = re.compile(r"[’'`´‘ʼ′＇]")
_NOT_A_WORD = re.compile(r"[^\w.?!,;:\n]+")
_STOPS = re.compile(r"([.?!,;:\n])[.?!,;:\n]*")
_REPEATS = re.compile(r"(\w)\1{2,}")
_NO_ACCENT_OF_THEIR_OWN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
)
"""Letters that Unicode does not take apart, and that people type without their stroke."""

_MARKS = re.compile(r"[()<>|…]")
"""What `normalise` would drop without a word, so that a bracket left open would change what the phrase finds."""


@dataclass(frozen=True)
class Piece:
    """One place in a phrase: the plain words that may stand there, of which there are none for `...`.

    `slip`: also with a letter wrong. `optional`: or nothing.
    """

    words: tuple[str, ...] = ()
    slip: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Sign:
    """What shows danger, or what makes the same words harmless. `anywhere`: it holds for the whole message."""

    id: str
    phrases: tuple[tuple[Piece, ...], ...]
    anywhere: bool = False


@dataclass(frozen=True)
class Signs:
    """The signs of one language, and what stands under `unless`."""

    signs: tuple[Sign, ...]
    unless: tuple[Sign, ...]


@dataclass(frozen=True)
class Fault:
    """One place that cannot be read, as the check names places: “signs, weapon_at_hand, phrases, 2”."""

    field: str
    wrong: str
    to_do: str


class _Unreadable(ValueError):
    """A phrase or a word that cannot be read: what is wrong, and what to do."""

    def __init__(self, wrong: str, to_do: str) -> None:
        super().__init__(wrong)
        self.wrong, self.to_do = wrong, to_do


def load_signs(folder: Path = CONTENT_DIR) -> Signs:
    """The signs in `danger_signs.yml`. Raises ContentError where the file or a phrase in it cannot be read."""
    return signs_in(data_in(folder))


def data_in(folder: Path) -> Any:
    """What `danger_signs.yml` holds. Raises ContentError where it is not there or is no YAML."""
    try:
        return read_yaml(folder / FILE)
    except OSError as error:
        raise ContentError(f"{FILE} cannot be opened ({type(error).__name__}). Bring it back from the last release.") from None


def signs_in(data: Any) -> Signs:
    """The signs in the data of one file. Raises ContentError that names the first place that cannot be read."""
    try:
        signs, faults = read_signs(data)
    except (LookupError, TypeError, AttributeError) as error:
        raise ContentError(f"{FILE}: a field is missing, misspelt or of the wrong kind ({error}). Run make content.") from None
    if faults:
        raise ContentError(f"{FILE}, {faults[0].field}: {faults[0].wrong} {faults[0].to_do}")
    if not signs.signs:
        raise ContentError(f"{FILE}: there is no sign under “signs:”. Bring them back from the last release.")
    return signs


def read_signs(data: Mapping[str, Any]) -> tuple[Signs, tuple[Fault, ...]]:
    """The signs that can be read, and the faults of the phrases that cannot; the data has the fields of its schema."""
    faults: list[Fault] = []
    groups = {name: tuple(_read_group(name, words, faults)) for name, words in data["groups"].items()}
    signs, unless = (tuple(_read_sign(part, entry, groups, faults) for entry in data[part]) for part in ("signs", "unless"))
    return Signs(signs, unless), tuple(faults)


def normalise(text: str) -> str:
    """Small letters, no accents or apostrophes, letters repeated for effect cut to two, stops as words of their own."""
    text = _APOSTROPHES.sub("", text)  # first, because NFKD makes a space and an accent of “´”
    if not text.isascii():
        text = text.translate(_NO_ACCENT_OF_THEIR_OWN)
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = _NOT_A_WORD.sub(" ", text.lower().replace("_", " "))
    return " ".join(_REPEATS.sub(r"\1\1", _STOPS.sub(r" \1 ", plain)).split())


@cache
def _plain(word: str) -> str:
    """`normalise` for words of the file, most of which stand in many phrases. Never for what people write: this keeps what it saw."""
    return normalise(word)


def _read_group(name: str, words: list[str], faults: list[Fault]) -> Iterator[str]:
    for number, word in enumerate(words, start=1):
        try:
            yield _one_word(word, word)
        except _Unreadable as error:
            faults.append(Fault(f"groups, {name}, {number}", error.wrong, error.to_do))
            yield _plain(word)


def _read_sign(part: str, entry: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]], faults: list[Fault]) -> Sign:
    phrases = []
    for number, phrase in enumerate(entry["phrases"], start=1):
        try:
            phrases.append(_read_phrase(phrase, groups))
        except _Unreadable as error:
            faults.append(Fault(f"{part}, {entry['id']}, phrases, {number}", error.wrong, error.to_do))
    return Sign(entry["id"], tuple(phrases), bool(entry.get("anywhere")))


def _read_phrase(phrase: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[Piece, ...]:
    pieces = tuple(_read_piece(piece, groups) for piece in phrase.split())
    if all(piece.optional for piece in pieces):
        raise _Unreadable(
            f"“{phrase}” has no word that must be there, so anything would do.",
            "Add a word without a question mark behind it: “word?” means the word, or nothing.",
        )
    return pieces


def _read_piece(written: str, groups: Mapping[str, tuple[str, ...]]) -> Piece:
    if written == ANY_WORDS:
        return Piece(optional=True)
    piece = written.removesuffix("?")
    bare = piece.removeprefix("~")
    in_brackets = bare.startswith("(") and bare.endswith(")")
    words = [word for name in (bare[1:-1].split("|") if in_brackets else [bare]) for word in _words_of(name, written, groups)]
    return Piece(tuple(words), slip=piece != bare, optional=piece != written)


def _words_of(name: str, written: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of one alternative: those of its group, or itself."""
    if "~" in name:
        raise _Unreadable(f"“{written}” has the mark for a slip inside.", "Put it in front: ~(one|two).")
    if not (name.startswith("<") and name.endswith(">")):
        return (_one_word(name, written),)
    words = groups.get(name[1:-1], ())
    if not words:
        wrong = f"“{written}” names a group, and there is no group “{name[1:-1]}” with a word in it."
        raise _Unreadable(wrong, "Use a name from “groups:”, or add it there.")
    return words


def _one_word(name: str, written: str) -> str:
    if _MARKS.search(name):
        raise _Unreadable(
            f"“{written}” has a mark where none can be read, or a bracket that is not closed.",
            "Write (one|two) in one piece, one word between two marks and no space; a group as <name>; a gap as three full stops.",
        )
    word = _plain(name)
    if len(word.split()) != 1:
        place = "" if name == written else f" in “{written}”"
        raise _Unreadable(
            f"“{name}”{place} is not one word, so it would never be found.",
            "Take the comma, full stop or hyphen out, or put a space in its place; in a bracket or a group each word stands alone.",
        )
    return word
