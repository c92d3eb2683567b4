"""The line of a file on which something stands, so that who edits it can go there at once."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_PLACE = re.compile(r"(?:sentence )?(\d+)")
_LINE = re.compile(r"line (\d+)")


def line_of(path: Path, field: str) -> int | None:
    """The line of a field that a finding names; of the nearest thing around it where it is missing. None where nobody can say."""
    if line := _LINE.fullmatch(field):
        return int(line[1])
    try:
        node = _tree(path.read_bytes())
    except (yaml.YAMLError, OSError, ValueError):
        return None
    return _walk(node, field.replace(" (", ", ").replace(")", "").split(", ")) if node else None


@lru_cache(maxsize=64)
def _tree(body: bytes) -> yaml.Node | None:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)(body.decode("utf-8-sig")).get_single_node()


def _walk(node: yaml.Node, parts: list[str]) -> int:
    """Down the tree as far as it fits the names."""
    line = node.start_mark.line + 1
    for part in parts:
        found = _child(node, part)
        if found is None:
            return line
        key, node = found
        line = key.start_mark.line + 1
    return line


def _child(node: yaml.Node, part: str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode):
        place = _PLACE.fullmatch(part)
        if place and 0 < int(place[1]) <= len(node.value):
            item = node.value[int(place[1]) - 1]
            return item, item
        return next(((item, item) for item in node.value if _has_id(item, part)), None)
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if key.value == part:
            return key, value
    inside = (_child(value, part) for _, value in node.value if isinstance(value, yaml.MappingNode | yaml.SequenceNode))
    return next((found for found in inside if found), None)


def _has_id(node: yaml.Node, wanted: str) -> bool:
    return isinstance(node, yaml.MappingNode) and any(key.value == "id" and value.value == wanted for key, value in node.value)
