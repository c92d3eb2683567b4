"""The one place where Rasa itself is changed: a few lines that no setting and no extension point reaches.

Rasa's server imports TensorFlow with the helpers of its own neural components, of which the guide has none: seven seconds of
every start and 370 MB in every server. `leave_tensorflow_out` lets those three modules be empty; training has them whole.
docs/decisions/0026 has the figures.

`RemoteAction` checks what the action server sends against a JSON schema, and checks the schema itself against the schema
of schemas each time: about 7 ms of CPU for every call, the most of an action's turn. The check stays as it was; only
the schema is compiled once.

`DomainProvider` reads the words in the model four times and checks them against a schema twice, with a parser in Python: ten
seconds of every start. They were checked when the model was made, and are read once here.

tests/bot/test_rasa_patches.py fails when Rasa changes the lines that any of these stands for.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasa.core.actions.action import RemoteAction
    from rasa.engine.storage.resource import Resource
    from rasa.engine.storage.storage import ModelStorage
    from rasa.graph_components.providers.domain_provider import DomainProvider

ONLY_FOR_TRAINING = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}
"""Modules of Rasa that import TensorFlow as soon as they are named, and what a server takes from them without using it.

The validator stands in the plan of the training, which a model file tells and a server reads, class by class, but never runs.
"""


def leave_tensorflow_out() -> None:
    """Before Rasa is imported, in a process that only reads a model: nothing here needs TensorFlow then."""
    for name, unused in ONLY_FOR_TRAINING.items():
        sys.modules[name] = module = ModuleType(name, "Left out: only training needs it (bot/rasa_patches.py).")
        for what in unused:
            setattr(module, what, object)


def apply_patches() -> None:
    """Change Rasa in this process; applied twice it is the same."""
    _compile_the_schema_of_actions()
    _read_the_domain_once()


def _compile_the_schema_of_actions() -> None:
    from jsonschema import Draft202012Validator, ValidationError
    from rasa.core.actions.action import RemoteAction

    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(_self: RemoteAction, result: dict[str, Any]) -> bool:
        """Whether the result may be used. Raises ValidationError with Rasa's advice where not."""
        error = next(validator.iter_errors(result), None)
        if error is None:
            return True
        raise ValidationError(f"{error.message}. Failed to validate the action server's response: it must be valid.")

    RemoteAction._validate_action_result = validate_action_result


def _read_the_domain_once() -> None:
    from rasa.graph_components.providers.domain_provider import DomainProvider
    from rasa.shared.core.domain import Domain
    from rasa.shared.utils.io import read_yaml_file

    def load(cls: type[DomainProvider], model_storage: ModelStorage, resource: Resource, **_unused: object) -> DomainProvider:
        """The words that were kept with the model. Raises what Rasa does where the file cannot be read."""
        with model_storage.read_from(resource) as folder:
            domain = Domain.from_dict(read_yaml_file(folder / "domain.yml"))
        return cls(model_storage, resource, domain)

    DomainProvider.load = classmethod(load)
