"""The arithmetic of `benchmarks.speed`: what the rounds come to, and when a bound is reached."""

from __future__ import annotations

import pytest

from benchmarks.speed.measures import Bound, Figure, growth, line, percentile, ratio, whole_training


def test_a_figure_is_the_median_with_its_range() -> None:
    assert Figure.of([3.0, 9.0, 1.0]) == Figure(3.0, 1.0, 9.0)
    with pytest.raises(ValueError, match="no round"):
        Figure.of([])


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [([7.0], 0.95, 7.0), (list(range(1, 101)), 0.95, 95), (list(range(1, 21)), 0.95, 19), ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0)],
)
def test_a_percentile_is_a_value_that_was_measured(values: list[float], share: float, wanted: float) -> None:
    assert percentile(values, share) == wanted


def test_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.95)


def test_a_ratio_is_taken_round_by_round() -> None:
    assert ratio([10.0, 30.0, 12.0], [20.0, 40.0, 20.0]) == Figure(0.6, 0.5, 0.75)
    with pytest.raises(ValueError, match="zip"):
        ratio([1.0], [1.0, 2.0])


@pytest.mark.parametrize(
    ("value", "at_least", "holds"), [(0.45, False, True), (0.46, False, False), (2.0, True, True), (1.99, True, False)]
)
def test_a_bound_is_reached_at_the_number_itself(value: float, at_least: bool, holds: bool) -> None:
    assert Bound(2.0 if at_least else 0.45, at_least).holds(value) is holds


def test_growth_is_for_ten_thousand_and_never_negative() -> None:
    assert growth(800.0, 801.0, messages=2000) == 5.0
    assert growth(801.0, 800.0, messages=2000) == 0.0


def test_all_epochs_follow_from_a_few() -> None:
    prepared, epoch = line([(1, 50.0), (3, 90.0)])
    assert (prepared, epoch) == (30.0, 20.0)
    assert whole_training(prepared, epoch, 100) == 2030.0
    with pytest.raises(ValueError, match="two points"):
        line([(1, 50.0)])
