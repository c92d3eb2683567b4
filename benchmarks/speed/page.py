"""docs/benchmarks.md, its charts and docs/benchmarks.json, from what was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.speed.charts import draw_long, draw_ratios
from benchmarks.speed.measures import Figure
from benchmarks.speed.table import Row, rows
from safeguarding.settings import ROOT

FIGURES = ROOT / "docs" / "benchmarks.json"
PAGE = ROOT / "docs" / "benchmarks.md"
RATIOS = ROOT / "docs" / "images" / "speed-ratios.svg"
LONG = ROOT / "docs" / "images" / "speed-long.svg"


def write_page(parts: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """Write the figures, the charts and the page. `told` has for each part the day, the machine and what was run."""
    FIGURES.write_text(json.dumps({"parts": parts, "told": told}, indent=1) + "\n", encoding="utf-8")
    table = rows(parts)
    draw_ratios([row for row in table if row.is_ratio], RATIOS)
    if "long" in parts:
        draw_long(parts["long"], LONG)
    PAGE.write_text(page_of(table, told), encoding="utf-8")


def read_figures(path: Path = FIGURES) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parts that were measured before, and what is told of them; empty where there are none."""
    if not path.is_file():
        return {}, {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return dict(kept["parts"]), dict(kept["told"])


def page_of(table: list[Row], told: Mapping[str, Any]) -> str:
    """The page as Markdown."""
    missed = [row for row in table if not row.reached]
    lines = [
        "# How fast it is, beside Rasa's own starter bot",
        "",
        "`make bench` writes this page. It runs the guide and the bot that `rasa init` makes (default pipeline and policies, one custom",
        "action more) on one machine in one run, both through HTTP. Turns, latency and start are measured by turns, with ratios round by",
        "round, so that what else the machine does falls on both; the other parts once, one bot after the other.",
        "A figure is the median of the rounds, the range stands in brackets.",
        "An answer that is empty or has nothing but the contacts ends the run. The guide's limits on how fast one may write are off.",
        "Bounds are never loosened.",
        "",
        f"{len(table) - len(missed)} of {len(table)} bounds are reached.",
        "",
        "| What | Guide | Starter | Guide to starter | Bound | Reached |",
        "| --- | --- | --- | --- | --- | --- |",
        *map(_line, table),
        "",
        "![How the guide's figures lie beside the starter's, each with its bound](images/speed-ratios.svg)",
        "",
    ]
    if any(row.part == "long" for row in table):
        lines += ["![CPU of each message as a conversation grows: the guide's stays, the starter's grows](images/speed-long.svg)", ""]
    lines += ["## What was run", "", "| Part | Day | What | Machine |", "| --- | --- | --- | --- |"]
    lines += [f"| {part} | {row['day']} | {row['run']} | {row['machine']} |" for part, row in told.items()]
    return "\n".join([*lines, "", *NOTES])


NOTES = [
    "CPU is that of all processes of a bot together. Time and messages a second depend on what else the machine does; ratios less so.",
    "",
    "- A hand-off is the message “how do i report abuse”: each bot calls a custom action on its action server;",
    "  the guide puts a row on disk too.",
    "- The starter gets few letters in the part on refusals and never much text: of 100,000 letters it made 10 GB of memory and 110 s.",
    "- The default pipeline's 100 epochs on the guide's lines take hours, so it is trained with few, and a straight line is",
    "  drawn through them. The guide's training here is that of the English model; the reader of the other languages takes as long again,",
    "  and the starter has none.",
    "",
    '`make bench PARTS="turns latency" ROUNDS=3` measures some parts again and leaves the others\' figures as they are.',
    "",
]


def _line(row: Row) -> str:
    beside = _spread(row.figure) if row.is_ratio else ""
    theirs = f"{_spread(row.theirs)} {row.unit}" if row.theirs else ""
    bound = row.bound.words("" if row.is_ratio else f" {row.unit}")
    return f"| {row.what} | {_spread(row.ours)} {row.unit} | {theirs} | {beside} | {bound} | {'yes' if row.reached else '**no**'} |"


def _spread(figure: Figure) -> str:
    if figure.low == figure.high:
        return _short(figure.middle)
    return f"{_short(figure.middle)} ({_short(figure.low)} to {_short(figure.high)})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
