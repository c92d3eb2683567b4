"""Releases in a small copy of the project: named, kept whole, compared in plain words, brought back by one command."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from safeguarding.changes import changed_answers, changes
from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.file_changes import SOURCES
from safeguarding.preview import write_preview
from safeguarding.release import MODEL, MODELS, ReleaseError, bring_back, figures_page, keep, kept, main, name_words
from safeguarding.release_name import DRAFT, Release, in_words, next_name, released
from safeguarding.settings import ROOT

pytestmark = pytest.mark.whole

DAY = max(date.fromisoformat(str(answer.reviewed_on)) for answer in load_content().answers.values())
"""The day of the newest review: nothing is due, and nothing was read in the future."""
NOW = datetime(2126, 11, 24, 9, 30, tzinfo=UTC)
SPOR = str(load_content().contacts["spor"].phone)
NEW = f"{SPOR[:-1]}{(int(SPOR[-1]) + 1) % 10}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Words, routing and a model of exactly these words."""
    shutil.copytree(CONTENT_DIR, tmp_path / "content", ignore=shutil.ignore_patterns("release.yml"))
    (tmp_path / "data/rules").mkdir(parents=True)
    (tmp_path / "data/rules/talk.yml").write_text("rules: []\n", encoding="utf-8")
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).write_text("version: 1\n", encoding="utf-8")
    return tmp_path


def train(root: Path) -> None:
    """A file that looks to a release as a model does: an archive whose domain holds the digest of the words."""
    body = f"responses:\n  utter_content_release:\n  - text: {load_content(root / 'content').digest}\n".encode()
    (root / MODEL).parent.mkdir(exist_ok=True)
    with tarfile.open(root / MODEL, "w:gz") as archive:
        entry = tarfile.TarInfo("components/domain_provider/domain.yml")
        entry.size = len(body)
        archive.addfile(entry, io.BytesIO(body))
    (root / MODELS[1]).write_bytes(b"".join(path.read_bytes() for path in sorted((root / "data").rglob("*.yml"))))


def release(root: Path, day: date = DAY) -> Path:
    name_words(root, day)
    train(root)
    return keep(root, "# Figures\n")


def files_of(root: Path) -> dict[str, bytes]:
    places = [*(root / source for source in SOURCES), *(root / model for model in MODELS)]
    paths = [path for place in places for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / "content" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def said(name: str) -> str:
    """A release as a person says it: “23 November 2026, number 2”."""
    return in_words(Release(name, ""))


def test_words_are_a_draft_until_they_are_named_and_again_when_one_is_changed(root: Path) -> None:
    assert load_content(root / "content").release == DRAFT
    assert name_words(root, DAY) == f"{DAY}"
    assert load_content(root / "content").release == said(f"{DAY}")
    assert name_words(root, DAY + timedelta(days=8)) == f"{DAY}", "what did not change and is not kept yet has its name"
    edit(root, "glossary.yml", "Facts about", "The facts about")
    assert load_content(root / "content").release == DRAFT
    assert name_words(root, DAY) == f"{DAY}-2"
    assert load_content(root / "content").release == said(f"{DAY}-2")


@pytest.mark.parametrize("file", ["data/nlu/talk.yml", "config.yml"])
def test_what_is_not_words_is_released_under_a_name_of_its_own(root: Path, file: str) -> None:
    first = release(root)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text("version: 2\n", encoding="utf-8")
    second = release(root)
    assert second.name == f"{DAY}-2"
    assert load_content(root / "content").release == said(f"{DAY}-2")
    assert (second / file).read_text("utf-8") == "version: 2\n"
    assert not (first / file).exists() or (first / file).read_text("utf-8") != "version: 2\n"
    assert file in (second / "changes.md").read_text("utf-8")


def test_where_nothing_was_changed_it_says_so_before_anything_is_trained(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release(root)
    before = files_of(root)
    assert main(["name"], root) == 1
    (told,) = capsys.readouterr().err.splitlines()
    assert told == f"Nothing was changed since the release {DAY}, which is kept: there is nothing to release."
    assert files_of(root) == before
    steps = (ROOT / "Makefile").read_text("utf-8").split("\nrelease:")[1].split("\n\n")[0].splitlines()[1:]
    assert steps[0] == "\t@$(PYTHON) -m safeguarding.release name", "the first step, which ends make where it fails"
    assert "try-release" in steps[1]


def test_a_release_holds_everything_that_it_was_made_from(root: Path) -> None:
    folder = release(root)
    assert folder.name == f"{DAY}"
    assert {name: body for name, body in files_of(root).items() if name not in MODELS}.items() <= {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }.items()
    assert all((folder / Path(model).name).read_bytes() == (root / model).read_bytes() for model in MODELS)
    assert "first release" in (folder / "changes.md").read_text("utf-8")
    assert (folder / "figures.md").read_text("utf-8") == "# Figures\n"


def test_a_new_number_is_one_change_in_plain_words_and_nothing_else_is_altered(root: Path) -> None:
    release(root)
    before = files_of(root)
    edit(root, "contacts.yml", f'phone: "{SPOR}"', f'phone: "{NEW}"')
    folder = release(root)
    said = [line for line in (folder / "changes.md").read_text("utf-8").splitlines() if line.startswith("- ")]
    assert said == [f"- Single Point of Referral (adult safeguarding) (spor), phone: was “{SPOR}”, is “{NEW}”"]
    after = files_of(root)
    assert {name for name in after if after[name] != before.get(name)} == {"content/contacts.yml", "content/release.yml", MODEL}


def test_a_release_comes_back_whole_and_what_stood_there_is_kept(root: Path) -> None:
    release(root)
    first = files_of(root)
    edit(root, "contacts.yml", SPOR, NEW)
    edit(root, "../data/rules/talk.yml", "rules: []", "rules: [more]")
    release(root)
    edit(root, "answers/talk/thanks.yml", "title: ", "title: Oh ")
    (root / "content/answers/talk/new.yml").write_text("id: new\n", encoding="utf-8")
    last = files_of(root)
    before = bring_back(root, f"{DAY}", NOW)
    assert files_of(root) == first
    assert load_content(root / "content").release == said(f"{DAY}")
    assert before.name == "before-2126-11-24T093000"
    assert {path.relative_to(before).as_posix() for path in before.rglob("*") if path.is_file()} == {
        name.replace("models/", "") for name in last
    }
    newest = max(path.stat().st_mtime for path in (root / "content").rglob("*"))
    assert all((root / model).stat().st_mtime >= newest for model in MODELS), "make would train again"


def test_after_a_rollback_what_changed_is_told_beside_the_release_that_people_read(root: Path) -> None:
    release(root)
    edit(root, "contacts.yml", SPOR, NEW)
    release(root)
    bring_back(root, f"{DAY}", NOW)
    assert write_preview(root / "preview.html", root)[1] == 0
    edit(root, "glossary.yml", "Facts about", "The facts about")
    page, count = write_preview(root / "preview.html", root)
    assert count == 1
    assert f"since the release {DAY}</h2>" in page.read_text("utf-8")
    name_words(root, DAY)
    assert write_preview(root / "preview.html", root)[1] == 1, "also once they are named"
    assert main(["unname"], root) == 0
    assert write_preview(root / "preview.html", root)[1] == 1, "also after a release that was stopped"
    changed = (release(root) / "changes.md").read_text("utf-8")
    assert f"Compared with the release {DAY}. 1 change." in changed
    assert NEW not in changed


@pytest.mark.parametrize("name", ["2020-11-24", "", "../content", "before-2026"])
def test_a_release_that_is_not_there_changes_nothing(root: Path, name: str) -> None:
    release(root)
    before = files_of(root)
    with pytest.raises(ReleaseError, match=rf"Kept are: {DAY}\."):
        bring_back(root, name, NOW)
    assert files_of(root) == before


def test_a_release_that_somebody_touched_does_not_come_back(root: Path) -> None:
    folder = release(root)
    before = files_of(root)
    (folder / "content/contacts.yml").write_text("contacts: {}\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="not those that were kept"):
        bring_back(root, folder.name, NOW)
    assert files_of(root) == before


def test_what_cannot_be_released_is_refused(root: Path) -> None:
    edit(root, "answers/talk/thanks.yml", "title: ", "title: This is abuse, ")
    with pytest.raises(ReleaseError, match="run make content"):
        name_words(root, DAY)
    edit(root, "answers/talk/thanks.yml", "title: This is abuse, ", "title: ")
    with pytest.raises(ReleaseError, match="run make release"):
        keep(root, "")
    name_words(root, DAY)
    with pytest.raises(ReleaseError, match="no model"):
        keep(root, "")
    train(root)
    edit(root, "glossary.yml", "Facts about", "The facts about")
    name_words(root, DAY)
    with pytest.raises(ReleaseError, match="made from other words"):
        keep(root, "")
    (root / MODEL).write_bytes(b"not an archive")
    with pytest.raises(ReleaseError, match="made from other words"):
        keep(root, "")
    train(root)
    os.utime(root / "config.yml", (time.time() + 60, time.time() + 60))
    with pytest.raises(ReleaseError, match=r"config\.yml was changed after training"):
        keep(root, "")
    os.utime(root / "config.yml", (0, 0))
    (root / MODELS[1]).unlink()
    with pytest.raises(ReleaseError, match="none of the other languages"):
        keep(root, "")
    train(root)
    keep(root, "")
    with pytest.raises(ReleaseError, match="kept already"):
        keep(root, "")
    assert [path.name for path in kept(root)] == [f"{DAY}-2"]


def test_a_release_that_was_stopped_leaves_no_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["unname"], root) == 0
    release(root)
    assert main(["unname"], root) == 0
    assert load_content(root / "content").release == said(f"{DAY}"), "what is kept keeps its name"
    edit(root, "contacts.yml", SPOR, NEW)
    name_words(root, DAY)
    assert main(["unname"], root) == 0
    assert load_content(root / "content").release == DRAFT
    assert f"{DAY}-2. Put right" in capsys.readouterr().out
    edit(root, "contacts.yml", NEW, SPOR)
    assert load_content(root / "content").release == said(f"{DAY}"), "words as they were have the name that they had"
    edit(root, "contacts.yml", SPOR, NEW)
    assert name_words(root, DAY) == f"{DAY}-2"


def test_a_first_release_that_was_stopped_leaves_no_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name_words(root, DAY)
    assert main(["unname"], root) == 0
    assert f"the words are {DRAFT} again, not {DAY}. Put right" in capsys.readouterr().out
    assert not (root / "content/release.yml").exists()


def test_the_tenth_release_of_a_day_comes_after_the_second() -> None:
    taken = frozenset({DAY.isoformat(), *(f"{DAY}-{number}" for number in range(2, 10))})
    assert next_name(DAY, taken) == f"{DAY}-10"


def test_the_commands_say_in_a_sentence_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["name"], root) == 0
    train(root)
    assert main(["keep"], root) == 1
    assert "has no figures" in capsys.readouterr().err
    for page, words in (("results/release-tests.txt", "12 passed\n"), ("docs/evaluation.md", "99 %\n")):
        (root / page).parent.mkdir(exist_ok=True)
        (root / page).write_text(words, encoding="utf-8")
    assert main(["keep"], root) == 0
    assert "12 passed" in figures_page(root)
    assert main(["list"], root) == 0
    name = kept(root)[0].name
    assert main(["back", name], root) == 0
    assert "Start the guide again" in capsys.readouterr().out
    assert main(["back", "1999-01-01"], root) == 1
    assert main([], root) == 1
    assert "There is no release" in capsys.readouterr().err


def test_every_kind_of_change_is_told(root: Path) -> None:
    old = load_content(root / "content")
    edit(root, "answers/talk/thanks.yml", "  - say: ", "  - say: Well. ")
    edit(root, "glossary.yml", "Facts about something", "What is known about something")
    edit(root, "answers/talk/greet.yml", "review_by: 2", "review_by: 3")
    (root / "content/answers/abuse/signs_sexual.yml").unlink()
    found = changes(old, load_content(root / "content"))
    lines = [change.in_words() for change in found]
    assert any(line.startswith("Gone: ") and "(signs_sexual)" in line for line in lines)
    assert any("(thanks), easy read, sentence 1: was “" in line for line in lines)
    assert any("information" in line and "is “What is known" in line for line in lines)
    assert any("(greet), what nobody sees" in line for line in lines)
    assert changed_answers(found) == {"thanks", "greet", "signs_sexual"}
    assert changes(old, old) == []


def test_a_draft_has_no_date() -> None:
    assert in_words(None) == DRAFT
    assert released(Path("/nowhere")) is None
