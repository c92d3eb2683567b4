"""Attacks the report: from everything that it prints, no count under 10 may be worked out."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeguarding import reports
from safeguarding.reports import MISS_TABLES, ROUNDED_TO, SMALLEST, TABLES, Counts, Period, Report, _rounded, _show, make_report
from safeguarding.reports_page import LEFT_OUT, NAMES, csv_text

pytestmark = pytest.mark.whole

MONTHS = Period("2026-01", "2026-04").months
PERIODS = [Period(first, last) for first in MONTHS for last in MONTHS if first <= last]


@st.composite
def records(draw: st.DrawFn) -> Counts:
    """A record whose tables add up to the same hand-offs in each month, crowded round the numbers that matter."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for month in MONTHS:
        hand_offs = draw(st.one_of(st.integers(0, 40), st.integers(0, 400)))
        for attribute, values in TABLES.items():
            left = hand_offs
            order = draw(st.permutations(values))
            for value in order[:-1]:
                part = draw(st.one_of(st.integers(0, min(left, 12)), st.integers(0, left)))
                counts[month, attribute, value] += part
                left -= part
            counts[month, attribute, order[-1]] += left
        for attribute, values in MISS_TABLES.items():
            for value in values:
                counts[month, attribute, value] += draw(st.one_of(st.integers(0, 12), st.integers(0, 200)))
    return counts


def printed(report: Report) -> dict[tuple[str, str, str], int | None]:
    """What a reader of the spreadsheet knows."""
    rows = list(csv.reader(io.StringIO(csv_text(report))))[1:]
    return {(month, table, value): None if number == LEFT_OUT else int(number) for table, value, month, number, _ in rows}


def bounds(number: int) -> tuple[int, int]:
    """The true counts that are printed as this number."""
    fitting = [count for count in range(max(SMALLEST, number - ROUNDED_TO), number + ROUNDED_TO) if _rounded(count) == number]
    return fitting[0], fitting[-1]


@settings(max_examples=150, deadline=None)
@given(records())
def test_no_small_count_can_be_bounded_away_from_any_other(counts: Counts) -> None:
    attack_by_bounds(counts)


def attack_by_bounds(counts: Counts) -> None:
    """Lay every period's report beside the others; what is left out must be anything from 0 to 9 still."""
    known: dict[tuple[str, str, str], int | None] = {}
    for period in PERIODS:
        report = printed(make_report(period, counts))
        for cell, number in report.items():
            assert known.setdefault(cell, number) == number, "Two periods show one month differently."
    for month in MONTHS:
        low, high = _hand_offs_of(known, month)
        for attribute, values in TABLES.items():
            cells = {value: known[month, attribute, NAMES[attribute][value]] for value in values}
            left_out, at_least, at_most = _bounds_of_what_is_left_out(cells, low, high)
            for value in left_out:
                if counts[month, attribute, value] < SMALLEST:
                    assert at_least <= 0, (month, attribute, value)
                    assert at_most >= SMALLEST - 1, (month, attribute, value)


def _bounds_of_what_is_left_out(cells: Mapping[str, int | None], low: int, high: int) -> tuple[list[str], int, int]:
    """The values without a number, and the least and the most that each can be, where they all add up to between low and high."""
    left_out = [value for value, number in cells.items() if number is None]
    shown = [bounds(number) for number in cells.values() if number is not None]
    at_most = high - sum(lowest for lowest, _ in shown)
    return left_out, low - sum(highest for _, highest in shown) - (len(left_out) - 1) * at_most, at_most


def _hand_offs_of(known: dict[tuple[str, str, str], int | None], month: str) -> tuple[int, int]:
    """All that the tables of a month tell of its hand-offs: the closest bounds that any of them gives."""
    total = known[month, "all", "all"]
    low, high = bounds(total) if total is not None else (0, SMALLEST - 1)
    for attribute, values in TABLES.items():
        cells = [known[month, attribute, NAMES[attribute][value]] for value in values]
        low = max(low, sum(bounds(cell)[0] for cell in cells if cell is not None))
        if None not in cells:
            high = min(high, sum(bounds(cell)[1] for cell in cells if cell is not None))
    return low, high if total is not None else max(high, SMALLEST - 1)


@settings(max_examples=150, deadline=None)
@given(records())
def test_no_small_count_of_what_was_not_answered_can_be_bounded_by_who_knows_their_sum(counts: Counts) -> None:
    """No sum of misses is printed. Even who knows it exactly, from elsewhere, learns no count under 10."""
    report = printed(make_report(PERIODS[0], counts))
    for attribute, values in MISS_TABLES.items():
        month = PERIODS[0].months[0]
        total = sum(counts[month, attribute, value] for value in values)
        cells = {value: report[month, attribute, NAMES[attribute][value]] for value in values}
        left_out, at_least, at_most = _bounds_of_what_is_left_out(cells, total, total)
        for value in left_out:
            if counts[month, attribute, value] < SMALLEST and total >= SMALLEST:
                assert at_least <= 0, (attribute, value)
                assert at_most > counts[month, attribute, value] or at_most >= SMALLEST - 1, (attribute, value)


@settings(max_examples=50, deadline=None)
@given(records())
def test_totals_say_nothing_that_the_months_do_not(counts: Counts) -> None:
    for period in PERIODS:
        report = make_report(period, counts)
        for attribute, values in {**TABLES, **MISS_TABLES}.items():
            over_all = report.over_the_period(attribute)
            for value in values:
                table = {**report.tables, **report.misses}[attribute]
                months = [number for number in table[value].values() if number is not None]
                assert over_all[value] == (sum(months) if months else None)


def test_whoever_knows_the_rule_does_not_learn_a_small_count_either() -> None:
    """Every month of two small tables that there can be, by what is printed of it: each hidden small count has an alternative."""
    behind: defaultdict[object, list[set[int]]] = defaultdict(lambda: [set() for _ in range(5)])
    for hand_offs in range(38):  # up to the last total that is printed as 35, so that no printed month is half there
        two, three = (_by_what_is_seen(hand_offs, size) for size in (2, 3))
        for (seen_two, cells_two), (seen_three, cells_three) in product(two.items(), three.items()):
            possible = behind[_rounded(hand_offs), seen_two, seen_three]
            for known, new in zip(possible, [*cells_two, *cells_three], strict=True):
                known |= new
    _check_alternatives(behind)


def test_whoever_knows_the_hand_offs_exactly_does_not_either() -> None:
    """One table of four values, the month's hand-offs known to the last one."""
    for hand_offs in range(SMALLEST, 60):
        _check_alternatives({(hand_offs, seen): cells for seen, cells in _by_what_is_seen(hand_offs, 4).items()})


def _by_what_is_seen(hand_offs: int, size: int) -> dict[tuple[int | None, ...], list[set[int]]]:
    """For everything that can be printed of a table with so many values: the counts that each value can have."""
    behind: defaultdict[tuple[int | None, ...], list[set[int]]] = defaultdict(lambda: [set() for _ in range(size)])
    for some in product(range(hand_offs + 1), repeat=size - 1):
        if sum(some) <= hand_offs:
            counts = (*some, hand_offs - sum(some))
            for known, count in zip(behind[_seen(counts)], counts, strict=True):
                known.add(count)
    return behind


def _check_alternatives(behind: dict[object, list[set[int]]]) -> None:
    for seen, cells in behind.items():
        for possible in cells:
            assert len(possible) > 1 or min(possible) >= SMALLEST, (seen, possible)


def _seen(values: tuple[int, ...]) -> tuple[int | None, ...]:
    return tuple(_show(dict(zip("abcdefg", values, strict=False))).values())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 14), st.integers(0, 40)), min_size=2, max_size=4).filter(lambda values: sum(values) >= SMALLEST))
def test_whoever_knows_the_rule_and_all_that_is_printed_exactly_does_not_either(values: list[int]) -> None:
    attack_by_rule(values)


def attack_by_rule(values: Sequence[int]) -> None:
    """Every way to fill in what is left out, with the sum known, that would have been printed the same."""
    seen = _seen(tuple(values))
    places = [place for place, number in enumerate(seen) if number is None]
    possible: list[set[int]] = [{values[place]} for place in places]
    for filled in _fillings([values[place] for place in places]):
        some = dict(zip(places, filled, strict=True))
        if _seen(tuple(some.get(place, value) for place, value in enumerate(values))) == seen:
            for known, count in zip(possible, filled, strict=True):
                known.add(count)
            if all(len(known) > 1 for known in possible):
                return
    _check_alternatives({seen: possible})


def _fillings(hidden: list[int]) -> Iterator[tuple[int, ...]]:
    """Other counts with the same sum: the nearest first, with two exchanged or one moved, then all where there are few."""
    for one, other in permutations(range(len(hidden)), 2):
        exchanged, moved = list(hidden), list(hidden)
        exchanged[one], exchanged[other] = hidden[other], hidden[one]
        moved[one], moved[other] = hidden[one] + 1, max(hidden[other] - 1, 0)
        yield from (tuple(exchanged), *([tuple(moved)] if hidden[other] else []))
    if len(hidden) <= 3:
        for some in product(range(sum(hidden) + 1), repeat=max(len(hidden) - 1, 0)):
            if sum(some) <= sum(hidden):
                yield (*some, sum(hidden) - sum(some)) if hidden else ()


CARELESS = {
    "only what is under 10 is left out": lambda _: True,
    "at least two values": lambda left_out: len(left_out) > 1,
    "at least two values, at least 10 together": lambda left_out: len(left_out) > 1 and sum(left_out) >= SMALLEST,
}
"""Rules that look safe. The last one is the first that decision 0012 tried."""


@pytest.mark.parametrize(
    ("rule", "record"), list(zip(CARELESS, ([2, 30, 18], [0, 0, 50, 40], [9, 9, 12, 12, 12, 12, 12]), strict=True)), ids=list(CARELESS)
)
def test_the_attack_finds_what_a_careless_report_gives_away(rule: str, record: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    attack_by_rule(record)
    monkeypatch.setattr(reports, "_is_enough", CARELESS[rule])
    with pytest.raises(AssertionError):
        attack_by_rule(record)


def test_the_other_attacks_find_what_a_careless_report_gives_away(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counter({(month, attribute, values[0]): 50 for month in MONTHS for attribute, values in TABLES.items()})
    counts.update({("2026-01", "for_whom", "self"): 18, ("2026-01", "for_whom", "other"): 30, ("2026-01", "for_whom", "not_said"): 2 - 50})
    attack_by_bounds(counts)
    monkeypatch.setattr(reports, "_is_enough", CARELESS["only what is under 10 is left out"])
    for attack in (
        lambda: attack_by_bounds(counts),
        test_whoever_knows_the_rule_does_not_learn_a_small_count_either,
        test_whoever_knows_the_hand_offs_exactly_does_not_either,
    ):
        with pytest.raises(AssertionError):
            attack()
