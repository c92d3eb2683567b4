"""The house in order: short files, the same names in every room, and a reason beside every number of the configuration."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from core_tests import HOUSE, MOST_SECONDS

from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.languages import OTHERS
from safeguarding.settings import ROOT

MOST_LINES = 300
RUNS = 4
SIGNS = "signs all over the file share the groups of words at its top, and who reads the signs of a language reads them all"
LONGER = {"content/danger_signs.yml": SIGNS} | {f"content/translations/{language}/danger_signs.yml": SIGNS for language in OTHERS}
"""Files that may be longer, each with its reason."""

CODE = {".py", ".js", ".css", ".html"}
CONTENT = load_content()
CONTACTS_ALWAYS = re.compile(r"""\(["']emergency["'],[^()]*["']spor["'],[^()]*["']police["'],?\s*\)""")
"""A list of the contacts that always stand, written out."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def is_kept_short(path: Path) -> bool:
    return path.suffix in CODE or (path.suffix == ".yml" and CONTENT_DIR in path.parents)


def test_no_file_of_code_or_words_is_longer_than_300_lines_without_a_reason() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in tracked() if is_kept_short(path)}
    assert len(lengths) > 700
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
    assert topics <= files, folder


def test_every_number_of_the_configuration_has_its_reason() -> None:
    lines = (ROOT / "config.yml").read_text(encoding="utf-8").splitlines()
    numbers = [(number, line) for number, line in enumerate(lines, start=1) if re.match(r"\s+[\w-]+: -?\d", line)]
    assert len(numbers) >= 10
    assert [number for number, line in numbers if not re.search(r"#\s*\S+.{10,}", line)] == []


def numbers_without_a_reason(settings: ast.ClassDef) -> list[str]:
    """The fields of a class that hold a number and have no sentence of their own right below them."""
    below = dict(zip(settings.body, [*settings.body[1:], None], strict=True))
    numbers = [part for part in settings.body if isinstance(part, ast.AnnAssign) and part.value and is_number(part.value)]
    return [ast.unparse(part.target) for part in numbers if len(text_of(below[part])) < 40]


def is_number(value: ast.expr) -> bool:
    try:
        return isinstance(ast.literal_eval(value), int | float)
    except ValueError:
        return False


def text_of(part: ast.stmt | None) -> str:
    is_text = isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) and isinstance(part.value.value, str)
    return part.value.value if is_text else ""  # type: ignore[union-attr]


def test_every_number_of_the_reader_of_other_languages_has_its_reason() -> None:
    module = ast.parse((ROOT / "bot/language_reader.py").read_text(encoding="utf-8"))
    (settings,) = [part for part in module.body if isinstance(part, ast.ClassDef) and part.name == "ReaderSettings"]
    assert sum(isinstance(part, ast.AnnAssign) for part in settings.body) >= 10
    assert numbers_without_a_reason(settings) == []


def test_a_number_without_a_reason_is_seen() -> None:
    (made,) = ast.parse('class Made:\n    a: float = -1.0\n    b: int = 2\n    """short"""\n    c: str = "x"\n').body
    assert isinstance(made, ast.ClassDef)
    assert numbers_without_a_reason(made) == ["a", "b"]


def test_every_package_that_is_asked_for_has_its_reason() -> None:
    groups = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[dependency-groups]\n")[1].split("\n[")[0]
    asked = re.findall(r'^    ".*$', groups, re.MULTILINE)
    assert len(asked) > 40
    assert [line for line in asked if not re.search(r"#\s*\S.{7,}", line)] == []


def test_the_contacts_that_always_stand_are_listed_once() -> None:
    folders = [ROOT / name for name in ("actions", "bot", "deploy", "safeguarding")]
    code = [path for path in tracked() if path.suffix == ".py" and set(folders) & set(path.parents)]
    found = [path.relative_to(ROOT).as_posix() for path in code for _ in CONTACTS_ALWAYS.findall(path.read_text("utf-8"))]
    assert found == ["safeguarding/messages.py"]


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
