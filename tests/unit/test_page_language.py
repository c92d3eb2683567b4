"""The page with its words swapped: only whole words of the page, nothing of a person, and the same page otherwise."""

from __future__ import annotations

import pytest

from bot.page_language import translate_page

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
