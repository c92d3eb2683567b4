"""The lines of Rasa that the guide replaces: they still do what they did, and Rasa has not changed them meanwhile."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.rasa_patches import ONLY_FOR_TRAINING, apply_patches
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


def test_rasa_takes_from_the_modules_that_are_left_out_just_what_they_still_give():
    """Read from Rasa's text, because importing it whole would bring TensorFlow."""
    rasa = Path(str(importlib.util.find_spec("rasa").origin)).parent
    trees = [ast.parse((rasa / file).read_text(encoding="utf-8")) for file in ("utils/train_utils.py", "engine/recipes/default_recipe.py")]
    named = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    taken = {node.module: tuple(name.name for name in node.names) for node in named}
    assert {module: taken.get(module) for module in ONLY_FOR_TRAINING} == ONLY_FOR_TRAINING


def test_the_server_comes_up_without_tensorflow_and_with_everything_that_reads_a_message():
    code = (
        "import sys; from bot.rasa_patches import leave_tensorflow_out; leave_tensorflow_out(); "
        "import rasa.__main__, rasa.core.run, rasa.core.agent, bot.chat_channel, bot.intent_classifier, bot.danger_classifier, "
        "bot.unsure_classifier, rasa.core.policies.rule_policy; sys.exit('tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.model
def test_the_model_is_read_without_tensorflow(trained_model):
    code = (
        "import sys; from bot.rasa_patches import leave_tensorflow_out; leave_tensorflow_out(); "
        "from rasa.core.agent import Agent; agent = Agent(); agent.load_model(sys.argv[1]); "
        "sys.exit('tensorflow' in sys.modules or not agent.is_ready())"
    )
    environment = os.environ | {"GUIDE_ACTIONS_URL": "unused"}
    assert subprocess.run([sys.executable, "-c", code, str(trained_model)], cwd=ROOT, env=environment, check=False).returncode == 0
