"""What the guide's processes are started with."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from bot import launch
from bot.launch import child_environment
from bot.train import _environment
from safeguarding.settings import ROOT, load_settings


def test_rasas_telemetry_is_off_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    assert child_environment(load_settings({}))["RASA_TELEMETRY_ENABLED"] == "false"
    assert _environment()["RASA_TELEMETRY_ENABLED"] == "false"
    assert "export RASA_TELEMETRY_ENABLED := false" in (ROOT / "Makefile").read_text(encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    printed = capsys.readouterr()
    return [json.loads(line) for line in (printed.out + printed.err).splitlines()]


def test_a_start_that_is_refused_is_one_line_of_the_log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On an address that is not this machine's nobody can listen."""
    monkeypatch.setenv("GUIDE_HOST", "192.0.2.1")
    monkeypatch.setenv("GUIDE_LOG_FORMAT", "json")
    assert launch.main() == 1
    (line,) = told(capsys)
    assert set(line) == {"time", "level", "logger", "message"}
    assert (line["level"], line["logger"]) == ("ERROR", "bot.launch")
    assert "GUIDE_PORT" in line["message"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_what_the_start_says_has_the_form_of_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    health = SimpleNamespace(json=lambda: {"status": "degraded", "reasons": ["No model is loaded."]})
    monkeypatch.setattr(launch.requests, "get", lambda *_, **__: health)
    launch._say_when_ready(load_settings({"GUIDE_LOG_FORMAT": form}))
    if form == "text":
        first, reason, ready = capsys.readouterr().out.splitlines()
    else:
        lines = told(capsys)
        assert [line["level"] for line in lines] == ["INFO", "WARNING", "INFO"]
        first, reason, ready = (line["message"] for line in lines)
    assert (first[:8], reason, ready[:6]) == ("Starting", "Not whole: No model is loaded.", "Ready:")
