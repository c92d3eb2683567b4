"""What is written about the guide is true: settings, targets and fields appear where people look for them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from deploy.make_pages import pages
from safeguarding.content import CONTENT_DIR, INTENT_PREFIX, Answer, Contact, load_content
from safeguarding.content_check import check
from safeguarding.danger import DangerSigns
from safeguarding.settings import ROOT, Settings, load_settings

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

MADE_LATER = {".env", "models/guide.tar.gz", "results/", "releases/", "content/release.yml", "figures.md", "changes.md"}
"""Named in the docs, and made by a command or by hand; not in the repository."""

AWAITED: set[str] = set()
"""Still to come, each with work that is under way; take out what has come."""

IN_THE_EXAMPLE = {"content/answers/other_doors/dementia_support.yml", "asks_where_to_get_help_with_dementia.yml"}
"""Files that docs/adding-a-topic.md has its reader make."""

EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("field", fields(Settings), ids=lambda field: field.name)
def test_every_setting_stands_in_the_example_with_its_default(field) -> None:  # type: ignore[no-untyped-def]
    assert EXAMPLE[field.name.upper()] == str(field.default)


def test_the_example_holds_no_setting_that_nobody_reads() -> None:
    assert set(EXAMPLE) == {field.name.upper() for field in fields(Settings)}


def test_the_example_can_be_used_as_it_is() -> None:
    assert load_settings(EXAMPLE) == Settings()


def test_only_one_file_reads_the_environment() -> None:
    """Others may hand the environment on to a program they start, and nothing else."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for folder in ("safeguarding", "actions", "bot")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.getenv|os\.environ(?:\.get|\[)|dotenv", path.read_text(encoding="utf-8"))
    ]
    assert [path for path in readers if path != "safeguarding/settings.py"] == []


@pytest.mark.parametrize(("schema", "kind"), [("answer", Answer), ("contacts", Contact)])
def test_a_schema_knows_exactly_the_fields_that_are_read(schema: str, kind: type) -> None:
    data = json.loads((CONTENT_DIR / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8"))
    shape = data if schema == "answer" else data["properties"]["contacts"]["additionalProperties"]
    assert set(shape["properties"]) | {"id"} == {field.name for field in fields(kind)}
    assert all(part.get("description") for part in shape["properties"].values()), "each field says what it is for"


def test_every_target_of_make_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    assert phony is not None
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
    assert set(phony[1].split()) == targets


def page(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", without_code(path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def dead_links(path: Path) -> list[str]:
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if target.is_relative_to(ROOT) and target.relative_to(ROOT).as_posix() in AWAITED:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    return dead


def missing_files(text: str) -> list[str]:
    """What looks like a path of the project in `backticks` or in a drawing, and is not there."""
    named = set(re.findall(r"`([a-z.][\w.-]*/[\w./-]*|[\w.-]+\.(?:py|yml|toml|lock|example|css|js|md))`", text))
    named |= set(re.findall(r"\b((?:bot|safeguarding|actions|web|data|content|tests)/[\w/]+\.\w+)", "".join(blocks(text, "mermaid"))))
    places = (ROOT, ROOT / "content", DOCS, ROOT / "web/static")
    known = MADE_LATER | IN_THE_EXAMPLE | AWAITED
    return [name for name in named if not any(name.startswith(made) for made in known) and not any((at / name).exists() for at in places)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_names_only_what_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert dead_links(path) == []
    assert missing_files(text) == []
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= TARGETS
    assert not re.search(r"/(home|root|Users)/|https?://[^ ]*/simple/", text), "an address of one machine or registry"


def test_what_is_not_there_is_seen(tmp_path: Path) -> None:
    assert sorted(missing_files("`bot/gone.py`, `gone.yml`, `contacts.yml`, `content/answers/`")) == ["bot/gone.py", "gone.yml"]
    written = tmp_path / "page.md"
    written.write_text("# A heading\n[good](#a-heading) [no page](gone.md) [no heading](#gone) [elsewhere](https://board.test)\n")
    assert dead_links(written) == ["gone.md", "#gone"]


def test_the_readme_is_one_screen() -> None:
    assert len(page("README.md").splitlines()) <= 75


def test_every_target_of_make_stands_in_operations() -> None:
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", page("docs/operations.md"), re.MULTILINE)) == TARGETS


def test_every_setting_stands_in_operations_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `?([^|`]*?)`? \|", page("docs/operations.md"), re.MULTILINE))
    assert rows == {field.name.upper(): str(field.default) or "empty" for field in fields(Settings)}


@pytest.mark.parametrize(("kind", "heading"), [(Answer, "answer"), (Contact, "contact")])
def test_every_field_of_content_stands_in_editing(kind: type, heading: str) -> None:
    section = page("docs/editing.md").split(f"## The fields of a{'n' if heading[0] == 'a' else ''} {heading}\n")[1].split("\n## ")[0]
    first_cells = "".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", first_cells)) == {field.name for field in fields(kind)}


@pytest.mark.parametrize("path", sorted(CONTENT_DIR.glob("*.yml")), ids=lambda path: path.name)
def test_every_file_of_content_stands_in_editing_or_danger(path: Path) -> None:
    assert f"content/{path.name}" in page("docs/editing.md") + page("docs/danger.md")


def test_editing_has_ten_everyday_wishes() -> None:
    wishes = page("docs/editing.md").split("## I want to change")[1].split("\n## ")[0]
    assert wishes.count("\n### ") >= 10


def test_the_layers_in_architecture_are_those_that_are_enforced() -> None:
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert "\n".join(layers) + "\n" in page("docs/architecture.md"), "copy them from pyproject.toml"


def test_the_page_for_when_it_is_off_has_the_numbers_of_the_contacts_and_the_addresses_of_the_settings() -> None:
    shown = pages(Settings(concerns_form_url="https://form.example/x", guide_exit_url="https://exit.example/"))["away.html"]
    contacts = load_content().contacts
    wanted = {str(contacts[name].phone) for name in ("emergency", "emergency_text", "spor", "police")}
    assert set(re.findall(r"(?:tel|sms):(\d+)", shown)) == {number.replace(" ", "") for number in wanted}
    assert all(f">{number}</a>" in shown for number in wanted)
    assert re.findall(r'href="(https:[^"]+)"', shown) == ["https://form.example/x", "https://exit.example/"]


def test_the_sign_in_danger_finds_what_the_page_says() -> None:
    data = yaml.safe_load((CONTENT_DIR / "danger_signs.yml").read_text(encoding="utf-8"))
    written = yaml.safe_load(blocks(page("docs/danger.md"), "yaml")[0])
    signs = DangerSigns({**data, "signs": written})
    assert signs.assess("He's got, I think he has a big old knife").danger
    assert signs.assess("there's a knife to my throat").danger
    assert not signs.assess("he has it. a knife lay there").danger
    everything = DangerSigns.load()
    assert everything.assess("he never shouted. he is strangling her").danger
    assert not everything.assess("a story about a man who is strangling her").danger


def test_the_licences_are_those_of_the_lock() -> None:
    run = subprocess.run([sys.executable, DOCS / "make_licences.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_every_answer_stands_in_the_page_of_answers() -> None:
    run = subprocess.run([sys.executable, DOCS / "make_answers.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert set(re.findall(r"^\| `(\w+)` \|", page("docs/answers.md"), re.MULTILINE)) == set(load_content().answers)


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_it_costs_and_stands_in_the_index(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem[:4]} ")
    wanted = ["Context.", "Decision.", "What we measured or read.", "What it costs.", "When to look again."]
    assert re.findall(r"^\*\*(.*?)\*\*", text, re.MULTILINE) == wanted
    assert f"]({path.name})" in page("docs/decisions/README.md")


def test_adding_a_topic_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    """Step by step as the page has it, in a copy of what is there."""
    text = page("docs/adding-a-topic.md")
    answer, examples, intents, rules, steps, facts = (yaml.safe_load(block) for block in blocks(text, "yaml"))
    folder = shutil.copytree(CONTENT_DIR, tmp_path / "content")
    (folder / "answers/other_doors" / f"{answer['id']}.yml").write_text(blocks(text, "yaml")[0], encoding="utf-8")
    assert [finding for finding in check(folder) if answer["id"] in finding.file] == []
    intent = f"{INTENT_PREFIX[answer['kind']]}{answer['id']}"
    assert [entry["intent"] for entry in examples] == intents == [intent]
    assert rules[0]["steps"] == [{"intent": intent}, {"action": f"utter_{answer['id']}"}]
    assert steps[0]["first"] == answer["id"]
    assert steps[0]["contact"] in answer["contacts"]
    assert all((ROOT / name).is_file() for name in ("data/nlu/other_doors.yml", "data/rules/other_doors.yml"))
    content = load_content(folder)
    assert facts[0]["answer"] == answer["id"]
    assert facts[0]["source"] in answer["sources"]
    told = content.fill(answer["standard"])
    assert [said for said in facts[0]["says"] if content.fill(said) not in told] == []
    assert [said for said in facts[0]["never"] if said in told] == []
