"""The layers of the house, and the one stem by which an answer is named everywhere."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguarding.content import Answer, answer_files, load_content
from safeguarding.messages import MORE
from safeguarding.settings import ROOT

QUESTION_EXAMPLES, TALK_EXAMPLES, OUT_OF_SCOPE_EXAMPLES = 40, 25, 300
NOT_AN_ANSWER = {f"show_{MORE}"}
SAID_BY_AN_ACTION = {"clarify": "action_clarify_answer", "repeat": "action_repeat_answer", "why": "action_tell_why"}
"""Answers whose rule calls an action first, which says them by name where nothing else fits."""

CONTENT = load_content()
ASKABLE = [answer for answer in CONTENT.answers.values() if answer.intent]


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


@cache
def examples() -> Counter[str]:
    """The number of different examples of each intent."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "data/nlu").glob("*.yml"):
        for block in read(path)["nlu"]:
            if "intent" in block:
                lines = {line.removeprefix("- ").strip().lower() for line in block["examples"].splitlines() if line.startswith("- ")}
                found.setdefault(block["intent"], set()).update(lines)
    return Counter({intent: len(lines) for intent, lines in found.items()})


@cache
def rules() -> dict[str, list[str]]:
    """The actions of each rule that begins with an intent alone."""
    found = {}
    for path in (ROOT / "data/rules").glob("*.yml"):
        for rule in read(path)["rules"]:
            first, *rest = rule["steps"]
            if "intent" in first and not rule.get("condition"):
                found[first["intent"]] = [step["action"] for step in rest if "action" in step]
    return found


def domain_intents() -> list[str]:
    return [intent if isinstance(intent, str) else next(iter(intent)) for intent in read(ROOT / "domain.yml")["intents"]]


def test_each_layer_leans_only_on_those_below_it() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_module_of_the_core_has_its_layer() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    missing = [path.stem for path in (ROOT / "safeguarding").glob("[a-z]*.py") if f"safeguarding.{path.stem}" not in settings]
    assert missing == [], "name it in [tool.importlinter] in pyproject.toml"


@pytest.mark.parametrize("path", answer_files(), ids=lambda path: path.stem)
def test_an_answer_is_named_like_its_file(path: Path) -> None:
    assert read(path)["id"] == path.stem


@pytest.mark.parametrize("answer", ASKABLE, ids=lambda answer: answer.id)
def test_an_answer_has_one_stem_from_example_to_rule(answer: Answer) -> None:
    assert answer.intent in examples(), "data/nlu/"
    assert answer.intent in domain_intents(), "domain.yml"
    said = rules()[str(answer.intent)]
    assert said[0] == SAID_BY_AN_ACTION.get(answer.id, f"utter_{answer.id}"), "data/rules/"


@pytest.mark.parametrize("answer", ASKABLE, ids=lambda answer: answer.id)
def test_an_answer_has_enough_examples(answer: Answer) -> None:
    least = OUT_OF_SCOPE_EXAMPLES if answer.id == "out_of_scope" else TALK_EXAMPLES if answer.kind == "talk" else QUESTION_EXAMPLES
    assert examples()[str(answer.intent)] >= least


@pytest.mark.parametrize("answer", [answer for answer in ASKABLE if answer.hand_off], ids=lambda answer: answer.id)
def test_a_hand_off_is_counted_after_it_is_said(answer: Answer) -> None:
    said = rules()[str(answer.intent)]
    assert said.index(f"utter_{answer.id}") < said.index("action_log_escalation")


def test_no_intent_leads_nowhere() -> None:
    intents = {answer.intent for answer in ASKABLE}
    assert set(domain_intents()) - intents <= NOT_AN_ANSWER | {intent for intent in domain_intents() if intent in rules()}
    assert set(examples()) <= set(domain_intents())


def test_no_intent_has_a_name_that_rasa_keeps_for_itself() -> None:
    assert not set(domain_intents()) & {"back", "restart", "session_start"}


def test_the_domain_holds_no_prose() -> None:
    assert "responses" not in read(ROOT / "domain.yml")


def test_no_example_belongs_to_two_intents() -> None:
    owners: dict[str, set[str]] = {}
    for path in (ROOT / "data/nlu").glob("*.yml"):
        for block in read(path)["nlu"]:
            for line in block.get("examples", "").splitlines():
                owners.setdefault(line.removeprefix("- ").strip().lower(), set()).add(block.get("intent", ""))
    assert {line: sorted(intents) for line, intents in owners.items() if len(intents) > 1} == {}
