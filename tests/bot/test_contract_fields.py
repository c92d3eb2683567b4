"""The description at `/chat/openapi.json` has every address that programs may call, and every field of a reply in each language."""

from __future__ import annotations

import re

import pytest
from contract_fields import DESCRIBED, undescribed

from safeguarding.content import load_content
from safeguarding.languages import OTHERS
from safeguarding.messages import compose, count_parts
from safeguarding.settings import ROOT, Settings
from safeguarding.speaking import present_in
from safeguarding.translations import load_translations

FOR_BROWSERS = {"/", "/replies/<page>", "/leave", "/again", "/static/<name>", "/pictures/<name>", "/answers", "/embed.js", "/openapi.json"}
"""Pages, their files, and the description itself."""

ONLY_IN_ANOTHER_LANGUAGE = {"language", "note", "note_language", "in_english", "english", "say_in_english", "hard_words"}


def test_every_address_for_programs_is_described() -> None:
    channel = (ROOT / "bot" / "chat_channel.py").read_text(encoding="utf-8")
    routes = {(path, method) for method, path in re.findall(r'\("([A-Z]+)", "(/[^"]*)", self', channel)}
    assert len(routes) > 10
    described = {(path.removeprefix("/chat"), method.upper()) for path, methods in DESCRIBED["paths"].items() for method in methods}
    assert described == {(path, method) for path, method in routes if path not in FOR_BROWSERS}


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_every_field_of_every_answer_is_described(language: str) -> None:
    content, settings = load_content(), Settings()
    translation = load_translations(content).get(language)
    seen: set[str] = set()
    for answer in content.answers.values():
        for part in range(count_parts(answer) + 1):
            composed = compose(content, answer, easy_read=part > 0, part=part or 1)
            message = present_in(translation, content, settings, composed)
            assert undescribed(message, "Said") == [], answer.id
            seen |= set(message)
    assert seen & ONLY_IN_ANOTHER_LANGUAGE == (set() if language == "en" else ONLY_IN_ANOTHER_LANGUAGE)


def test_the_page_on_security_names_the_fields_that_are_read() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    row = re.search(r"^\| Slots, metadata.*\| Only ([^|]*) are read", page, re.MULTILINE)
    assert row
    kinds = DESCRIBED["components"]["schemas"]["Message"]["oneOf"]
    assert set(re.findall(r"`(\w+)`", row[1])) == {field for kind in kinds for field in kind["properties"]}


def test_a_field_that_is_not_described_or_is_missing_is_told() -> None:
    said = {"answer": "a", "text": "a", "sentences": [{"text": "a", "image": "b"}], "contacts": []}
    assert undescribed(said, "Said") == ["Said: no choices", "Said.sentences: no picture", "Said.sentences.image"]
