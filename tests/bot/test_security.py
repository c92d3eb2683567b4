"""The threats of docs/security.md each have a test, and those that need no server are tried here."""

from __future__ import annotations

import ast
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.audit import verdict
from safeguarding.content import ContentError, read_yaml
from safeguarding.settings import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-uv.lock")
THREATS = re.findall(r"^\| (?!What somebody|Package|---)([^|]+)\|[^|]+\|([^|]+)\|$", PAGE.split("## What is not stopped")[0], re.MULTILINE)


def tests() -> set[str]:
    named: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return named


def test_each_threat_has_a_test() -> None:
    known = tests()
    assert len(THREATS) > 15
    for threat, tried in THREATS:
        names = re.findall(r"`(test_\w+)`", tried)
        assert names, threat
        assert set(names) <= known, threat


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert packages
    for line in packages:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[^ ]+ ", line), line[:80]
        assert "--hash=sha256:" in line, line[:80]
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|-e|git\+|https?:|file:)", "\n".join(lines), re.MULTILINE)


def test_each_package_with_an_advisory_is_the_one_that_is_installed() -> None:
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    told = re.findall(r"^\| ([a-z-]+) ([\d.]+) \|", PAGE, re.MULTILINE)
    assert len(told) > 8
    for package, version in told:
        assert locked[package] == version, f"{package} has changed: look at its advisories again"


@pytest.mark.parametrize("module", ["keras", "pymongo", "jsonpickle", "pickle", "sentry_sdk", "aiohttp.web", "joblib", "skops"])
def test_what_shields_us_holds(module: str) -> None:
    """None of our own code imports what an advisory is about; TensorFlow is used in training alone."""
    for folder in ("safeguarding", "bot", "actions"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(rf"^\s*(import|from) {re.escape(module)}\b", text, re.MULTILINE), path.name
            assert "import tensorflow" not in text or path.name == "bert_tuning.py"


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.mkdir [{place}]", "!!python/name:os.mkdir", "!!python/module:os"])
def test_a_content_file_cannot_run_anything(tag: str, tmp_path: Path) -> None:
    place = tmp_path / "made"
    (tmp_path / "x.yml").write_text(f"answer: {tag.format(place=place)}\n")
    with pytest.raises(ContentError):
        read_yaml(tmp_path / "x.yml")
    assert not place.exists()


def test_ids_cannot_be_guessed() -> None:
    """Each is 128 bits from the system's source of randomness."""
    source = (ROOT / "bot" / "guide.py").read_text(encoding="utf-8")
    assert 'f"{self.settings.guide_server_tag}-{secrets.token_hex(16)}"' in source
    assert len({secrets.token_hex(16) for _ in range(1000)}) == 1000


def test_bandit_finds_no_trap() -> None:
    command = [str(Path(sys.executable).parent / "bandit"), "-q", "-ll", "-r", "safeguarding", "bot", "actions", "deploy", "-f", "txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-2000:]


FOUND = {"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
FINE, SKIPPED = {"name": "b", "version": "1", "vulns": []}, {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        ([FINE, FOUND], 1, "a 1: CVE-1"),
        ([FINE], 0, "1 of 1"),
        ([FINE, SKIPPED], 0, "1 of 2"),
        ([SKIPPED], 3, "cannot be reached"),
        ([], 3, "cannot be reached"),
    ],
)
def test_the_audit_says_what_it_knows_and_what_it_could_not_ask(told: list[dict[str, object]], code: int, words: str) -> None:
    found, said = verdict(told)
    assert found == code
    assert words in said
