"""Words of `content/` changed for a moment, as somebody who edits them would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def put_back(path: Path) -> Iterator[None]:
    """Whatever happens to the file, it is afterwards as it was, also for `make`, which looks at its time."""
    before, times = path.read_bytes(), path.stat()
    try:
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def say_more(path: Path, words: str) -> None:
    """Put words in front of an answer."""
    path.write_bytes(path.read_bytes().replace(b"standard: |\n  ", f"standard: |\n  {words} ".encode(), 1))
