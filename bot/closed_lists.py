"""What a slot may hold while a conversation is kept: names from the guide's own lists, yes and no, and small numbers.

Rasa's slots of type `any` take whatever they are given. Here the store looks before it keeps one, so that a fault elsewhere
cannot put a person's words there.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain

from safeguarding.escalation import ROUTES, TOPICS
from safeguarding.report_path import BUTTON_INTENTS

LARGEST = 9
"""The largest number that a slot counts to; a telephone number is longer."""


def closed_values(domain: Domain) -> frozenset[str]:
    """Every name that any slot may hold: answers, buttons of the path, slots and their values, and hand-offs as “route:topic”."""
    answers = {name.removeprefix("utter_") for name in domain.responses}
    values = {str(value) for slot in domain.slots for value in getattr(slot, "values", None) or ()}
    hand_offs = {f"{route}:{topic}" for route in ROUTES for topic in TOPICS}
    return frozenset(answers | values | hand_offs | {slot.name for slot in domain.slots} | set(BUTTON_INTENTS) | {"asks"})


def is_closed(value: Any, allowed: frozenset[str]) -> bool:
    """Whether a slot's value holds nothing but what is on the lists."""
    if isinstance(value, str):
        return value in allowed
    if isinstance(value, dict):
        return all(is_closed(part, allowed) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return all(is_closed(part, allowed) for part in value)
    return value is None or isinstance(value, bool) or (isinstance(value, int) and 0 <= value <= LARGEST)
