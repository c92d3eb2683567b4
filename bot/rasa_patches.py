"""The one place where Rasa itself is changed: a few lines that no setting and no extension point reaches.

`RemoteAction` checks what the action server sends against a JSON schema, and checks the schema itself against the schema
of schemas each time: about 7 ms of CPU for every call, the most of an action's turn. The check stays as it was; only
the schema is compiled once. tests/bot/test_rasa_patches.py fails when Rasa changes the lines that are replaced.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from rasa.core.actions.action import RemoteAction


def apply_patches() -> None:
    """Change Rasa in this process; applied twice it is the same."""
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(_self: RemoteAction, result: dict[str, Any]) -> bool:
        """Whether the result may be used. Raises ValidationError with Rasa's advice where not."""
        error = next(validator.iter_errors(result), None)
        if error is None:
            return True
        raise ValidationError(f"{error.message}. Failed to validate the action server's response: it must be valid.")

    RemoteAction._validate_action_result = validate_action_result
