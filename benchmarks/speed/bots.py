"""The two bots as running programs: how each is started, spoken to, and what its processes use."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import requests

from benchmarks.running import free_port, running_guide
from benchmarks.speed.starter import commands, environment, starter_model

STARTS_WITHIN = 300
MEGABYTE = 1_000_000


class NoAnswer(RuntimeError):
    """A bot gave no answer where it must."""


@dataclass(frozen=True)
class Bot:
    """A running bot: where messages go, in which form, and its processes, the server's and the action server's."""

    name: str
    url: str
    path: str
    body: Callable[[str | None, str], dict[str, Any]]
    conversation_of: Callable[[Any], str]
    ordinary: tuple[str, ...]
    hand_off: str
    processes: list[psutil.Process] = field(repr=False)

    @property
    def address(self) -> str:
        """Where a message is posted."""
        return self.url + self.path

    def cpu_seconds(self) -> float:
        """CPU that all its processes have used since they started."""
        return sum(_cpu_seconds(process.pid) for process in self.processes)

    def server_megabytes(self) -> float:
        """Memory of the server process, resident, in MB."""
        return _megabytes(max(self.processes, key=lambda process: process.memory_info().rss))

    def actions_megabytes(self) -> float:
        """Memory of the action server, resident, in MB."""
        return _megabytes(next(process for process in self.processes if "actions" in process.cmdline()[1:] and _is_python(process)))


ORDINARY = (
    "what is abuse", "what is safeguarding", "what are the signs of abuse", "what is financial abuse",
    "what happens after i report", "can i stay anonymous", "what is neglect", "what are the six principles",
)  # fmt: skip
STARTERS_ORDINARY = (
    "hello", "i am feeling great", "are you a human", "good morning", "i am so sad", "yes of course", "are you a bot", "see you later",
)  # fmt: skip
HAND_OFF = "how do i report abuse"


@contextmanager
def guide(**settings: str) -> Iterator[Bot]:
    """The guide, as `make run` starts it, with no limit on how fast one may write."""
    with running_guide(**settings) as running:
        yield Bot(
            "guide", running.url, "/chat/messages",
            lambda conversation, text: {"conversation": conversation, "text": text},
            _conversation_of_the_guide,
            ORDINARY, HAND_OFF, [psutil.Process(pid) for pid in running.pids],
        )  # fmt: skip


@contextmanager
def starter() -> Iterator[Bot]:
    """The starter bot and its action server, with the same quiet environment and one thread for each numeric library, like the guide."""
    folder, port, actions_port = starter_model(), free_port(), free_port()
    programs = []
    with (folder / "log").open("wb") as log:
        for command in commands(port, actions_port).values():
            programs.append(subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log, start_new_session=True))
    try:
        bot = Bot(
            "starter", f"http://127.0.0.1:{port}", "/webhooks/rest/webhook",
            lambda conversation, text: {"sender": conversation or os.urandom(8).hex(), "message": text},
            lambda reply: str(reply[0]["recipient_id"]),
            STARTERS_ORDINARY, HAND_OFF, [],
        )  # fmt: skip
        _wait(bot, programs, folder / "log")
        bot.processes.extend(_family(programs))
        yield bot
    finally:
        for program in programs:
            program.send_signal(signal.SIGINT)
        for program in programs:
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(program.pid, signal.SIGKILL)


def first_answer(bot: Bot, seconds: float = 5) -> bool:
    """Whether it hands over, which needs the server, the model and the action server."""
    try:
        reply = requests.post(bot.address, json=bot.body(None, bot.hand_off), timeout=seconds)
        return reply.status_code == 200 and bool(reply.json() and bot.conversation_of(reply.json()))
    except (requests.RequestException, ValueError, NoAnswer):
        return False


def _conversation_of_the_guide(reply: dict[str, Any]) -> str:
    """Raises NoAnswer where the guide had nothing but the contacts to say."""
    if any(message["answer"] == "service_problem" for message in reply["messages"]):
        raise NoAnswer("The guide answered with the contacts alone.")
    return str(reply["conversation"])


def _wait(bot: Bot, programs: list[subprocess.Popen[bytes]], log: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < STARTS_WITHIN and all(program.poll() is None for program in programs):
        if first_answer(bot):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The starter bot did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _family(programs: list[subprocess.Popen[bytes]]) -> list[psutil.Process]:
    parents = [psutil.Process(program.pid) for program in programs]
    return [*parents, *(child for parent in parents for child in parent.children(recursive=True))]


def _is_python(process: psutil.Process) -> bool:
    return "python" in process.cmdline()[0]


def _cpu_seconds(pid: int) -> float:
    """The process's own CPU clock (clock_getcpuclockid), in nanoseconds where /proc counts hundredths; a process that ended counts none."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _megabytes(process: psutil.Process) -> float:
    return process.memory_info().rss / MEGABYTE
