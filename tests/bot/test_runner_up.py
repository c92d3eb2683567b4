"""A button for the next likeliest answer, so that a wrong guess is one tap from the right one."""

from __future__ import annotations

import pytest

from bot.understanding import Understanding
from safeguarding.content import load_content

UNDERSTANDING = Understanding(load_content())


def parsed(*ranking: tuple[str, float], intent: str | None = None) -> dict[str, object]:
    rows = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return {"intent": {"name": intent or ranking[0][0]}, "intent_ranking": rows}


@pytest.mark.parametrize(
    ("ranking", "button"),
    [
        ([("ask_privacy", 0.6), ("ask_about", 0.03)], "about"),
        ([("ask_privacy", 0.6), ("ask_about", 0.02)], None),
        ([("tell_concern_self", 0.6), ("tell_concern_other", 0.3), ("ask_is_this_abuse", 0.05)], "is_this_abuse"),
        ([("tell_concern_self", 0.6), ("tell_concern_other", 0.2), ("tell_emergency", 0.1), ("ask_about", 0.05)], None),
        ([("tell_domestic_abuse_support", 0.5), ("tell_sexual_assault", 0.2)], "sexual_assault"),
        ([("tell_domestic_abuse_support", 0.5), ("tell_sexual_assault", 0.1)], None),
        ([("tell_concern_self", 0.5), ("tell_own_behaviour", 0.4)], None),
        ([("tell_concern_self", 0.5), ("tell_accused", 0.4)], None),
        ([("tell_accused", 0.5), ("tell_sexual_assault", 0.4)], None),
        ([("tell_own_behaviour", 0.5), ("tell_sexual_assault", 0.3), ("ask_is_this_abuse", 0.1)], "is_this_abuse"),
        ([("ask_privacy", 1.0)], None),
    ],
)
def test_a_question_or_a_services_own_door_gets_a_button(ranking: list[tuple[str, float]], button: str | None) -> None:
    assert UNDERSTANDING.runner_up(parsed(*ranking)) == button


def test_what_was_decided_otherwise_gets_none() -> None:
    assert UNDERSTANDING.runner_up(parsed(("tell_concern_self", 0.5), ("ask_about", 0.3), intent="tell_emergency")) is None
    assert UNDERSTANDING.runner_up({"intent": {"name": "ask_about"}}) is None
