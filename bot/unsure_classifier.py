"""When to answer, when to ask which of two was meant, and when to say that nothing was understood."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

UNSURE_INTENT = "unsure_between_two"
NOTHING_INTENT = "nlu_fallback"
"""Rasa's own name for a message that was not understood."""

MAY_BE_OFFERED = "ask_"
"""Questions may be offered as choices. Who tells of harm is answered at once, never asked what they meant."""

NO_ANSWER = frozenset({"ask_number", "ask_report_path"})
"""They begin something, or ask for a part of an answer: there is nothing to offer."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureClassifier(IntentClassifier, GraphComponent):
    """Does what Rasa's FallbackClassifier does, and tells a close call between two questions from no idea at all."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Under `threshold` nothing is understood; closer than `margin`, and under `sure`, two questions are offered."""
        return {"threshold": 0.2, "margin": 0.1, "sure": 0.5}

    def __init__(self, config: dict[str, Any]) -> None:
        """Keep the three numbers."""
        self._threshold, self._margin, self._sure = (float(config[name]) for name in ("threshold", "margin", "sure"))

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> UnsureClassifier:
        """Make the component (see the parent class)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Change the intent of the messages that are unsure or not understood."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            chosen = message.get(INTENT) or {}
            decided_by_danger = bool(ranking) and chosen.get(INTENT_NAME_KEY) != ranking[0][INTENT_NAME_KEY]
            if message.get(TEXT) and len(ranking) > 1 and not decided_by_danger:
                intent = self._decide(ranking)
                if intent:
                    message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt here."""
        return training_data

    def _decide(self, ranking: list[dict[str, Any]]) -> str | None:
        if ranking[0][PREDICTED_CONFIDENCE_KEY] < self._threshold:
            return NOTHING_INTENT
        return UNSURE_INTENT if close_call(ranking, self._margin, self._sure) else None


def close_call(ranking: list[dict[str, Any]], margin: float, sure: float) -> bool:
    """Whether the two likeliest intents are questions, nearer to each other than `margin`, and the first less likely than `sure`."""
    first, second = ranking[:2]
    if not all(row[INTENT_NAME_KEY].startswith(MAY_BE_OFFERED) and row[INTENT_NAME_KEY] not in NO_ANSWER for row in (first, second)):
        return False
    return first[PREDICTED_CONFIDENCE_KEY] - second[PREDICTED_CONFIDENCE_KEY] < margin and first[PREDICTED_CONFIDENCE_KEY] < sure
