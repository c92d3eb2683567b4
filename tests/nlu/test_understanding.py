"""The guide understands strangers no worse than the committed figures say: the test half, through the real channel."""

from __future__ import annotations

import json

import pytest

from benchmarks.evaluation.__main__ import ask_all
from benchmarks.evaluation.figures import headline
from benchmarks.evaluation.languages import figures_of, read_others
from benchmarks.evaluation.report import FIGURES
from benchmarks.evaluation.sets import HeldOutError, read_sets
from safeguarding.content import load_content
from safeguarding.languages import OTHERS

CONTENT = load_content()
LINE = {"text": "a line that nobody trained on", "answer": "privacy", "voice": "plain", "source": "here", "half": "dev"}


COMMITTED = json.loads(FIGURES.read_text(encoding="utf-8"))


@pytest.mark.server
def test_no_figure_is_worse_than_its_committed_interval(guide_url):
    lines = [line for line in read_sets(CONTENT) if line.half == "test"]
    pairs, _ = ask_all(guide_url, lines, pids=[])
    assert worse_than(headline(pairs), COMMITTED["figures"]) == []


@pytest.mark.server
@pytest.mark.parametrize("language", OTHERS)
def test_no_figure_of_another_language_is_worse_either(guide_url, language):
    pairs, _ = ask_all(guide_url, read_others(CONTENT, "test")[language], pids=[])
    assert worse_than(figures_of(language, pairs), COMMITTED["languages"][language]) == []


def worse_than(now, committed):
    """Which figures lie outside of the committed interval, on the worse side."""
    assert set(now) == set(committed)
    return [
        f"{name}: {figure.value:.1%}, committed {committed[name]['low']:.1%} to {committed[name]['high']:.1%}"
        for name, figure in now.items()
        if (figure.value > committed[name]["high"] if name.endswith("false_alarm") else figure.value < committed[name]["low"])
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer": None}, "questions.jsonl, line 1: answer is missing"),
        ({"answer": "no_such_answer"}, "questions.jsonl, line 1: there is no answer “no_such_answer”"),
        ({"half": "both"}, "questions.jsonl, line 1: half must be dev or test"),
        ({"door": "somewhere"}, "questions.jsonl, line 1: door must be spor, police, "),
        ({"text": "Known line!"}, "questions.jsonl, line 1: this is a training line too (talk.yml)"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, change, message):
    with pytest.raises(HeldOutError, match=message.replace("(", r"\(").replace(")", r"\)")):
        read_sets(CONTENT, *_folders(tmp_path, [LINE | change]))


@pytest.mark.parametrize(("name", "missing"), [("danger", "kind and said are"), ("disclosures", "door is"), ("lookalikes", "kind is")])
def test_each_set_has_its_own_labels(tmp_path, name, missing):
    held_out, training = _folders(tmp_path, [])
    (held_out / f"{name}.jsonl").write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    with pytest.raises(HeldOutError, match=f"{name}.jsonl, line 1: {missing} missing"):
        read_sets(CONTENT, held_out, training)


def test_a_line_of_another_language_is_not_trained_on_in_english_either(tmp_path):
    held_out, training = _folders(tmp_path, [LINE | {"text": "Znana linia"}])
    (training / "pl").mkdir()
    (training / "pl" / "others.yml").write_text('version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - znana linia\n')
    with pytest.raises(HeldOutError, match="training line too"):
        read_sets(CONTENT, held_out, training)


def test_a_line_that_stands_twice_is_named(tmp_path):
    with pytest.raises(HeldOutError, match=r"line 2: this stands in questions.jsonl, line 1 too"):
        read_sets(CONTENT, *_folders(tmp_path, [LINE, LINE | {"text": "A LINE that nobody trained on."}]))


def _folders(tmp_path, lines):
    held_out, training = tmp_path / "held_out", tmp_path / "nlu"
    held_out.mkdir()
    training.mkdir()
    for name in ("out_of_scope", "disclosures", "danger", "lookalikes"):
        (held_out / f"{name}.jsonl").write_text("", encoding="utf-8")
    (held_out / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (training / "talk.yml").write_text('version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - known line\n', encoding="utf-8")
    return held_out, training
