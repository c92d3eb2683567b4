"""A store that would keep words stops the start with one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import launch
from bot.endpoints_check import EndpointsError, check_endpoints

STORE = "tracker_store:\n  type: bot.forgetful_tracker_store.ForgetfulTrackerStore\n"
GOOD = STORE + "lock_store:\n  type: bot.locks.ConversationLocks\n"


@pytest.mark.parametrize("text", [GOOD, GOOD + "action_endpoint:\n  url: http://127.0.0.1:5055\n"])
def test_what_keeps_no_words_may_start(text: str, tmp_path: Path) -> None:
    (tmp_path / "endpoints.yml").write_text(text)
    check_endpoints(tmp_path / "endpoints.yml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tracker_store:\n  type: bot.forgetful_tracker_store.ForgetfulTrackerStor\n", "ForgetfulTrackerStor as tracker_store"),
        ("tracker_store:\n  type: SQL\n", "SQL as tracker_store"),
        ("tracker_store:\n  type: redis\n", "redis as tracker_store"),
        ("tracker_store:\n", "no type"),
        ("", "no type"),
        ("- a\n- b\n", "no type"),
        ("tracker_store: [\n", "cannot be read"),
        (GOOD + "event_broker:\n  type: sql\n", "event_broker"),
        (STORE + "lock_store:\n  type: redis\n", "redis as lock_store"),
        (STORE, "no type as lock_store"),
    ],
)
def test_what_would_keep_words_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "endpoints.yml").write_text(text)
    with pytest.raises(EndpointsError, match=told) as caught:
        check_endpoints(tmp_path / "endpoints.yml")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EndpointsError, match="cannot be read"):
        check_endpoints(tmp_path / "endpoints.yml")


def test_the_file_of_the_guide_is_good() -> None:
    check_endpoints()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("CONVERSATIONS_URL", "redis://127.0.0.1:1/0"),
        ("CONVERSATIONS_URL", "redys://127.0.0.1/0"),
        ("DATABASE_URL", "postgres//nowhere"),
        ("DATABASE_URL", "mysql://a/b"),
    ],
)
def test_a_place_that_is_mistyped_or_out_of_reach_stops_the_start(
    setting: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "check_machine", lambda _settings: None)
    monkeypatch.setenv(setting, value)
    assert launch.main() == 1
    told = capsys.readouterr().err
    assert setting in told
    assert told.count("\n") == 1
