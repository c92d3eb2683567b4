"""The arithmetic of the bench: medians, ranges, percentiles, and whether a bound is reached. Plain functions of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What several rounds gave: the median and the lowest and highest of them, in the unit of what was measured."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, rounds: Sequence[float]) -> Figure:
        """The figure of at least one round. Raises ValueError for none."""
        if not rounds:
            raise ValueError("no round was measured")
        return cls(median(rounds), min(rounds), max(rounds))


@dataclass(frozen=True)
class Bound:
    """How a measured value has to lie beside a number."""

    number: float
    at_least: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value reaches it; the number itself does."""
        return value >= self.number if self.at_least else value <= self.number

    def words(self, unit: str) -> str:
        """As it stands in a table."""
        return f"{self.number:g}{unit} or {'more' if self.at_least else 'less'}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not pass (nearest rank). Raises ValueError for no values."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Figure:
    """Ours to theirs, round by round, because each round saw the same machine. Raises ValueError where rounds differ in number."""
    return Figure.of([mine / other for mine, other in zip(ours, theirs, strict=True)])


def growth(before: float, after: float, messages: int, of: int = 10_000) -> float:
    """What `of` messages would add, where `messages` added the difference; what shrank counts as nothing added."""
    return max(0.0, after - before) * of / messages


def whole_training(prepared: float, epoch: float, epochs: int) -> float:
    """Seconds that all epochs take, from what comes before them and what one takes."""
    return prepared + epoch * epochs


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where a straight line through the points starts at 0, and how much it rises for one (least squares). Raises ValueError under two."""
    if len({x for x, _ in points}) < 2:
        raise ValueError("a line needs two points")
    across, up = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    rise = sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)
    return up - rise * across, rise
