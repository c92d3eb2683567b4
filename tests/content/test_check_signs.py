"""Phrases of danger that the guide could not load: `make content` finds each, in every language, and nothing that loads is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from findings import one

from safeguarding.content import CONTENT_DIR, ContentError
from safeguarding.content_check import main
from safeguarding.content_files import Finding, read_file
from safeguarding.content_lists import check_danger_signs
from safeguarding.danger import DangerSigns

ENGLISH, PORTUGUESE = "danger_signs.yml", "translations/pt/danger_signs.yml"
FILES = [path.relative_to(CONTENT_DIR).as_posix() for path in sorted(CONTENT_DIR.rglob(ENGLISH))]

CANNOT_BE_READ = {
    "he is hurting me, help": "“me,” is not one word",
    "he hit me. help": "“me.” is not one word",
    "he is a knife-man": "“knife-man” is not one word",
    "he/she hit me": "is not one word",
    "(knife|gun at my throat": "a bracket that is not closed",
    "he has (a knife|gun)": "a bracket that is not closed",
    "knife|gun": "a mark where none can be read",
    "he has <planted": "a bracket that is not closed",
    "he … knife": "a mark where none can be read",
    "... help?": "no word that must be there",
    "please? now?": "no word that must be there",
    "...": "no word that must be there",
    "   ": "no word that must be there",
    "help ?": "is not one word",
    "he (~hits|kicks) me": "the mark for a slip inside",
    "he has <weapn>": "there is no group “weapn”",
    "he (kicks|) me": "is not one word",
    "~ me": "is not one word",
}
CAN_BE_READ = [
    "he is hurting me , help", "~(hits|kicks) me", "~<planted> (now|<planted>)?", "mum's", "help !", "he ... <planted>", "ĝis ł",
]  # fmt: skip


def signs_of(phrase: str, part: str = "signs") -> dict[str, Any]:
    """The data of a small file with one phrase that matters."""
    entry = {"id": "planted", "reason": "A test.", "phrases": ["help me", phrase]}
    other = {"id": "other", "reason": "A test.", "phrases": ["nobody says this"]}
    return {"groups": {"planted": ["one", "two"]}, "signs": [entry], "unless": [other]} | (
        {} if part == "signs" else {"signs": [other], "unless": [entry]}
    )


@pytest.mark.parametrize("part", ["signs", "unless"])
@pytest.mark.parametrize("phrase", [*CANNOT_BE_READ, *CAN_BE_READ])
def test_the_check_finds_what_the_guide_refuses_and_nothing_else(phrase: str, part: str) -> None:
    data = signs_of(phrase, part)
    if phrase in CAN_BE_READ:
        assert list(check_danger_signs(data)) == []
        DangerSigns(data)
        return
    finding = one(list(check_danger_signs(data)), ENGLISH, f"{part}, planted, phrases, 2")
    assert CANNOT_BE_READ[phrase] in finding.wrong
    with pytest.raises(ContentError, match=f"^danger_signs.yml, {part}, planted, phrases, 2: "):
        DangerSigns(data)


@pytest.mark.parametrize("word", ["big gun", "gun-man", "gun,", "(gun", "", "-"])
def test_an_entry_of_a_group_that_is_not_one_word(word: str) -> None:
    data = signs_of("he has <planted>") | {"groups": {"planted": ["knife", word]}}
    finding = one(list(check_danger_signs(data)), ENGLISH, "groups, planted, 2")
    assert ("a mark" if "(" in word else "not one word") in finding.wrong
    with pytest.raises(ContentError, match="groups, planted, 2"):
        DangerSigns(data)


def test_the_phrases_as_they_stand_can_all_be_read() -> None:
    assert len(FILES) == 5
    for name in FILES:
        assert list(check_danger_signs(yaml.load((CONTENT_DIR / name).read_bytes(), yaml.CSafeLoader), name)) == []


def plant(sign: dict[str, Any]) -> Callable[[Any], None]:
    return lambda data: data["signs"].append({"id": "planted", "reason": "A test.", "phrases": ["help"]} | sign)


@pytest.mark.parametrize("file", FILES)
def test_a_phrase_that_cannot_be_read_is_found_in_every_language(edit: Callable[..., list[Finding]], file: str) -> None:
    one(edit(file, plant({"phrases": ["he has <weapn>"]})), file, "signs, planted, phrases, 1")


@pytest.mark.parametrize("file", [ENGLISH, PORTUGUESE])
def test_two_signs_with_one_id(edit: Callable[..., list[Finding]], file: str) -> None:
    def twice(data: Any) -> None:
        plant({})(data)
        plant({})(data)

    finding = one(edit(file, twice), file, f"signs, {number_of_signs(file) + 2}, id")
    assert "“planted”" in finding.wrong


def number_of_signs(file: str) -> int:
    return len(yaml.load((CONTENT_DIR / file).read_bytes(), yaml.CSafeLoader)["signs"])


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (lambda data: data.update(signs=[]), "signs", "empty"),
        (lambda data: data.update(unless=[]), "unless", "empty"),
        (lambda data: data["signs"][0].update(reasn="A test."), "signs, 1, reasn", "Did you mean “reason”?"),
        (lambda data: data["unless"][0].update(anywere=True), "unless, 1, anywere", "Did you mean “anywhere”?"),
        (lambda data: data["signs"][0].update(anywhere=True), "signs, 1, anywhere", "not a field that belongs here"),
        (lambda data: data["unless"][0].update(anywhere="often"), "unless, 1, anywhere", "not true or false"),
        (lambda data: data["groups"].update(planted=[]), "groups, planted", "empty"),
        (lambda data: data["groups"].update(planted=[1945]), "groups, planted, 1", "quotation marks"),
        (lambda data: data["groups"].update(planted=["big gun"]), "groups, planted, 1", "not one word"),
    ],
)
def test_a_field_of_the_wrong_shape(tmp_path: Path, change: Callable[[Any], Any], field: str, words: str) -> None:
    data = signs_of("help")
    change(data)
    (tmp_path / ENGLISH).write_text(yaml.safe_dump(data), encoding="utf-8")
    file = read_file(tmp_path / ENGLISH, PORTUGUESE, "danger_signs")
    finding = one([*file.findings, *check_danger_signs(file.data, PORTUGUESE)], PORTUGUESE, field)
    assert words in f"{finding.wrong} {finding.to_do}"


@pytest.mark.parametrize("file", [ENGLISH, PORTUGUESE])
def test_the_finding_names_the_line(folder: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    phrase = "      - he is hurting me, help"
    lines = text.splitlines()
    place = next(number for number, line in enumerate(lines) if line.strip() == "phrases:") + 1
    path.write_text("\n".join([*lines[:place], phrase, *lines[place:]]) + "\n", encoding="utf-8")
    assert main([], folder) == 1
    out = capsys.readouterr().out
    assert f"content/{file}  line {place + 1}, signs, being_hurt_now, phrases, 1\n    “me,” is not one word" in out
    assert "Take the comma, full stop or hyphen out" in out
