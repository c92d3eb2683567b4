"""Files of what was learnt: named arrays of numbers and words in numpy's own format, and nothing that could bring code with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

UNREADABLE = (OSError, EOFError, BadZipFile, KeyError, ValueError)
"""What reading raises where a file is cut, is none of ours, holds anything but arrays, or lacks one."""


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays of any shape, by name; what numpy could only write as Python objects is refused with ValueError."""
    made = {name: np.asarray(value) for name, value in arrays.items()}
    if objects := [name for name, array in made.items() if array.dtype.hasobject]:
        raise ValueError(f"These are no arrays of numbers or words: {', '.join(objects)}.")
    with path.open("wb") as file:
        np.savez(file, **made)


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Every array of a file, by name. Raises one of `UNREADABLE`."""
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def within(arrays: Mapping[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    """Those whose name begins with the prefix and a dot, without it."""
    return {name.removeprefix(f"{prefix}."): array for name, array in arrays.items() if name.startswith(f"{prefix}.")}


def named(prefix: str, arrays: Mapping[str, Any]) -> dict[str, Any]:
    """The same arrays, their names behind the prefix and a dot."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}
