"""The classifier of the pipeline: `bot.intent_ensemble` as a Rasa component."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.intent_ensemble import EnsembleSettings, IntentEnsemble

LEARNS = (
    "bert.py", "bert_graph.py", "bert_tuning.py", "intent_ensemble.py", "learnt_file.py", "letter_groups.py",
    "minilm.py", "pinned_files.py",
)  # fmt: skip


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnsembleClassifier(IntentClassifier, GraphComponent):
    """Learns intents from the words of the examples; ranks all of them for each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The ensemble's own defaults, and a digest of the code that learns, so that Rasa's cache knows when that changed."""
        return {"learnt_by": _digest(), **{field.name: field.default for field in fields(EnsembleSettings)}}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, ensemble: IntentEnsemble | None = None
    ) -> None:
        """An untrained classifier, or one around what was loaded."""
        self._settings = EnsembleSettings(**{field.name: config[field.name] for field in fields(EnsembleSettings)})
        self._model_storage, self._resource = model_storage, resource
        self._ensemble = ensemble

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> EnsembleClassifier:
        """An untrained classifier (see the parent class)."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have a label."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT) and example.get(INTENT)]
        texts, labels = [example.get(TEXT) for example in examples], [example.get(INTENT) for example in examples]
        with self._model_storage.write_to(self._resource) as folder:
            IntentEnsemble.fit(texts, labels, self._settings, folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EnsembleClassifier:
        """The trained classifier. A model without one is refused by Rasa."""
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            made._ensemble = IntentEnsemble.load(folder, made._settings)
        return made

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it learns from its guesses."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message that has text."""
        for message in messages:
            if message.get(TEXT) and self._ensemble is not None:
                chances = self._ensemble.predict(message.get(TEXT))
                ranking = [
                    {INTENT_NAME_KEY: str(self._ensemble.labels[index]), PREDICTED_CONFIDENCE_KEY: float(chances[index])}
                    for index in np.argsort(-chances)
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


@cache
def _digest() -> str:
    code = b"".join((Path(__file__).parent / name).read_bytes() for name in LEARNS)
    return hashlib.sha256(code).hexdigest()
