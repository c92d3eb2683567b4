"""What the program needs by name: each name in the code stands on the lists of safeguarding/contract.py, and the check looks for it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from findings import one

from safeguarding.content import Content, load_content
from safeguarding.content_check import check
from safeguarding.content_files import Finding
from safeguarding.contract import ANSWER_IDS, BUTTONS_BY_NAME, CONTACTS_BY_NAME, PICTURES_BY_NAME, SAID_BY_NAME
from safeguarding.follow_ups import signs_of
from safeguarding.languages import LANGUAGE_CHOICES
from safeguarding.messages import CONTACTS_ALWAYS, MORE, PICTURE_OF_PLACE
from safeguarding.report_path import BUTTON_INTENTS, BUTTONS, QUESTIONS, VALUES, Step, card, words_of
from safeguarding.report_path import Path as PathTaken
from safeguarding.routes import TOPIC_OF_ANSWER
from safeguarding.settings import ROOT
from safeguarding.translations import languages_in

CONTENT = load_content()
NEEDED = ANSWER_IDS | SAID_BY_NAME


def sources() -> list[Path]:
    return [path for folder in ("safeguarding", "bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]


def texts(path: Path) -> Iterator[str]:
    """Every text in a file of code, the beginnings and ends of put-together ones left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value


def named(path: Path, content: Content = CONTENT) -> set[str]:
    """The answers that a file of code names: by the id, by the intent that leads to it, or by what Rasa calls its response."""
    names = {name: answer.id for answer in content.answers.values() for name in (answer.id, f"utter_{answer.id}", answer.intent) if name}
    return {names[text] for text in texts(path) if text in names}


def in_constant(path: str, name: str) -> set[str]:
    """The texts in a constant, read without importing the server that its file belongs to."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    (value,) = (node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name)
    return {node.value for node in ast.walk(value) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_answer_that_code_names_is_on_the_list(path: Path) -> None:
    assert named(path) - NEEDED == set(), "add it to SAID_BY_NAME in safeguarding/contract.py"


def test_a_name_in_code_would_be_noticed(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text('A = "when_someone_tells_you"\nB = {"x": "ask_worried_about_being_wrong"}\nC = f"ask_why{A}"\n', encoding="utf-8")
    assert named(code) == {"when_someone_tells_you", "worried_about_being_wrong"}
    assert len(set().union(*map(named, sources()))) > 50, "the code names answers, and this test sees it"


def test_every_answer_that_only_the_guide_says_is_on_the_list() -> None:
    assert {answer.id for answer in CONTENT.answers.values() if answer.kind == "system"} - NEEDED == set()


def test_every_answer_whose_name_the_code_puts_together_is_on_the_list() -> None:
    known = [dict(zip(QUESTIONS, told, strict=True)) for told in product(*(VALUES[slot] for slot in QUESTIONS))]
    made = {card(told) for told in known}
    for slot, whom, other_words in product(QUESTIONS, ("self", "other"), (False, True)):
        made.add(words_of(Step(PathTaken({"for_whom": whom}, misses=1), ask=slot, in_other_words=other_words)))
    made |= {f"why_report_{slot}" for slot in QUESTIONS}
    made |= {signs_of(kind) for kind in TOPIC_OF_ANSWER}
    assert len(made) > 40
    assert made - NEEDED == set()


def test_every_button_contact_and_picture_that_code_names_is_on_the_list() -> None:
    assert {MORE, *BUTTONS, *BUTTON_INTENTS, *LANGUAGE_CHOICES} | in_constant("bot/page.py", "WAY_OUT") == BUTTONS_BY_NAME
    assert {*CONTACTS_ALWAYS} | in_constant("bot/page.py", "HELP_ALWAYS") == CONTACTS_BY_NAME
    assert {PICTURE_OF_PLACE} == PICTURES_BY_NAME


def test_all_that_is_on_the_lists_is_there() -> None:
    assert NEEDED - set(CONTENT.answers) == set()
    assert set(CONTENT.choices) == BUTTONS_BY_NAME, "a button that nothing shows can go"
    assert not ANSWER_IDS & SAID_BY_NAME


@pytest.mark.parametrize("answer", ["started_afresh", "said_before", "not_sure", "signs_physical", "why_report_age"])
def test_an_answer_that_the_guide_says_itself_is_missed(folder: Path, answer: str) -> None:
    """The English and every translation gone: nothing else names it."""
    languages = [folder / "translations" / language for language in languages_in(folder)]
    for home in (folder, *languages):
        next(home.glob(f"answers/*/{answer}.yml")).unlink()
    finding = one(check(folder), "answers", answer)
    assert finding.serious
    assert "Bring the file back, in the other languages too" in finding.to_do


def test_where_the_english_alone_is_gone_nobody_is_told_to_remove_the_rest(folder: Path) -> None:
    next(folder.glob("answers/*/started_afresh.yml")).unlink()
    one(check(folder), "answers", "started_afresh")


@pytest.mark.parametrize("button", ["report_back", "report_stop", "more", "report_danger_yes", "language_pl"])
def test_a_button_that_the_guide_shows_by_name_is_missed(edit: Callable[..., list[Finding]], button: str) -> None:
    finding = one(edit("choices.yml", lambda data: data["choices"].pop(button)), "choices.yml", button)
    assert "Bring it back" in finding.to_do


@pytest.mark.parametrize(("file", "needed"), [("contacts.yml", "emergency_text"), ("pictures.yml", "list")])
def test_a_contact_or_a_picture_that_is_shown_by_name_is_missed(edit: Callable[..., list[Finding]], file: str, needed: str) -> None:
    findings = edit(file, lambda data: data[file.removesuffix(".yml")].pop(needed))
    one([finding for finding in findings if finding.file == file], file, needed)
