"""Danger in the pipeline: the signs in the words OR the probability of the danger intent, joined into one intent."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import log
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from safeguarding.danger import DangerSigns, Verdict

EMERGENCY_INTENT = "tell_emergency"
OUT_OF_SCOPE_INTENT = "out_of_scope"
UNSURE_INTENTS = {"tell_concern_self": "tell_concern_self_urgent", "tell_concern_other": "tell_concern_other_urgent"}
"""Where danger is possible but not likely, the worry is answered with 999 as its first sentence."""

METADATA_KEY = "danger"


@dataclass(frozen=True)
class DangerSettings:
    """Log-odds of the danger intent from which a message is an emergency, and may be one; what signs and calm words add and take.

    `out_of_scope_from` stands for `emergency_from` where the message would else be about something that the guide is not for.

    The values are set, with their reasons, in config.yml.
    """

    emergency_from: float = -1.0
    unsure_from: float = -2.9
    sign_adds: float = 1.0
    calm_takes: float = 1.5
    out_of_scope_from: float = 0.0


def danger_score(chance: float, verdict: Verdict, settings: DangerSettings) -> float:
    """Log-odds that a message tells of danger: the classifier's chance (0 to 1), and what the words add or take."""
    return log_odds(chance) + settings.sign_adds * bool(verdict.signs) - settings.calm_takes * bool(verdict.calm)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DangerClassifier(IntentClassifier, GraphComponent):
    """Makes a message an emergency when the words show danger, or when the classifier thinks it likely enough.

    Words that speak for calm (a film, a lesson, years ago, "nobody is hurt") ask for a higher probability. What the
    chat channel saw already stands in the message's metadata, so that both always agree.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Those of DangerSettings."""
        return {field.name: field.default for field in fields(DangerSettings)}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> DangerClassifier:
        """Make the component (see the parent class)."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the signs from `content/danger_signs.yml`."""
        self._settings = DangerSettings(**{field.name: float(config[field.name]) for field in fields(DangerSettings)})
        self._signs = DangerSigns.load()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the danger intent where there is danger, an urgent worry where there may be; leave the rest as it is."""
        for message in messages:
            if message.get(TEXT):
                intent = self._decide(message)
                if intent:
                    message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing is learnt here."""
        return training_data

    def _decide(self, message: Message) -> str | None:
        chances = {row[INTENT_NAME_KEY]: row[PREDICTED_CONFIDENCE_KEY] for row in message.get(INTENT_RANKING_KEY, [])}
        verdict = self._signs.assess(message.get(TEXT))
        score = danger_score(chances.get(EMERGENCY_INTENT, 0.0), verdict, self._settings)
        next_best = max((intent for intent in chances if intent != EMERGENCY_INTENT), key=lambda intent: chances[intent], default=None)
        needed = self._settings.out_of_scope_from if next_best == OUT_OF_SCOPE_INTENT else self._settings.emergency_from
        if score >= needed or verdict.danger or (message.get("metadata") or {}).get(METADATA_KEY):
            return EMERGENCY_INTENT
        if score >= self._settings.unsure_from and next_best in UNSURE_INTENTS:
            return UNSURE_INTENTS[next_best]
        likeliest = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
        return next_best if likeliest == EMERGENCY_INTENT else None


def log_odds(chance: float) -> float:
    """The log-odds of a probability, kept away from both ends: 0 at one half, -2.9 at 0.05."""
    return log((chance + 1e-4) / (1 - chance + 1e-4))
