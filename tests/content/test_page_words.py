"""The words around the answers are plain: on the page, in refusals, and where the guide cannot be reached.

The English of the first two are the keys of `translations/*/page.yml`; the rest stands in `deploy/`.
"""

from __future__ import annotations

import re
from html import unescape

import pytest

from deploy.make_pages import SAID, pages
from safeguarding.content import CONTENT_DIR, load_content, read_yaml
from safeguarding.content_style import check_plain_text
from safeguarding.content_words import EASY_WORDS, check_acronyms, check_length, check_prose
from safeguarding.readability import grade, sentences

CONTENT = load_content()
PREFERRED = read_yaml(CONTENT_DIR / "preferred_words.yml")["words"]
WORDS = [re.sub(r"\{(\w+)\}", r"\1", text) for text in read_yaml(CONTENT_DIR / "translations/fr/page.yml")["page"]]
"""What a script puts between {braces} is judged where it comes from."""

AS_THEY_ARE = {
    "The drawings are from Font Awesome Free, licence CC BY 4.0.": "a licence is named as it is",
    "Read aloud": "the name that this has on every phone",
}

MOST_GRADE = 8


def faults(text: str) -> list[str]:
    found = [*check_prose(text, "", "", allow_numbers=True), *check_plain_text(text, CONTENT, PREFERRED, "", "")]
    found += [finding for sentence in sentences(text) for finding in check_length(sentence, EASY_WORDS, "", "")]
    found += check_acronyms([text], "", "")
    too_hard = text.endswith((".", "?")) and " " in text and grade(text) > MOST_GRADE
    return [*(finding.wrong for finding in found), *([f"grade {grade(text):.1f}"] if too_hard else [])]


@pytest.mark.parametrize("text", sorted(set(WORDS) - set(AS_THEY_ARE)))
def test_the_words_of_the_page_are_plain(text: str) -> None:
    assert faults(text) == [], f"“{text}” stands in web/, in bot/ or in content/translations/*/page.yml"


AWAY = [
    " ".join(unescape(re.sub(r"<[^>]+>", "", line)).split())
    for line in pages()["away.html"].splitlines()
    if line.startswith(("<title>", "<h1>", "<p>"))
]
"""Each paragraph of the page that stands in the guide's place, numbers filled in."""


@pytest.mark.parametrize("text", [*AWAY, *(said for _, said in SAID.values())])
def test_the_words_are_plain_where_the_guide_cannot_be_reached(text: str) -> None:
    assert faults(text) == [], f"“{text}” stands in deploy/away.html or deploy/make_pages.py"


def test_the_whole_page_that_stands_in_the_guides_place_is_looked_at() -> None:
    body = re.sub(r"<[^>]+>", "", pages()["away.html"].split("<title>")[1])
    assert " ".join(AWAY) == " ".join(unescape(body).split())


def test_what_is_not_plain_is_seen() -> None:
    assert set(AS_THEY_ARE) <= set(WORDS)
    assert len(faults("Someone will telephone you regarding the ombudsman.")) == 4
    assert faults("one " * 16 + ".")
    assert faults("Ask the SAT.")
