"""The report's page prints the numbers that the spreadsheet has, those that are made of them, and no other, drawn ones among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_report_attack import PERIODS, printed, records

from safeguarding.reports import MISS_TABLES, SMALLEST, TABLES, Counts, Period, Report, make_report
from safeguarding.reports_page import NAMES, html_text, month_name, shown

pytestmark = pytest.mark.whole

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
IN_THE_WORDS = Counter({"10": 1, "5": 1})
"""“fewer than 10” and “rounded to the nearest 5”."""

PLACES = {"viewbox", "x", "y", "width", "height", "tabindex"}
"""The attributes that place and size what is shown."""


class Reader(HTMLParser):
    """What a page says, what its bars measure, and whatever else has a number in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.bars: list[float] = []
        self.ends: list[float] = []
        self.strange: list[str] = []
        self._in_style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        if tag == "rect":
            self.bars.append(float(found["width"]))
        if tag == "text" and found.get("text-anchor") != "end":
            self.ends.append(float(found["x"]))
        if tag != "meta":
            self.strange += [value for name, value in found.items() if NUMBER.search(value) and name not in PLACES]

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.said.append(data)

    def handle_comment(self, data: str) -> None:
        self.said.append(data)

    def numbers(self, report: Report) -> Counter[str]:
        """Every number that it says, without those of months and of names, like 999."""
        text = "\n".join(self.said)
        named = [month_name(month) for month in report.period.months] + [name for names in NAMES.values() for name in names.values()]
        for name in named:
            text = text.replace(name, "")
        return Counter(NUMBER.findall(text))


def charts(report: Report) -> Iterator[list[int | None]]:
    """What each chart shows: the months, then every attribute over the period."""
    yield list(report.totals.values())
    for attribute in (*TABLES, *MISS_TABLES):
        yield list(report.over_the_period(attribute).values())


def allowed(report: Report) -> Counter[str]:
    """Each number of the spreadsheet in its cell; what a chart shows at its bar, in its description and in its table; their sum."""
    cells = [number for (_, table, _), number in printed(report).items() if table != "all"]
    summed = [sum(number for number in report.totals.values() if number is not None)]
    in_charts = [number for chart in charts(report) for number in chart] * 3
    nothing = Counter({"10": 1}) if summed == [0] else Counter()  # “fewer than 10 hand-offs in each of its months”
    return Counter(shown(number) for number in cells + in_charts + summed if number) + IN_THE_WORDS + nothing


def lengths(report: Report) -> list[float]:
    """How long each bar is: 500 for the longest of its chart."""
    return sorted(5 * round(100 * number / max(n or 0 for n in chart), 1) for chart in charts(report) for number in chart if number)


def attack_by_page(report: Report, page: str) -> None:
    """Nothing is said or drawn that was not allowed."""
    read = Reader(page)
    assert read.numbers(report) == allowed(report)
    assert sorted(read.bars) == pytest.approx(lengths(report))
    assert {round(end, 1) for end in read.ends} <= {round(320 + length, 1) for length in [0.0, *read.bars]}
    assert read.strange == []


@settings(max_examples=30, deadline=None)
@given(records(), st.sampled_from(PERIODS))
def test_the_page_prints_no_other_numbers_than_the_spreadsheet(counts: Counts, period: Period) -> None:
    report = make_report(period, counts)
    page = html_text(report)
    attack_by_page(report, page)
    assert all(number is None or number >= SMALLEST for number in printed(report).values())
    assert "not concerns raised" in page


@pytest.mark.parametrize("period", PERIODS[:2])
def test_an_empty_page_prints_none(period: Period) -> None:
    report = make_report(period, {})
    attack_by_page(report, html_text(report))


@pytest.mark.parametrize(
    "planted",
    ["<p>7</p>", "<!-- 12 -->", '<p title="9 people">x</p>', '<rect x="1" width="20"></rect>', '<text x="345">x</text>', "<td>1,234</td>"],
)
def test_a_number_that_is_planted_is_found(planted: str) -> None:
    report = make_report(PERIODS[0], {(PERIODS[0].first, "route", "spor"): 40})
    page = html_text(report)
    attack_by_page(report, page)
    with pytest.raises(AssertionError):
        attack_by_page(report, page.replace("</body>", planted + "</body>"))
