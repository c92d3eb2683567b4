"""The whole guide is killed under load and started again: every hand-off that was answered has one row, cut-off replies at most one."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest
import requests
from servers import FULL, guide, kill_all, postgres
from sqlalchemy import func, select

from safeguarding.content import load_content
from safeguarding.database import escalations
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

KILLS = 10 if FULL else 1
SENDERS = 3
CHOICES = ("how_to_report", "online_form", "police_non_emergency", "advocacy_support", "cannot_phone")
"""Buttons whose answers hand somebody over; each is pressed in a conversation of its own."""


class Load:
    """People who press one button each, until they get no answer."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answered: Counter[str] = Counter()
        self.cut_off: Counter[str] = Counter()
        self._lock = threading.Lock()

    def send_until_killed(self) -> None:
        session = requests.Session()
        while True:
            choice = random.choice(CHOICES)
            try:
                reply = session.post(f"{self.address}/chat/messages", json={"choice": choice}, timeout=10)
                assert choice in [message["answer"] for message in reply.json()["messages"]]
                kept = self.answered
            except (requests.RequestException, ValueError):
                kept = self.cut_off
            with self._lock:
                kept[choice] += 1
            if kept is self.cut_off:
                return


@pytest.mark.server
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"] if FULL else ["sqlite"])
def test_every_answered_hand_off_has_exactly_one_row(engine: str, tmp_path: Path) -> None:
    answered: Counter[str] = Counter()
    cut_off: Counter[str] = Counter()
    with postgres(tmp_path) if engine == "postgresql" else nullcontext("") as database:
        settings = {"DATABASE_URL": database} if database else {}
        for _ in range(KILLS):
            with guide(tmp_path, settings) as (address, supervisor):
                load = Load(address)
                senders = [threading.Thread(target=load.send_until_killed) for _ in range(SENDERS)]
                for sender in senders:
                    sender.start()
                time.sleep(random.uniform(0.5, 6))
                kill_all(supervisor)
                for sender in senders:
                    sender.join(30)
            answered += load.answered
            cut_off += load.cut_off
        rows = _rows_by_route(Settings(guide_data_dir=str(tmp_path / "data"), database_url=database))
    content = load_content()
    routes = {choice: content.answers[choice].hand_off for choice in CHOICES}
    print(engine, {"kills": KILLS, "answered": answered.total(), "cut off": cut_off.total(), "rows": sum(rows.values())})
    assert answered.total() > 10 * KILLS
    for route in {hand_off.route for hand_off in routes.values() if hand_off}:
        told = sum(count for choice, count in answered.items() if (h := routes[choice]) and h.route == route)
        maybe = sum(count for choice, count in cut_off.items() if (h := routes[choice]) and h.route == route)
        assert told <= rows[route] <= told + maybe, route


def _rows_by_route(settings: Settings) -> dict[str, int]:
    store = EscalationStore(settings)
    while store.waiting():
        store.carry_over()
    with store.engine.connect() as connection:
        query = select(escalations.c.route, func.count()).group_by(escalations.c.route)
        found = {row.route: row[1] for row in connection.execute(query)}
    store.close()
    return found
