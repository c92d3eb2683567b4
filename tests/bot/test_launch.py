"""What the guide's processes are started with."""

from __future__ import annotations

import pytest

from bot.launch import child_environment
from bot.train import _environment
from safeguarding.settings import ROOT, load_settings


def test_rasas_telemetry_is_off_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    assert child_environment(load_settings({}))["RASA_TELEMETRY_ENABLED"] == "false"
    assert _environment()["RASA_TELEMETRY_ENABLED"] == "false"
    assert "export RASA_TELEMETRY_ENABLED := false" in (ROOT / "Makefile").read_text(encoding="utf-8")
