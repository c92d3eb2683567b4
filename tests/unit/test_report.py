"""The report: right output, or one clear sentence."""

from __future__ import annotations

import csv
import io
import os
import re
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from million import fill
from sqlalchemy import event
from sqlalchemy.engine import Engine

from safeguarding.escalation import Escalation, iso_week, new_event_id, tallies
from safeguarding.report import main, period_of, write_report
from safeguarding.reports import (
    MISS_TABLES,
    TABLES,
    Period,
    ReportError,
    _is_enough,
    last_whole_month,
    make_report,
    month_before,
    months_between,
)
from safeguarding.reports_page import MISS_TITLES, NAMES, csv_text, html_text
from safeguarding.retention import roll_up
from safeguarding.settings import ROOT, Settings
from safeguarding.store import EscalationStore

TODAY = date(2026, 11, 23)
ALL_TABLES = {**TABLES, **MISS_TABLES}


def keep(settings: Settings, count: int, day: date, topic: str = "none") -> None:
    store = EscalationStore(settings)
    for _ in range(count):
        row = Escalation(new_event_id(), iso_week(day), "spor", topic, "standard", "page", "0" * 16)
        assert store.record(row, tallies(iso_week(day), for_whom="other"))
    store.close()


def numbers_of(sheet: Path) -> dict[tuple[str, str, str], str]:
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    return {(row["table"], row["value"], row["month"]): row["number"] for row in rows}


@pytest.mark.parametrize(
    ("count", "printed"), [(0, None), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1000, 1000)]
)
def test_numbers_under_ten_are_left_out_and_others_rounded_to_five(count: int, printed: int | None) -> None:
    report = make_report(Period("2026-10", "2026-10"), {("2026-10", "route", "spor"): count})
    assert report.totals["2026-10"] == printed


@pytest.mark.parametrize(
    ("values", "left_out"),
    [
        ({"self": 50, "other": 40, "not_said": 30}, set()),
        ({"self": 50, "other": 40, "not_said": 3}, {"not_said", "other"}),
        ({"self": 50, "other": 0, "not_said": 0}, {"self", "other", "not_said"}),
        ({"self": 50, "other": 9, "not_said": 5}, {"other", "not_said"}),
        ({"self": 50, "other": 9, "not_said": 9}, {"self", "other", "not_said"}),
        ({"self": 41, "other": 40, "not_said": 3}, {"self", "other", "not_said"}),
        ({"self": 50, "other": 5, "not_said": 4}, {"self", "other", "not_said"}),
    ],
)
def test_the_next_smallest_are_left_out_too_where_one_alone_would_be_given_away(values: dict[str, int], left_out: set[str]) -> None:
    counts = {("2026-10", "for_whom", value): count for value, count in values.items()}
    table = make_report(Period("2026-10", "2026-10"), counts).tables["for_whom"]
    assert {value for value, by_month in table.items() if by_month["2026-10"] is None} == left_out


def test_every_value_has_a_name() -> None:
    assert {attribute: set(values) for attribute, values in ALL_TABLES.items()} == {key: set(names) for key, names in NAMES.items()}


def test_rows_weekly_counts_and_what_was_rolled_up_count_alike(tmp_path: Path) -> None:
    settings = Settings(guide_data_dir=str(tmp_path))
    keep(settings, 40, date(2026, 5, 13), "financial")
    before = write_report(settings, Period("2026-05", "2026-05"), tmp_path / "before")[1].read_text()
    store = EscalationStore(settings)
    assert roll_up(store.engine, 90, TODAY) == 40
    assert store.count() == 0
    assert write_report(settings, Period("2026-05", "2026-05"), tmp_path / "after")[1].read_text() == before
    assert numbers_of(tmp_path / "after" / "report.csv")["all", "all", "2026-05"] == "40"
    store.close()


@pytest.mark.whole
def test_rows_that_are_rolled_up_in_the_middle_of_reading_count_once(tmp_path: Path) -> None:
    settings = Settings(guide_data_dir=str(tmp_path))
    keep(settings, 40, date(2026, 5, 13), "financial")
    store, gone = EscalationStore(settings), []

    def roll_up_once(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM escalations" in statement and not gone:
            gone.append(0)  # what rolls up reads too
            gone.append(roll_up(store.engine, 90, TODAY))

    event.listen(Engine, "after_cursor_execute", roll_up_once)
    try:
        sheet = write_report(settings, Period("2026-05", "2026-05"), tmp_path / "out")[1]
    finally:
        event.remove(Engine, "after_cursor_execute", roll_up_once)
    assert (gone, store.count()) == ([0, 40], 0)
    assert numbers_of(sheet)["all", "all", "2026-05"] == "40"
    store.close()


def test_what_waits_on_disk_is_in_the_first_report_of_its_month_already(tmp_path: Path) -> None:
    settings, week = Settings(guide_data_dir=str(tmp_path)), iso_week(date(2026, 10, 14))
    store = EscalationStore(settings)
    for _ in range(20):
        assert store.record(Escalation(new_event_id(), week, "spor", "none", "standard", "page", "0" * 16), tallies(week))
    store.engine.dispose()
    sheet = write_report(settings, Period("2026-10", "2026-10"), tmp_path / "out")[1]
    assert numbers_of(sheet)["all", "all", "2026-10"] == "20"
    assert store.waiting() == 0


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_record_and_a_single_row_read_the_same(count: int, tmp_path: Path) -> None:
    settings = Settings(guide_data_dir=str(tmp_path))
    keep(settings, count, date(2026, 10, 14))
    page, sheet = write_report(settings, Period("2026-09", "2026-10"), tmp_path / "out")
    assert "There is nothing to show" in page.read_text(encoding="utf-8")
    assert set(numbers_of(sheet).values()) == {"[c]"}


def test_the_page_needs_nothing_beside_it(tmp_path: Path) -> None:
    settings = fill(str(tmp_path), 2000, newest=date(2026, 10, 25))
    page = write_report(settings, Period("2026-08", "2026-10"), tmp_path / "out")[0].read_text(encoding="utf-8")
    assert not re.search(r"(src|href)=|<script|@import|url\(", page)


def test_every_chart_has_a_description_and_a_table(tmp_path: Path) -> None:
    settings = fill(str(tmp_path), 2000, newest=date(2026, 10, 25))
    page, sheet = write_report(settings, Period("2026-08", "2026-10"), tmp_path / "out")
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == text.count("<desc") == text.count("<table>") == text.count("<caption>") == 1 + len(ALL_TABLES)
    by_month = text.split("<caption>Hand-offs by month</caption>")[1].split("</table>")[0]
    shown = re.findall(r'<th scope="row">(\w+ \d+)</th><td>([\d,]+|\[c\])</td>', by_month)
    numbers = [numbers_of(sheet)["all", "all", month] for month in ("2026-08", "2026-09", "2026-10")]
    assert [name for name, _ in shown] == ["August 2026", "September 2026", "October 2026"]
    assert [number.replace(",", "") for _, number in shown] == numbers


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-10", "2026-03", "swap them"),
        ("October", None, "write a month like 2026-10"),
        ("2026-13", None, "write a month like 2026-10"),
        ("2026-10-01", None, "write a month like 2026-10"),
        (None, "2026-11", "is not over yet"),
        ("1900-01", None, "ask for fewer"),
    ],
)
def test_a_period_that_cannot_be_shown_is_one_clear_sentence(first: str | None, last: str | None, sentence: str) -> None:
    with pytest.raises(ReportError, match=sentence) as caught:
        period_of(first, last, TODAY)
    assert "\n" not in str(caught.value)


def test_by_default_it_shows_the_last_twelve_months_that_are_over() -> None:
    assert period_of(None, None, TODAY) == Period("2025-11", "2026-10")
    assert period_of(None, "2026-01", TODAY) == Period("2025-02", "2026-01")


def test_a_month_is_over_with_the_week_of_its_last_thursday() -> None:
    assert last_whole_month(date(2026, 10, 31)) == "2026-09"
    assert last_whole_month(date(2026, 11, 1)) == "2026-09"
    assert last_whole_month(date(2026, 11, 2)) == "2026-10"
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert month_before("2026-01") == "2025-12"


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").touch()
    monkeypatch.setenv("GUIDE_DATA_DIR", str(tmp_path))
    assert main(["--out", str(tmp_path / "file" / "below")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be read"),
        ("mysql://x/y", "SQLite or PostgreSQL"),
        ("nonsense", "DATABASE_URL"),
        ("sqlite:////proc/none/x.db", "cannot"),
    ],
)
def test_a_database_that_cannot_be_read_is_one_clear_sentence(address: str, sentence: str, tmp_path: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("DATABASE_URL", address)
    assert main(["--out", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1


@pytest.mark.whole
def test_a_million_rows_take_under_five_seconds_and_300_megabytes(tmp_path: Path) -> None:
    """Five seconds of its own work: on a machine that does nothing else, they are the seconds that a person waits."""
    fill(str(tmp_path), 1_000_000)
    program = (
        "import re, sys\nfrom pathlib import Path\nfrom safeguarding.report import main\nif main(sys.argv[1:]):\n    sys.exit(1)\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"  # its own, not the parent's
    )
    command = [sys.executable, "-c", program, "--out", str(tmp_path / "out")]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "GUIDE_DATA_DIR": str(tmp_path)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, check=True, env=environment, timeout=60, capture_output=True, text=True)
    after, passed = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime  # its own work, whatever else this machine does
    megabytes = int(done.stdout.splitlines()[-1])
    print(f"a million rows: {took:.1f} s of CPU, {passed:.1f} s in all, {megabytes} MB")
    assert took < 5
    assert megabytes < 300
    month = last_whole_month(date.today())
    assert numbers_of(tmp_path / "out" / "report.csv")["all", "all", month] != "[c]"


def test_the_spreadsheet_has_a_line_for_each_number() -> None:
    report = make_report(Period("2026-09", "2026-10"), {})
    rows = list(csv.DictReader(io.StringIO(csv_text(report))))
    assert {row["counts"] for row in rows if row["table"] == "topic"} == {"hand-offs by topics people asked about, not concerns raised"}
    assert {row["counts"] for row in rows if row["table"] in MISS_TABLES} == {"messages without an answer"}
    assert {row["counts"] for row in rows if row["table"] in TABLES.keys() - {"topic"} or row["table"] == "all"} == {"hand-offs"}
    assert len(csv_text(report).splitlines()) == 1 + 2 + 2 * sum(len(values) for values in ALL_TABLES.values())


def test_what_nobody_could_be_told_stands_on_the_page_and_in_the_spreadsheet() -> None:
    often = {("2026-09", table, value): 10 for table in MISS_TABLES for value in MISS_TABLES[table]}
    often |= {("2026-09", "refused", "reporting"): 40, ("2026-09", "missed", "abuse"): 25}
    report = make_report(Period("2026-09", "2026-09"), often)
    sheet, page = csv_text(report).splitlines(), html_text(report)
    for table, value, number in (("refused", "reporting", 40), ("missed", "abuse", 25)):
        assert f"{table},{NAMES[table][value]},2026-09,{number},messages without an answer" in sheet
        section = page[page.index(MISS_TITLES[table]) :]
        assert f'<th scope="row">{NAMES[table][value]}</th><td>{number}</td>' in section


@pytest.mark.parametrize(
    ("left_out", "enough"),
    [
        ([9], False),  # the only one: the others give it back
        ([5, 4], False),  # nine together
        ([5, 5], True),
        ([9, 9], False),  # both must be 9: 18 of at most 18
        ([9, 5], True),  # 14, four below 18
        ([9, 6], False),  # 15, three below
        ([0, 10], True),  # a larger one beside them
        ([10], False),
        ([0, 0, 0], False),
        ([9, 9, 9, 5], True),  # 32, four below 36
        ([9, 9, 9, 6], False),
    ],
)
def test_what_is_left_out_has_to_be_enough_to_hide_in(left_out: list[int], enough: bool) -> None:
    assert _is_enough(left_out) is enough
