"""Every setting of the guide, read here and nowhere else; each has a default that works on one machine, offline."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent


OFF = "off"


class SettingsError(ValueError):
    """A setting has a value that the guide cannot use; the message names it and says what would do."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process. Each field is the setting of the same name in capitals."""

    guide_host: str = "127.0.0.1"
    guide_port: int = 5005
    guide_actions_port: int = 5055
    guide_actions_token: str = ""
    guide_server_tag: str = "one"
    guide_rate_limit: str = "30/minute"
    guide_rate_limit_address: str = "300/minute"
    guide_rate_limit_server: str = "3000/minute"
    guide_trusted_proxies: str = ""
    guide_max_characters: int = 2000
    guide_turn_seconds: float = 3.2
    guide_idle_minutes: float = 20
    guide_log_level: str = "WARNING"
    guide_live_reload: str = "off"
    guide_log_format: str = "text"
    guide_exit_url: str = "https://www.bbc.co.uk/weather"
    guide_embed_origins: str = ""
    guide_data_dir: str = "var"
    concerns_form_url: str = ""
    database_url: str = ""
    escalation_retention_days: int = 90
    conversations_url: str = ""
    limits_url: str = ""

    @property
    def data_dir(self) -> Path:
        """Where the guide may write: its record of hand-offs and the spool in front of it."""
        return ROOT / self.guide_data_dir

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the record of hand-offs."""
        return self.database_url or f"sqlite:///{self.data_dir / 'escalations.db'}"

    @property
    def embed_origins(self) -> tuple[str, ...]:
        """The websites that may show the guide inside their own pages."""
        return tuple(self.guide_embed_origins.split())

    @property
    def live_reload(self) -> bool:
        """Whether the page follows every change in `content/` while somebody edits it."""
        return self.guide_live_reload == "on"

    @property
    def trusted_proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of our own proxies, whose word is taken for who asks; an address is a network of one."""
        return tuple(ip_network(network) for network in self.guide_trusted_proxies.split())

    @property
    def actions_url(self) -> str:
        """Where Rasa finds the action server."""
        return f"http://127.0.0.1:{self.guide_actions_port}/webhook"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from the environment over those of `.env` over the defaults.

    Raises SettingsError with the setting's name where a value cannot be used.
    """
    if environ is None:
        environ = {**_dotenv(), **os.environ}
    values: dict[str, Any] = {
        field.name: _parse(field.name, str(field.type), environ[field.name.upper()])
        for field in fields(Settings)
        if environ.get(field.name.upper(), "") != ""
    }
    settings = Settings(**values)
    _check(settings)
    return settings


def _dotenv() -> dict[str, str]:
    return {key: value for key, value in dotenv_values(ROOT / ".env").items() if value is not None}


def _parse(name: str, type_name: str, raw: str) -> object:
    number = {"int": int, "float": float}.get(type_name)
    if number is None:
        return raw.strip()
    try:
        return number(raw)
    except ValueError:
        raise SettingsError(f"{name.upper()} is “{raw}”: it must be a number.") from None


def _check(settings: Settings) -> None:
    for name in ("guide_port", "guide_actions_port"):
        if not 0 < getattr(settings, name) < 65536:
            raise SettingsError(f"{name.upper()} must be a port from 1 to 65535.")
    for name in ("guide_max_characters", "guide_turn_seconds", "guide_idle_minutes", "escalation_retention_days"):
        if not 0 < getattr(settings, name) < float("inf"):
            raise SettingsError(f"{name.upper()} must be more than 0.")
    for name in ("guide_rate_limit", "guide_rate_limit_address", "guide_rate_limit_server"):
        if not re.fullmatch(rf"{OFF}|[1-9]\d*/(second|minute|hour)", getattr(settings, name)):
            raise SettingsError(f"{name.upper()} must be “off” or like “30/minute”.")
    try:
        settings.trusted_proxies  # noqa: B018
    except ValueError:
        raise SettingsError(
            "GUIDE_TRUSTED_PROXIES must be addresses like 10.0.0.5 or networks like 10.0.0.0/24, with a space between two."
        ) from None
    if settings.limits_url and not settings.limits_url.startswith(("redis://", "rediss://")):
        raise SettingsError("LIMITS_URL must be empty or the address of a Redis, like redis://127.0.0.1:6379/1.")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", settings.guide_actions_token):
        raise SettingsError("GUIDE_ACTIONS_TOKEN must be letters and digits.")
    if settings.guide_log_format not in {"text", "json"}:
        raise SettingsError("GUIDE_LOG_FORMAT must be text or json.")
    if not re.fullmatch(r"[a-z0-9]{1,16}", settings.guide_server_tag):
        raise SettingsError("GUIDE_SERVER_TAG must be 1 to 16 small letters or digits.")
    for origin in settings.embed_origins:
        if not re.fullmatch(r"(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:\d+)?", origin):
            raise SettingsError("GUIDE_EMBED_ORIGINS must be addresses like https://safeguarding.je, with a space between two and no path.")
    if settings.guide_log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise SettingsError("GUIDE_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    if settings.guide_live_reload not in {"on", "off"}:
        raise SettingsError("GUIDE_LIVE_RELOAD must be on or off.")
    if settings.live_reload and settings.guide_host not in {"127.0.0.1", "localhost", "::1"}:
        raise SettingsError("GUIDE_LIVE_RELOAD is for editing on one machine: set it to off, or GUIDE_HOST to 127.0.0.1.")
    for name in ("concerns_form_url", "guide_exit_url"):
        value = getattr(settings, name)
        if value and not re.fullmatch(r"https://[^\s\"'<>]+", value):
            raise SettingsError(f"{name.upper()} must be a web address that begins with https://.")
