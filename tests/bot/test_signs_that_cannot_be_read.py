"""Signs of danger that cannot be read: those of a translation are left out and the rest goes on; English ones stop the start."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import launch
from bot.guide import Guide
from bot.incoming import Incoming
from bot.languages import Languages, _signs_of_others
from safeguarding.content import CONTENT_DIR, ContentError, load_content
from safeguarding.danger import DangerSigns
from safeguarding.danger_phrases import load_signs
from safeguarding.settings import Settings

ENGLISH, PORTUGUESE, POLISH = "my husband is hitting me right now", "o meu marido está a bater-me", "mąż mnie teraz bije ratunku"


def comma(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("phrases:\n", "phrases:\n      - he hit me, help\n", 1), encoding="utf-8")


def broken_yaml(path: Path) -> None:
    path.write_text("groups: [", encoding="utf-8")


def no_groups(path: Path) -> None:
    path.write_text("signs: []", encoding="utf-8")


def no_signs(path: Path) -> None:
    path.write_text("groups: {}\nsigns: []\nunless: []", encoding="utf-8")


def a_list(path: Path) -> None:
    path.write_text("- he hit me", encoding="utf-8")


def not_a_file(path: Path) -> None:
    path.unlink()
    path.mkdir()


BROKEN = [comma, broken_yaml, no_groups, no_signs, a_list, not_a_file]


@pytest.fixture
def signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the signs of every language; the other languages' are read from there."""
    for path in CONTENT_DIR.rglob("danger_signs.yml"):
        copy = tmp_path / "content" / path.relative_to(CONTENT_DIR)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    monkeypatch.setattr("bot.languages.CONTENT_DIR", tmp_path / "content")
    monkeypatch.setattr("bot.languages._reader", lambda: None)
    return tmp_path / "content"


def typed(text: str) -> Incoming:
    return Incoming(None, text, None, None, "page")


@pytest.mark.parametrize("break_it", BROKEN)
def test_a_language_whose_signs_cannot_be_read_is_left_out(signs: Path, break_it: Callable[[Path], None]) -> None:
    break_it(signs / "translations" / "pt" / "danger_signs.yml")
    found, left_out = _signs_of_others()
    assert (sorted(found), left_out) == (["fr", "pl", "ro"], ["pt"])


async def test_english_the_other_languages_and_999_go_on(signs: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    comma(signs / "translations" / "pt" / "danger_signs.yml")
    with caplog.at_level(logging.ERROR):
        guide = Guide(Settings(guide_data_dir=str(tmp_path)))
    assert sorted(guide.languages.signs) == ["en", "fr", "pl", "ro"]
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.languages"]
    assert "translations/pt cannot be read" in line
    reasons = [reason for reason in guide.languages.trouble() if "signs" in reason]
    assert len(reasons) == 1
    assert "content/translations/pt/danger_signs.yml cannot be read" in reasons[0]
    assert "make content" in reasons[0]
    for text in (ENGLISH, POLISH):
        reply = await guide.reply(None, typed(text), guide.listen(typed(text)))
        assert reply["emergency"]
        assert "999" in reply["messages"][0]["text"]
    assert not guide.listen(typed(PORTUGUESE)).danger
    assert not guide.languages.shows_signs("hello again", "pt")
    assert guide.languages.take_apart("olá", "pt", {"intent": {"name": "greet"}}) is not None


def test_nothing_is_said_where_all_can_be_read(signs: Path) -> None:
    languages = Languages(load_content())
    assert sorted(languages.signs) == ["en", "fr", "pl", "pt", "ro"]
    assert [reason for reason in languages.trouble() if "signs" in reason] == []


@pytest.mark.parametrize("break_it", BROKEN)
def test_broken_english_signs_are_refused_with_one_sentence(signs: Path, break_it: Callable[[Path], None]) -> None:
    break_it(signs / "danger_signs.yml")
    for load in (DangerSigns.load, load_signs):
        with pytest.raises(ContentError, match=r"^danger_signs\.yml\b") as caught:
            load(signs)
        assert "\n" not in str(caught.value)


def test_the_start_ends_with_that_sentence(monkeypatch: pytest.MonkeyPatch, signs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comma(signs / "danger_signs.yml")
    monkeypatch.setattr(launch, "load_settings", Settings)
    monkeypatch.setattr(launch, "check_machine", lambda settings: None)
    monkeypatch.setattr(launch, "load_signs", lambda: load_signs(signs))
    assert launch.main() == 1
    said = capsys.readouterr()
    assert said.err.startswith("danger_signs.yml, signs, being_hurt_now, phrases, 1: “me,” is not one word")
    assert said.out == ""
