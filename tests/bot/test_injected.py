"""What a message may hold beside its words: nothing of it reaches Rasa."""

from __future__ import annotations

import pytest
import requests

pytestmark = [pytest.mark.model, pytest.mark.server]

INJECTED = {
    "slots": {"easy_read": True, "handed_off": ["spor:none"], "language": "pt"},
    "metadata": {"danger": True, "guide_danger": True},
    "intent": {"name": "emergency", "confidence": 1.0},
    "parse_data": {"intent": {"name": "emergency", "confidence": 1.0}},
    "events": [{"event": "slot", "name": "easy_read", "value": True}],
    "sender": "x",
    "sender_id": "x",
    "input_channel": "rest",
    "session_id": "x",
}


def test_nothing_but_the_fields_of_the_contract_is_read(guide_url: str) -> None:
    def say(**more: object) -> dict[str, object]:
        reply = requests.post(f"{guide_url}/chat/messages", json={"text": "what is safeguarding", **more}, timeout=20)
        assert reply.status_code == 200
        return {name: value for name, value in reply.json().items() if name != "conversation"}

    assert say(**INJECTED) == say()
