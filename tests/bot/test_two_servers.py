"""Two servers with PostgreSQL, Redis and nginx: people talk, one server is killed in the middle, and nobody loses their place."""

from __future__ import annotations

import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import pytest
import requests
from front import nginx
from servers import FULL, guide, kill_all, postgres, redis
from sqlalchemy import func, select

from safeguarding.content import load_content
from safeguarding.database import escalations
from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

pytestmark = pytest.mark.server

CONVERSATIONS, TURNS = (200, 20) if FULL else (12, 8)
"""All of them are held at the same time."""

PAUSE = 6.0 if FULL else 0.5
"""Seconds that somebody reads before they write again; from nothing to twice that."""

CUT_OFF_AT_MOST = CONVERSATIONS // 4
"""Turns in flight to the server that is killed, and those that come before nginx knows."""
WITHIN = 4.0
"""Seconds within which everybody gets an answer or the contacts."""

HAND_OFFS = ("how_to_report", "police_non_emergency", "advocacy_support", "cannot_phone", "online_form")
ANSWERS = ("what_is_safeguarding", "principles", "consent_capacity", "what_happens_next", "training_resources")
REPEAT = "say that again please"


@dataclass
class Person:
    """One conversation: presses buttons, and asks after each to hear the answer again, which shows that the guide knows where it was."""

    front: str
    certificate: str
    number: int
    conversation: str | None = None
    turn: int = 0
    cut_off: int = 0
    handed_off: set[str] = field(default_factory=set)
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)

    def talk(self, done: Counter[str]) -> None:
        """All turns; what was cut off is said once more, as the page offers."""
        rand = random.Random(self.number)
        easy_read = self.number % 2 == 0
        expected = ""
        for turn in range(TURNS):
            time.sleep(rand.uniform(0, 2 * PAUSE))
            if turn % 2 == 0:
                expected = rand.choice(HAND_OFFS if rand.random() < 0.5 else ANSWERS)
                said = {"choice": expected}
            else:
                said = {"text": REPEAT}
            if turn == 0:
                said["easy_read"] = easy_read
            reply = self.say(said)
            answers = [message["answer"] for message in reply["messages"]]
            if expected not in answers or reply["easy_read"] is not easy_read or reply["conversation"] != self.conversation:
                self.lost.append(f"turn {turn}: {expected} expected, {answers}, easy read {reply['easy_read']}")
            self.handed_off |= {answer for answer in answers if answer in HAND_OFFS}
            self.turn = turn + 1
            done["turns"] += 1

    def is_open_on(self, tag: str) -> bool:
        """Whether the conversation is held by this server and goes on."""
        return self.turn < TURNS and (self.conversation or "").startswith(f"{tag}-")

    def say(self, said: dict[str, object]) -> dict[str, object]:
        """The reply; a turn in flight when a server dies gets the contacts, and is said again."""
        for _ in range(3):
            headers = {"Guide-Conversation": self.conversation} if self.conversation else {}
            body = {**said, **({"conversation": self.conversation} if self.conversation else {})}
            started = time.monotonic()
            reply = requests.post(f"{self.front}/chat/messages", json=body, headers=headers, verify=self.certificate, timeout=10)
            self.slowest = max(self.slowest, time.monotonic() - started)
            got = reply.json()
            if reply.status_code == 200 and got["messages"][0]["answer"] != "service_problem":
                self.conversation = self.conversation or got["conversation"]
                return got
            assert {"999"} <= {contact["phone"] for contact in got.get("contacts") or got["messages"][0]["contacts"]}
            self.cut_off += 1
        raise AssertionError("three times the contacts, and no answer")


@contextmanager
def two_guides(folder: Path) -> Iterator[tuple[dict[str, Popen[bytes]], str, str, str]]:
    """The supervisors by tag, the front's address and certificate, and the database."""
    with ExitStack() as stack, ThreadPoolExecutor(2) as starting:
        database = stack.enter_context(postgres(folder))
        shared, _ = stack.enter_context(redis(folder))
        settings = {"DATABASE_URL": database, "CONVERSATIONS_URL": shared, "LIMITS_URL": shared, "GUIDE_TRUSTED_PROXIES": "127.0.0.1"}
        limits = {"GUIDE_RATE_LIMIT": "900/minute", "GUIDE_RATE_LIMIT_ADDRESS": "90000/minute", "GUIDE_RATE_LIMIT_SERVER": "90000/minute"}
        managers = {}
        for tag in ("one", "two"):
            (folder / tag).mkdir()
            managers[tag] = guide(folder / tag, settings | limits | {"GUIDE_SERVER_TAG": tag})
        begun = {tag: starting.submit(manager.__enter__) for tag, manager in managers.items()}
        started = {}
        for tag, manager in managers.items():
            started[tag] = begun[tag].result()
            stack.push(manager)
        ports = {tag: int(address.rpartition(":")[2]) for tag, (address, _) in started.items()}
        front, certificate = stack.enter_context(nginx(folder, ports))
        yield {tag: supervisor for tag, (_, supervisor) in started.items()}, front, certificate, database


def test_one_server_is_killed_and_nobody_loses_their_place(tmp_path: Path) -> None:
    done: Counter[str] = Counter()
    with two_guides(tmp_path) as (supervisors, front, certificate, database):
        people = [Person(front, certificate, number) for number in range(CONVERSATIONS)]
        with ThreadPoolExecutor(CONVERSATIONS) as crowd:
            talks = [crowd.submit(person.talk, done) for person in people]
            while done["turns"] < CONVERSATIONS * TURNS / 2 and not all(talk.done() for talk in talks):
                time.sleep(0.02)
            moved = [person for person in people if person.is_open_on("one")]
            kill_all(supervisors["one"])
            for talk in talks:
                talk.result()
        rows = _rows_by_route(tmp_path, database)
    slowest = max(person.slowest for person in people)
    told = {"conversations": len(people), "turns": done["turns"], "of the dead server": len(moved), "rows": sum(rows.values())}
    print(told, {"cut off": sum(person.cut_off for person in people), "slowest": round(slowest, 2)})
    assert [lost for person in people for lost in person.lost] == []
    assert len(moved) > CONVERSATIONS / 4, "the killed server held conversations that went on"
    assert sum(person.cut_off for person in people) <= CUT_OFF_AT_MOST
    assert slowest < WITHIN
    assert rows == _expected(people)


def _expected(people: list[Person]) -> Counter[str]:
    """One row for each conversation and route, however often its answers were given."""
    answers = load_content().answers
    routes = {answer: answers[answer].hand_off for answer in HAND_OFFS}
    by_person = ({route.route for answer in person.handed_off if (route := routes[answer])} for person in people)
    return Counter(itertools.chain.from_iterable(by_person))


def _rows_by_route(folder: Path, database: str) -> Counter[str]:
    """What is in the database once each server, the dead one too when it is back, has carried over what waits on its disk."""
    for tag in ("one", "two"):
        store = EscalationStore(Settings(guide_data_dir=str(folder / tag / "data"), database_url=database))
        deadline = time.monotonic() + 20
        while store.waiting() and time.monotonic() < deadline:
            store.carry_over()
            time.sleep(0.1)
        assert store.waiting() == 0
        with store.engine.connect() as connection:
            query = select(escalations.c.route, func.count()).group_by(escalations.c.route)
            found = Counter({row.route: row[1] for row in connection.execute(query)})
        store.close()
    return found
