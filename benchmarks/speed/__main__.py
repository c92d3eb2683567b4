"""Measures the guide beside Rasa's own starter bot and writes docs/benchmarks.md.

python -m benchmarks.speed                                    everything: about an hour
python -m benchmarks.speed --rounds 3 --parts turns latency   some parts; the figures of the others stay as they are
python -m benchmarks.speed --short                            all parts, very small, to try the bench itself; writes nothing
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psutil

from benchmarks.speed import parts
from benchmarks.speed.bots import guide, starter
from benchmarks.speed.page import read_figures, write_page
from benchmarks.speed.parts import SHORT, Measures, Size
from benchmarks.speed.starter import starter_model
from benchmarks.speed.table import rows
from benchmarks.speed.training import training

SIDE_BY_SIDE = {"turns": parts.turns, "latency": parts.latency, "long": parts.long, "memory": parts.memory, "refusal": parts.refusal}
"""Parts with both bots running; each part has them afresh, so that none inherits what another left in memory."""

ALONE = {"start": parts.start, "training": training}
PARTS = ("turns", "latency", "long", "start", "memory", "refusal", "training")


def main() -> int:
    """Measure, print the table, write the page. 1 where a bound is not reached."""
    arguments = _arguments()
    size = SHORT if arguments.short else replace(Size(), rounds=arguments.rounds, starts=min(arguments.rounds, Size.starts))
    starter_model()
    measured, told = ({}, {}) if arguments.short else read_figures()
    for part in arguments.parts:
        print(f"{part}: {size.words(part)}", file=sys.stderr, flush=True)
        measured[part] = {bot: dict(figures) for bot, figures in measure(part, size).items()}
        told[part] = {"day": datetime.now(UTC).date().isoformat(), "run": size.words(part), "machine": _machine()}
        if not arguments.short:
            write_page(_in_order(measured), _in_order(told))
    table = [row for row in rows(measured) if row.part in arguments.parts]
    for row in table:
        spread = f"{row.figure.middle:8.2f}  ({row.figure.low:.2f} to {row.figure.high:.2f})"
        print(f"{row.what:66} {spread:30} {row.bound.words(''):14} {'reached' if row.reached else 'NOT REACHED'}")
    return 0 if all(row.reached for row in table) else 1


def measure(part: str, size: Size) -> Measures:
    """Run one part, with the bots that it needs."""
    if part in ALONE:
        return ALONE[part](size)
    with ExitStack() as running:
        bots = [running.enter_context(guide()), running.enter_context(starter())]
        return SIDE_BY_SIDE[part](bots, size)


def _in_order(found: dict[str, Any]) -> dict[str, Any]:
    return {part: found[part] for part in PARTS if part in found}


def _machine() -> str:
    memory = round(psutil.virtual_memory().total / 1e9)
    return f"{os.cpu_count()} cores, {memory} GB, {platform.system()} {platform.machine()}, load {os.getloadavg()[0]:.1f} at the end"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=Size.rounds, help="how often the parts that go by turns are repeated")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what to measure")
    parser.add_argument("--short", action="store_true", help="very small and written nowhere")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
