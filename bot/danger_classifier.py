"""Danger in the pipeline: the signs in the words OR the probability of the danger intent, joined into one intent."""

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

from safeguarding.danger import DangerSigns

EMERGENCY_INTENT = "tell_emergency"
METADATA_KEY = "danger"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerClassifier(IntentClassifier, GraphComponent):
    """Makes a message an emergency when the words show danger, or when the classifier thinks it likely enough.

    The chat channel has read the signs already and says so in the message's metadata; elsewhere (`rasa shell`,
    `rasa test`) this component reads them itself.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """From this probability of the danger intent on, the message is an emergency."""
        return {"threshold": 0.4}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerClassifier:
        """Make the component (see the parent class)."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the signs from `content/danger_signs.yml`."""
        self._threshold = float(config["threshold"])
        self._signs = DangerSigns.load()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the danger intent where there is danger; leave every other message as it is."""
        for message in messages:
            if message.get(TEXT) and self._is_danger(message):
                danger = {INTENT_NAME_KEY: EMERGENCY_INTENT, PREDICTED_CONFIDENCE_KEY: 1.0}
                others = [row for row in message.get(INTENT_RANKING_KEY, []) if row[INTENT_NAME_KEY] != EMERGENCY_INTENT]
                message.set(INTENT, danger, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [danger, *others], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt here."""
        return training_data

    def _is_danger(self, message: Message) -> bool:
        metadata = message.get("metadata") or {}
        if METADATA_KEY in metadata:
            if metadata[METADATA_KEY]:
                return True
        elif self._signs.assess(message.get(TEXT)).danger:
            return True
        ranking = {row[INTENT_NAME_KEY]: row[PREDICTED_CONFIDENCE_KEY] for row in message.get(INTENT_RANKING_KEY, [])}
        return ranking.get(EMERGENCY_INTENT, 0.0) >= self._threshold
