"""The last step before people may write: a model that is loaded and cannot read is told of, and never ends the start."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot import ready
from bot.ready import CANNOT_READ, FIRST_WORDS, get_ready


class Reads:
    """An agent, or the languages: notes what it reads, or cannot."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault, self.reader, self.read_so_far = fault, object(), []  # type: ignore[var-annotated]

    def is_ready(self) -> bool:
        return True

    def listen(self, words: str) -> str:
        return words

    def read(self, words: str, _listened: object) -> None:
        if self.fault:
            raise self.fault
        self.read_so_far.append(words)

    async def parse_message(self, words: str) -> None:
        self.read(words, None)


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(_agent: object) -> list[str]:
        return []

    monkeypatch.setattr(ready, "look_after_conversations", nobody)
    monkeypatch.setattr(ready, "withhold_words", lambda: None)
    monkeypatch.setattr(ready.gc, "freeze", lambda: None)


async def begin(agent: Reads | None, languages: Reads) -> list[str]:
    app: Any = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
    guide: Any = SimpleNamespace(languages=languages)
    return await get_ready(app, guide)


async def test_both_readers_have_read_before_people_write() -> None:
    agent, languages = Reads(), Reads()
    assert await begin(agent, languages) == []
    assert agent.read_so_far == [FIRST_WORDS[0]]
    assert languages.read_so_far == list(FIRST_WORDS)


async def test_without_a_model_the_health_tells_by_itself() -> None:
    assert await begin(None, Reads()) == []


async def test_a_reader_of_the_other_languages_that_cannot_read_is_left_out() -> None:
    languages = Reads(ValueError("damaged"))
    assert await begin(Reads(), languages) == []
    assert languages.reader is None, "English and 999 go on, and the health names what is missing"


async def test_an_english_model_that_cannot_read_is_told_of() -> None:
    assert await begin(Reads(ValueError("damaged")), Reads()) == [CANNOT_READ]
