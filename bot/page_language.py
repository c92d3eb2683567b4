"""The page in another language: the made page with its English words swapped, so that templates stay plain English.

Words are found by their English: `page.yml`, and the names of contacts and choices. What a person wrote and what stands in
an element with a `lang` of its own is left alone. `web/static/languages.js` does the same for what scripts put on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any

from safeguarding.content import Content
from safeguarding.translations import CHECKED, UNCHECKED, Translation

BY_A_COMPUTER = (
    "A computer translated these words. Nobody has checked them yet.",
    "A computer translated this page. Nobody has checked it yet.",
)
"""What the page says of its translated words until native speakers have checked them."""

SPOKEN_ATTRIBUTES = frozenset({"aria-label", "alt", "title", "placeholder"})
LEFT_ALONE = frozenset({"script", "style", "textarea"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


def words_of_page(translation: Translation, english: Content) -> dict[str, str]:
    """Every English word of the page that has one in the language: its own words, names of contacts, labels of choices, hard words."""
    words = dict(translation.page)
    for key, contact in english.contacts.items():
        for field in ("name", "name_without_url"):
            said, other = getattr(contact, field), getattr(translation.content.contacts[key], field)
            if said and other:
                words[said] = other
                words.setdefault(f"{said}:", f"{other}:")
    words |= {english.choices[key]: label for key, label in translation.content.choices.items()}
    words |= {english.answers[key].label: answer.label for key, answer in translation.content.answers.items()}
    for word in translation.hard_words.words:
        words |= {word.english: word.word, english.glossary[word.english]: word.meaning}
    if translation.of_lists == CHECKED:
        words |= dict.fromkeys(BY_A_COMPUTER, "")
    elif translation.of_lists != UNCHECKED:
        words |= {said: f"{words.get(said, said)} {translation.words.get('lists_stale', '')}".rstrip() for said in BY_A_COMPUTER}
    return {said: other for said, other in words.items() if said != other}


def translate_page(html: str, words: Mapping[str, str], language: str) -> str:
    """The page with its words in the language, and `lang` of the whole page set."""
    swapper = _Swapper(words, language)
    swapper.feed(html)
    swapper.close()
    return "".join(swapper.made)


def own_words(message: Mapping[str, Any]) -> str:
    """The words of an answer without the lines that the page shows in a box of their own."""
    if not (box := message.get("say_in_english")):
        return str(message["text"])
    apart = (box["lead"], *(f"- {phrase['english']}" for phrase in box["phrases"]))
    return "\n".join(line for line in message["text"].split("\n") if not line.startswith(apart))


class _Swapper(HTMLParser):
    def __init__(self, words: Mapping[str, str], language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self._words, self._language = words, language
        self._open: list[bool] = []
        """Whether each open element, from the outside in, is left alone."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            attributes["lang"] = self._language
        alone = self._alone or (tag != "html" and "lang" in attributes)
        shown = {
            name: self._swap(value) if name in SPOKEN_ATTRIBUTES and value and not alone else value for name, value in attributes.items()
        }
        written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in shown.items())
        self.made.append(f"<{tag}{written}>")
        if tag not in VOID:
            self._open.append(alone or tag in LEFT_ALONE)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self._open.pop()
        self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        raw = bool(self._open) and self.cdata_elem is not None
        self.made.append(data if raw else escape(data if self._alone else self._swap(data), quote=False))

    def handle_decl(self, decl: str) -> None:
        self.made.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        """The page has no comments that anybody needs."""

    @property
    def _alone(self) -> bool:
        return bool(self._open) and self._open[-1]

    def _swap(self, text: str) -> str:
        """The words in the language, with the space that stood around them."""
        core = " ".join(text.split())
        if core not in self._words:
            return text
        head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{head}{self._words[core]}{tail}"
