"""Writes hand-offs and carries them over in two processes, kills both at random, and compares what was answered with what was kept.

`python tests/bot/killing.py --kills 200 --folder F --database URL` prints the comparison as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from safeguarding.database import escalations, open_database, weekly_counts
from safeguarding.escalation import Escalation, iso_week, new_event_id, tallies
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

LONGEST_LIFE = 0.12
"""Seconds that a pair of processes lives at most: some tens of hand-offs, a few batches."""


def write_until_killed(settings: Settings, answered: int) -> None:
    """What the channel does: a row on disk, then the reply, here a line in a file."""
    store = EscalationStore(settings)
    while True:
        week, event_id = iso_week(), new_event_id()
        if store.record(Escalation(event_id, week, "spor", "none", "standard", "page", "0" * 16), tallies(week)):
            os.write(answered, event_id.encode() + b"\n")


def carry_until_killed(settings: Settings) -> None:
    """What the action server does, without its pauses."""
    store = EscalationStore(settings)
    while True:
        store.carry_over()


def run_and_kill(settings: Settings, answered: int, life: float) -> None:
    """One pair of processes, killed after so many seconds."""
    children = []
    for work in (lambda: write_until_killed(settings, answered), lambda: carry_until_killed(settings)):
        child = os.fork()
        if child == 0:
            try:
                work()
            finally:
                os._exit(1)
        children.append(child)
    time.sleep(life)
    for child in random.sample(children, 2):
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)


def main() -> int:
    """Kill, start again, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    random.seed(given.seed)
    settings = Settings(guide_data_dir=str(given.folder), database_url=given.database)
    open_database(settings).dispose()  # the driver is loaded once, and not anew in every short life
    answers = given.folder / "answered"
    answered = os.open(answers, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    for _ in range(given.kills):
        run_and_kill(settings, answered, random.uniform(0.0, LONGEST_LIFE))
    store = EscalationStore(settings)
    while store.waiting():
        store.carry_over()
    store.carry_over()
    store.prepare()
    with store.engine.connect() as connection:
        kept = set(connection.execute(select(escalations.c.event_id)).scalars())
        rows = connection.execute(select(func.count()).select_from(escalations)).scalar_one()
        tallied = connection.execute(select(func.sum(weekly_counts.c["count"])).where(weekly_counts.c.attribute == "role")).scalar_one()
    told = answers.read_text(encoding="ascii").split()
    result = {
        "kills": given.kills, "seed": given.seed, "answered": len(told), "rows": rows, "tallied": int(tallied or 0),
        "lost": len(set(told) - kept), "beyond": len(kept - set(told)),
    }  # fmt: skip
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
