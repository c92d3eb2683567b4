"""The report as a page of its own and as a table for a spreadsheet. It prints what `safeguarding.reports` allows and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from safeguarding.release_name import MONTHS
from safeguarding.reports import Report, add_up

LEFT_OUT = "[c]"
"""The mark for a number that is left out, as NHS Digital's safeguarding tables have it."""

TITLES = {
    "route": "Where people were sent",
    "topic": "Topics people asked about",
    "role": "Who asked",
    "for_whom": "For whom they asked",
    "reading_mode": "How they read",
    "language": "Language",
}
MISS_TITLES = {
    "missed": "What nobody could be told: the topic that came nearest",
    "refused": "Where two answers were offered and neither was taken",
}
HAND_OFFS, MESSAGES = "hand-offs", "messages without an answer"
TOPICS_ASKED = "hand-offs by topics people asked about, not concerns raised"
"""What the numbers of a table count, in the spreadsheet beside each of them."""

NEAREST_NAMES = {
    "abuse": "Kinds and signs of abuse",
    "telling": "Telling of harm or danger",
    "reporting": "Telling someone about a worry",
    "report": "The guided questions",
    "safeguarding": "What safeguarding is",
    "principles": "The principles",
    "other_doors": "Other people who can help",
    "talk": "The guide itself",
    "other": "A newer topic",
    "none": "None came near",
}
NAMES: Mapping[str, Mapping[str, str]] = {
    "route": {
        "emergency": "Emergency services (999)",
        "spor": "Single Point of Referral (SPOR)",
        "concerns_form": "Online concerns form",
        "police": "Police, not an emergency",
        "children": "Children and Families Hub",
        "mental_health": "Mental health crisis line or Samaritans",
        "sexual_assault": "Sexual assault referral centre",
        "domestic_abuse": "Domestic abuse support",
        "other_service": "Another service",
    },
    "topic": {
        "none": "No kind of abuse was named",
        "physical": "Physical abuse",
        "sexual": "Sexual abuse",
        "emotional": "Psychological abuse",
        "financial": "Financial or material abuse",
        "discriminatory": "Discriminatory abuse",
        "organisational": "Organisational abuse",
        "neglect": "Neglect and acts of omission",
        "domestic": "Domestic abuse",
        "modern_slavery": "Modern slavery",
        "self_neglect": "Self-neglect",
    },
    "role": {
        "public": "Member of the public",
        "care_needs": "Person with care and support needs",
        "carer_or_worker": "Carer or worker",
        "not_said": "Not said",
    },
    "for_whom": {"self": "For themselves", "other": "For somebody else", "not_said": "Not said"},
    "reading_mode": {"standard": "Standard", "easy_read": "Easy read"},
    "missed": NEAREST_NAMES,
    "refused": NEAREST_NAMES,
    "language": {"en": "English", "pt": "Portuguese", "pl": "Polish", "fr": "French", "ro": "Romanian"},
}
"""The words of the report. Topics are named as in the Safeguarding Adults Collection, so that a board can lay them beside its figures."""


def csv_text(report: Report) -> str:
    """One line for each printed number: table, value, month, the number and what it counts."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["table", "value", "month", "number", "counts"])
    writer.writerows(_lines(report))
    return sheet.getvalue()


def html_text(report: Report) -> str:
    """The page, which needs nothing beside it: no script, no picture, no style sheet."""
    environment = Environment(
        loader=PackageLoader("safeguarding", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    tables = [_table(report, attribute) for attribute in TITLES]
    return environment.get_template("report.html").render(
        period=period_name(report),
        months=[month_name(month) for month in report.period.months],
        totals=_chart([(month_name(month), report.totals[month]) for month in report.period.months]),
        total=shown(add_up(report.totals.values())),
        nothing=not any(report.totals.values()),
        tables=tables,
        misses=[_table(report, attribute) for attribute in MISS_TITLES],
        left_out=LEFT_OUT,
    )


def shown(number: int | None) -> str:
    """A number as it is printed."""
    return LEFT_OUT if number is None else f"{number:,}"


def month_name(month: str) -> str:
    """“October 2026”."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def period_name(report: Report) -> str:
    """“October 2026” or “October 2026 to December 2026”."""
    first, last = month_name(report.period.first), month_name(report.period.last)
    return first if first == last else f"{first} to {last}"


def _lines(report: Report) -> Iterator[list[str]]:
    for month, number in report.totals.items():
        yield ["all", "all", month, LEFT_OUT if number is None else str(number), HAND_OFFS]
    for attribute, values in {**report.tables, **report.misses}.items():
        counts = TOPICS_ASKED if attribute == "topic" else HAND_OFFS if attribute in report.tables else MESSAGES
        for value, by_month in values.items():
            for month, number in by_month.items():
                yield [attribute, NAMES[attribute][value], month, LEFT_OUT if number is None else str(number), counts]


def _table(report: Report, attribute: str) -> dict[str, Any]:
    over_all = report.over_the_period(attribute)
    table = {**report.tables, **report.misses}[attribute]
    values = sorted(NAMES[attribute], key=lambda value: (-(over_all[value] or -1), list(NAMES[attribute]).index(value)))
    return {
        "id": attribute.replace("_", "-"),
        "title": {**TITLES, **MISS_TITLES}[attribute],
        "chart": _chart([(NAMES[attribute][value], over_all[value]) for value in values]),
        "rows": [
            {
                "name": NAMES[attribute][value],
                "numbers": [shown(number) for number in table[value].values()],
                "total": shown(over_all[value]),
            }
            for value in values
        ],
    }


def _chart(bars: list[tuple[str, int | None]]) -> dict[str, Any]:
    """Bars as shares of the longest, and the same in words for who does not see them."""
    longest = max([number or 0 for _, number in bars] + [1])
    told = "; ".join(f"{name}: {number:,}" for name, number in bars if number is not None)
    return {
        "bars": [{"name": name, "shown": shown(number), "share": round(100 * (number or 0) / longest, 1)} for name, number in bars],
        "told": told or "No number can be shown.",
    }
