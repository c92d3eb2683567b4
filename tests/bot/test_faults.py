"""Whatever breaks under load, everybody gets an answer or the contacts within four seconds, and the guide heals by itself."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import faults
import pytest
from faults import Fault, House, People
from front import nginx
from servers import FULL, free_port, guide, postgres, redis
from sqlalchemy import func, select

from safeguarding.database import escalations
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

pytestmark = pytest.mark.server

LASTS = 8.0 if FULL else 1.5
AT_RANDOM = 20 if FULL else 0
HEALS_WITHIN = {faults.rasa_killed: 90.0, faults.rasa_hangs: 90.0, faults.supervisor_killed: 10.0}
SHORT: list[Fault] = [
    faults.action_server_killed,
    faults.database_hangs,
    faults.redis_hangs,
    faults.supervisor_hangs,
    faults.disk_full,
    faults.action_server_hangs,
    faults.redis_killed,
]
LONG: list[Fault] = [*SHORT, faults.database_restarts, faults.rasa_killed, faults.rasa_hangs, faults.supervisor_killed]

TOLD_WITHIN: dict[Fault, float] = {
    faults.action_server_hangs: 4.0,  # the health looks at it every two seconds
    faults.redis_hangs: 1.5,
    faults.redis_killed: 1.5,
    faults.disk_full: 1.5,
}
"""Seconds by which the health says “degraded”, as docs/operations.md has it."""


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """One guide with PostgreSQL and Redis, nginx in front, and people who write; with `make prove` a second guide beside it."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres(folder))
        shared, store = stack.enter_context(redis(folder))
        common = {"DATABASE_URL": database, "CONVERSATIONS_URL": shared, "LIMITS_URL": shared}
        ports = {"GUIDE_PORT": str(free_port()), "GUIDE_ACTIONS_PORT": str(free_port())}

        def start() -> tuple[str, object]:
            return stack.enter_context(guide(folder / "one", common | ports | {"GUIDE_SERVER_TAG": "one"}))

        (folder / "one").mkdir()
        address, supervisor = start()
        behind = {"one": int(ports["GUIDE_PORT"]), "two": free_port()}
        if FULL:
            (folder / "two").mkdir()
            other, _ = stack.enter_context(guide(folder / "two", common | {"GUIDE_SERVER_TAG": "two"}))
            behind["two"] = int(other.rpartition(":")[2])
        people = People(*stack.enter_context(nginx(folder, behind)))
        made = House(address, supervisor, database, store, people, start)
        try:
            yield made
        finally:
            made.redis.kill()


def test_people_are_answered_whatever_breaks(tmp_path: Path) -> None:
    sequence = (LONG if FULL else SHORT) + random.Random(7).choices(LONG, k=AT_RANDOM)
    healed = {}
    with house(tmp_path) as made:
        assert made.is_whole()
        with made.people.writing():
            for fault in sequence:
                with fault(made):
                    said = made.says_for(max(LASTS, TOLD_WITHIN.get(fault, 0.0)))
                assert fault not in TOLD_WITHIN or "degraded" in said, f"{fault.__name__}: {said}"
                took = made.heals_within(HEALS_WITHIN.get(fault, 10.0))
                healed[fault.__name__] = round(max(took, healed.get(fault.__name__, 0.0)), 1)
                assert took < HEALS_WITHIN.get(fault, 10.0), f"{fault.__name__}: {made.health()}"
            if not FULL:  # nobody is left to answer, and nginx has the contacts
                faults.kill_supervisor(made)
                time.sleep(LASTS)
        rows = _rows(tmp_path, made.database)
    people = made.people
    print(
        {
            "answered": people.answered.total(),
            "contacts": people.contacts,
            "slowest": round(people.slowest, 2),
            "healed": healed,
            "rows": rows,
        }
    )
    assert people.wrong == []
    assert people.answered.total() > 20
    assert people.answered.total() <= rows <= people.answered.total() + people.contacts


def _rows(folder: Path, database: str) -> int:
    """The hand-offs in the database once everything that waits on disk is in it."""
    for place in [path for path in (folder / "one", folder / "two") if path.is_dir()]:
        store = EscalationStore(Settings(guide_data_dir=str(place / "data"), database_url=database))
        deadline = time.monotonic() + 20
        while store.waiting() and time.monotonic() < deadline:
            store.carry_over()
        with store.engine.connect() as connection:
            query = select(func.count()).select_from(escalations).where(escalations.c.route.in_(faults.HAND_OFFS.values()))
            found = int(connection.execute(query).scalar_one())
        store.close()
    return found
