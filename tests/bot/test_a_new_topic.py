"""docs/adding-a-topic.md, followed to the letter in a copy: the new answer comes, and what was understood before still is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests
import yaml
from project_copy import copy_project, learnt, train

from benchmarks.running import running_guide
from safeguarding.settings import ROOT

pytestmark = [pytest.mark.proof, pytest.mark.model]

STILL = {"what is abuse": "what_is_abuse", "my carer steals my money": "concern_self", "he has a knife": "emergency", "thank you": "thanks"}


def test_the_five_steps_make_a_new_answer(trained_model: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs/adding-a-topic.md").read_text(encoding="utf-8")
    answer, examples, intent, rule, conversation = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    name = yaml.safe_load(answer)["id"]
    project = copy_project(tmp_path)
    (project / f"content/answers/other_doors/{name}.yml").write_text(answer, encoding="utf-8")
    for file, block in (("data/nlu/other_doors.yml", examples), ("data/rules/other_doors.yml", rule)):
        text = (project / file).read_text(encoding="utf-8").rstrip("\n")
        (project / file).write_text(f"{text}\n{block}", encoding="utf-8")
    domain = project / "domain.yml"
    domain.write_text(domain.read_text("utf-8").replace("intents:\n", f"intents:\n{intent}", 1), encoding="utf-8")
    train(project)
    after, before = learnt(project / "models/guide.tar.gz"), learnt(trained_model)
    for name in ("minilm.onnx", "letters.skops", "rule_policy.json"):
        assert after[name] != before[name], "the new examples and the new rule were learnt"
    steps = yaml.safe_load(conversation)
    with running_guide(root=project) as guide:
        for step in steps:
            assert _first(guide.url, step["says"]) == step["first"]
        for text, expected in STILL.items():
            assert _first(guide.url, text) == expected


def _first(url: str, text: str) -> str:
    reply = requests.post(f"{url}/chat/messages", json={"text": text}, timeout=20).json()
    return str(reply["messages"][0]["answer"])
