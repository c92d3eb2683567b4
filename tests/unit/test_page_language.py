"""The page with its words swapped: only whole words of the page, nothing of a person, and the same page otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.page_language import translate_page
from safeguarding.content import CONTENT_DIR
from safeguarding.languages import OTHERS
from safeguarding.translations import TRANSLATIONS

BOT = Path(__file__).parents[2] / "bot"
PLACEHOLDER = re.compile(r"\{\w+\}")

WORDS = {"Guide": "Guia", "Ask in your own words": "Pergunte por palavras suas", "Help & more": "Ajuda & mais"}


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<!doctype html><html lang="en"><p> Guide </p></html>', '<!doctype html><html lang="pt"><p> Guia </p></html>'),
        ('<nav aria-label="Guide">Guided</nav>', '<nav aria-label="Guia">Guided</nav>'),
        ("<p>Ask in\n  your own words</p>", "<p>Pergunte por palavras suas</p>"),
        ('<p lang="en">Guide</p><p>Guide</p>', '<p lang="en">Guide</p><p>Guia</p>'),
        ('<div lang="pl"><p>Guide<br>Guide</p></div>Guide', '<div lang="pl"><p>Guide<br>Guide</p></div>Guia'),
        ("<textarea>Guide</textarea>", "<textarea>Guide</textarea>"),
        ("<script>if (a < b) Guide</script>", "<script>if (a < b) Guide</script>"),
        ("<p>Help &amp; more</p><p>a &lt; b</p>", "<p>Ajuda &amp; mais</p><p>a &lt; b</p>"),
        ('<input value="a&quot;b" hidden>Guide', '<input value="a&quot;b" hidden>Guia'),
    ],
)
def test_words_are_swapped_and_nothing_else(page: str, expected: str) -> None:
    assert translate_page(page, WORDS, "pt") == expected


@cache
def refusals() -> frozenset[str]:
    """Every sentence with which a request is refused, read from the code."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(BOT.glob("*.py"))]
    constants = {name: value for tree in trees for name, value in texts_with_a_name(tree)}
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused"]
    return frozenset(sentence for call in calls for sentence in sentences(third(call), constants))


def texts_with_a_name(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield ast.unparse(node.targets[0]), node.value.value


def third(call: ast.Call) -> ast.expr:
    """What a refusal says: its third argument, or the one called `message`."""
    return next((word.value for word in call.keywords if word.arg == "message"), None) or call.args[2]


def sentences(said: ast.expr, constants: dict[str, str]) -> list[str]:
    if isinstance(said, ast.IfExp):
        return sentences(said.body, constants) + sentences(said.orelse, constants)
    return [constants[said.id] if isinstance(said, ast.Name) else ast.literal_eval(said)]


@pytest.mark.whole  # reads all of bot/ and of a translation's page
@pytest.mark.parametrize("language", OTHERS)
def test_who_is_refused_can_be_told_why_in_their_own_language(language: str) -> None:
    page = yaml.load((CONTENT_DIR / TRANSLATIONS / language / "page.yml").read_bytes(), yaml.CSafeLoader)["page"]
    assert "The message could not be read. Please try again." in refusals(), "the sentences are found in the code"
    assert sorted(refusals() - set(page)) == []
    for said in refusals():
        assert page[said] != said
        assert ("999" in page[said].split(".")[0]) is ("999" in said.split(".")[0]), "999 comes first where it does in English"


@pytest.mark.whole
@pytest.mark.parametrize("language", OTHERS)
def test_each_value_in_a_sentence_of_the_page_is_in_its_translation_too(language: str) -> None:
    page = yaml.load((CONTENT_DIR / TRANSLATIONS / language / "page.yml").read_bytes(), yaml.CSafeLoader)["page"]
    with_a_value = {said: other for said, other in page.items() if PLACEHOLDER.search(said + other)}
    assert with_a_value
    for said, other in with_a_value.items():
        assert sorted(PLACEHOLDER.findall(said)) == sorted(PLACEHOLDER.findall(other)), said
