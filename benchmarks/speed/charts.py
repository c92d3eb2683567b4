"""The charts of the bench, drawn the same from the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

from benchmarks.speed.table import Row

OURS, THEIRS, MISSED = "#005a9c", "#8a8a8a", "#b45309"


def draw_ratios(table: Sequence[Row], path: Path) -> None:
    """A bar for each ratio with its range, and a mark at its bound; the starter is 1."""
    plt.rcParams["svg.hashsalt"] = "the same picture from the same figures"
    figure, axes = plt.subplots(figsize=(8, 0.6 * len(table) + 1.2), layout="constrained")
    for place, row in enumerate(reversed(table)):
        low, high = row.figure.middle - row.figure.low, row.figure.high - row.figure.middle
        colour = OURS if row.reached else MISSED
        axes.barh(place, row.figure.middle, 0.55, xerr=[[low], [high]], color=colour, ecolor="black", capsize=3)
        axes.plot([row.bound.number] * 2, [place - 0.4, place + 0.4], color="black", linewidth=2)
    axes.set_yticks(range(len(table)), [row.what for row in reversed(table)])
    axes.axvline(1, color=THEIRS, linewidth=1, linestyle="--")
    axes.set_xlabel("The guide's to the starter's (dashed); the black marks are the bounds, brown is not reached")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_long(part: Mapping[str, Mapping[str, Sequence[float]]], path: Path) -> None:
    """CPU of a message through a long conversation, milliseconds; each point is the median of a stretch of it."""
    plt.rcParams["svg.hashsalt"] = "the same picture from the same figures"
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for bot, colour in (("guide", OURS), ("starter", THEIRS)):
        axes.plot(part[bot]["turn"], part[bot]["stretch_ms"], color=colour, label=f"the {bot}")
    axes.set(xlabel="Messages of one conversation", ylabel="CPU of a message, ms", yscale="log")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
