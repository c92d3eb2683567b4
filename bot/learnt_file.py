"""Files of what was learnt: named arrays of numbers and words in numpy's own format, and nothing that could bring code with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


class UnreadableFile(RuntimeError):
    """A file is cut, is none of ours, or holds anything but arrays."""


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays of any shape, by name; what numpy could only write as Python objects is refused with ValueError."""
    made = {name: np.asarray(value) for name, value in arrays.items()}
    if objects := [name for name, array in made.items() if array.dtype.hasobject]:
        raise ValueError(f"These are no arrays of numbers or words: {', '.join(objects)}.")
    with path.open("wb") as file:
        np.savez(file, **made)


def read_arrays(path: Path) -> dict[str, np.ndarray]:
    """Every array of a file, by name. Raises UnreadableFile."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except Exception as error:  # a damaged file can make zipfile and numpy raise nearly anything
        raise UnreadableFile(f"{path.name} cannot be read ({type(error).__name__}).") from error
    if not all(isinstance(array, np.ndarray) for array in arrays.values()):
        raise UnreadableFile(f"{path.name} holds what is no array.")
    return arrays


def with_prefix(prefix: str, arrays: Mapping[str, Any]) -> dict[str, Any]:
    """The same arrays, their names behind the prefix and a dot."""
    return {f"{prefix}.{name}": array for name, array in arrays.items()}


def without_prefix(prefix: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Those whose name begins with the prefix and a dot, without it."""
    return {name.removeprefix(f"{prefix}."): array for name, array in arrays.items() if name.startswith(f"{prefix}.")}
