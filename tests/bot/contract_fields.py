"""Which fields of a reply the description at `/chat/openapi.json` does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.contract_page import describe

DESCRIBED = describe(2000)


def undescribed(value: Any, name: str) -> list[str]:
    """Each field of the value that the schema of this name does not know, and each that it wants and that is missing."""
    return list(_walk(value, {"$ref": f"#/components/schemas/{name}"}, name))


def _walk(value: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
    (reference,) = schema.get("allOf", [schema])
    if "$ref" in reference:
        schema = DESCRIBED["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, schema["items"], where)
    if isinstance(value, dict):
        yield from (f"{where}: no {field}" for field in schema["required"] if field not in value)
        for field, inner in value.items():
            if field in schema["properties"]:
                yield from _walk(inner, schema["properties"][field], f"{where}.{field}")
            else:
                yield f"{where}.{field}"
