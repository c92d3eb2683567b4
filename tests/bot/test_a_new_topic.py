"""docs/adding-a-topic.md, followed to the letter in a copy: the new answer comes, and what was understood before still is.

The short test learns a few examples of each intent in a minute and asks for the answer by its button; the proof learns them all, in many.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from project_copy import copy_project, learnt, train

from benchmarks.running import running_guide
from safeguarding.content import load_content
from safeguarding.settings import ROOT

pytestmark = pytest.mark.model

STILL = {"what is abuse": "what_is_abuse", "my carer steals my money": "concern_self", "he has a knife": "emergency", "thank you": "thanks"}
FEW = 3
"""Examples of each intent from which the short test learns."""


def follow_the_page(project: Path) -> tuple[str, list[dict[str, str]], dict[str, Any]]:
    """Do the five steps in a copy of the project; the id of the new answer, and the conversation and the fact of the last step."""
    page = (ROOT / "docs/adding-a-topic.md").read_text(encoding="utf-8")
    answer, examples, intent, rule, conversation, fact = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    name = yaml.safe_load(answer)["id"]
    (project / f"content/answers/other_doors/{name}.yml").write_text(answer, encoding="utf-8")
    for file, block in (("data/nlu/other_doors.yml", examples), ("data/rules/other_doors.yml", rule)):
        text = (project / file).read_text(encoding="utf-8").rstrip("\n")
        (project / file).write_text(f"{text}\n{block}", encoding="utf-8")
    domain = project / "domain.yml"
    domain.write_text(domain.read_text("utf-8").replace("intents:\n", f"intents:\n{intent}", 1), encoding="utf-8")
    facts = (ROOT / "tests/content/facts.yml").read_text(encoding="utf-8").replace("\n\neverywhere:", f"\n{fact}\neverywhere:", 1)
    return name, yaml.safe_load(conversation), yaml.safe_load(facts)["facts"][-1]


def learn_little(project: Path) -> None:
    """Leave a few examples of each intent, and one round of learning them."""
    for path in (project / "data/nlu").glob("*.yml"):
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        for block in data["nlu"]:
            block["examples"] = "".join(f"{line}\n" for line in block["examples"].splitlines()[:FEW])
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    config = project / "config.yml"
    config.write_text(re.sub(r"epochs: \d+", "epochs: 1", config.read_text("utf-8")), encoding="utf-8")


def test_the_five_steps_make_an_answer_that_comes(trained_model: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    name, steps, fact = follow_the_page(project)
    learn_little(project)
    train(project)
    with running_guide(root=project) as guide:
        (message,) = _ask(guide.url, choice=name)
    assert message["answer"] == name
    assert {step["contact"] for step in steps} <= {contact["id"] for contact in message["contacts"]}
    fill = load_content(project / "content").fill
    assert fact["answer"] == name
    assert [fill(wanted) for wanted in fact["says"] if fill(wanted) not in message["text"]] == []
    assert {fill(card) for card in fact["cards"]} <= {contact["phone"] for contact in message["contacts"]}


@pytest.mark.proof
def test_the_five_steps_make_an_answer_that_is_understood(trained_model: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    name, steps, fact = follow_the_page(project)
    train(project)
    after, before = learnt(project / "models/guide.tar.gz"), learnt(trained_model)
    for file in ("minilm.onnx", "letters.npz", "rule_policy.json"):
        assert after[file] != before[file], "the new examples and the new rule were learnt"
    with running_guide(root=project) as guide:
        for step in steps:
            assert _ask(guide.url, text=step["says"])[0]["answer"] == step["first"]
        for text, expected in {fact["ask"]: name, **STILL}.items():
            assert _ask(guide.url, text=text)[0]["answer"] == expected


def _ask(url: str, **body: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = requests.post(f"{url}/chat/messages", json=body, timeout=20).json()["messages"]
    return messages
