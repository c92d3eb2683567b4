"""The lines of Rasa that the guide replaces: they still do what they did, and Rasa has not changed them meanwhile."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.rasa_patches import apply_patches
from safeguarding.settings import ROOT

REPLACED = "92c725034cf9d06a0bacc907e9a07deb21b7be90687a0dbd5002dd17aa5031b5"
"""The lines of Rasa 3.6.21 that bot/rasa_patches.py stands for. Where this differs, read Rasa's new lines and the patch again."""


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    apply_patches()
    return RemoteAction("action_anything", None)


def test_rasa_has_not_changed_the_lines_that_are_replaced():
    code = (
        "import hashlib, inspect; from rasa.core.actions.action import RemoteAction as R; "
        "print(hashlib.sha256((inspect.getsource(R._validate_action_result)"
        " + inspect.getsource(R.action_response_format_spec)).encode()).hexdigest())"
    )
    found = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == REPLACED


def test_rasa_still_calls_what_is_replaced():
    assert "self._validate_action_result(response)" in inspect.getsource(RemoteAction.run)


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "told", "value": {"a": 1}, "timestamp": None}], "responses": [{"response": "utter_repeat"}]},
        {},
    ],
)
def test_a_good_reply_of_the_action_server_is_taken(action, result):
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize(
    "result",
    [
        [],
        {"events": {}},
        {"responses": ["utter_repeat"]},
        {"events": [{"event": "slot", "value": 1}]},
        {"events": [{"event": "no_such_event"}]},
    ],
)
def test_a_bad_reply_is_refused_as_rasa_refuses_it(action, result):
    with pytest.raises(ValidationError):
        action._validate_action_result(result)
