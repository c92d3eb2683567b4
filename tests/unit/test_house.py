"""The house in order: short files, the same names in every room, and a reason beside every number of the configuration."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from core_tests import HOUSE, MOST_SECONDS

from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.settings import ROOT

MOST_LINES = 300
RUNS = 4
LONGER: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

CODE = {".py", ".js", ".css", ".html"}
CONTENT = load_content()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_of_code_is_longer_than_300_lines_without_a_reason() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in tracked() if path.suffix in CODE}
    assert len(lengths) > 100
    assert {name for name, lines in lengths.items() if lines > MOST_LINES} == set(LONGER)


def test_the_held_out_lines_and_the_facts_name_answers_by_the_same_stem() -> None:
    named = set(
        re.findall(r'"answer": "(\w+)"', "".join(path.read_text("utf-8") for path in (ROOT / "tests/nlu/held_out").rglob("*.jsonl")))
    )
    named |= set(re.findall(r"answer: (\w+)", (ROOT / "tests/content/facts.yml").read_text("utf-8")))
    assert len(named) > 40
    assert named <= {answer.public_id for answer in CONTENT.answers.values()} | set(CONTENT.answers)


@pytest.mark.parametrize("folder", ["data/nlu", "data/rules"])
def test_the_topics_have_the_same_names(folder: str) -> None:
    topics = {path.name for path in (CONTENT_DIR / "answers").iterdir() if path.is_dir()}
    files = {path.stem for path in (ROOT / folder).glob("*.yml")}
    assert topics - {"report"} <= files, folder


def test_every_number_of_the_configuration_has_its_reason() -> None:
    lines = (ROOT / "config.yml").read_text(encoding="utf-8").splitlines()
    numbers = [(number, line) for number, line in enumerate(lines, start=1) if re.match(r"\s+[\w-]+: -?\d", line)]
    assert len(numbers) >= 10
    assert [number for number, line in numbers if not re.search(r"#\s*\S+.{10,}", line)] == []


def test_the_unit_tests_of_the_core_are_quick() -> None:
    """In a process of their own; the quickest of up to four runs, because a crowded machine charges others' work to a process."""
    left_out = [f"--ignore=tests/unit/{name}.py" for name in sorted(HOUSE)]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not whole", "tests/unit", *left_out]
    took = []
    while len(took) < RUNS and min(took, default=MOST_SECONDS + 1) > MOST_SECONDS:
        run = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, run.stdout[-600:]
        said = re.search(r"core took ([\d.]+) s of CPU", run.stdout)
        assert said is not None
        took.append(float(said[1]))
    assert min(took) <= MOST_SECONDS, f"{took} seconds: look at --durations=10, and make them quicker"
