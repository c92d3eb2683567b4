"""A copy of the project to edit and train in, with what was learnt so far."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from bot.language_reader import LANGUAGES_MODEL
from safeguarding.settings import ROOT

SOURCES = ("actions", "bot", "content", "data", "safeguarding", "web", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml")
LEARNT = ("minilm.onnx", "letters.npz", "rule_policy.json", "memorized_turns.json")
"""The files of a model that hold what was learnt from examples, rules and stories."""


def copy_project(folder: Path) -> Path:
    """Everything that a model is made from, the cache of the last training, and the reader of the other languages as it is."""
    has_cache = (ROOT / ".rasa").is_dir()  # a machine that got its models from a release has none
    _copy((*SOURCES, ".rasa") if has_cache else SOURCES, folder)
    (folder / "models").mkdir()
    shutil.copy2(LANGUAGES_MODEL, folder / "models")
    return folder


def copy_what_runs(folder: Path) -> Path:
    """What a guide needs to run, with both models."""
    _copy((*SOURCES, "models"), folder)
    return folder


def _copy(sources: tuple[str, ...], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / source, folder / source)


def train(project: Path) -> str:
    """Train there; what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.train"], cwd=project, env=os.environ | {"PYTHONPATH": str(project)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def learnt(model: Path) -> dict[str, str]:
    """The digest of each file of a model that holds something learnt."""
    with tarfile.open(model) as archive:
        members = [member for member in archive.getmembers() if Path(member.name).name in LEARNT]
        read = ((Path(member.name).name, archive.extractfile(member)) for member in members)
        return {name: hashlib.sha256(file.read()).hexdigest() for name, file in read if file}
