"""Rasa's own test stories against the trained model: every predicted action is the one in the story.

One run for all of them costs half a minute of start, so a story that is wrong on purpose goes with them: it alone may fail.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from safeguarding.settings import ROOT

STORIES = Path(__file__).with_name("test_stories.yml")
WRONG = {"story": "Wrong on purpose", "steps": [{"intent": "goodbye"}, {"action": "utter_greet"}]}


@pytest.mark.model
def test_every_story_goes_as_written_and_a_wrong_one_is_seen(trained_model: Path, tmp_path: Path) -> None:
    written = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    played = tmp_path / STORIES.name
    played.write_text(yaml.safe_dump({**written, "stories": [*written["stories"], WRONG]}), encoding="utf-8")
    assert failed_stories(played, trained_model, tmp_path / "results") == [WRONG["story"]]


def failed_stories(stories: Path, model: Path, results: Path) -> list[str]:
    """The names of the stories in which Rasa predicts something else than is written."""
    command = [sys.executable, "-m", "rasa", "test", "core", "--model", str(model), "--stories", str(stories), "--out", str(results)]
    command += ["--endpoints", str(results / "none.yml"), "--no-plot"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    report = results / "failed_test_stories.yml"
    assert run.returncode == 0, run.stderr[-2000:]
    return [story["story"].removesuffix(f" ({stories})") for story in yaml.safe_load(report.read_text(encoding="utf-8"))["stories"]]
