"""What was learnt is read as it was written, and a file can bring nothing but arrays."""

from __future__ import annotations

import pickle
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from bot.learnt_file import UnreadableFile, read_arrays, with_prefix, without_prefix, write_arrays
from bot.letter_groups import LetterGroups

LINES = {
    "he hits me": "tell",
    "she hits him": "tell",
    "what is abuse": "ask",
    "what is neglect": "ask",
    "hello there": "greet",
    "hello": "greet",
}


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "learnt.npz"
    write_arrays(path, {"digest": "abc", **with_prefix("one", {"words": ["a ", "ł"], "numbers": np.eye(2, dtype=np.float16)})})
    assert str(read_arrays(path)["digest"]) == "abc"
    one = without_prefix("one", read_arrays(path))
    assert one["words"].tolist() == ["a ", "ł"]
    assert one["numbers"].dtype == np.float16


def test_letter_groups_read_as_before_after_they_were_written(tmp_path: Path) -> None:
    learnt = LetterGroups((1, 3), least=1, held_back=1e-6).fit(list(LINES), list(LINES.values()))
    write_arrays(tmp_path / "letters.npz", learnt.arrays())
    read = LetterGroups.of(read_arrays(tmp_path / "letters.npz"))
    for text in (*LINES, "he hurts", "zzz", ""):
        assert read.labels[read.chances(text).argmax()] == learnt.labels[learnt.chances(text).argmax()]
        np.testing.assert_allclose(read.chances(text), learnt.chances(text), atol=2e-3)  # weights are kept in 16 bits
        assert read.known_share(text) == learnt.known_share(text)


def test_objects_are_neither_written_nor_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no arrays of numbers or words: bad"):
        write_arrays(tmp_path / "x.npz", {"bad": [object()]})
    np.savez(tmp_path / "x.npz", bad=np.array([Bomb(str(tmp_path / "went_off"))], dtype=object))
    with pytest.raises(UnreadableFile):
        read_arrays(tmp_path / "x.npz")
    assert not (tmp_path / "went_off").exists()


class Bomb:
    """Makes a file where a pickle of it is read."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (self.place, "w")


@pytest.mark.parametrize("damage", ["cut", "none", "another", "pickle", "changed"])
def test_what_cannot_be_read_says_so(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "learnt.npz"
    write_arrays(path, {"numbers": np.arange(1000)})
    whole = path.read_bytes()
    if damage == "another":
        with ZipFile(path, "w") as file:
            file.writestr("schema.json", "{}")
    else:
        path.write_bytes({"cut": whole[:500], "none": b"", "pickle": pickle.dumps([1]), "changed": whole.replace(b"\x07", b"\x08")}[damage])
    with pytest.raises(UnreadableFile):
        read_arrays(path)
