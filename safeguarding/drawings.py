"""The drawings of the installed picture set, by their names."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

PACKAGE, INSIDE = "fontawesomefree", "static/fontawesomefree/svgs/solid"


@lru_cache(maxsize=1)
def drawing_names() -> frozenset[str]:
    """The names of all drawings of the set."""
    return frozenset(path.stem for path in _folder().glob("*.svg"))


def drawing(name: str) -> str | None:
    """One drawing as SVG; none where the set does not have it."""
    path = _folder() / f"{name}.svg"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _folder() -> Path:
    return Path(str(files(PACKAGE))) / INSIDE
