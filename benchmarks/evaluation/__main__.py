"""Runs the held-out lines through the real guide and prints or writes the figures.

python -m benchmarks.evaluation --half dev             for choosing thresholds: prints, and shows what went wrong
python -m benchmarks.evaluation --half test --write    for the report: docs/evaluation.md and docs/evaluation.json
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

import requests

from benchmarks.evaluation.figures import Pair, Reply, headline, right_first
from benchmarks.evaluation.languages import beside_english, figures_of, read_others
from benchmarks.evaluation.readings import long_messages, read_with
from benchmarks.evaluation.report import Cost, write_report
from benchmarks.evaluation.sets import HeldOutError, Line, read_sets
from benchmarks.running import running_guide
from safeguarding.content import load_content
from safeguarding.languages import ENGLISH
from safeguarding.settings import ROOT

MODEL = ROOT / "models" / "guide.tar.gz"


def main() -> int:
    """Parse the command line, ask every line, show or write the figures."""
    arguments = _arguments()
    try:
        lines = [line for line in read_sets(load_content()) if line.half == arguments.half]
        others = read_others(load_content(), arguments.half)
    except HeldOutError as error:
        print(error, file=sys.stderr)
        return 1
    with running_guide() as guide:
        pairs, cpu = ask_all(guide.url, lines, guide.pids)
        asked = {language: ask_all(guide.url, found, guide.pids) for language, found in others.items()}
    languages = beside_english(pairs, {language: found for language, (found, _) in asked.items()})
    for name, figure in headline(pairs).items():
        low, high = figure.interval
        print(f"{name:36} {figure.value:6.1%}   {low:.1%} to {high:.1%}   {figure.hits} of {figure.of}")
    print(f"CPU of all processes for one message: {1000 * cpu / len(lines):.1f} ms")
    for language, found in languages.items():
        shown = ", ".join(f"{name} {figure.value:.1%}" for name, figure in figures_of(language, found).items())
        spent = asked[language][1] / len(found) if language in asked and found else cpu / len(lines)
        print(f"{language}: {shown}; {1000 * spent:.1f} ms")
    if arguments.half == "dev":
        _show_what_went_wrong(pairs)
    if arguments.write:
        print("  reading the words once more without the channel, for the curve and the comparison", file=sys.stderr, flush=True)
        texts = [line.text for line in lines]
        spent = {ENGLISH: cpu / len(lines)} | {language: seconds / len(found) for language, (found, seconds) in asked.items()}
        readings = read_with(MODEL, [*texts, *long_messages(texts)])
        of_long = [reading["cpu_ms"] for reading in readings[len(texts) :]]
        cost = Cost({language: 1000 * seconds for language, seconds in spent.items()}, of_long)
        write_report(pairs, readings[: len(texts)], languages, cost)
    return 0


def ask_all(url: str, lines: list[Line], pids: list[int]) -> tuple[list[Pair], float]:
    """Each line as the first message of a new conversation; the replies, and the CPU seconds that the guide used."""
    session = requests.Session()
    before, started, pairs = _cpu_seconds(pids), time.monotonic(), []
    for number, line in enumerate(lines, start=1):
        reply = session.post(f"{url}/chat/messages", json={"text": line.text}, timeout=20)
        reply.raise_for_status()
        pairs.append((line, Reply.of(reply.json())))
        if number % 250 == 0:
            print(f"  {number} of {len(lines)} lines, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return pairs, _cpu_seconds(pids) - before


def _cpu_seconds(pids: list[int]) -> float:
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            ticks += sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _show_what_went_wrong(pairs: list[Pair]) -> None:
    for line, reply in pairs:
        if line.set == "danger" and not reply.emergency:
            print(f"missed      {line.kind:18} {line.said:9} {reply.answers[0]:24} {line.text[:150]}")
        if line.set != "danger" and reply.emergency:
            print(f"false alarm {line.kind or line.set:18} {line.answers[0]:34} {line.text[:150]}")
    wrong = Counter((line.answers[0], reply.answers[0]) for line, reply in pairs if line.set != "danger" and not right_first(line, reply))
    for (right, came), count in wrong.most_common(40):
        print(f"{count:4} {right:30} came as {came}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    parser.add_argument("--write", action="store_true", help="write docs/evaluation.md and docs/evaluation.json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
