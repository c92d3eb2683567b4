"""“The second one” is the second button that is shown, also where the guide put a second guess or the path in front."""

from __future__ import annotations

from typing import Any

import pytest
import requests

pytestmark = pytest.mark.server

WORDS = ["what is neglect", "how do i report abuse", "is this private", "my mum signs whatever her nephew puts there", "good morning"]
PLACES = {"the first one": 0, "the second one": 1, "number three": 2}


def say(url: str, text: str, conversation: str | None = None) -> dict[str, Any]:
    body = {"text": text, "conversation": conversation} if conversation else {"text": text}
    reply: dict[str, Any] = requests.post(f"{url}/chat/messages", json=body, timeout=20).json()
    return reply


@pytest.mark.parametrize("pick", PLACES)
@pytest.mark.parametrize("words", WORDS)
def test_a_button_is_picked_by_its_place(guide_url: str, words: str, pick: str) -> None:
    reply = say(guide_url, words)
    shown = [choice["id"] for choice in reply["messages"][-1]["choices"]]
    picked = say(guide_url, pick, reply["conversation"])["messages"][0]["answer"]
    expected = shown[PLACES[pick]] if PLACES[pick] < len(shown) else "nothing_open"
    assert picked == {"report_start": "report_danger"}.get(expected, expected)


def test_who_starts_afresh_can_take_up_the_path_by_its_place(guide_url: str) -> None:
    reply = say(guide_url, "what is neglect", "none-" + "0" * 32)
    assert reply["messages"][-1]["choices"][0]["id"] == "report_start"
    assert say(guide_url, "the first one", reply["conversation"])["messages"][0]["answer"] == "report_danger"


def test_a_pick_after_a_message_that_was_not_understood_follows_its_buttons(guide_url: str) -> None:
    reply = say(guide_url, "xq zzv qqx")
    shown = [choice["id"] for choice in reply["messages"][-1]["choices"]]
    assert say(guide_url, "the first one", reply["conversation"])["messages"][0]["answer"] == shown[0]
