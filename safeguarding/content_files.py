"""Reads the files of `content/` for the check: what cannot be read or has the wrong shape becomes a finding in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from safeguarding.content import CONTENT_DIR

LARGEST_FILE = 1_000_000
"""Bytes. The largest files of the guide, the signs of danger, have less than 100 kB: what passes 1 MB was put there by mistake."""

Place = tuple[str | int, ...]
"""Where something stands in a file: ("easy_read", 2, "say") is the third sentence of easy read."""

KINDS = {"string": "text", "array": "a list", "object": "a group of fields", "boolean": "true or false", "integer": "a whole number"}

YAML_IN_WORDS = {
    "mapping values are not allowed": "There is a colon where none is expected: put the whole sentence in quotation marks.",
    "while scanning a quoted scalar": "A quotation mark is opened and not closed: close it, or leave both out.",
    "did not find expected key": "A line does not line up with those above it: check the spaces in front of it, and the quotation marks.",
    "could not find expected ':'": "A field has no colon after its name, or a line has too few spaces in front of it.",
    "expected a single document": "A line “---” starts a second page: take that line out.",
}
"""What the commonest messages of YAML mean to somebody who does not know YAML."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is not right, in a colleague's words. Not `serious`: worth knowing, and no reason to stop."""

    file: str
    field: str
    wrong: str
    to_do: str
    serious: bool = True


@dataclass(frozen=True)
class ReadFile:
    """What one file holds, or what is wrong with it."""

    name: str
    data: Any = None
    findings: tuple[Finding, ...] = ()


def read_file(path: Path, name: str, schema: str) -> ReadFile:
    """One file, read and held against its schema. `data` is none where the file cannot be used."""
    if path.stat().st_size > LARGEST_FILE:
        size = f"{path.stat().st_size / 1_000_000:.1f} MB"
        return _unusable(
            name, "whole file", f"The file is {size} large; 1 MB is the most.", "Something was pasted by mistake: take it out."
        )
    return _read(path.read_bytes(), name, schema)


@lru_cache(maxsize=1024)
def _read(body: bytes, name: str, schema: str) -> ReadFile:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        return _unusable(name, f"line {line}", "The file is not saved as UTF-8.", "Save it again and choose UTF-8 as its encoding.")
    for number, line_text in enumerate(text.splitlines(), start=1):
        if "\t" in line_text:
            return _unusable(name, f"line {number}", "There is a tab in this line.", "Take the tab out and use the space bar.")
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        node = loader.get_single_node()
        bad_keys = list(_bad_keys(node))
        if bad_day := _bad_day(node):
            line, said = bad_day
            return _unusable(name, f"line {line}", f"A date does not exist ({said}).", "Write it as year-month-day, like 2026-11-23.")
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        return _broken(name, error)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return _unusable(name, f"line {line}", "A character that nobody can see stands here.", "Write the line again by hand.")
    except (RecursionError, ValueError, yaml.YAMLError):
        return _unusable(name, "whole file", "The file cannot be read.", "Compare it with another file of its kind.")
    if bad_keys:
        return ReadFile(name, None, tuple(Finding(name, f"line {line}", wrong, to_do) for line, wrong, to_do in bad_keys))
    findings = tuple(_schema_findings(data, name, schema))
    return ReadFile(name, None if findings else data, findings)


def as_plain(data: Any) -> Any:
    """The data as JSON knows it, so that a schema can judge it: dates as text, names as text."""
    if isinstance(data, Mapping):
        return {as_plain(key) if isinstance(key, date) else key: as_plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def field_name(place: Place) -> str:
    """A place in a file as a colleague would say it."""
    if place[:1] == ("easy_read",) and len(place) > 1:
        field = f" ({place[2]})" if len(place) > 2 and place[2] != "say" else ""
        return f"easy_read, sentence {int(place[1]) + 1}{field}"
    return ", ".join(str(part + 1) if isinstance(part, int) else part for part in place) or "whole file"


def _unusable(name: str, field: str, wrong: str, to_do: str) -> ReadFile:
    return ReadFile(name, None, (Finding(name, field, wrong, to_do),))


def _broken(name: str, error: yaml.MarkedYAMLError) -> ReadFile:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    said = f"{error.context or ''} {error.problem or ''}"
    to_do = next(
        (words for part, words in YAML_IN_WORDS.items() if part in said), "Check the spaces and quotation marks in and above this line."
    )
    return _unusable(
        name, f"line {line}", f"The file cannot be read from this line on ({(error.problem or 'it breaks off').strip()}).", to_do
    )


def _bad_keys(node: yaml.Node | None) -> Iterator[tuple[int, str, str]]:
    """Names of fields that YAML would lose: one that stands twice, or one that it takes for a number or for yes or no."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.tag != "tag:yaml.org,2002:str":
                yield line, f"The name “{key.value}” is read as a number or as yes or no.", "Choose another name."
            elif key.value in seen:
                yield (
                    line,
                    f"“{key.value}” stands here a second time, and only one would count.",
                    "Keep the right one and take the other out.",
                )
            seen.add(str(key.value))
            yield from _bad_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _bad_keys(value)


def _bad_day(node: yaml.Node | None) -> tuple[int, str] | None:
    """The line of the first date that no calendar has, and what is wrong with it."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        try:
            yaml.constructor.SafeConstructor().construct_yaml_timestamp(node)
        except ValueError as error:
            return node.start_mark.line + 1, str(error)
    inside = [value for pair in node.value for value in pair] if isinstance(node, yaml.MappingNode) else []
    inside = node.value if isinstance(node, yaml.SequenceNode) else inside
    return next((found for value in inside if (found := _bad_day(value))), None)


@lru_cache(maxsize=16)
def schema_validator(name: str) -> Draft202012Validator:
    """The validator of one of the schemas in `content/schemas/`."""
    return Draft202012Validator(json.loads((CONTENT_DIR / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))


def _schema_findings(data: Any, name: str, schema: str) -> Iterator[Finding]:
    errors = sorted(schema_validator(schema).iter_errors(as_plain(data)), key=lambda error: [str(part) for part in error.absolute_path])
    for error in errors:
        place = tuple(error.absolute_path)
        for extra, wrong, to_do in _in_words(error):
            yield Finding(name, field_name((*place, *extra)), wrong, to_do)


def _in_words(error: ValidationError) -> Iterator[tuple[Place, str, str]]:
    """What a schema error means; each with what to add to the place, what is wrong and what to do."""
    schema: dict[str, Any] = dict(error.schema) if isinstance(error.schema, Mapping) else {}
    limit: Any = error.validator_value
    instance: Any = error.instance
    about, shown = str(schema.get("description", "")), _short(instance)
    match error.validator:
        case "required":
            for field in (field for field in limit if field not in instance):
                meaning = schema.get("properties", {}).get(field, {}).get("description", "")
                yield (field,), f"“{field}” is missing.", f"Add it. {meaning}".strip()
        case "additionalProperties":
            known = schema.get("properties", {})
            for field in (field for field in instance if field not in known):
                near = get_close_matches(str(field), known, n=1)
                advice = f"Did you mean “{near[0]}”?" if near else f"Take it out. Known are: {', '.join(known)}."
                yield (str(field),), f"“{field}” is not a field that belongs here.", advice
        case "type" if isinstance(instance, bool | int | float):
            yield (
                (),
                f"{shown} is read as a number or as yes or no, not as text.",
                f"Put it in quotation marks or use another word. {about}".strip(),
            )
        case "type":
            wanted: list[str] = limit if isinstance(limit, list) else [limit]
            yield (), f"{shown} is not {' or '.join(KINDS.get(kind, kind) for kind in wanted)}.", about or "Write it as in the other files."
        case "enum":
            yield (), f"{shown} is not one of the words that may stand here.", f"Use one of: {', '.join(map(str, limit))}."
        case "maxLength":
            length = len(instance)
            yield (), f"{shown} has {length} characters; {limit} is the most.", f"Say it shorter. {about}".strip()
        case "maxItems":
            yield (
                (),
                f"There are {len(instance)}; {limit} is the most.",
                f"Keep the most useful ones. {about}".strip(),
            )
        case "minItems" | "minLength" | "minProperties":
            yield (), "It is empty.", f"Fill it in. {about}".strip()
        case "uniqueItems":
            yield (), "The same name stands here twice.", "Take one out."
        case _:
            yield (), f"{shown} does not have the form that it needs.", about or "Write it as in the other files."


def _short(value: Any) -> str:
    if value is None:
        return "Nothing"
    text = str(as_plain(value))
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"
