"""The commands in the docs: each is run here or by a test or target that is named, or stands in a list with the reason why not."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from safeguarding.settings import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROGRAMS = r"(?:\.venv/bin/python|python3?|pytest|make|git|pip|uv|curl|psql|docker|npm|apt-get)"

RUN_HERE = {
    "make help",
    "make content",
    "make preview",
    "python -m safeguarding.retention",
    ".venv/bin/python -m safeguarding.retention",
    "python -m safeguarding.report --from 2026-07 --to 2026-09 --out folder",
    "python -m safeguarding.report --out /where/the/board/reads",
    "make report",
    "make report FROM=2026-07 TO=2026-09",
    "make rollback",
    "git log content/",
}
"""Run by this file, with a folder of its own for the record and for what is written."""

MAKES = {
    "make licences": "docs/licences.md",
    "make stamp": "content/translations/pt/answers/talk/greet.yml",
    'make stamp OF="pt greet"': "content/translations/pt/answers/talk/greet.yml",
    "python docs/make_answers.py": "docs/answers.md",
    "python -m deploy.make_pages": "deploy/nginx/pages/away.html",
}
"""Run by this file in a copy, each with a file that it writes: taken out before, it must come back as it is here."""

NOT_RUN = {
    "make bench": "an hour; its arithmetic is in test_bench_measures.py, and docs/benchmarks.md is what it wrote",
    'make bench PARTS="turns latency" ROUNDS=3': "some minutes with nothing else running; as make bench",
    "make run": "serves until it is ended: tests/bot/servers.py starts what it starts",
    "make edit": "serves until it is ended: tests/bot/test_live_reload.py",
    "make test": "these tests are a part of it",
    "make test-fast": "these tests are a part of it",
    "make train": "every test that needs the model runs it: tests/conftest.py",
    "make release": "takes minutes and names the words: its steps are in tests/unit/test_release.py",
    "make try-release": "takes minutes: the evaluation, the facts and the canaries",
    "make rollback TO=2026-11-23": "changes content/: tests/unit/test_release.py, in a copy",
    "make mutation": "takes half an hour; its figures are in docs/proofs/",
    "make evaluate": "takes minutes and writes docs/evaluation.md: tests/nlu/test_understanding.py asks the same lines",
    "make check-contacts": "asks the Internet: tests/unit/test_contacts_check.py, with a server that misbehaves",
    "make prove": "takes half an hour, with PostgreSQL and Redis; its figures are in docs/proofs/",
    "make screenshots": "writes pictures of a running guide",
    "make lighthouse": "fetches Lighthouse from npm",
    "make setup": "was run, or nothing here would",
    "make lock": "asks the package registry",
    "make clean": "removes the environment that runs this",
    "git checkout <version> -- content": "changes content/",
    "python -m benchmarks.evaluation --half dev": "takes minutes: tests/nlu/test_understanding.py asks the same lines",
    "python -m benchmarks.default_pipeline": "trains Rasa's default pipeline, for many minutes",
    "python3 -m http.server 8000 --directory docs": "serves until it is ended",
    "python -m pytest -m browser": "tests of these tests",
    "python -m pytest tests/browser/test_speed.py -s": "tests of these tests",
    "GUIDE_PROOF=full pytest -s tests/bot/test_record_survives_kills.py": "a part of make prove",
    "GUIDE_PROOF=full pytest -s tests/bot/test_guide_survives_kills.py": "a part of make prove",
    "GUIDE_PROOF=full pytest tests/bot/test_canary.py": "a part of make prove",
    "GUIDE_PROOF=full pytest -s tests/bot/test_two_servers.py": "a part of make prove",
    "GUIDE_PROOF=full pytest -s tests/bot/test_faults.py": "a part of make prove",
    "GUIDE_PROOF=full pytest tests/bot/test_broken_files.py": "a part of make prove",
    "pytest tests/bot/test_a_new_topic.py": "one of these tests, which does what docs/adding-a-topic.md says",
    "pytest tests/bot/test_canary_browser.py": "tests of these tests",
    "pytest -s tests/unit/test_report.py -k million": "tests of these tests",
    "pytest tests/unit/test_report_attack.py": "tests of these tests",
    "make security": "asks a service on the Internet: tests/bot/test_security.py runs bandit and tries what is made of the answer",
    "docker compose -f deploy/compose.yaml up -d": "needs Docker: tests/bot/test_deploy.py checks the file",
    "docker compose config": "told of in a decision",
    "uv tool run": "told of in a decision, no command by itself",
    "pip check": "told of in a decision, as it was measured then",
    "pip install": "told of in a decision, no command by itself",
}
"""Each with the reason, and with what tries it instead."""


def commands_in(text: str) -> set[str]:
    """What a page gives as a command: in `backticks`, and line by line in blocks of no language or a shell's."""
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(rf"`((?:[A-Z_]+=\S+\s+)*{PROGRAMS}\s[^`]+)`", prose)
    for kind, block in fenced:
        if kind in {"", "sh", "bash", "console"}:
            found += re.findall(rf"^(?:[\d* ]+ )?((?:[A-Z_]+=\S+ )*{PROGRAMS} .*?)(?: +#.*)?$", block, re.MULTILINE)
    return {re.sub(r"\s+", " ", command).strip() for command in found if "…" not in command}


def test_a_command_is_found_wherever_it_stands() -> None:
    block = "make test    # all\n15 3 * * *   python -m x.y\nno command\n"
    text = f"Do `make run`, or\n```\n{block}```\n```sql\nmake none\n```\nnot `made up`, `GUIDE_PROOF=full pytest\n  -s x`\n"
    assert commands_in(text) == {"make run", "make test", "python -m x.y", "GUIDE_PROOF=full pytest -s x"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_command_of_a_page_is_run_or_says_why_not(path: Path) -> None:
    assert commands_in(path.read_text(encoding="utf-8")) - RUN_HERE - set(MAKES) - set(NOT_RUN) == set()


def test_neither_list_holds_what_no_page_says() -> None:
    written = set().union(*(commands_in(path.read_text(encoding="utf-8")) for path in PAGES))
    assert (RUN_HERE | set(MAKES) | set(NOT_RUN)) - written == set()


def test_what_is_named_instead_is_there() -> None:
    named = re.findall(r"[\w/]+/[\w/]+\.(?:py|md)", " ".join(NOT_RUN.values()))
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("command", sorted(RUN_HERE))
def test_the_command_does_what_it_says(command: str, tmp_path: Path) -> None:
    words = shlex.split(
        command.replace("/where/the/board/reads", str(tmp_path / "report")).replace("--out folder", f"--out {tmp_path}/report")
    )
    if words[0].endswith("python"):
        words[0] = sys.executable
    if words[:2] == ["make", "report"]:
        words.append(f"OUT={tmp_path}/report")
    if words[0] == "make":  # nothing is installed or trained on the way
        words += ["-o", ".venv/installed", f"PYTHON={sys.executable}"]
    environment = os.environ | {"GUIDE_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "GIT_PAGER": "cat"}
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip() or (tmp_path / "report").is_dir() or "retention" in command


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is, for commands that write into it."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    project = tmp_path_factory.mktemp("copy")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, project / name)
    return project


@pytest.mark.parametrize(("command", "file"), MAKES.items())
def test_the_command_makes_what_is_here(command: str, file: str, copy: Path) -> None:
    made, words = copy / file, shlex.split(command)
    if "stamp" in command:
        made.write_text(re.sub(r"^of: .*\n", "", made.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    else:
        made.unlink()
    words = [sys.executable, *words[1:]] if words[0] == "python" else [*words, "-o", ".venv/installed", f"PYTHON={sys.executable}"]
    done = subprocess.run(words, cwd=copy, env=os.environ | {"PYTHONPATH": str(copy)}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(made.read_text("utf-8").replace('"', "'").splitlines()) == sorted(
        (ROOT / file).read_text("utf-8").replace('"', "'").splitlines()
    ), "the place and the quotation marks of a stamp are no difference"


def test_every_proof_is_proved() -> None:
    """The SQL of docs/record-and-report.md, too, is run against PostgreSQL by one of them."""
    proofs = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py") if "mark.proof" in path.read_text("utf-8")}
    said = re.search(r"^PROOFS := ((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert said is not None
    assert proofs - {"tests/unit/test_docs_commands.py"} - set(said[1].split()) == set()
