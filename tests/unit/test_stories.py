"""The conversations of `tests/stories/` as a specification: enough of them, and every question of the path reached in every way."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from safeguarding.report_path import QUESTIONS
from safeguarding.settings import ROOT

FILES = sorted((ROOT / "tests" / "stories").glob("*/*.yml"))
STORIES = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES]
FOLDERS = {
    "danger_breaks_in", "changes_mind", "digressions", "reading_mode", "follow_ups", "goes_back", "says_no", "child_not_adult",
    "staff_concern", "happy_path",
}  # fmt: skip


def came(step: dict[str, Any]) -> set[str]:
    """The answers that a step says must come."""
    return {*step.get("answers", []), *(step[field] for field in ("first", "last") if field in step)}


def reached(question: str, way: str, *, easy_read: bool = False) -> bool:
    """Whether a conversation comes to this question by `says` alone or by `chooses` alone, and there in easy read."""
    return any(
        f"report_{question}" in came(step)
        and all(way in before for before in story[: number + 1])
        and (not easy_read or step.get("easy_read"))
        for story in STORIES
        for number, step in enumerate(story)
    )


def test_there_are_enough_conversations_in_folders_named_by_what_could_go_wrong() -> None:
    assert len(FILES) >= 80
    assert {path.parent.name for path in FILES} >= FOLDERS


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("way", ["says", "chooses"])
@pytest.mark.parametrize("easy_read", [False, True])
def test_every_question_is_reached_by_words_alone_by_buttons_alone_and_in_easy_read(question: str, way: str, easy_read: bool) -> None:
    assert reached(question, way, easy_read=easy_read)
