"""The parts of docs/evaluation.md that look at the words alone: beside Rasa's default pipeline, the danger curve, certainty."""

from __future__ import annotations

import json

import numpy as np
import yaml

from benchmarks.evaluation.curves import Point, calibration, curve, danger_scores, draw
from benchmarks.evaluation.readings import Reading, intent_figures
from benchmarks.evaluation.sets import Line
from bot.danger_classifier import DangerSettings
from safeguarding.settings import ROOT

DEFAULT_FIGURES = ROOT / "docs" / "evaluation-default.json"
PICTURE = ROOT / "docs" / "images" / "danger-curve.svg"
THRESHOLDS = (-4.0, -3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
SHOWN = {
    "danger_plainly_emergency": "Danger said plainly, taken for danger",
    "danger_sideways_emergency": "Danger said sideways, taken for danger",
    "lookalikes_false_alarm": "Look-alikes taken for danger",
    "questions_false_alarm": "Ordinary questions taken for danger",
    "disclosures_false_alarm": "Disclosures taken for danger",
    "disclosures_right_answer": "Disclosures: the very label",
    "questions_right_first": "Questions: the right label",
    "out_of_scope_declined": "Out of scope, declined or not understood",
}


def beside_default(lines: list[Line], readings: list[Reading]) -> str:
    """Understanding alone, beside Rasa's default pipeline on the same training lines; what to run where that was not measured."""
    if not DEFAULT_FIGURES.exists():
        return "## Beside Rasa's default pipeline\n\nNot measured yet: `python -m benchmarks.default_pipeline` takes some hours."
    theirs = json.loads(DEFAULT_FIGURES.read_text(encoding="utf-8"))
    ours = intent_figures(lines, readings)
    rows = [
        "## Beside Rasa's default pipeline\n",
        f"The pipeline that `rasa init` writes, trained on {theirs['training_lines']:,} lines of `data/nlu/`, with {theirs['epochs']} of",
        f"its 100 epochs ({theirs['training_seconds']} s; 100 take ten times that), asked the same lines on {theirs['date']} by",
        "`python -m benchmarks.default_pipeline`.",
        "Intents alone, without channel and conversation.\n",
        "| What | This guide | Rasa's default |",
        "| --- | --- | --- |",
    ]
    rows += [f"| {words} | {ours[name].value:.1%} | {theirs['figures'][name]['value']:.1%} |" for name, words in SHOWN.items()]
    return "\n".join(rows)


def danger_curve(lines: list[Line], readings: list[Reading]) -> str:
    """The picture, and the same in a table."""
    settings = _danger_settings()
    scores = danger_scores(lines, readings, settings)
    draw(curve(lines, scores, list(np.linspace(-8, 8, 321))), curve(lines, scores, [settings.emergency_from])[0], PICTURE)
    points = curve(lines, scores, sorted({*THRESHOLDS, settings.emergency_from}))
    rows = [
        "## Danger found against false alarms\n",
        "![Danger found rises steeply with the look-alikes taken for danger; the dots are the threshold in use](images/danger-curve.svg)\n",
        f"The threshold in use is {settings.emergency_from:g} (config.yml). Signs alone are danger at every threshold; "
        "`out_of_scope_from` is left out.\n",
        "| `emergency_from` | said plainly | said sideways | look-alikes | disclosures |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*rows, *map(_row, points)])


def certainty(lines: list[Line], readings: list[Reading]) -> str:
    """Calibration as a table."""
    groups = calibration(lines, readings)
    total = sum(share.of for _, _, share in groups)
    error = sum(share.of / total * abs(share.value - mean) for _, mean, share in groups)
    rows = [
        "## How far its certainty can be believed\n",
        "Where the guide is as certain as the second column says on average, the likeliest label was right as often as the third says.",
        f"Expected calibration error: {error:.3f}.\n",
        "| Certainty | On average | Right | Lines |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*rows, *(f"| {name} | {mean:.0%} | {share.value:.0%} | {share.of} |" for name, mean, share in groups)])


def _row(point: Point) -> str:
    shares = (point.plainly, point.sideways, point.lookalikes, point.disclosures)
    return " | ".join([f"| {point.threshold:g}", *(f"{value:.1%}" for value in shares)]) + " |"


def _danger_settings() -> DangerSettings:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    own = next(dict(component) for component in pipeline if component["name"].endswith("DangerClassifier"))
    own.pop("name")
    return DangerSettings(**own)
