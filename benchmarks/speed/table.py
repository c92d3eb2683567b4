"""The rows of the bench: what each says, which number it has to reach, and what the parts measured for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.speed.measures import Bound, Figure, percentile, ratio

Part = Mapping[str, Mapping[str, Sequence[float]]]
"""By bot and measure: a number for each round."""


@dataclass(frozen=True)
class Row:
    """One line of the table. Ratios are the guide's to the starter's, taken round by round."""

    part: str
    what: str
    bound: Bound
    figure: Figure
    ours: Figure
    unit: str
    theirs: Figure | None = None
    is_ratio: bool = False

    @property
    def reached(self) -> bool:
        """Whether the median lies within the bound."""
        return self.bound.holds(self.figure.middle)


@dataclass(frozen=True)
class Beside:
    """A measure of both bots, where the bound is on their ratio."""

    part: str
    what: str
    measure: str
    unit: str
    bound: Bound


BESIDE = (
    Beside("turns", "CPU for an ordinary answer", "ordinary_ms", "ms", Bound(0.45)),
    Beside("turns", "CPU for a hand-off, with its action and its row on disk", "hand_off_ms", "ms", Bound(0.40)),
    Beside("latency", "95th percentile of the time to an answer, 1 person", "p95_one_ms", "ms", Bound(0.5)),
    Beside("latency", "95th percentile of the time to an answer, 20 at once", "p95_twenty_ms", "ms", Bound(0.5)),
    Beside("latency", "Messages a second, one server process", "rate_twenty", "/s", Bound(2, at_least=True)),
    Beside("start", "From the command to the first hand-off answered", "ready_s", "s", Bound(0.6)),
    Beside("training", "Training from nothing on the same lines", "training_s", "s", Bound(0.25)),
    Beside("memory", "Memory of the server after the messages", "server_mb", "MB", Bound(0.8)),
)


def rows(parts: Mapping[str, Part]) -> list[Row]:
    """All rows whose part was measured, in the order of the parts."""
    found = [_beside(row, parts[row.part]) for row in BESIDE if row.part in parts]
    for part, make in (("long", _long), ("memory", _memory), ("refusal", _refusal)):
        if part in parts:
            found += make(parts[part])
    return found


def _beside(row: Beside, part: Part) -> Row:
    ours, theirs = part["guide"][row.measure], part["starter"][row.measure]
    figure = ratio(ours, theirs)
    return Row(row.part, row.what, row.bound, figure, Figure.of(ours), row.unit, Figure.of(theirs), is_ratio=True)


def late_to_early(bot: Mapping[str, Sequence[float]]) -> Figure:
    """How much more a message costs at the end of a long conversation: the medians, and the quarters of the late ones as range."""
    early, late = Figure.of(bot["early_ms"]).middle, bot["late_ms"]
    return Figure(Figure.of(late).middle / early, percentile(late, 0.25) / early, percentile(late, 0.75) / early)


def _long(part: Part) -> list[Row]:
    ours, theirs = late_to_early(part["guide"]), late_to_early(part["starter"])
    return [Row("long", "CPU of a message at the end of a long conversation, to turn 10", Bound(1.15), ours, ours, "×", theirs)]


def _memory(part: Part) -> list[Row]:
    guide, starter = part["guide"], part["starter"]
    grows, actions = Figure.of(guide["growth_mb"]), Figure.of(guide["actions_mb"])
    return [
        Row("memory", "What 10,000 further messages add", Bound(5), grows, grows, "MB", Figure.of(starter["growth_mb"])),
        Row("memory", "Memory of the action server", Bound(150), actions, actions, "MB", Figure.of(starter["actions_mb"])),
    ]


def _refusal(part: Part) -> list[Row]:
    took = Figure.of(part["guide"]["refused_ms"])
    return [Row("refusal", "Refusing 1 MB of text", Bound(5), took, took, "ms")]
