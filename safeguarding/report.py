"""The Board's report of hand-offs: `python -m safeguarding.report --from 2026-10 --to 2026-12 --out results/report`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from safeguarding.database import DATABASE_FAULTS, DatabaseError, bring_up_to_date, one_snapshot, open_database
from safeguarding.reports import Counts, Period, ReportError, last_whole_month, make_report, month_before, read_counts
from safeguarding.reports_page import csv_text, html_text
from safeguarding.settings import ROOT, Settings, SettingsError, load_settings
from safeguarding.store import EscalationStore

MONTHS_BY_DEFAULT = 12
MOST_MONTHS = 120
OUT = ROOT / "results" / "report"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write report.html and report.csv into a folder; 0, or 1 and one sentence on what to do."""
    given = _read_arguments(arguments)
    try:
        period = period_of(given.first, given.last, datetime.now(UTC).date())
        page, sheet = write_report(load_settings(), period, given.out)
    except (ReportError, SettingsError, DatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The report is written: {page} (to read) and {sheet} (for a spreadsheet).")
    return 0


def period_of(first: str | None, last: str | None, today: date) -> Period:
    """The months asked for; by default the last twelve that are over. Raises ReportError where they cannot be shown."""
    for name, month in (("--from", first), ("--to", last)):
        if month is not None and not re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", month):
            raise ReportError(f"{name} is “{month}”: write a month like 2026-10.")
    newest = last_whole_month(today)
    last = last or newest
    first = first or month_before(last, MONTHS_BY_DEFAULT - 1)
    if first > last:
        raise ReportError(f"--from {first} is later than --to {last}: swap them.")
    if last > newest:
        raise ReportError(f"{last} is not over yet: months are shown when they are, the newest is {newest}.")
    period = Period(first, last)
    if len(period.months) > MOST_MONTHS:
        raise ReportError(f"That is {len(period.months)} months, and {MOST_MONTHS} fit into a report: ask for fewer.")
    return period


def write_report(settings: Settings, period: Period, folder: Path) -> tuple[Path, Path]:
    """Write both files and tell their paths. Raises ReportError or DatabaseError."""
    report = make_report(period, _read(settings, period))
    page, sheet = folder / "report.html", folder / "report.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(html_text(report), encoding="utf-8")
        sheet.write_text(csv_text(report), encoding="utf-8-sig")
    except OSError as error:
        raise ReportError(f"The report cannot be written to {folder} ({error.strerror}): choose another folder with --out.") from None
    return page, sheet


def _read(settings: Settings, period: Period) -> Counts:
    engine = open_database(settings)
    try:
        bring_up_to_date(engine)
        _carry_over_what_waits(settings)
        with one_snapshot(engine) as connection:
            return read_counts(connection, period)
    except DATABASE_FAULTS as error:
        raise ReportError(
            f"The record of hand-offs cannot be read ({type(error).__name__}): look at DATABASE_URL and GUIDE_DATA_DIR."
        ) from None
    finally:
        engine.dispose()


def _carry_over_what_waits(settings: Settings) -> None:
    """What came late into a month that was printed would let two reports be laid beside each other, so it goes in first."""
    if (settings.data_dir / "spool").is_dir():
        EscalationStore(settings).close()


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m safeguarding.report", description="Writes the report of hand-offs.")
    parser.add_argument("--from", dest="first", metavar="MONTH", help="the first month, like 2026-10; by default a year up to the last")
    parser.add_argument("--to", dest="last", metavar="MONTH", help="the last month; by default the newest that is over")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FOLDER", help="where to write report.html and report.csv")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
