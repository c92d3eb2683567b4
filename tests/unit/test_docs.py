"""What is written about the guide is true: settings, targets and fields appear where people look for them."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

from safeguarding.content import CONTENT_DIR, Answer, Contact
from safeguarding.settings import ROOT, Settings, load_settings

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
