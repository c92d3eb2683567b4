"""The lines of Rasa that the guide replaces: they still do what they did, and Rasa has not changed them meanwhile."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.rasa_patches import ONLY_FOR_TRAINING, apply_patches
from safeguarding.settings import ROOT

REPLACED = "5cbaacd2adb161ffc25a081c24f450bcf48456a5d987dfb24443f27245da0f8f"
"""The lines of Rasa 3.6.21 that bot/rasa_patches.py stands for. Where this differs, read Rasa's new lines and the patch again."""


@pytest.fixture
def action(monkeypatch):
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    apply_patches()
    return RemoteAction("action_anything", None)


def test_rasa_has_not_changed_the_lines_that_are_replaced():
    code = (
        "import hashlib, inspect; from rasa.core.actions.action import RemoteAction as R; "
        "from rasa.graph_components.providers.domain_provider import DomainProvider as P; from rasa.shared.core.domain import Domain as D; "
        "replaced = (R._validate_action_result, R.action_response_format_spec); "
        "replaced += (P._persist, P.load, D.from_path, D.from_directory, D.from_yaml); "
        "print(hashlib.sha256(''.join(map(inspect.getsource, replaced)).encode()).hexdigest())"
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
def test_the_words_in_a_model_are_read_once_and_as_rasa_reads_them(trained_model, tmp_path):
    """In processes of their own: one reads as Rasa does, the other with the patch."""
    with tarfile.open(trained_model) as archive:
        words = archive.extractfile("components/domain_provider/domain.yml")
        assert words is not None
        (tmp_path / "domain.yml").write_bytes(words.read())
    read = (
        "import sys; from contextlib import nullcontext; from pathlib import Path; from types import SimpleNamespace; "
        "from rasa.graph_components.providers.domain_provider import DomainProvider; "
        "storage = SimpleNamespace(read_from=lambda resource: nullcontext(Path(sys.argv[1]))); "
        "words = DomainProvider.load(config={}, model_storage=storage, resource=None, execution_context=None).provide_inference(); "
        "print(words.fingerprint())"
    )
    as_rasa, patched = (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", before + read, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for before in ("", "from bot.rasa_patches import apply_patches; apply_patches(); ")
    )
    assert patched.stdout.split()[-1] == as_rasa.stdout.split()[-1]


def test_rasa_reads_yaml_with_the_c_library():
    code = "import sys, ruamel.yaml.main as main; sys.exit(main.CParser is None)"
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
