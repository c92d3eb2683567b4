"""Recall of danger against false alarms as a picture, and how far the guide's certainty can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import itertools

import matplotlib.pyplot as plt

from benchmarks.evaluation.figures import Share
from benchmarks.evaluation.readings import Reading, answer_of
from benchmarks.evaluation.sets import Line
from bot.danger_classifier import EMERGENCY_INTENT, DangerSettings, danger_score
from safeguarding.danger import DangerSigns

BINS = (0.0, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0001)
"""Edges of the groups of certainty; few lines lie under 0.35."""


@dataclass(frozen=True)
class Point:
    """What one threshold would do: shares of danger found and of others taken for it."""

    threshold: float
    plainly: float
    sideways: float
    lookalikes: float
    disclosures: float


def danger_scores(lines: list[Line], readings: list[Reading], settings: DangerSettings) -> list[float]:
    """The log-odds that the danger classifier weighs for each line; endless where a sign alone decides."""
    signs, scores = DangerSigns.load(), []
    for line, reading in zip(lines, readings, strict=True):
        chances = {row["name"]: row["confidence"] for row in reading["intent_ranking"]}
        verdict = signs.assess(line.text)
        scores.append(inf if verdict.danger else danger_score(chances.get(EMERGENCY_INTENT, 0.0), verdict, settings))
    return scores


def curve(lines: list[Line], scores: list[float], thresholds: list[float]) -> list[Point]:
    """One point for each threshold."""

    def share(threshold: float, name: str, said: str | None = None) -> float:
        own = [score for line, score in zip(lines, scores, strict=True) if line.set == name and said in (None, line.said)]
        return sum(score >= threshold for score in own) / len(own)

    return [
        Point(
            threshold,
            share(threshold, "danger", "plainly"),
            share(threshold, "danger", "sideways"),
            share(threshold, "lookalikes"),
            share(threshold, "disclosures"),
        )
        for threshold in thresholds
    ]


def draw(points: list[Point], chosen: Point, path: Path) -> None:
    """Draw the curve; the dots are where the guide stands."""
    plt.rcParams["svg.hashsalt"] = "the same picture from the same figures"
    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for name, words, style in (("plainly", "said plainly", "-"), ("sideways", "said sideways", "--")):
        axes.plot([100 * point.lookalikes for point in points], [100 * getattr(point, name) for point in points], style, label=words)
        axes.plot(100 * chosen.lookalikes, 100 * getattr(chosen, name), "o", color="black")
    axes.set(xlabel="Look-alikes taken for danger, %", ylabel="Danger found, %", xlim=(0, 25), ylim=(80, 100.5))
    axes.axvline(4, color="grey", linewidth=0.8)
    axes.annotate("4 % at most", (4, 81), textcoords="offset points", xytext=(4, 0), color="dimgrey")
    axes.legend(loc="lower right", frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def calibration(lines: list[Line], readings: list[Reading]) -> list[tuple[str, float, Share]]:
    """For each group of certainty: its name, the mean certainty, and how often the likeliest intent was right."""
    rows = []
    for low, high in itertools.pairwise(BINS):
        own = [
            (reading["intent_ranking"][0]["confidence"], answer_of(reading["intent_ranking"][0]["name"]) in line.answers)
            for line, reading in zip(lines, readings, strict=True)
            if low <= reading["intent_ranking"][0]["confidence"] < high
        ]
        if own:
            mean = sum(certainty for certainty, _ in own) / len(own)
            rows.append((f"{low:.0%} to {min(high, 1):.0%}", mean, Share(sum(right for _, right in own), len(own))))
    return rows
