"""The image leaves out what only training needs: the guide runs whole where none of it can be imported."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
import requests
from project_copy import copy_what_runs
from servers import guide

from safeguarding.settings import ROOT

pytestmark = pytest.mark.server

LEFT_OUT = [line for line in (ROOT / "deploy/training-only.txt").read_text().splitlines() if not line.startswith("#")]

BLOCK = """
import sys


class LeftOut:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"{{name}} is not in the image", name=name)


sys.meta_path.insert(0, LeftOut())
"""
"""A sitecustomize.py: Python runs it at its start, in each process of the guide."""


def import_names() -> set[str]:
    return {name for name, packages in packages_distributions().items() if {_bare(package) for package in packages} & set(LEFT_OUT)}


def megabytes(package: str) -> float:
    return sum(file.locate().stat().st_size for file in distribution(package).files or () if file.locate().exists()) / 1e6  # type: ignore[attr-defined]


def _bare(package: str) -> str:
    return package.lower().replace("_", "-")


def test_the_guide_runs_whole_without_them(tmp_path: Path) -> None:
    names = import_names()
    assert {"tensorflow", "keras", "jax", "onnx"} <= names
    print({"MB left out": round(sum(map(megabytes, LEFT_OUT)))})
    project = copy_what_runs(tmp_path / "project")
    (project / "sitecustomize.py").write_text(BLOCK.format(names=names))
    tried = [sys.executable, "-c", "import tensorflow"]
    assert "not in the image" in subprocess.run(tried, env={"PYTHONPATH": str(project)}, capture_output=True, text=True).stderr
    with guide(tmp_path, {}, project) as (address, _):
        said = {
            "what is abuse": ("what_is_abuse", "en"),
            "o meu vizinho bate na mulher, onde posso denunciar?": (None, "pt"),
            "he is hitting me right now": ("emergency", "en"),
        }
        for text, (answer, language) in said.items():
            reply = requests.post(f"{address}/chat/messages", json={"text": text}, timeout=20).json()
            assert answer in (None, reply["messages"][0]["answer"])
            assert "service_problem" not in {message["answer"] for message in reply["messages"]}
            assert reply["language"] == language
        chosen = requests.post(f"{address}/chat/messages", json={"choice": "how_to_report", "easy_read": True}, timeout=20).json()
        assert chosen["messages"][0]["answer"] == "how_to_report"
        assert requests.get(f"{address}/chat/health", timeout=5).json()["status"] == "ready"
