"""What the report may print: counts by the month, each attribute alone, with every small number and whatever gives one away left out.

The rule, so that no count under 10 can be worked out from anything that is printed, now or by another run:

- The only numbers printed are those of one month and one attribute. Everything else, a total of several months for one,
  is made from the printed numbers and so says nothing new, whatever periods are asked for and laid beside each other.
- A count under 10 is left out, none included. Others are rounded to the nearest 5.
- The values of an attribute add up to the month's hand-offs, which other tables show. So where a value is left out, the
  smallest others are left out too, until what is left out is at least two values, at least 10 hand-offs together, and not
  so many that every one of them must be close to 9. Values that are printed alike are left out together: nothing in the
  choice depends on a name. So whoever knows this rule, the month's hand-offs and every printed value exactly could still
  exchange two of the values that are left out, or move one from one to the other, and nothing printed would change.
- Only whole months that are over are printed, so that no two runs show the same month a day apart.

docs/decisions/ has the reasons; tests/unit/test_report_attack.py attacks it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from safeguarding.database import escalations, monthly_counts, weekly_counts
from safeguarding.escalation import FOR_WHOM, LANGUAGES, MISSES, READING_MODES, ROLES, ROUTES, TOPICS, month_of_week

SMALLEST = 10
"""Counts under this are left out: Jersey has about 104,000 people, and NES Scotland treats 1 to 9 as risky for island boards."""

ROUNDED_TO = 5
"""As NHS Digital rounds its safeguarding tables."""

SLACK = 4
"""Where only counts under 10 are left out, they are together at least this much below all being 9."""

TABLES: Mapping[str, Sequence[str]] = {
    "route": tuple(sorted(ROUTES)),
    "topic": tuple(sorted(TOPICS)),
    "role": tuple(sorted(ROLES)),
    "for_whom": tuple(sorted(FOR_WHOM)),
    "reading_mode": tuple(sorted(READING_MODES)),
    "language": tuple(sorted(LANGUAGES)),
}
"""The attributes that are shown, with every value that each can have: one that never came up is left out like a rare one."""

MISS_TABLES: Mapping[str, Sequence[str]] = {name: tuple(sorted(values)) for name, values in MISSES.items()}
"""What was not answered, under the same rule. No total of it is printed anywhere, so the rule hides more here than it has to."""

OF_ROWS = ("route", "topic", "reading_mode")

Counts = Mapping[tuple[str, str, str], int]
"""True counts by month, attribute and value."""


class ReportError(ValueError):
    """The report cannot be made; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Period:
    """The months from the first to the last, both included, like 2026-10."""

    first: str
    last: str

    @property
    def months(self) -> list[str]:
        """Every month of it, in order."""
        return months_between(self.first, self.last)


@dataclass(frozen=True)
class Report:
    """What is printed, None where a number is left out: hand-offs by month, and each attribute's by month and value."""

    period: Period
    totals: Mapping[str, int | None]
    tables: Mapping[str, Mapping[str, Mapping[str, int | None]]]
    misses: Mapping[str, Mapping[str, Mapping[str, int | None]]] = field(default_factory=dict)

    def over_the_period(self, attribute: str) -> dict[str, int | None]:
        """Each value's printed numbers added up; None where none is printed."""
        table = (self.misses if attribute in MISS_TABLES else self.tables)[attribute]
        return {value: add_up(by_month.values()) for value, by_month in table.items()}


def make_report(period: Period, counts: Counts) -> Report:
    """The report of a period from true counts."""
    every = {**TABLES, **MISS_TABLES}
    shown = {(month, attribute): _show(_values(counts, month, attribute)) for month in period.months for attribute in every}

    def by_value(tables: Mapping[str, Sequence[str]]) -> dict[str, dict[str, dict[str, int | None]]]:
        return {
            attribute: {value: {month: shown[month, attribute][value] for month in period.months} for value in values}
            for attribute, values in tables.items()
        }

    return Report(
        period,
        totals={month: _rounded(sum(_values(counts, month, "route").values())) for month in period.months},
        tables=by_value(TABLES),
        misses=by_value(MISS_TABLES),
    )


def add_up(numbers: Iterable[int | None]) -> int | None:
    """The sum of the printed numbers; None where there is none."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def read_counts(connection: Connection, period: Period) -> Counts:
    """The true counts of a period: the rows, the weekly counts, and what both were rolled up to.

    The connection is of `database.one_snapshot`: rows that become monthly counts between two looks would count twice.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for attribute in OF_ROWS:
        column = escalations.c[attribute]
        for week, value, count in connection.execute(select(escalations.c.week, column, func.count()).group_by(escalations.c.week, column)):
            counts[month_of_week(week), attribute, value] += count
    for week, attribute, value, count in connection.execute(select(weekly_counts)):
        counts[month_of_week(week), attribute, value] += count
    for month, attribute, value, count in connection.execute(select(monthly_counts)):
        counts[month, attribute, value] += count
    months = set(period.months)
    return {key: count for key, count in counts.items() if key[0] in months}


def last_whole_month(today: date) -> str:
    """The newest month of which every week is over; a week belongs to the month of its Thursday."""
    month = month_of_week(f"{today.isocalendar().year}-W{today.isocalendar().week:02d}")
    return month_before(month)


def months_between(first: str, last: str) -> list[str]:
    """The months from the first to the last, both included."""
    start, end = _number(first), _number(last)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]


def month_before(month: str, count: int = 1) -> str:
    """The month so many months before."""
    number = _number(month) - count
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _values(counts: Counts, month: str, attribute: str) -> dict[str, int]:
    return {value: counts.get((month, attribute, value), 0) for value in {**TABLES, **MISS_TABLES}[attribute]}


def _show(values: Mapping[str, int]) -> dict[str, int | None]:
    left_out = {value for value, count in values.items() if count < SMALLEST}
    while left_out and len(left_out) < len(values) and not _is_enough([values[value] for value in left_out]):
        next_smallest = min(count for value, count in values.items() if value not in left_out)
        left_out |= {value for value, count in values.items() if _rounded(count) == _rounded(next_smallest)}
    return {value: None if value in left_out else _rounded(count) for value, count in values.items()}


def _is_enough(left_out: Sequence[int]) -> bool:
    if max(left_out) >= SMALLEST:
        return sum(left_out) >= SMALLEST and len(left_out) > 1
    return len(left_out) > 1 and SMALLEST <= sum(left_out) <= (SMALLEST - 1) * len(left_out) - SLACK


def _rounded(count: int) -> int | None:
    return None if count < SMALLEST else ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))
