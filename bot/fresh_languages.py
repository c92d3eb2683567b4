"""For a release: the reader of the other languages is made from exactly the lines that are there, the English ones among them.

`make train` does not train it for a changed English line alone; a release does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.language_reader import LANGUAGES_MODEL, lines_digest
from bot.learnt_file import UnreadableFile, read_arrays
from bot.train_languages import files_of_lines
from bot.train_languages import main as train


def main() -> int:
    """Train where the lines are others than those it learnt; else say by the time of the file that it is made from these."""
    if not is_made_from(LANGUAGES_MODEL, lines_digest(files_of_lines())):
        return train()
    LANGUAGES_MODEL.touch()
    return 0


def is_made_from(model: Path, digest: str) -> bool:
    """Whether a model names this digest of its lines."""
    try:
        return str(read_arrays(model)["digest"]) == digest
    except (UnreadableFile, KeyError):
        return False


if __name__ == "__main__":
    sys.exit(main())
