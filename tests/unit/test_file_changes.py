"""Whatever file of a release differs, the list of changes tells it: each word by its words, and the rest by its lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_release import edit, release, root  # noqa: F401  the fixture is used by its name

from safeguarding.file_changes import all_changes, files_in
from safeguarding.preview import write_preview
from safeguarding.release_name import FILE

pytestmark = pytest.mark.whole


@pytest.fixture
def before(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """How everything was."""
    return shutil.copytree(root, tmp_path_factory.mktemp("before") / "release")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("words_card.yml", "I want it to stop.", "I want this to stop.", "(content/words_card.yml), wishes, stop, me: was “"),
        ("sources.yml", "SCIE: types", "SCIE, types", "(content/sources.yml), sources, scie_types, title: was “SCIE: types"),
        ("preferred_words.yml", "use: buy", "use: pay for", "words, purchase, use: was “buy”, is “pay for”"),
        ("danger_signs.yml", "      - im being (", "      - im now (", "(content/danger_signs.yml), signs, being_hurt_now, phrases"),
        ("translations/fr/page.yml", "Toutes les images", "Les images", "page in fr (content/translations/fr/page.yml), page"),
        ("translations/pl/answers/talk/thanks.yml", "easy_read:\n- ", "easy_read:\n- Nowe. ", "thanks in pl (content/translations/pl/"),
        ("translations/ro/glossary.yml", "machine translation", "somebody", "glossary in ro (content/translations/ro/gl"),
        ("../data/rules/talk.yml", "rules: []", "rules: [one]", "Which answer comes (data/rules/talk.yml), lines: was “rules: []”, is “"),
        ("../config.yml", "version: 1\n", "version: 1\npipeline: 2\n", "New: config (config.yml), lines: “pipeline: 2”"),
    ],
)  # fmt: skip
def test_a_change_is_told_with_its_words(root: Path, before: Path, file: str, old: str, new: str, said: str) -> None:  # noqa: F811
    edit(root, file, old, new)
    (found,) = [change.in_words() for change in all_changes(before, root)]
    assert said in found


def test_no_file_that_differs_is_passed_over(root: Path, before: Path) -> None:  # noqa: F811
    """A note at the end of each file changes no word and is told; line ends and the name of the release are nothing."""
    for path in files_in(root).values():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (root / "content" / FILE).write_text('name: "2026-11-23"\n', encoding="utf-8")
    assert all_changes(before, root) == []
    for path in files_in(before).values():
        path.write_bytes(path.read_bytes() + b"# a note\n")
    told = {change.id for change in all_changes(before, root)}
    assert told == set(files_in(before))
    assert len(told) > 600


def test_a_file_that_comes_or_goes_or_moves_is_told(root: Path, before: Path) -> None:  # noqa: F811
    (root / "content/translations/fr/page.yml").unlink()
    (root / "data/rules/more.yml").write_text("rules:\n- rule: one\n\n", encoding="utf-8")
    (root / "content/answers/talk/thanks.yml").rename(root / "content/answers/abuse/thanks.yml")
    said = [change.in_words() for change in all_changes(before, root)]
    assert any(line.startswith("Gone: page in fr (content/translations/fr/page.yml): it was “") for line in said)
    assert "New: Which answer comes (data/rules/more.yml), lines: “rules: / - rule: one / an empty line”" in said
    assert any(line.startswith("New: thanks (content/answers/abuse/thanks.yml)") for line in said)
    assert any(line.startswith("Gone: thanks (content/answers/talk/thanks.yml)") for line in said)


def test_many_lines_of_a_file_are_counted(root: Path, before: Path) -> None:  # noqa: F811
    (root / "data/rules/talk.yml").write_text("rules: []\n" + "".join(f"- {number}\n" for number in range(9)), encoding="utf-8")
    (found,) = all_changes(before, root)
    assert found.new == "- 0 / - 1 / - 2 / - 3 / - 4 / and 4 more"


def test_the_page_that_is_signed_and_the_list_of_a_release_tell_it_too(root: Path) -> None:  # noqa: F811
    release(root)
    edit(root, "words_card.yml", "I want it to stop.", "I want this to stop.")
    page, count = write_preview(root / "preview.html", root)
    assert count == 1
    assert "<del>I want it to stop.</del> <ins>I want this to stop.</ins>" in page.read_text("utf-8")
    assert "1 change.\n" in (release(root) / "changes.md").read_text("utf-8")
