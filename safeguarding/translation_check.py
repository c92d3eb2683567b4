"""Are the translations of `content/` right? Facts are compared by machine; whether the words are good, a native speaker must say.

A translation must have the same placeholders, the same numbers and the same number of easy-read sentences as the English that it
was made from, and must promise nothing that the English does not. What no answer may say, it may not say either (`words_elsewhere.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from safeguarding.content import CONTENT_DIR, PLACEHOLDER, Answer, Content
from safeguarding.content_files import Finding, read_file
from safeguarding.content_lists import check_danger_signs
from safeguarding.content_rules import ENGLANDS_TERMS_ALLOWED_IN
from safeguarding.content_words import check_prose
from safeguarding.readability import as_read
from safeguarding.translated_lists import ALL_LISTS, LISTS_BY_THEIR_ENGLISH
from safeguarding.translated_lists_check import check_lists_of_content, list_status
from safeguarding.translations import (
    CHECKED,
    MISSING,
    STALE,
    TRANSLATIONS,
    UNCHECKED,
    TranslatedAnswer,
    build_translated,
    english_digest,
    fits,
    languages_in,
    status_of,
    translated_files,
)
from safeguarding.words_elsewhere import faults_of_translation

GUIDE_WORDS = (
    "note_unchecked", "note_stale", "note_missing", "lists_stale", "in_english", "say_in_english", "place_on_path", "choose_language",
)  # fmt: skip
"""The small words that the guide needs in each language, in `guide.yml`."""

_NUMBER = re.compile(r"\d+")
_BRACKETS = re.compile(r"[{}\[\]]")

PROMISES = {
    "a promise or guarantee": {
        "en": r"promis|guarant",
        "pt": r"promet|promessa|garant",
        "pl": r"obiec|gwarant|przyrzek",
        "fr": r"promet|promess|garanti",
        "ro": r"promit|promis|garant",
    },
    "that somebody will be safe": {
        "en": r"\b(?:be|is|are|keep\w*|stay\w*|feel|make\w*) (?:\w+ ){0,4}safe\b",
        "pt": r"\b(?:ficar|fica|ficará|estar|está|estará|estão|manter|mantém|mantemos) (?:\w+ )?(?:em )?segur",
        "pl": r"\b(?:będzie\w*|będą|jesteś|są|zapewni\w*) (?:\w+ )?bezpiecz",
        "fr": r"\b(?:ser(?:ez|a|ont)|êtes|sont|resterez?|mettr?\w*) (?:\w+ )?(?:en sécurité|à l.abri)",
        "ro": r"\b(?:veți|vei|va|vor|este|sunteți|sunt) (?:fi )?(?:\w+ )?(?:în siguranță|protejat)",
    },
    "round the clock": {
        "en": r"24|round the clock|any time|day and night",
        "pt": r"24 ?h|dia e noite|qualquer hora",
        "pl": r"całą dobę|24 ?h|dzień i noc",
        "fr": r"24 ?h|jour et nuit|à toute heure",
        "ro": r"non-?stop|24 de ore|zi și noapte",
    },
    "full secrecy": {
        "en": r"confidential|secret|private|no one will|nobody will",
        "pt": r"totalmente confidencial|segredo absoluto",
        "pl": r"całkowicie poufn|pełn\w+ dyskrecj",
        "fr": r"totalement confidentiel|secret absolu",
        "ro": r"total confidențial|secret absolut",
    },
}
"""What the guide may not promise, by language: found in a translation, it must be found in its English too."""


def check_translations(content: Content, folder: Path = CONTENT_DIR) -> Iterator[Finding]:
    """Everything that is wrong in the translations of one content folder."""
    for language in languages_in(folder):
        for path in translated_files(language, folder):
            name = path.relative_to(folder).as_posix()
            file = read_file(path, name, "translated_answer")
            yield from file.findings
            if file.data:
                yield from _check_answer(content, build_translated(file.data, path.name), path, name)
        yield from _check_lists(language, folder)
        yield from check_lists_of_content(language, content, folder / TRANSLATIONS / language, _differences)


def translation_table(content: Content, folder: Path = CONTENT_DIR) -> dict[str, dict[str, list[str]]]:
    """For each language the ids of its answers by what can be said of them: checked, unchecked, stale, missing."""
    table: dict[str, dict[str, list[str]]] = {}
    for language in languages_in(folder):
        made = {}
        for path in translated_files(language, folder):
            file = read_file(path, path.relative_to(folder).as_posix(), "translated_answer")
            if file.data:  # else it is missing until it can be read; check_translations says why
                made[path.stem] = build_translated(file.data, path.name)
        found: dict[str, list[str]] = {}
        for key, answer in content.answers.items():
            usable = made.get(key) if fits(answer, made.get(key)) else None
            found.setdefault(status_of(answer, usable), []).append(key)
        table[language] = found
    return table


def table_of_translations(content: Content, folder: Path = CONTENT_DIR) -> str:
    """How many answers of each language are checked, unchecked, stale and missing, and the names of those to write or renew."""
    lines = []
    for language, found in translation_table(content, folder).items():
        counts = ", ".join(f"{len(found.get(status, []))} {status}" for status in (CHECKED, UNCHECKED, STALE, MISSING))
        lines.append(f"{'in ' + language:<28}{counts}")
        lines += [f"    {status}: {', '.join(found[status])}" for status in (STALE, MISSING) if found.get(status)]
        lists = {name: list_status(content, folder / TRANSLATIONS / language, name) for name in ALL_LISTS}
        lines.append(f"{'    lists':<28}" + ", ".join(f"{name} {status}" for name, status in lists.items()))
    return "\n".join(lines)


def _check_answer(content: Content, made: TranslatedAnswer, path: Path, name: str) -> Iterator[Finding]:
    answer = content.answers.get(path.stem)
    if answer is None:
        to_do = "Bring the English answer back, or rename this file like it; only if the answer is meant to go, remove this file too."
        yield Finding(name, "whole file", "There is no English answer of this name.", to_do)
        return
    if made.id != path.stem:
        yield Finding(name, "id", f"The id “{made.id}” is not the name of the file.", f"Write “id: {path.stem}”.")
    language = name.split("/")[1]
    for field, text in _texts(made):
        for wrong, to_do in faults_of_translation(text, language, allow_england=made.id in ENGLANDS_TERMS_ALLOWED_IN):
            yield Finding(name, field, wrong, to_do)
    if made.of is not None and made.of != english_digest(answer):
        yield from _unknown_contacts(made, content, name)
        return  # the English has changed since: it is listed as stale, and compared again when it is made afresh
    if len(made.easy_read) != len(answer.easy_read):
        wrong = f"There are {len(made.easy_read)} sentences; the English has {len(answer.easy_read)}."
        yield Finding(name, "easy_read", wrong, "Write one sentence for each English one, in the same order.")
        return
    for sentence in made.said_once:
        if sentence not in made.standard and sentence not in made.easy_read:
            wrong = f"“{sentence}” does not stand in the answer."
            yield Finding(name, "said_once", wrong, "Copy the sentence word for word from above.")
    if answer.said_once and not made.said_once:
        yield Finding(name, "said_once", "The English has kind sentences that are said once.", "Name them here too, word for word.")
    for number, phrase in enumerate(made.say_in_english, start=1):
        yield from check_prose(phrase.english, name, f"say_in_english, line {number}")
    for field, english, other in _pairs(answer, made):
        for wrong, to_do in _differences(english, other, language):
            yield Finding(name, field, wrong, to_do)


def _unknown_contacts(made: TranslatedAnswer, content: Content, name: str) -> Iterator[Finding]:
    """A number that is not in contacts.yml any more could not be shown."""
    for contact, field in PLACEHOLDER.findall(" ".join((made.standard, *made.easy_read))):
        if getattr(content.contacts.get(contact), field, None) is None:
            wrong = f"[[{contact}.{field}]] names nothing in contacts.yml."
            yield Finding(name, "standard", wrong, "Translate the English as it is now, or remove the file.")


def _texts(made: TranslatedAnswer) -> Iterator[tuple[str, str]]:
    """Every text of a translated answer that people read, with its field."""
    yield from (("title", made.title), ("label", made.label or ""), ("standard", made.standard))
    yield from ((f"easy_read, sentence {number}", say) for number, say in enumerate(made.easy_read, start=1))
    yield from ((f"say_in_english, line {number}", phrase.meaning) for number, phrase in enumerate(made.say_in_english, start=1))


def _pairs(answer: Answer, made: TranslatedAnswer) -> Iterator[tuple[str, str, str]]:
    yield "title", answer.title, made.title
    yield "label", answer.label, made.label or answer.label
    yield "standard", answer.standard, made.standard
    for number, (sentence, say) in enumerate(zip(answer.easy_read, made.easy_read, strict=True), start=1):
        yield f"easy_read, sentence {number}", sentence.say, say
    for number, phrase in enumerate(made.say_in_english, start=1):
        yield f"say_in_english, line {number}", phrase.english, phrase.meaning


def _differences(english: str, other: str, language: str) -> Iterator[tuple[str, str]]:
    """What the translation says that the English does not, or leaves out: what is wrong, and what to do."""
    wanted, found = sorted(PLACEHOLDER.findall(english)), sorted(PLACEHOLDER.findall(other))
    if wanted != found:
        marks = ", ".join(f"[[{contact}.{field}]]" for contact, field in wanted) or "none"
        yield "The numbers and addresses are not those of the English.", f"The English has: {marks}."
    bare_english, bare = PLACEHOLDER.sub(" ", as_read(english)), PLACEHOLDER.sub(" ", as_read(other))
    if sorted(_NUMBER.findall(bare_english)) != sorted(_NUMBER.findall(bare)):
        yield "A number differs from the English.", "Write the same numbers as the English, in digits where it has digits."
    if _BRACKETS.search(bare):
        yield "A bracket stands alone.", "Write a contact as [[spor.phone]]; take other brackets out."
    if "!" in bare or any(unicodedata.category(character) == "So" for character in set(bare)):
        yield "There is an exclamation mark or an emoji.", "Take it out: the guide speaks calmly."
    yield from _promised(bare_english, bare, language)


def _promised(english: str, other: str, language: str) -> Iterator[tuple[str, str]]:
    for promise, patterns in PROMISES.items():
        pattern = patterns.get(language)
        if pattern and re.search(pattern, other, re.IGNORECASE) and not re.search(patterns["en"], english, re.IGNORECASE):
            yield f"It promises something that the English does not ({promise}).", "Say what the English says, no more."


def _digits(text: str) -> list[str]:
    """The numbers of a line of the page, whatever stands between the thousands: 2,000, 2.000, 2 000."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s\u202f\u00a0](?=\d{3}\b)", "", text))


def _check_lists(language: str, folder: Path) -> Iterator[Finding]:
    home = folder / TRANSLATIONS / language
    for name, section in LISTS_BY_THEIR_ENGLISH.items():
        path = home / f"{name}.yml"
        place = path.relative_to(folder).as_posix()
        if not path.is_file():
            if name == "guide":
                yield Finding(place, "whole file", "The file is missing.", "Write it like that of another language.")
            continue
        file = read_file(path, place, f"translated_{name}")
        yield from file.findings
        if file.data is None:
            continue  # its fault is told already
        entries = file.data.get(section, {})
        for said, other in entries.items():
            promised = _promised(as_read(said), as_read(other), language) if name == "page" else ()
            yield from (Finding(place, said, wrong, to_do) for wrong, to_do in (*faults_of_translation(other, language), *promised))
        if name == "page":
            yield from (
                Finding(place, said, "A number differs from the English.", "Write the same numbers as the English.")
                for said, other in entries.items()
                if _digits(said) != _digits(other)
            )
        if name == "guide":
            yield from (Finding(place, word, "This is missing.", "Add it.") for word in GUIDE_WORDS if word not in entries)
    signs = home / "danger_signs.yml"
    if signs.is_file():
        file = read_file(signs, signs.relative_to(folder).as_posix(), "danger_signs")
        yield from file.findings
        yield from check_danger_signs(file.data, file.name)
    elif (home / "answers").is_dir():
        yield Finding(signs.relative_to(folder).as_posix(), "whole file", "The file is missing.", "Danger must be known in every language.")
