"""While somebody edits: the page and the loaded model speak the new words within a second, and a broken file changes nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import requests
from edits import put_back, say_more

from benchmarks.running import running_guide
from safeguarding.content import CONTENT_DIR
from safeguarding.settings import Settings, SettingsError, load_settings

FILE = CONTENT_DIR / "answers/talk/thanks.yml"
FRENCH = CONTENT_DIR / "translations/fr/answers/talk/thanks.yml"
SIGNS = CONTENT_DIR / "danger_signs.yml"


def test_it_is_off_unless_asked_for_and_refused_where_others_can_reach_the_guide() -> None:
    assert not Settings().live_reload
    assert load_settings({"GUIDE_LIVE_RELOAD": "on"}).live_reload
    with pytest.raises(SettingsError, match="set it to off"):
        load_settings({"GUIDE_LIVE_RELOAD": "on", "GUIDE_HOST": "0.0.0.0"})
    with pytest.raises(SettingsError, match="on or off"):
        load_settings({"GUIDE_LIVE_RELOAD": "sometimes"})


@pytest.mark.server
def test_a_guide_that_people_use_has_no_live_reload(guide_url: str) -> None:
    assert "live.js" not in requests.get(f"{guide_url}/chat/", timeout=10).text
    assert "live.js" not in requests.get(f"{guide_url}/chat/answers", timeout=10).text


@pytest.mark.server
def test_a_changed_sentence_is_spoken_at_once_and_a_broken_file_changes_nothing(trained_model: Path) -> None:
    with put_back(FILE), running_guide(GUIDE_LIVE_RELOAD="on") as guide:
        assert "live.js" in requests.get(f"{guide.url}/chat/", timeout=10).text
        release = _health(guide.url)["release"]
        say_more(FILE, "A new sentence stands here.")
        assert "A new sentence stands here." in _says(guide.url)
        health = _health(guide.url)
        assert health["status"] == "ready"
        assert health["release"] != release, "this is what the page looks at"
        assert "A new sentence stands here." in requests.get(f"{guide.url}/chat/answers", timeout=10).text
        FILE.write_bytes(b"id: [broken")
        assert "A new sentence stands here." in _says(guide.url)


@pytest.mark.server
def test_a_translation_is_followed_too_and_a_broken_one_changes_nothing(trained_model: Path) -> None:
    with put_back(FRENCH), put_back(SIGNS), running_guide(GUIDE_LIVE_RELOAD="on") as guide:
        release = _health(guide.url)["release"]
        say_more(FRENCH, "Une nouvelle phrase.")
        assert _health(guide.url)["release"] != release, "the page looks at it, and loads itself anew"
        assert "Une nouvelle phrase." in _says(guide.url, language="fr")
        for path in (FRENCH, SIGNS):
            path.write_bytes(b"id: [broken")
            assert "Une nouvelle phrase." in _says(guide.url, language="fr")


def _health(url: str) -> dict[str, str]:
    time.sleep(0.1)
    found: dict[str, str] = requests.get(f"{url}/chat/health", timeout=10).json()
    return found


def _says(url: str, language: str = "en") -> str:
    reply = requests.post(f"{url}/chat/messages", json={"text": "thank you", "language": language}, timeout=20).json()
    return str(reply["messages"][0]["text"])
