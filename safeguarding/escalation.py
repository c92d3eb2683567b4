"""The record of a hand-off: what is counted when somebody is sent to a service, and never who it was.

One row holds an event id, the ISO week, the route, the topic, the reading mode, the kind of channel and the content
release. Every field but the id and the release comes from a closed list, so no words of a person can get in.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

ROUTES = frozenset({
    "emergency", "spor", "concerns_form", "police", "children", "mental_health", "sexual_assault", "domestic_abuse", "other_service",
})  # fmt: skip
TOPICS = frozenset({
    "none", "physical", "domestic", "sexual", "emotional", "financial", "modern_slavery", "discriminatory", "organisational",
    "neglect", "self_neglect",
})  # fmt: skip
READING_MODES = frozenset({"standard", "easy_read"})
CHANNELS = frozenset({"page", "page_without_script", "shell"})

_EVENT_ID = re.compile(r"[0-9a-f]{32}")
_WEEK = re.compile(r"\d{4}-W\d{2}")
_RELEASE = re.compile(r"[0-9a-f]{16}")


class EscalationError(ValueError):
    """A row holds a field or a value that is not on its list."""


@dataclass(frozen=True)
class Escalation:
    """One hand-off. Raises EscalationError where a value is not on its closed list."""

    event_id: str
    week: str
    route: str
    topic: str
    reading_mode: str
    channel: str
    release: str

    def __post_init__(self) -> None:
        for name, allowed in (("route", ROUTES), ("topic", TOPICS), ("reading_mode", READING_MODES), ("channel", CHANNELS)):
            if getattr(self, name) not in allowed:
                raise EscalationError(f"{name} is not one of {', '.join(sorted(allowed))}.")
        for name, pattern in (("event_id", _EVENT_ID), ("week", _WEEK), ("release", _RELEASE)):
            value = getattr(self, name)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                raise EscalationError(f"{name} does not have its form, {pattern.pattern}.")

    def as_row(self) -> dict[str, str]:
        """The row as plain values, for the spool and the database."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Any) -> Escalation:
        """The hand-off in a row that was read back. Raises EscalationError on an unknown, missing or wrong field."""
        if not isinstance(row, dict) or set(row) != {field.name for field in fields(cls)}:
            raise EscalationError("The row does not have exactly the fields of a hand-off.")
        return cls(**row)


def new_event_id() -> str:
    """128 random bits; minted once for each hand-off, so that a row can never be counted twice."""
    return secrets.token_hex(16)


def iso_week(day: date | None = None) -> str:
    """The ISO week of a day (today in UTC), like 2026-W48: fine enough for a report, too coarse to point at a person."""
    year, week, _ = (day or datetime.now(UTC).date()).isocalendar()
    return f"{year}-W{week:02d}"
