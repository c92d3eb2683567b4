"""The classifier's chance of danger, what the words add and take, and what the message would else be: an emergency, a worry, or neither."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.danger_classifier import EMERGENCY_INTENT, DangerClassifier, log_odds

pytestmark = pytest.mark.model

CLASSIFIER = DangerClassifier(DangerClassifier.get_default_config())


def decided(text: str, chance: float, else_intent: str) -> str:
    """The intent of a message for which the reader gives danger this chance, and another intent the rest."""
    chances = {EMERGENCY_INTENT: chance, else_intent: 1 - chance}
    ranking = [{"name": name, "confidence": chances[name]} for name in sorted(chances, key=lambda name: -chances[name])]
    message = Message({TEXT: text, INTENT: ranking[0], INTENT_RANKING_KEY: ranking})
    CLASSIFIER.process([message])
    return str(message.get(INTENT)["name"])


@pytest.mark.parametrize(
    ("text", "chance", "else_intent", "expected"),
    [
        ("it is dark here", 0.9, "tell_concern_self", EMERGENCY_INTENT),
        ("it is dark here", 0.3, "tell_concern_self", EMERGENCY_INTENT),
        ("it is dark here", 0.2, "tell_concern_self", "tell_concern_self_urgent"),
        ("it is dark here", 0.2, "ask_privacy", "ask_privacy"),
        ("it is dark here", 0.3, "out_of_scope", "out_of_scope"),
        ("it is dark here", 0.6, "out_of_scope", EMERGENCY_INTENT),
        ("in the film it is dark", 0.4, "ask_privacy", "ask_privacy"),
        ("he is strangling me", 0.0, "out_of_scope", EMERGENCY_INTENT),
    ],
)
def test_danger_is_decided(text: str, chance: float, else_intent: str, expected: str) -> None:
    assert decided(text, chance, else_intent) == expected


def test_one_half_is_nought_in_log_odds() -> None:
    assert log_odds(0.5) == 0
    assert log_odds(0.05) == pytest.approx(-2.94, abs=0.01)
