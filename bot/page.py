"""The chat page as HTML: made on the server, so that it works with JavaScript off, and the files that belong to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.answer_book import AnswerBook
from bot.page_language import own_words, translate_page, words_of_page
from bot.reply_pages import ReplyPage
from bot.served import WEB, Served, static_files
from bot.wording import blocks, dialled, digit_by_digit, in_pieces
from safeguarding.content import Content
from safeguarding.hard_words import Glossary
from safeguarding.languages import ENGLISH, OWN_NAMES
from safeguarding.messages import CONTACTS_ALWAYS, PICTURE_ADDRESS, choice_label, present_contact
from safeguarding.report_path import QUESTIONS
from safeguarding.settings import Settings
from safeguarding.translations import Translation

HELP_ALWAYS = (CONTACTS_ALWAYS[0], "emergency_text", *CONTACTS_ALWAYS[1:])
"""The page has room for the number by text too, beside 999."""

FIRST_CHOICES = ("how_to_report", "what_is_abuse", "cannot_phone", "privacy")
WAY_OUT = ("report_back", "report_stop")
"""Beside each question of the guided path; a reply has room for four choices, so the page shows these two apart."""
VIEW = ("larger", "words_only")
"""How a page looks without JavaScript: the form sends it, and the next page has it again."""

FORM = "/chat/?form="
"""Where the form without JavaScript goes; the name behind it tells two presses of one form from two messages."""

PICTURE_COLOUR = "#0f4c5c"
"""The drawings come without a colour, which a browser shows as black."""


class Page:
    """Renders the page and serves its files and pictures, all from closed lists."""

    def __init__(self, content: Content, settings: Settings, translations: Mapping[str, Translation], live_release: str = "") -> None:
        """Read the files of the page, its words in each language and the drawings that `pictures.yml` names.

        `live_release` is the digest of these words while somebody edits them; without one the page does not follow changes.
        """
        self._words = {language: words_of_page(made, content) for language, made in translations.items()}
        self._content, self._settings, self._translations, self._live_release = content, settings, translations, live_release
        self._glossary = Glossary.english(content.glossary)
        self._hard_words = {language: made.hard_words for language, made in translations.items()} | {ENGLISH: self._glossary}
        self._environment = self._make_environment()
        self._template = self._environment.get_template("page.html")
        self._static = static_files() | {
            f"words-{language}.json": Served.of(json.dumps(words, ensure_ascii=False), "application/json")
            for language, words in self._words.items()
        }
        self._starts: dict[str, Served] = {}
        self._books: dict[str, Served] = {}
        self._pictures = _drawings(content)

    @property
    def start(self) -> Served:
        """The page before anything was asked, in English."""
        return self.start_in(ENGLISH)

    def start_in(self, language: str, form: str = "") -> Served:
        """The page before anything was asked, with the name of its form; English for a language that is not offered."""
        known = language if language in self._words else ENGLISH
        if known not in self._starts:
            self._starts[known] = self.show(ReplyPage(), known)
        start = self._starts[known]
        return Served.of(start.body.replace(FORM.encode(), f"{FORM}{form}".encode(), 1)) if form else start

    def show(self, page: ReplyPage, language: str = ENGLISH, form: str = "") -> Served:
        """The page with a reply, in its language, or a problem. Nothing of it is kept on the server. `form` is the name of its form."""
        reply = page.reply
        spoken = reply["language"] if reply else page.language if page.problem else language
        made = self._template.render(
            languages=OWN_NAMES,
            spoken=spoken,
            reply=reply,
            form_address=f"{FORM}{form}",
            problem=page.problem,
            view={name: page.view.get(name, False) for name in VIEW},
            easy_read=reply["easy_read"] if reply else page.easy_read,
            conversation=reply["conversation"] if reply else page.conversation,
            first_choices=[{"id": choice, "label": choice_label(self._content, choice)} for choice in FIRST_CHOICES],
            way_out={choice: self._content.choices[choice] for choice in WAY_OUT},
            path_questions=[f"report_{slot}" for slot in QUESTIONS],
            idle_minutes=self._settings.guide_idle_minutes,
            most_characters=self._settings.guide_max_characters,
        )
        return Served.of(made if spoken == ENGLISH else translate_page(made, self._words[spoken], spoken))

    def answer_book_in(self, language: str) -> Served:
        """Every answer on one page, in both readings; English for a language that is not offered. First made in 0.3 s."""
        known = language if language in self._words else ENGLISH
        if known not in self._books:
            book = AnswerBook(self._content, self._settings, self._translations.get(known))
            made = self._environment.get_template("answers.html").render(
                book=book, pictures=book.pictures(), spoken=known, languages=OWN_NAMES
            )
            self._books[known] = Served.of(made if known == ENGLISH else translate_page(made, self._words[known], known))
        return self._books[known]

    def static_file(self, name: str) -> Served | None:
        """A file of the page; none for a name that is not on the list."""
        return self._static.get(name)

    def picture(self, name: str) -> Served | None:
        """A drawing of easy read; none for a name that is not on the list."""
        return self._pictures.get(name)

    def _words_card(self) -> dict[str, Any]:
        """The card “my words to say” as the template shows it."""
        card = self._content.words_card
        wishes = {key: {"me": wish.me, "them": wish.them, "picture": self._address(wish.picture)} for key, wish in card.wishes.items()}
        return {"shown_under": card.shown_under, "wishes": wishes, "frame": card.frame}

    def _in_pieces(self, text: str, seen: list[str], language: str = ENGLISH) -> list[dict[str, Any]]:
        """A text in pieces with the hard words of its language."""
        return in_pieces(self._hard_words[language], text, seen)

    def _address(self, picture: str) -> str:
        return PICTURE_ADDRESS.format(drawing=self._content.pictures[picture].drawing)

    def _make_environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters.update(blocks=blocks, dialled=dialled, digits=digit_by_digit, hard_words=self._in_pieces, own_words=own_words)
        environment.globals.update(
            live_release=self._live_release,
            words_card=self._words_card(),
            exit_url=self._settings.guide_exit_url,
            glossary=self._glossary.words,
            help_always=[present_contact(self._content.contacts[contact], self._settings) for contact in HELP_ALWAYS],
            text_only=[contact.id for contact in self._content.contacts.values() if contact.text_only],
        )
        return environment


def _drawings(content: Content) -> dict[str, Served]:
    folder = Path(str(files("fontawesomefree"))) / "static/fontawesomefree/svgs/solid"
    names = {picture.drawing for picture in content.pictures.values()}
    return {f"{name}.svg": Served.of(_coloured((folder / f"{name}.svg").read_bytes()), "image/svg+xml") for name in names}


def _coloured(drawing: bytes) -> bytes:
    return drawing.replace(b"<svg ", f'<svg fill="{PICTURE_COLOUR}" '.encode(), 1)
