"""The real guide, started on free ports with a folder of its own, for tests and measurements."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from safeguarding.settings import ROOT

STARTS_WITHIN = 180


@dataclass(frozen=True)
class RunningGuide:
    """Where a started guide answers, and its processes."""

    url: str
    pids: list[int]


@contextmanager
def running_guide(root: Path = ROOT, **settings: str) -> Iterator[RunningGuide]:
    """Start it with no rate limit and these settings, and end it afterwards. Raises RuntimeError where it does not start."""
    port, actions_port = free_port(), free_port()
    (root / "var").mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="measure-", dir=root / "var"))
    environment = os.environ | {
        "GUIDE_PORT": str(port),
        "GUIDE_ACTIONS_PORT": str(actions_port),
        "GUIDE_DATA_DIR": str(data.relative_to(root)),
        "GUIDE_RATE_LIMIT": "off",
        "PYTHONPATH": str(root),
        **settings,
    }
    with (data / "log").open("wb") as log:
        command = [sys.executable, "-m", "bot.launch"]
        guide = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, guide, data / "log")
        yield RunningGuide(url, _descendants(guide.pid))
    finally:
        guide.send_signal(signal.SIGINT)
        try:
            guide.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(guide.pid, signal.SIGKILL)
        shutil.rmtree(data, ignore_errors=True)


def _wait(url: str, guide: subprocess.Popen[bytes], log: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < STARTS_WITHIN and guide.poll() is None:
        try:
            health = requests.get(f"{url}/chat/health", timeout=2).json()
        except (requests.RequestException, ValueError):
            time.sleep(0.3)
            continue
        if health["status"] != "ready":
            raise RuntimeError(" ".join(health["reasons"]))
        return
    raise RuntimeError(f"The guide did not start:\n{log.read_text(errors='replace')[-2000:]}")


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _descendants(pid: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family
