"""Editing needs no retraining: with other words in `content/` the model learns nothing anew, so what was understood before is after."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_copy import LEARNT, copy_project, learnt, train

from safeguarding.content import load_content

pytestmark = pytest.mark.model


def test_a_new_number_and_a_new_sentence_leave_what_was_learnt_as_it_was(trained_model: Path, tmp_path: Path) -> None:
    project, spor = copy_project(tmp_path), str(load_content().contacts["spor"].phone)
    numbers, answer = project / "content/contacts.yml", project / "content/answers/abuse/abuse_financial.yml"
    numbers.write_text(numbers.read_text("utf-8").replace(spor, f"{spor[:-1]}{(int(spor[-1]) + 1) % 10}"), encoding="utf-8")
    answer.write_text(answer.read_text("utf-8").replace("standard: |\n  ", "standard: |\n  One more sentence. ", 1), encoding="utf-8")
    said = train(project)
    assert "taken from the cache" in said
    before, after = learnt(trained_model), learnt(project / "models/guide.tar.gz")
    assert set(before) == set(LEARNT)
    assert before == after
