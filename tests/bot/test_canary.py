"""The canary proof: a made-up person writes in every way there is, things break meanwhile, and no trace of her may rest anywhere.

Short form (`make test`): conversations in memory, the record in SQLite, everything logged at DEBUG. Full form (`make prove`):
every place for conversations and for the record, at the default level too.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
from canaries import OTHER_STEPS, PATH_STEPS, TELLINGS, Person, files_changed_since, find_in_file, find_traces
from servers import FULL, actions_process, guide, postgres, redis
from sqlalchemy import create_engine, text

from bot.shelves import open_shelf
from safeguarding.settings import ROOT

MESSAGES = 300
SHORT = [("memory", "sqlite", "DEBUG")]
ALL = [
    (conversations, record, level)
    for level in ("WARNING", "DEBUG")
    for conversations, record in (("memory", "sqlite"), ("sqlite", "sqlite"), ("redis", "sqlite"), ("postgresql", "postgresql"))
]
WALKED = {"report_for_whom", "report_harm", "report_staff", "report_consent", "report_contacts", "easy_read_on", "emergency"}
"""What must have come, so that her walks did go through the guided path, to its end and to its third miss."""

ELSEWHERE = [ROOT, Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/dev/shm"), Path.home()]
"""Where a process might write that was not told to: the project, the temporary folders, the home of whoever runs this."""


class Chat:
    """Her conversation. She never says who she is in the fields that are made for it, only everywhere else."""

    def __init__(self, address: str, person: Person) -> None:
        self.address, self.person = address, person
        self.conversation: str | None = None
        self.session = requests.Session()
        self.session.headers["User-Agent"] = person.particulars["canary"]
        self.session.headers["X-Forwarded-For"] = person.particulars["phone"]
        self.emergencies = 0
        self.answers: set[str] = set()

    def say(self, text: str, **more: Any) -> None:
        """One message; the guide must always answer something."""
        self._send(text=text, **more)

    def walk(self, steps: Sequence[tuple[str, str]]) -> None:
        """Say or choose one thing after the other."""
        for kind, words in steps:
            self._send(**{kind: words.format(**self.person.particulars)})

    def _send(self, **message: Any) -> None:
        body = {"conversation": self.conversation, **message}
        reply = self.session.post(f"{self.address}/chat/messages", json=body, timeout=30)
        assert reply.status_code == 200, reply.status_code
        assert reply.json()["messages"]
        self.answers |= {message["answer"] for message in reply.json()["messages"]}
        self.conversation = reply.json()["conversation"]
        self.emergencies += reply.json()["emergency"]

    def stay_and_leave(self) -> None:
        """Be kept on, leave quickly with the form full of words, start again: each ends the conversation but the first."""
        name, home = self.person.particulars["name"], f"{self.address}/chat"
        self.session.put(f"{home}/conversations", data=name.encode(), headers={"Guide-Conversation": str(self.conversation)}, timeout=30)
        for place in ("leave", "again"):
            form = {"conversation": self.conversation, "text": name}
            reply = self.session.post(f"{home}/{place}", data=form, timeout=30, allow_redirects=False)
            assert reply.status_code == 303
        self.conversation = None

    def send_wrongly(self) -> None:
        """Everything that is not as the contract has it, with words of hers in it."""
        name, canary = self.person.particulars["name"], self.person.particulars["canary"]
        post = lambda **body: self.session.post(f"{self.address}/chat/messages", timeout=30, **body)  # noqa: E731
        for body in (
            {"text": [name]}, {"text": {"is": name}}, {"choice": canary}, {"text": name, "choice": name}, {"text": name * 400},
            {canary: name}, {"text": name, "conversation": canary}, {"text": name, "language": canary},
            {"text": name, "easy_read": name}, name,
        ):  # fmt: skip
            assert post(json=body).json()["contacts" if post(json=body).status_code != 200 else "messages"]
        for data in (f'{{"text": "{name}', f"text={name}", name.encode("utf-16"), b"\xff" + name.encode(), (name * 20_000).encode()):
            with suppress(requests.ConnectionError):
                assert post(data=data).status_code in (200, 400, 413)
        self.session.get(f"{self.address}/chat/{quote(name)}?text={quote(name)}#{canary}", timeout=30)
        self.session.get(f"{self.address}/chat/static/{canary}", timeout=30)
        self.session.put(f"{self.address}/chat/messages", data=name.encode(), timeout=30)
        self.session.delete(f"{self.address}/chat/conversations", headers={"Guide-Conversation": canary}, timeout=30)
        form = {"text": f"my neighbour {name} is hurt", "easy_read": canary}
        assert self.session.post(f"{self.address}/chat/", data=form, timeout=30).status_code == 200
        assert self.session.post(f"{self.address}/chat/", files={"text": (canary, name)}, timeout=30).status_code in (200, 400)
        self._send_rubbish(f"GET /{canary} HTTP/9\r\n{canary}\r\n\r\n{name}".encode())
        self._send_rubbish(f"POST /chat/messages HTTP/1.1\r\nContent-Length: 90\r\n\r\n{name}".encode())

    def _send_rubbish(self, sent: bytes) -> None:
        host, port = self.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 5) as connection:
            connection.sendall(sent)
            connection.settimeout(1)
            with suppress(OSError):
                connection.recv(1000)


@contextmanager
def stopped(*processes: int) -> Iterator[None]:
    """Processes that hang."""
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):  # the supervisor has ended what hangs
                os.kill(process, signal.SIGCONT)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """A record that somebody else holds on to."""
    with sqlite3.connect(database, timeout=10, isolation_level=None) as connection:
        connection.execute("begin exclusive")
        yield
        connection.execute("rollback")
    connection.close()


@contextmanager
def locked_postgres(address: str) -> Iterator[None]:
    """The same in PostgreSQL, and her conversation with it."""
    engine = create_engine(address, future=True)
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE escalations, conversations IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


@pytest.mark.server
@pytest.mark.parametrize(("conversations", "record", "level"), ALL if FULL else SHORT)
def test_no_trace_rests_anywhere(conversations: str, record: str, level: str, tmp_path: Path) -> None:
    person, began = Person(), time.time() - 1
    with ExitStack() as stack:
        settings = {"GUIDE_LOG_LEVEL": level}
        faults: list[Callable[[], Any]] = []
        if "postgresql" in (conversations, record):
            settings["DATABASE_URL"] = settings["CONVERSATIONS_URL"] = stack.enter_context(postgres(tmp_path))
        if conversations == "redis":
            settings["CONVERSATIONS_URL"], server = stack.enter_context(redis(tmp_path))
            faults.append(lambda: stopped(server.pid))
        if conversations == "sqlite":
            settings["CONVERSATIONS_URL"] = f"sqlite:///{tmp_path / 'conversations.db'}"
        address, supervisor = stack.enter_context(guide(tmp_path, settings))
        faults.append(lambda: stopped(actions_process(supervisor)))
        if record == "sqlite":
            faults.append(lambda: locked(tmp_path / "data" / "escalations.db"))
        else:
            faults.append(lambda: locked_postgres(settings["DATABASE_URL"]))
        chat = Chat(address, person)
        write_everything(chat, faults)
        assert chat.emergencies > MESSAGES // len(TELLINGS)
        assert chat.answers >= WALKED, WALKED - chat.answers
        assert any(answer.startswith("report_card_") for answer in chat.answers)
        assert find_traces(tmp_path, person) == []
        kill_in_the_middle(chat, supervisor)
        planted = plant_where_conversations_lie(settings.get("CONVERSATIONS_URL", ""), tmp_path)
    assert find_traces(tmp_path, planted) != [], "the search does not see what lies where conversations lie"
    assert find_traces(tmp_path, person) == []
    assert [found for path in files_changed_since(began, ELSEWHERE) for found in find_in_file(path, person)] == []
    plant = tmp_path / "log"
    plant.write_text(plant.read_text() + person.particulars["name"])
    assert find_traces(tmp_path, person) != []


def plant_where_conversations_lie(address: str, folder: Path) -> Person:
    """Somebody else, whose name is kept as a conversation is: in the same store, or in the log where that is memory."""
    planted = Person()
    if address:
        assert asyncio.run(open_shelf(address, 60).put("planted", planted.particulars["name"], None))
    else:
        (folder / "planted").write_text(planted.particulars["name"])
    return planted


def write_everything(chat: Chat, faults: list[Callable[[], Any]]) -> None:
    """All her messages, in both readings, the wrong ones, and some while each fault lasts."""
    for index, words in enumerate(chat.person.tellings(MESSAGES)):
        chat.say(words, **({"easy_read": index % 50 < 25} if index % 25 == 0 else {}))
        if index % 60 == 59:
            chat.walk([*PATH_STEPS, *OTHER_STEPS])
            chat.stay_and_leave()
    chat.send_wrongly()
    for fault in faults:
        with fault():
            for words in ("My neighbour {name} is hit by her son", "say that again, {name}"):
                chat.say(words.format(**chat.person.particulars))
            chat.walk(PATH_STEPS)
    chat.say(chat.person.particulars["name"])


def kill_in_the_middle(chat: Chat, supervisor: Any) -> None:
    """The action server dies, and is started again while somebody writes."""
    os.kill(actions_process(supervisor), signal.SIGKILL)
    for words in chat.person.tellings(20):
        chat.say(words)
