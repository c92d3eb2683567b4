"""A release learns the other languages from exactly the lines that are there: again where one of them is another, and not else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import fresh_languages
from bot.language_reader import lines_digest
from bot.learnt_file import read_arrays, write_arrays
from bot.train_languages import files_of_lines


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the model; training leaves a note there."""
    path = tmp_path / "languages.npz"
    monkeypatch.setattr(fresh_languages, "LANGUAGES_MODEL", path)
    monkeypatch.setattr(fresh_languages, "train", lambda: path.write_bytes(b"trained") and 0)
    return path


def learnt_from(path: Path, digest: str) -> None:
    write_arrays(path, {"digest": digest})
    os.utime(path, (0, 0))


def test_what_was_learnt_from_these_lines_stays(model: Path) -> None:
    learnt_from(model, lines_digest(files_of_lines()))
    before = model.read_bytes()
    assert fresh_languages.main() == 0
    assert model.read_bytes() == before
    assert model.stat().st_mtime > 0, "a release asks that no line is newer"


def test_what_was_learnt_from_others_or_cannot_be_read_is_learnt_again(model: Path) -> None:
    learnt_from(model, "0" * 16)
    assert fresh_languages.main() == 0
    assert model.read_bytes() == b"trained"
    assert not fresh_languages.is_made_from(model, "0" * 16)
    assert not fresh_languages.is_made_from(model.with_name("none"), "0" * 16)


@pytest.mark.model
def test_the_model_names_the_lines_where_they_are_looked_for(trained_model: Path) -> None:
    digest = str(read_arrays(fresh_languages.LANGUAGES_MODEL)["digest"])
    assert len(digest) == 16
    assert fresh_languages.is_made_from(fresh_languages.LANGUAGES_MODEL, digest)
