"""The supervisor starts again what ended or hangs, waits longer each time, and gives up on what never was ready."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

import pytest
from servers import free_port

from bot import supervisor
from bot.supervisor import FIRST_PAUSE, LONGEST_PAUSE, REMEMBERS, Child, Supervisor
from safeguarding.settings import ROOT

SERVE = "import sys, http.server as h; h.HTTPServer(('127.0.0.1', int(sys.argv[1])), h.SimpleHTTPRequestHandler).serve_forever()"


def child(command: list[str], port: int = 1, misses: int = 2) -> Child:
    return Child("one", command, f"http://127.0.0.1:{port}/", answers_within=0.3, misses=misses, starts_within=5.0)


def started_at(times: list[float]) -> Child:
    made = child([])
    made.starts = deque(times)
    return made


@pytest.mark.parametrize(
    ("starts", "pause"),
    [([0], FIRST_PAUSE), ([0, 1], 2 * FIRST_PAUSE), ([0, 1, 2], 4 * FIRST_PAUSE), (list(range(20)), LONGEST_PAUSE), ([-REMEMBERS], 0.0)],
)
def test_the_pause_doubles_and_is_bounded(starts: list[float], pause: float) -> None:
    assert started_at(starts).pause(now=20.0 if len(starts) > 1 else 1.0) == pause


def test_looks_are_counted_only_once_it_was_ready() -> None:
    made = started_at([0.0])
    for _ in range(9):
        made.note(False)
    assert not made.hangs(now=1000.0)
    made.note(True)
    made.note(False)
    assert not made.hangs(now=1000.0)
    made.note(False)
    assert made.hangs(now=1000.0)
    made.note(True)
    assert not made.hangs(now=1000.0)


def test_one_that_does_not_get_ready_again_hangs() -> None:
    made = started_at([0.0])
    made.ever_ready = True
    assert not made.hangs(now=4.0)
    assert made.hangs(now=6.0)


@pytest.fixture
def handlers() -> object:
    kept = {which: signal.getsignal(which) for which in (signal.SIGINT, signal.SIGTERM)}
    yield kept
    for which, handler in kept.items():
        signal.signal(which, handler)


@pytest.mark.usefixtures("handlers")
def test_what_ends_before_it_is_ready_ends_the_guide() -> None:
    assert Supervisor([child([sys.executable, "-c", "raise SystemExit(3)"])], os.environ, ROOT).run() == 1


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("which", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hangs"])
def test_what_was_ready_is_started_again_and_ended_with_the_guide(which: signal.Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "ASKS_EVERY", 0.1)
    port = free_port()
    made = child([sys.executable, "-c", SERVE, str(port)], port)
    seen: list[int] = []

    def look() -> None:
        for _ in range(2):
            deadline = time.monotonic() + 10
            while not (made.ready and made.process and made.process.pid not in seen) and time.monotonic() < deadline:
                time.sleep(0.05)
            seen.append(made.process.pid if made.process else 0)
            if len(seen) == 1:
                os.kill(seen[0], which)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, daemon=True).start()
    assert Supervisor([made], os.environ, ROOT).run() == 0
    assert made.ready
    assert len(set(seen) - {0}) == 2
    assert not Path(f"/proc/{seen[1]}").exists()


def test_a_child_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    (tmp_path / "sleeps.py").write_text("import time\nprint('runs', flush=True)\ntime.sleep(60)\n")
    start = (
        "import os, subprocess, sys, time\n"
        "command = [sys.executable, '-m', 'bot.quietly', '--ends-with', str(os.getpid()), 'sleeps']\n"
        "child = subprocess.Popen(command, start_new_session=True)\n"
        "print(child.pid, flush=True)\ntime.sleep(60)\n"
    )
    own = os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    parent = subprocess.Popen([sys.executable, "-c", start], cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    lines = [parent.stdout.readline().strip() for _ in range(2)]
    assert lines[1] == "runs"
    parent.kill()
    parent.wait(5)
    deadline = time.monotonic() + 3
    while _runs(int(lines[0])) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(int(lines[0]))


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
