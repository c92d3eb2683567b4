"""A copy of content/ for each test, and a way to plant a fault in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.content_check import check
from safeguarding.content_files import Finding


@pytest.fixture(scope="session")
def today() -> date:
    """The newest day on which something was read: a day on which nothing is overdue because time went by."""
    content = load_content()
    return max([*(answer.reviewed_on for answer in content.answers.values()), *(c.checked_on for c in content.contacts.values())])


@pytest.fixture(scope="session")
def pristine() -> dict[str, bytes]:
    """Every file of content/ as it is, by its path inside."""
    return {path.relative_to(CONTENT_DIR).as_posix(): path.read_bytes() for path in CONTENT_DIR.rglob("*.yml")}


@pytest.fixture
def folder(tmp_path: Path, pristine: dict[str, bytes]) -> Path:
    for name, body in pristine.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return tmp_path / "content"


@pytest.fixture
def edit(folder: Path, today: date) -> Callable[..., list[Finding]]:
    """Changes the data of one file and says what the check finds then."""

    def change(file: str, change_data: Callable[[Any], Any]) -> list[Finding]:
        path = folder / file
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        change_data(data)
        path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return check(folder, today)

    return change
