"""The words and facts of the guide, as they stand in `content/`. Loads them; `content_check` says whether they are right."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from safeguarding.release_name import DRAFT, in_words, released
from safeguarding.settings import ROOT

CONTENT_DIR = ROOT / "content"
INTENT_PREFIX = {"question": "ask_", "telling": "tell_", "talk": ""}
"""How the intent of an answer is named: people ask a question, tell of a worry, or just talk."""

RELEASE = ("guide", "release")
"""`[[guide.release]]` becomes the day on which the words were released."""

PLACEHOLDER = re.compile(r"\[\[([a-z_]+)\.([a-z_]+)\]\]")


def tells(intent: str) -> bool:
    """Whether somebody with this intent tells of what happens, rather than asks or just talks."""
    return intent.startswith(INTENT_PREFIX["telling"])


class ContentError(ValueError):
    """A file in `content/` cannot be used; the message names the file, what is wrong and what to do."""


@dataclass(frozen=True)
class Contact:
    """One way to reach somebody: a number, an address or a page."""

    id: str
    name: str
    for_whom: str
    source: str
    checked_on: date
    review_by: date
    phone: str | None = None
    url: str | None = None
    email: str | None = None
    fax: str | None = None
    post: str | None = None
    hours: str | None = None
    note: str | None = None
    text_only: bool = False
    url_setting: str | None = None
    name_without_url: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One sentence of easy read with the name of the picture beside it; in `content/` each has one (decision 0006)."""

    say: str
    picture: str | None = None


@dataclass(frozen=True)
class HandOff:
    """Which door an answer sends people to, and about what."""

    route: str
    topic: str = "none"


@dataclass(frozen=True)
class Answer:
    """One answer in both readings."""

    id: str
    kind: str
    title: str
    label: str
    standard: str
    easy_read: tuple[Sentence, ...]
    sources: tuple[str, ...]
    reviewed_on: date
    review_by: date
    contacts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    hand_off: HandOff | None = None
    shown_as: str | None = None
    said_once: tuple[str, ...] = ()

    @property
    def public_id(self) -> str:
        """The answer id that the chat contract shows; a special case of an answer shares the id of that answer."""
        return self.shown_as or self.id

    @property
    def intent(self) -> str | None:
        """The intent that leads to this answer; none where only the guide itself says it."""
        return f"{INTENT_PREFIX[self.kind]}{self.id}" if self.kind in INTENT_PREFIX else None


@dataclass(frozen=True)
class Picture:
    """A drawing from the installed picture set and the words for who does not see it."""

    drawing: str
    alt: str


@dataclass(frozen=True)
class Wish:
    """Something that may matter to a person, in the words of who calls about themselves (`me`) or about another adult (`them`)."""

    me: str
    them: str
    picture: str


@dataclass(frozen=True)
class WordsCard:
    """The card “my words to say”: under which answers it is offered, what can be picked, and the sentences around that."""

    shown_under: tuple[str, ...]
    wishes: Mapping[str, Wish]
    frame: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """Everything in `content/` that the guide may say or show."""

    answers: Mapping[str, Answer]
    contacts: Mapping[str, Contact]
    pictures: Mapping[str, Picture]
    glossary: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str | None]]
    digest: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """The words on buttons that lead to no answer of their own, by the id of the choice."""

    folders: Mapping[str, str] = field(default_factory=dict)
    """The folder of each answer, which is its topic."""

    release: str = DRAFT
    """The release of these words, as a person says it."""

    words_card: WordsCard = WordsCard((), {}, {})

    def fill(self, text: str) -> str:
        """The text with each `[[contact.field]]` replaced by what stands in `contacts.yml`."""

        def value(match: re.Match[str]) -> str:
            contact, name = match.groups()
            if (contact, name) == RELEASE:
                return self.release
            found = getattr(self.contacts.get(contact), name, None)
            if not isinstance(found, str):
                raise ContentError(f"{match[0]} names nothing in contacts.yml.")
            return found

        return PLACEHOLDER.sub(value, text)


def read_yaml(path: Path) -> Any:
    """The data in one YAML file. Raises ContentError with file and line where it cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # nosec B506: both are safe loaders
    except UnicodeDecodeError:
        raise ContentError(f"{path.name} is not in UTF-8: save it again as UTF-8 text.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{path.name}, line {line}: {error.problem}. Check the spaces and quotation marks there.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError(f"{path.name} cannot be read: {error}") from None


def answer_files(folder: Path = CONTENT_DIR) -> list[Path]:
    """All answer files, in a fixed order."""
    return sorted((folder / "answers").glob("*/*.yml"))


def content_digest(folder: Path = CONTENT_DIR) -> str:
    """A short digest of every English word in `content/`, the same on every machine. Translations are not in the model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*.yml") if "translations" not in path.relative_to(folder).parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]


def load_content(folder: Path = CONTENT_DIR) -> Content:
    """All of `content/`. Raises ContentError on the first file that cannot be used."""
    answers: dict[str, Answer] = {}
    for path in answer_files(folder):
        answer = build_answer(read_yaml(path), path.name)
        if answer.id in answers:
            raise ContentError(f"{path.name}: the id “{answer.id}” is used by another file too. Give each answer its own id.")
        answers[answer.id] = answer
    contacts = _section(folder / "contacts.yml", "contacts")
    pictures = _section(folder / "pictures.yml", "pictures")
    glossary = _section(folder / "glossary.yml", "words")
    return Content(
        answers=answers,
        contacts={key: _build(Contact, folder / "contacts.yml", {"id": key, **value}) for key, value in contacts.items()},
        pictures={key: _build(Picture, folder / "pictures.yml", value) for key, value in pictures.items()},
        glossary={word: entry["meaning"] for word, entry in glossary.items()},
        sources=_section(folder / "sources.yml", "sources"),
        digest=content_digest(folder),
        words_card=_words_card(folder / "words_card.yml"),
        choices={choice: entry["label"] for choice, entry in _section(folder / "choices.yml", "choices").items()},
        folders={path.stem: path.parent.name for path in answer_files(folder)},
        release=in_words(released(folder)),
    )


def _section(path: Path, name: str) -> dict[str, Any]:
    data = read_yaml(path)
    if not isinstance(data, dict) or not isinstance(data.get(name), dict):
        raise ContentError(f"{path.name} must hold a list named “{name}:”.")
    return dict(data[name])


def _words_card(path: Path) -> WordsCard:
    data = read_yaml(path)
    try:
        wishes = {key: _build(Wish, path, value) for key, value in data["wishes"].items()}
        return WordsCard(tuple(data["shown_under"]), wishes, dict(data["frame"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{path.name}: a field is missing, misspelt or of the wrong kind ({error}).") from None


def build_answer(data: Any, name: str) -> Answer:
    """The answer in the data of one file. Raises ContentError with the file's name where a field is missing or wrong."""
    if not isinstance(data, dict):
        raise ContentError(f"{name} is empty or is not an answer.")
    try:
        return Answer(
            **{
                **data,
                "standard": data["standard"].strip(),
                "easy_read": tuple(Sentence(**sentence) for sentence in data["easy_read"]),
                "hand_off": HandOff(**data["hand_off"]) if data.get("hand_off") else None,
                **{name: tuple(data.get(name) or ()) for name in ("sources", "contacts", "choices", "said_once")},
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{name}: a field is missing, misspelt or of the wrong kind ({error}).") from None


def _build(kind: type, path: Path, values: Any) -> Any:
    try:
        return kind(**values)
    except TypeError as error:
        raise ContentError(f"{path.name}: {error}.") from None
