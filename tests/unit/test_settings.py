"""Settings: each has a default, each can be set, and a value that cannot be used is named."""

from __future__ import annotations

from dataclasses import fields

import pytest

from safeguarding.settings import ROOT, Settings, SettingsError, load_settings


def test_all_may_be_unset() -> None:
    assert load_settings({}) == Settings()


def test_an_empty_value_means_the_default() -> None:
    assert load_settings({field.name.upper(): "" for field in fields(Settings)}) == Settings()


def test_each_is_read_under_its_name_in_capitals() -> None:
    settings = load_settings(
        {"GUIDE_PORT": "6006", "GUIDE_TURN_SECONDS": "0.5", "GUIDE_SERVER_TAG": " two ", "CONCERNS_FORM_URL": "https://a.je/form"}
    )
    assert (settings.guide_port, settings.guide_turn_seconds) == (6006, 0.5)
    assert (settings.guide_server_tag, settings.concerns_form_url) == ("two", "https://a.je/form")


def test_what_is_not_a_setting_is_let_be() -> None:
    assert load_settings({"PATH": "/bin", "guide_port": "1"}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GUIDE_PORT", "five"),
        ("GUIDE_PORT", "0"),
        ("GUIDE_PORT", "65536"),
        ("GUIDE_PORT", "-1"),
        ("GUIDE_ACTIONS_PORT", "70000"),
        ("GUIDE_MAX_CHARACTERS", "0"),
        ("GUIDE_MAX_CHARACTERS", "2000.5"),
        ("GUIDE_TURN_SECONDS", "-1"),
        ("GUIDE_TURN_SECONDS", "nan"),
        ("GUIDE_TURN_SECONDS", "inf"),
        ("GUIDE_IDLE_MINUTES", "0"),
        ("GUIDE_RATE_LIMIT", "30"),
        ("GUIDE_RATE_LIMIT", "30/day"),
        ("GUIDE_RATE_LIMIT", "on"),
        ("GUIDE_RATE_LIMIT", "0/minute"),
        ("GUIDE_SERVER_TAG", "One"),
        ("GUIDE_SERVER_TAG", "a-b"),
        ("GUIDE_SERVER_TAG", "a" * 17),
        ("GUIDE_LOG_LEVEL", "LOUD"),
        ("CONCERNS_FORM_URL", "http://a.je"),
        ("CONCERNS_FORM_URL", "javascript:alert(1)"),
        ("CONCERNS_FORM_URL", "https://a.je/ x"),
        ("GUIDE_EXIT_URL", 'https://a.je/"onclick'),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({name: value})


@pytest.mark.parametrize("value", ["off", "1/second", "30/minute", "100/hour"])
def test_rate_limits(value: str) -> None:
    assert load_settings({"GUIDE_RATE_LIMIT": value}).guide_rate_limit == value


def test_the_record_is_in_the_data_folder_unless_it_has_an_address() -> None:
    assert Settings(guide_data_dir="elsewhere").database == f"sqlite:///{ROOT / 'elsewhere' / 'escalations.db'}"
    assert Settings(database_url="postgresql://host/db").database == "postgresql://host/db"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeguarding.settings._dotenv", lambda: {"GUIDE_PORT": "6006", "GUIDE_IDLE_MINUTES": "5"})
    monkeypatch.setenv("GUIDE_PORT", "7007")
    monkeypatch.delenv("GUIDE_IDLE_MINUTES", raising=False)
    settings = load_settings()
    assert (settings.guide_port, settings.guide_idle_minutes) == (7007, 5)
