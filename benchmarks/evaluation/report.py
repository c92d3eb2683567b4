"""Writes docs/evaluation.md and docs/evaluation.json."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from benchmarks.evaluation.figures import Pair, Reply, Share, headline, right_door, right_first, share
from benchmarks.evaluation.languages import as_data, section
from benchmarks.evaluation.readings import LONG, Reading
from benchmarks.evaluation.sections import beside_default, certainty, danger_curve
from benchmarks.evaluation.sets import Line
from safeguarding.content import content_digest
from safeguarding.languages import ENGLISH
from safeguarding.settings import ROOT

PAGE = ROOT / "docs" / "evaluation.md"
FIGURES = ROOT / "docs" / "evaluation.json"
CLOSE_VOICES = ("easy_read", "older", "non_native")

GOALS = {
    "danger_plainly_emergency": ("Danger said plainly: emergency answer first", "at least 99 %"),
    "danger_sideways_emergency": ("Danger said sideways or whispered: emergency answer first", "at least 92 %"),
    "danger_sideways_999_first_sentence": ("… with 999 in the first sentence", "at least 98 %"),
    "lookalikes_false_alarm": ("Look-alikes taken for an emergency", "4 % at most"),
    "questions_false_alarm": ("Ordinary questions taken for an emergency", "1 % at most"),
    "disclosures_false_alarm": ("Disclosures taken for an emergency", ""),
    "disclosures_right_door": ("Disclosures: the right door first", "at least 95 %"),
    "disclosures_right_answer": ("Disclosures: the answer with the very label", ""),
    "disclosures_human_contact": ("Disclosures: a suitable human contact", "at least 99 %"),
    "questions_right_first": ("Questions: right answer first", "at least 93 %"),
    "questions_right_or_offered": ("Questions: right answer first or one of two offered", "at least 97 %"),
    "out_of_scope_declined": ("Out of scope: declined kindly; care goes to care_help", "at least 93 %"),
}


def emergency(_line: Line, reply: Reply) -> bool:
    """999 comes first."""
    return reply.emergency


VOICES: dict[str, tuple[str, Callable[[Line, Reply], bool]]] = {
    "questions": ("Questions by voice: right answer first", right_first),
    "danger": ("Danger by voice: emergency answer first", emergency),
    "disclosures": ("Disclosures by voice: the right door first", right_door),
}


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU: of a message in each language, all processes together, and of understanding each of some long ones."""

    of_a_message: dict[str, float]
    of_long: list[float]


def write_report(pairs: list[Pair], readings: list[Reading], languages: dict[str, list[Pair]], cost: Cost) -> None:
    """The page for people and the figures for the test that watches for regressions."""
    figures = headline(pairs)
    understanding = [reading["cpu_ms"] for reading in readings]
    today = datetime.now(UTC).date().isoformat()
    data = {
        "date": today,
        "release": content_digest(),
        "cpu_ms_per_message": {language: round(spent, 1) for language, spent in cost.of_a_message.items()},
        "cpu_ms_to_understand": {"median": round(median(understanding), 1), "long": round(max(cost.of_long), 1)},
        "figures": _as_data(figures),
        "danger_by_kind": _as_data(_by(pairs, "danger", "kind", emergency)),
        "voices": {name: _as_data(_by(pairs, name, "voice", holds)) for name, (_, holds) in VOICES.items()},
        "answers": {
            answer: _as_data({"recall": recall, "precision": precision}) for answer, (recall, precision) in by_answer(pairs).items()
        },
        "languages": as_data(languages),
    }
    FIGURES.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    sections = [
        _head(today, len(pairs)),
        _cost(understanding, cost),
        _headline_table(figures),
        section(languages, cost.of_a_message),
        beside_default([line for line, _ in pairs], readings),
        danger_curve([line for line, _ in pairs], readings),
        certainty([line for line, _ in pairs], readings),
        _table("Danger by kind: emergency answer first", "Kind", _by(pairs, "danger", "kind", emergency)),
        *(_voices(title, pairs, name, holds) for name, (title, holds) in VOICES.items()),
        _per_answer(pairs),
        _confusions(pairs),
    ]
    PAGE.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _head(today: str, count: int) -> str:
    return (
        "# How well the guide understands people\n\n"
        f"Measured on {today} with `make evaluate`: {count} lines of the test half, each the first message of a new conversation,\n"
        "through the real chat channel. The lines in `tests/nlu/held_out/` were written by other hands than the training lines and\n"
        "are never trained on; the development half chose the thresholds, the test half is only reported. Intervals are Wilson's,\n"
        "95 %.\n"
        "The lines imitate voices; people with learning disabilities and native speakers of other languages have not checked them yet."
    )


def _cost(understanding: list[float], cost: Cost) -> str:
    return (
        f"CPU to understand an English message, its intent and its danger: {median(understanding):.1f} ms (median; goal 15 at most);\n"
        f"of {LONG} characters {median(cost.of_long):.1f} ms (median) and {max(cost.of_long):.1f} ms at most (goal 40 at most).\n"
        f"With HTTP, conversation and reply, all processes together: {cost.of_a_message[ENGLISH]:.1f} ms."
    )


def _headline_table(figures: dict[str, Share]) -> str:
    rows = ["| What | Goal | Measured | 95 % interval | Lines |", "| --- | --- | --- | --- | --- |"]
    for name, (words, goal) in GOALS.items():
        low, high = figures[name].interval
        rows.append(
            f"| {words} | {goal} | **{figures[name].value:.1%}** | {low:.1%} to {high:.1%} | {figures[name].hits} of {figures[name].of} |"
        )
    return "\n".join(rows)


def _by(pairs: list[Pair], name: str, field: str, holds) -> dict[str, Share]:  # type: ignore[no-untyped-def]
    groups: dict[str, list[Pair]] = defaultdict(list)
    for line, reply in pairs:
        if line.set == name:
            groups[getattr(line, field)].append((line, reply))
    return {group: share(groups[group], holds) for group in sorted(groups)}


def _table(title: str, column: str, shares: dict[str, Share]) -> str:
    rows = [f"## {title}\n", f"| {column} | Share | 95 % interval | Lines |", "| --- | --- | --- | --- |"]
    for name, figure in shares.items():
        low, high = figure.interval
        rows.append(f"| {name.replace('_', ' ')} | {figure.value:.1%} | {low:.1%} to {high:.1%} | {figure.hits} of {figure.of} |")
    return "\n".join(rows)


def _voices(title: str, pairs: list[Pair], name: str, holds: Callable[[Line, Reply], bool]) -> str:
    """By voice, the whole first; easy read, older people and non-native speakers are to be within six points of it."""
    whole = share([pair for pair in pairs if pair[0].set == name], holds)
    voices = _by(pairs, name, "voice", holds)
    apart = [
        f"{voice.replace('_', ' ')} {100 * (voices[voice].value - whole.value):+.1f} points" for voice in CLOSE_VOICES if voice in voices
    ]
    table = _table(title, "Voice", {"the whole": whole, **voices})
    return f"{table}\n\nBeside the whole: {', '.join(apart)} (goal: at most 6 under it)."


def by_answer(pairs: list[Pair]) -> dict[str, tuple[Share, Share]]:
    """Of each answer: how many of the lines that need it get it, and how many of those that get it need it."""
    wanted: Counter[str] = Counter()
    came: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for line, reply in pairs:
        if line.set == "danger":
            continue
        target = reply.answers[0] if right_first(line, reply) else line.answers[0]
        wanted[target] += 1
        came[reply.answers[0]] += 1
        right[target] += right_first(line, reply)
    return {answer: (Share(right[answer], wanted[answer]), Share(right[answer], came[answer])) for answer in sorted(wanted)}


def _per_answer(pairs: list[Pair]) -> str:
    rows = ["## Each answer\n", "In brackets the 95 % interval.\n", "| Answer | Recall | Precision | Lines |", "| --- | --- | --- | --- |"]
    for answer, (recall, precision) in by_answer(pairs).items():
        rows.append(f"| {answer} | {_in_words(recall)} | {_in_words(precision) if precision.of else 'never given'} | {recall.of} |")
    return "\n".join(rows)


def _in_words(figure: Share) -> str:
    low, high = figure.interval
    return f"{figure.value:.0%} ({low:.0%} to {high:.0%})"


def _as_data(shares: dict[str, Share]) -> dict[str, dict[str, float]]:
    return {name: figure.as_dict() for name, figure in shares.items()}


def _confusions(pairs: list[Pair]) -> str:
    wrong = Counter((line.answers[0], reply.answers[0]) for line, reply in pairs if not right_first(line, reply))
    rows = ["## What is taken for what, most often first\n", "| Should be | Came | Times |", "| --- | --- | --- |"]
    rows += [f"| {right} | {came} | {count} |" for (right, came), count in wrong.most_common(20)]
    return "\n".join(rows)
