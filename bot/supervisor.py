"""Keeps the processes of the guide running: starts again what ended or hangs, and ends all of them together.

Each process writes to the screen by itself, so that nobody waits for a supervisor that hangs, and each ends with the supervisor, even with
one that was killed (bot/quietly.py). Waits are in seconds.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests

from safeguarding.waiting import wait

logger = logging.getLogger(__name__)

LOOKS_EVERY = 0.2
ENDS_WITHIN = 5.0
"""From the signal to end until a process that does not is killed: answers on their way leave meanwhile."""

ASKS_EVERY, ASKS_UNREADY_EVERY = 2.0, 0.3
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Before a process is started again: the pause doubles with each start of the last ten minutes."""

REMEMBERS = 600.0


@dataclass
class Child:
    """One process: how it is started, where it says that it is well, and how patient to be with it."""

    name: str
    command: Sequence[str]
    health: str
    answers_within: float
    """How long its health may take to answer; under a flood it is slow, not hanging."""
    misses: int
    """So many times in a row without an answer, and it counts as hanging."""
    starts_within: float
    """Longer than that it may not take to be ready again."""
    process: subprocess.Popen[bytes] | None = None
    ready: bool = False
    """Whether the process that runs now has answered."""
    ever_ready: bool = False
    missed: int = 0
    starts_at: float = 0.0
    starts: deque[float] = field(default_factory=deque)

    def note(self, answers: bool) -> None:
        """Its health was asked. Looks are counted and not seconds: after a pause of the whole machine nobody hangs."""
        if answers:
            self.ready, self.ever_ready, self.missed = True, True, 0
        elif self.ready:
            self.missed += 1

    def hangs(self, now: float) -> bool:
        """Whether it was ready and has not answered for too long, or does not get ready again."""
        return self.missed >= self.misses or (self.ever_ready and not self.ready and now - self.starts[-1] > self.starts_within)

    def pause(self, now: float) -> float:
        """How long to wait before it is started again."""
        while self.starts and now - self.starts[0] > REMEMBERS:
            self.starts.popleft()
        return min(FIRST_PAUSE * 2.0 ** (len(self.starts) - 1), LONGEST_PAUSE) if self.starts else 0.0


class Supervisor:
    """Runs children until it is told to end, or until one of them ends before it was ever ready."""

    def __init__(self, children: Sequence[Child], environment: Mapping[str, str], folder: Path) -> None:
        self._children, self._environment, self._folder = children, dict(environment), folder
        self._told_to_end = threading.Event()

    def run(self) -> int:
        """The exit code: 0 where it was told to end, 1 where a process cannot be started. Call it in the main thread."""
        for signal_ in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_, lambda *_: self._told_to_end.set())
        try:
            for child in self._children:
                self._start(child)
                threading.Thread(target=self._ask_again_and_again, args=(child,), daemon=True).start()
            while not self._told_to_end.wait(LOOKS_EVERY):
                if not all(self._look_after(child) for child in self._children):
                    return 1
            return 0
        finally:
            self._end_all()

    def _start(self, child: Child) -> None:
        """In the main thread, because a child ends with the thread that started it."""
        child.ready, child.missed = False, 0
        child.starts.append(time.monotonic())
        child.process = subprocess.Popen(
            child.command, cwd=self._folder, env=self._environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def _look_after(self, child: Child) -> bool:
        """Start it again where that is due. False where it ended and never was ready: it would end again."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.starts_at:
                self._start(child)
            return True
        if child.process.poll() is None and child.hangs(now):
            logger.error("The process “%s” does not answer any more and is ended.", child.name)
            _signal(child.process, signal.SIGKILL)
            child.process.wait(ENDS_WITHIN)
        if child.process.poll() is None:
            return True
        code = child.process.returncode
        if not child.ever_ready:
            logger.error("The process “%s” ended (%d) before it was ready, so the guide ends.", child.name, code)
            return False
        pause = child.pause(now)
        logger.error("The process “%s” ended (%d); it is started again in %.1f seconds.", child.name, code, pause)
        child.process, child.starts_at = None, now + pause
        return True

    def _ask_again_and_again(self, child: Child) -> None:
        while True:
            process = child.process
            answers = process is not None and _answers(child)
            if process is child.process:
                child.note(answers)
            wait(ASKS_EVERY if answers else ASKS_UNREADY_EVERY)

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + ENDS_WITHIN
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait(ENDS_WITHIN)


def _answers(child: Child) -> bool:
    try:
        return requests.get(child.health, timeout=child.answers_within).status_code < 500
    except requests.RequestException:
        return False


def _signal(process: subprocess.Popen[bytes], signal_: signal.Signals) -> None:
    """To it and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal_)
