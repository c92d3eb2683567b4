"""What may break under a running guide: each fault begins, lasts and heals as a context, and people go on writing meanwhile."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests
from servers import actions_process, descendants, postgres_processes, postgres_restart, stopped, wait_for

WITHIN = 4.0
"""Seconds: everybody has an answer or the contacts by then, the time of this machine and of its client included."""

DANGER = "he is hitting me right now"
HAND_OFFS = {"police_non_emergency": "police", "advocacy_support": "other_service"}
"""Buttons whose answers hand somebody over, each with its route."""

REPEAT = "say that again please"
PAUSE = 0.1


@dataclass
class People:
    """Some who write all the time, through the web server in front, and what became of it."""

    front: str
    certificate: str
    count: int = 4
    answered: Counter[str] = field(default_factory=Counter)
    contacts: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """They write as long as this lasts."""
        threads = [threading.Thread(target=self._write, args=(number,)) for number in range(self.count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(20)

    def _write(self, number: int) -> None:
        turns = 0
        while not self._over.is_set():
            turns += 1
            with requests.Session() as session:  # a conversation of its own for each round
                conversation = None
                chosen = list(HAND_OFFS)[(number + turns) % len(HAND_OFFS)]
                for said in ({"choice": chosen}, {"text": REPEAT}, {"text": "what is abuse"}, {"text": DANGER}):
                    conversation = self._say(session, said, conversation)
                    self._over.wait(PAUSE)

    def _say(self, session: requests.Session, said: dict[str, str], conversation: str | None) -> str | None:
        headers = {"Guide-Conversation": conversation} if conversation else {}
        started = time.monotonic()
        try:
            reply = session.post(f"{self.front}/chat/messages", json=said, headers=headers, verify=self.certificate, timeout=15)
            got = reply.json()
        except (requests.RequestException, ValueError) as error:
            self._note(started, f"{said}: no reply ({type(error).__name__})")
            return None
        if reply.status_code != 200:
            phones = [contact["phone"] for contact in got.get("contacts", [])]
            self._note(started, "" if phones[:1] == ["999"] else f"{said}: {reply.status_code} without the contacts", contacts=True)
            return conversation
        answers = [message["answer"] for message in got["messages"]]
        shown = {contact["phone"] for message in got["messages"] for contact in message["contacts"]}
        good = got["emergency"] if said.get("text") == DANGER else answers != ["service_problem"] or "999" in shown
        good = good and all(message["text"].strip() for message in got["messages"])
        self._note(started, "" if good else f"{said}: {answers}", contacts=answers == ["service_problem"])
        if said.get("choice") in answers:
            with self._lock:
                self.answered[said["choice"]] += 1
        return str(got["conversation"])

    def _note(self, started: float, wrong: str, contacts: bool = False) -> None:
        with self._lock:
            took = time.monotonic() - started
            self.slowest = max(self.slowest, took)
            self.contacts += contacts
            if wrong or took > WITHIN:
                self.wrong.append(f"{wrong or 'slow'} after {took:.1f} s")


@dataclass
class House:
    """A guide and what it leans on."""

    address: str
    supervisor: subprocess.Popen[bytes]
    database: str
    redis: subprocess.Popen[bytes]
    people: People
    start_again: Callable[[], tuple[str, subprocess.Popen[bytes]]]

    def rasa(self) -> int:
        """The process id of Rasa."""
        for process in descendants(self.supervisor.pid):
            if b"\0rasa\0" in Path(f"/proc/{process}/cmdline").read_bytes():
                return process
        raise LookupError("Rasa does not run.")

    def health(self) -> dict[str, object]:
        """What the guide says of itself."""
        return dict(requests.get(f"{self.address}/chat/health", timeout=3).json())

    def says_for(self, seconds: float) -> set[str]:
        """What it says of itself meanwhile: “ready”, “degraded”, and “nothing” where it does not answer."""
        said, until = set(), time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                said.add(str(self.health()["status"]))
            except (requests.RequestException, ValueError, KeyError):
                said.add("nothing")
            time.sleep(0.2)
        return said

    def is_whole(self) -> bool:
        """Whether it says that it is ready, and can say an answer again, which needs the conversation and the action server."""
        with suppress(requests.RequestException, ValueError, KeyError):
            if self.health()["status"] != "ready":
                return False
            first = requests.post(f"{self.address}/chat/messages", json={"choice": "principles"}, timeout=5).json()
            said = {"conversation": first["conversation"], "text": REPEAT}
            again = requests.post(f"{self.address}/chat/messages", json=said, timeout=5).json()
            return [message["answer"] for message in again["messages"]] == ["principles"]
        return False

    def heals_within(self, seconds: float) -> float:
        """How long it took to be whole again; more than `seconds` where it did not."""
        started = time.monotonic()
        while not self.is_whole() and time.monotonic() - started < seconds:
            time.sleep(0.2)
        return time.monotonic() - started


Fault = Callable[[House], AbstractContextManager[None]]


@contextmanager
def action_server_killed(house: House) -> Iterator[None]:
    os.kill(actions_process(house.supervisor), signal.SIGKILL)
    yield


@contextmanager
def action_server_hangs(house: House) -> Iterator[None]:
    with stopped([actions_process(house.supervisor)]):
        yield


@contextmanager
def rasa_killed(house: House) -> Iterator[None]:
    os.kill(house.rasa(), signal.SIGKILL)
    yield


@contextmanager
def rasa_hangs(house: House) -> Iterator[None]:
    with stopped([house.rasa()]):
        yield


@contextmanager
def supervisor_hangs(house: House) -> Iterator[None]:
    with stopped([house.supervisor.pid]):
        yield


def kill_supervisor(house: House) -> None:
    """Nobody that it started may be left behind."""
    left = descendants(house.supervisor.pid)
    house.supervisor.kill()
    house.supervisor.wait(10)
    deadline = time.monotonic() + 3
    while any(_runs(process) for process in left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [process for process in left if _runs(process)]


@contextmanager
def supervisor_killed(house: House) -> Iterator[None]:
    kill_supervisor(house)
    yield
    house.address, house.supervisor = house.start_again()


@contextmanager
def database_hangs(house: House) -> Iterator[None]:
    with stopped(postgres_processes(house.database)):
        yield


@contextmanager
def database_restarts(house: House) -> Iterator[None]:
    postgres_restart(house.database)
    yield


@contextmanager
def redis_hangs(house: House) -> Iterator[None]:
    with stopped([house.redis.pid]):
        yield


@contextmanager
def redis_killed(house: House) -> Iterator[None]:
    house.redis.kill()
    house.redis.wait(10)
    yield
    house.redis = subprocess.Popen(house.redis.args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: None, house.redis)


@contextmanager
def disk_full(house: House) -> Iterator[None]:
    """No file of the guide may grow any more, as on a full disk; hand-offs wait in memory, and go to disk when the health is asked."""
    processes = [house.rasa(), actions_process(house.supervisor)]
    before = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes}
    for process, (_, hard) in before.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        for process, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, limits)


def _runs(process: int) -> bool:
    """Whether it runs; one that ended and was not buried yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
