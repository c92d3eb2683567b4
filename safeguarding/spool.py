"""The spool: lines on this machine's disk that wait for the database, each forced to disk before anybody is answered.

Several processes may share one spool. A line is there whole or not at all: what a kill or a full disk cut off is
undone by the next writer, so that it never runs into the line after it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

LOCK_SECONDS = 0.5
"""How long a hand-off waits for another process that is writing; the answer is never held up longer."""

SPOOL_FAULTS = (OSError, Timeout)
"""What can go wrong with a spool: the disk, or a lock that another process does not let go."""

_BATCH = re.compile(r"(?P<name>[a-z]+)-(?P<id>[0-9a-f]{32})\.jsonl")


class Spool:
    """The lines that wait under one name in a folder. Every method but `lines` may raise one of SPOOL_FAULTS."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self._waiting = folder / f"{name}.jsonl"
        self._lock = FileLock(folder / f"{name}.lock", timeout=LOCK_SECONDS)

    def append(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put the rows on disk, one line each; when this returns they survive a kill and a power cut."""
        text = "".join(json.dumps(row) + "\n" for row in rows).encode("ascii")
        with self._lock:
            descriptor = os.open(self._waiting, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                self._write_whole(descriptor, text)
            finally:
                os.close(descriptor)

    def take(self) -> list[Path]:
        """Close what waits into a batch of its own, and all batches that there are, oldest first not promised."""
        with self._lock:
            if self._waiting.exists():
                self._waiting.rename(self.folder / f"{self.name}-{secrets.token_hex(16)}.jsonl")
        return self._batches()

    def lines(self) -> int:
        """How many lines wait, in batches or out of them."""
        return sum(len(path.read_bytes().splitlines()) for path in (self._waiting, *self._batches()) if path.exists())

    def oldest(self) -> float | None:
        """How many seconds the oldest line waits; none where nothing does."""
        since = [_changed(path) for path in (self._waiting, *self._batches())]
        waiting = [time.time() - at for at in since if at is not None]
        return max(waiting, default=None)

    def _batches(self) -> list[Path]:
        return sorted(path for path in self.folder.glob(f"{self.name}-*.jsonl") if _BATCH.fullmatch(path.name))

    def _write_whole(self, descriptor: int, text: bytes) -> None:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            text = b"\n" + text
        try:
            written = os.write(descriptor, text)
            if written != len(text):
                raise OSError("The disk took only part of a line.")
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, size)
            raise
        if not size:
            _sync_folder(self.folder)


def _changed(path: Path) -> float | None:
    """When it was written last; none where it is gone or empty."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime if found.st_size else None


def batch_id(batch: Path) -> str:
    """The random id of a batch; the database remembers it, so that a batch goes in once."""
    match = _BATCH.fullmatch(batch.name)
    assert match is not None
    return match["id"]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
