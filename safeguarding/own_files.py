"""Folders and files that nobody but the account which runs the guide can read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OTHERS = 0o077
"""What a group and everybody else may do: nothing."""


def keep_folder(folder: Path) -> None:
    """Make the folder for its owner alone, or close one that was open to others. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(folder)


def keep_sqlite(database: str | None) -> None:
    """Make SQLite's file for its owner alone, or close it; those that SQLite lays beside it get its rights. Raises OSError."""
    if not database or database == ":memory:" or database.startswith("file:"):
        return
    os.close(os.open(database, os.O_RDONLY | os.O_CREAT, 0o600))
    for path in (Path(database + ending) for ending in ("", "-wal", "-shm")):
        if path.exists():
            _close_to_others(path)


def _close_to_others(path: Path) -> None:
    """A folder that others share (/tmp), or that the host made for the guide (a volume), stays as its owner has it."""
    found = path.stat()
    if found.st_uid == os.geteuid() and found.st_mode & _OTHERS and not found.st_mode & stat.S_ISVTX:
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
