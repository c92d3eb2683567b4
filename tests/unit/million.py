"""Fills a record with random hand-offs, quickly: `python tests/unit/million.py FOLDER ROWS`."""

from __future__ import annotations

import random
import sqlite3
import sys
from datetime import date, timedelta

from safeguarding.database import bring_up_to_date, open_database
from safeguarding.escalation import READING_MODES, ROUTES, TALLIED, TOPICS, iso_week
from safeguarding.settings import Settings


def fill(folder: str, rows: int, seed: int = 1, newest: date | None = None) -> Settings:
    """So many hand-offs over the 13 weeks before a day."""
    settings = Settings(guide_data_dir=folder)
    engine = open_database(settings)
    bring_up_to_date(engine)
    drawn = random.Random(seed)
    weeks = [iso_week((newest or date.today()) - timedelta(weeks=week)) for week in range(13)]
    routes, topics, modes = sorted(ROUTES), sorted(TOPICS), sorted(READING_MODES)
    choose = drawn.choice
    made = (
        (f"{drawn.getrandbits(128):032x}", choose(weeks), choose(routes), choose(topics), choose(modes), "page", "0" * 16)
        for _ in range(rows)
    )
    with sqlite3.connect(settings.database.removeprefix("sqlite:///")) as connection:
        connection.executemany("insert into escalations values (?, ?, ?, ?, ?, ?, ?)", made)
        for week in weeks:
            for attribute, values in TALLIED.items():
                counts = [(week, attribute, value, rows // 13 // len(values)) for value in sorted(values)]
                connection.executemany("insert into weekly_counts values (?, ?, ?, ?)", counts)
    connection.close()
    return settings


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
