"""The spool: lines on this machine's disk that wait for the database, each forced to disk before anybody is answered.

Several processes may share one spool. A line is there whole or not at all: what a kill or a full disk cut off is
undone by the next writer, so that it never runs into the line after it. Where another process does not let the lock go,
lines go into a batch of their own; where the disk takes none, they are held in memory until it does.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

LOCK_SECONDS = 0.5
"""How long a hand-off waits for another process that is writing; the answer is never held up longer."""

MOST_HELD = 1000
"""Lines held in memory while the disk takes none: days of hand-offs, and under 1 MB."""

PART_SECONDS = 60.0
"""What is still half written after so long was left by a kill: its reply never left."""

SPOOL_FAULTS = (OSError, Timeout)
"""What can go wrong with a spool: the disk, or a lock that another process does not let go."""

_BATCH = re.compile(r"(?P<name>[a-z]+)-(?P<id>[0-9a-f]{32})\.jsonl")


class LineLostError(OSError):
    """The disk takes no lines, and memory holds as many as it may."""


class Spool:
    """The lines that wait under one name in a folder. Every method but `lines` may raise one of SPOOL_FAULTS."""

    def __init__(self, folder: Path, name: str, most_held: int = MOST_HELD) -> None:
        self.folder, self.name = folder, name
        self._waiting = folder / f"{name}.jsonl"
        self._lock = FileLock(folder / f"{name}.lock", timeout=LOCK_SECONDS)
        self._held: list[bytes] = []
        self._holding = threading.Lock()
        self._most_held = most_held
        self.lost = 0
        """Lines that neither the disk nor memory took."""

    @property
    def held(self) -> int:
        """The lines in memory that the disk did not take yet."""
        return len(self._held)

    def append(self, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        """Put the rows on disk, one line each, and what is held with them; then they survive a kill and a power cut.

        Where this raises OSError they are held, and tried again with the next ones; LineLostError where one of them could not be.
        """
        with self._holding:
            lines, self._held = [*self._held, *((json.dumps(row) + "\n").encode("ascii") for row in rows)], []
        try:
            if lines:
                self._write(b"".join(lines))
        except OSError:
            self._hold(lines)
            raise

    def take(self) -> list[Path]:
        """Close what waits into a batch of its own, and all batches that there are, oldest first not promised."""
        with self._lock:
            if self._waiting.exists():
                self._waiting.rename(self._new_batch())
        self._drop_half_written()
        return self._batches()

    def lines(self) -> int:
        """How many lines wait, in batches or out of them, or in memory."""
        return self.held + sum(len(path.read_bytes().splitlines()) for path in (self._waiting, *self._batches()) if path.exists())

    def oldest(self) -> float | None:
        """How many seconds the oldest line waits; none where nothing does."""
        since = [_changed(path) for path in (self._waiting, *self._batches())]
        waiting = [time.time() - at for at in since if at is not None]
        return max(waiting, default=None)

    def _batches(self) -> list[Path]:
        return sorted(path for path in self.folder.glob(f"{self.name}-*.jsonl") if _BATCH.fullmatch(path.name))

    def _new_batch(self) -> Path:
        return self.folder / f"{self.name}-{secrets.token_hex(16)}.jsonl"

    def _hold(self, lines: list[bytes]) -> None:
        with self._holding:
            self._held = [*lines, *self._held]
            too_many = len(self._held) - self._most_held
            if too_many > 0:
                del self._held[self._most_held :]
                self.lost += too_many
        if too_many > 0:
            raise LineLostError("The disk takes no lines, and memory holds as many as it may.")

    def _write(self, text: bytes) -> None:
        try:
            with self._lock:
                self._write_to(self._waiting, text)
        except Timeout:
            self._write_apart(text)

    def _write_apart(self, text: bytes) -> None:
        """A batch of its own needs no lock. It gets its name once it is whole, so that nobody carries half of it over."""
        batch = self._new_batch()
        part = batch.with_suffix(".part")
        try:
            self._write_to(part, text)
            part.rename(batch)
            _sync_folder(self.folder)
        except OSError:
            for path in (part, batch):
                path.unlink(missing_ok=True)
            raise

    def _drop_half_written(self) -> None:
        for part in self.folder.glob(f"{self.name}-*.part"):
            if time.time() - (_changed(part) or 0.0) > PART_SECONDS:
                part.unlink(missing_ok=True)

    def _write_to(self, path: Path, text: bytes) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._write_whole(descriptor, text)
        finally:
            os.close(descriptor)

    def _write_whole(self, descriptor: int, text: bytes) -> None:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            text = b"\n" + text
        try:
            written = os.write(descriptor, text)
            if written != len(text):
                raise OSError("The disk took only part of a line.")
            os.fsync(descriptor)
            if not size:
                _sync_folder(self.folder)
        except OSError:
            os.ftruncate(descriptor, size)
            raise


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
