"""The action server answers the guide alone, and its health tells the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from servers import free_port, stopped, wait_for

from bot import health
from bot.health import NO_ACTIONS, ActionServerHealth
from safeguarding.settings import ROOT

TOKEN = "only-for-this-test"
CALL = {"next_action": "action_listen", "sender_id": "x", "tracker": {"slots": {}, "events": [], "latest_message": {}}, "domain": {}}


@pytest.fixture
def action_server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    own = {"GUIDE_ACTIONS_PORT": str(port), "GUIDE_ACTIONS_TOKEN": TOKEN, "GUIDE_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-m", "bot.quietly", "actions"], cwd=ROOT, env=os.environ | own, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/webhook"
    try:
        wait_for(lambda: requests.get(url.replace("webhook", "health"), timeout=2).json(), server, tmp_path / "log")
        yield url, server
    finally:
        server.kill()
        server.wait(10)


@pytest.mark.parametrize("brought", [None, "", "wrong", TOKEN.upper(), TOKEN + " x"])
def test_a_call_without_the_token_is_refused(action_server, brought: str | None) -> None:
    url, _ = action_server
    headers = {} if brought is None else {"Guide-Actions-Token": brought}
    for path in ("", "s"):
        other = url.replace("webhook", "action") + path if path else url
        reply = requests.request("GET" if path else "POST", other, json=CALL, headers=headers, timeout=5)
        assert reply.status_code == 403, other


def test_a_call_with_the_token_gets_to_the_actions(action_server) -> None:
    url, _ = action_server
    reply = requests.post(url, json=CALL, headers={"Guide-Actions-Token": TOKEN}, timeout=5)
    assert (reply.status_code, reply.json()["action_name"]) == (404, "action_listen")  # Rasa's own, which nobody registers


def test_a_call_that_is_too_large_is_not_read(action_server) -> None:
    url, _ = action_server
    large = json.dumps({**CALL, "padding": "x" * 2_000_000})
    assert requests.post(url, data=large, headers={"Guide-Actions-Token": TOKEN}, timeout=5).status_code >= 400


async def test_health_tells_when_it_answers_hangs_and_is_gone(action_server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "ASKED_EVERY", 0.0)
    url, server = action_server
    looks = ActionServerHealth(url)
    assert await looks.trouble() == []
    with stopped([server.pid]):
        started = time.monotonic()
        assert await looks.trouble() == [NO_ACTIONS]
        assert time.monotonic() - started < 1.5
    server.kill()
    server.wait(10)
    assert await looks.trouble() == [NO_ACTIONS]


async def test_health_asks_at_most_every_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, asked = ActionServerHealth("http://127.0.0.1:1/webhook"), []

    async def ask() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(looks, "_ask", ask)
    assert [await looks.trouble() for _ in range(5)] == [[]] * 5
    assert len(asked) == 1
    looks._seen_at -= health.ASKED_EVERY + 0.1
    await looks.trouble()
    assert len(asked) == 2
