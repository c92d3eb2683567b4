"""The page and the answer book in another language: no English is left, and they say how far their words can be trusted."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.page import Page
from bot.page_language import BY_A_COMPUTER, LEFT_ALONE, SPOKEN_ATTRIBUTES, VOID, words_of_page
from safeguarding.content import Answer, load_content
from safeguarding.languages import OTHERS
from safeguarding.settings import Settings
from safeguarding.translations import CHECKED, STALE, UNCHECKED, Translation, load_translations

ENGLISH_CONTENT = load_content()
TRANSLATIONS = load_translations(ENGLISH_CONTENT)


def with_lists(made: Translation, status: str) -> Translation:
    return replace(made, status={name: status if name in ("page", "guide") else CHECKED for name in made.status})


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_says_of_its_own_words_that_nobody_has_checked_them(language: str) -> None:
    made = TRANSLATIONS[language]
    for said in BY_A_COMPUTER:
        assert words_of_page(with_lists(made, UNCHECKED), ENGLISH_CONTENT)[said] == made.page[said]
        assert words_of_page(with_lists(made, STALE), ENGLISH_CONTENT)[said] == f"{made.page[said]} {made.words['lists_stale']}"
        assert words_of_page(with_lists(made, CHECKED), ENGLISH_CONTENT)[said] == ""


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(ENGLISH_CONTENT, Settings(), TRANSLATIONS)


class Words(HTMLParser):
    """The words of a page that are in its own language: what stands in a part with a `lang` of its own is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._alone, self.found = [False], set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        alone = self._alone[-1] or tag in LEFT_ALONE or (tag != "html" and "lang" in has)
        self._alone += [alone] if tag not in VOID else []
        self._keep(alone, *(has.get(name) or "" for name in SPOKEN_ATTRIBUTES))

    def handle_endtag(self, tag: str) -> None:
        self._alone.pop()

    def handle_data(self, data: str) -> None:
        self._keep(self._alone[-1], data)

    def _keep(self, alone: bool, *texts: str) -> None:
        if not alone:
            self.found |= {" ".join(text.split()) for text in texts if re.search("[A-Za-z]{2}", text)}


def everything_said(made: Translation) -> str:
    """All words of a language: a name of a service in them is no English that was left."""
    content = made.content
    answers = [f"{answer.title} {content.fill(answer.standard)} {content.fill(easy_words(answer))}" for answer in content.answers.values()]
    contacts = [str(vars(contact)) for contact in content.contacts.values()]
    hard = [f"{word.word} {' '.join(word.forms)}" for word in made.hard_words.words]
    return " ".join(" ".join([*answers, *contacts, *hard, *made.page.values()]).split())


def easy_words(answer: Answer) -> str:
    return " ".join(sentence.say for sentence in answer.easy_read)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("shown", ["start_in", "answer_book_in"])
def test_no_english_is_left_on_a_page_in_another_language(page: Page, language: str, shown: str) -> None:
    english, other = (Words(getattr(page, shown)(spoken).body.decode()).found for spoken in ("en", language))
    assert len(other) > 200
    said = everything_said(TRANSLATIONS[language])
    assert sorted(words for words in english & other if words not in said) == []
