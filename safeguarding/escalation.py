"""The record of a hand-off: what is counted when somebody is sent to a service, and never who it was.

One row holds an event id, the ISO week, the route, the topic, the reading mode, the kind of channel and the content
release. Every field but the id and the release comes from a closed list, so no words of a person can get in. For whom
it was, in what role and in which language are a tally apart from the row: on a small island, together they are a person.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
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

FOR_WHOM = frozenset({"self", "other", "not_said"})
ROLES = frozenset({"public", "care_needs", "carer_or_worker", "not_said"})
LANGUAGES = frozenset({"en", "pt", "pl", "fr", "ro"})
TALLIED = {"for_whom": FOR_WHOM, "role": ROLES, "language": LANGUAGES}
"""What is counted by the week apart from the rows, and the values that each can have."""

NEAREST = frozenset({
    "none", "abuse", "other_doors", "principles", "report", "reporting", "safeguarding", "talk", "telling", "other",
})  # fmt: skip
"""The topics that a message without an answer may have been near to: the folders of `content/answers/`."""

MISSES = {"missed": NEAREST, "refused": NEAREST}
"""What is counted by the week of messages without an answer; nothing of it stands beside a hand-off."""

COUNTED = TALLIED | MISSES

_EVENT_ID = re.compile(r"[0-9a-f]{32}")
_WEEK = re.compile(r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])")
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
            _check_value(name, getattr(self, name), allowed)
        for name, pattern in (("event_id", _EVENT_ID), ("week", _WEEK), ("release", _RELEASE)):
            _check_form(name, getattr(self, name), pattern)

    def as_row(self) -> dict[str, str]:
        """The row as plain values, for the spool and the database."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Any) -> Escalation:
        """The hand-off in a row that was read back. Raises EscalationError on an unknown, missing or wrong field."""
        return cls(**_exact_fields(row, cls))


@dataclass(frozen=True)
class Tally:
    """One more in a week's count of one attribute. Raises EscalationError where a value is not on its closed list."""

    week: str
    attribute: str
    value: str

    def __post_init__(self) -> None:
        _check_form("week", self.week, _WEEK)
        _check_value("attribute", self.attribute, COUNTED)
        _check_value("value", self.value, COUNTED[self.attribute])

    @classmethod
    def from_row(cls, row: Any) -> Tally:
        """The tally in a row that was read back. Raises EscalationError on an unknown, missing or wrong field."""
        return cls(**_exact_fields(row, cls))


def tallies(week: str, *, for_whom: str = "not_said", role: str = "not_said", language: str = "en") -> list[Tally]:
    """One hand-off in each of the weekly counts."""
    return [Tally(week, "for_whom", for_whom), Tally(week, "role", role), Tally(week, "language", language)]


def who_asked(answer: str, slots: Mapping[str, Any]) -> dict[str, str]:
    """For whom the hand-off was and in what role the person asked, as far as the guided path or the answer tells."""
    for_whom, role = slots.get("for_whom"), slots.get("role")
    told = {"concern_self": "self", "concern_other": "other"}.get(answer, "not_said")
    return {"for_whom": str(for_whom) if for_whom in FOR_WHOM else told, "role": str(role) if role in ROLES else "not_said"}


def new_event_id() -> str:
    """128 random bits; minted once for each hand-off, so that a row can never be counted twice."""
    return secrets.token_hex(16)


def event_id_of(key: str, route: str, topic: str) -> str:
    """The event id of a conversation's hand-off on this route about this topic: the same however often it is answered.

    `key` is a secret of the conversation that is kept nowhere, so neither the conversation nor its other rows can be told from the id.
    """
    return hashlib.blake2b(f"{route}:{topic}".encode(), key=key.encode()[:64], digest_size=16).hexdigest()


def iso_week(day: date | None = None) -> str:
    """The ISO week of a day (today in UTC), like 2026-W48: fine enough for a report, too coarse to point at a person."""
    year, week, _ = (day or datetime.now(UTC).date()).isocalendar()
    return f"{year}-W{week:02d}"


def month_of_week(week: str) -> str:
    """The month that a week counts for, like 2026-11: the month of its Thursday, so that every week lies in exactly one month."""
    year, number = week.split("-W")
    return f"{date.fromisocalendar(int(year), int(number), 4):%Y-%m}"


def _check_value(name: str, value: Any, allowed: Collection[str]) -> None:
    if not isinstance(value, str) or value not in allowed:
        raise EscalationError(f"{name} is not one of {', '.join(sorted(allowed))}.")


def _check_form(name: str, value: Any, pattern: re.Pattern[str]) -> None:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise EscalationError(f"{name} does not have its form, {pattern.pattern}.")


def _exact_fields(row: Any, cls: type[Escalation] | type[Tally]) -> dict[str, Any]:
    if not isinstance(row, dict) or set(row) != {field.name for field in fields(cls)}:
        raise EscalationError(f"The row does not have exactly the fields of {cls.__name__}.")
    return row
