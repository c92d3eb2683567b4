"""Real servers for the proofs, each in a folder of its own: PostgreSQL, Redis (Debian's packages) and the guide."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from safeguarding.settings import ROOT

FULL = os.environ.get("GUIDE_PROOF") == "full"
"""Whether `make prove` asks for the long form of the proofs."""

STARTS_WITHIN = 150
POSTGRES_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own that logs every statement; its SQLAlchemy address. Afterwards its files lie in the folder.

    It refuses to run as root, so root hands it on to an account that cannot see into the folders of tests.
    """
    if not POSTGRES_PROGRAMS:
        pytest.fail("make prove needs PostgreSQL: apt-get install postgresql.")
    programs, data, port = POSTGRES_PROGRAMS[-1], Path(tempfile.mkdtemp(prefix="guide-postgres-")), free_port()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    _as_postgres([str(programs / "initdb"), "-D", str(data / "data"), "-A", "trust", "-U", "guide"])
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c log_statement=all -c log_min_messages=debug1"
    _as_postgres([str(programs / "pg_ctl"), "-D", str(data / "data"), "-l", str(data / "log"), "-o", options, "-w", "start"])
    try:
        yield f"postgresql://guide@127.0.0.1:{port}/postgres"
    finally:
        _as_postgres([str(programs / "pg_ctl"), "-D", str(data / "data"), "-m", "fast", "-w", "stop"])
        shutil.move(data, folder / "postgres")


@contextmanager
def redis(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis of its own that writes everything to disk; its address and its process."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("make prove needs Redis: apt-get install redis-server.")
    data, port = folder / "redis", free_port()
    data.mkdir()
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(data), "--appendonly", "yes", "--appendfsync", "always"]
    arguments += ["--save", "1 1", "--logfile", str(data / "log"), "--loglevel", "debug"]
    server = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", port), 1).close(), server)
        yield f"redis://127.0.0.1:{port}/0", server
    finally:
        server.send_signal(signal.SIGCONT)
        server.terminate()
        server.wait(20)


WHOLE_WITHIN = 20.0
"""Seconds from the first answer until the guide is whole."""


@contextmanager
def guide(folder: Path, settings: Mapping[str, str], project: Path = ROOT) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The real guide with everything that it writes in the folder: data, log, home and temporary files; its address and supervisor.

    Of a copy of the project, it need not be whole.
    """
    port = settings.get("GUIDE_PORT") or free_port()
    for name in ("data", "home", "tmp"):
        (folder / name).mkdir(exist_ok=True)
    places = {"GUIDE_DATA_DIR": str(folder / "data"), "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    places["PYTHONPATH"] = str(project)
    ports = {"GUIDE_PORT": str(port), "GUIDE_ACTIONS_PORT": str(free_port()), "GUIDE_RATE_LIMIT": "off"}
    with (folder / "log").open("ab") as output:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "bot.launch"],
            cwd=project, env=os.environ | places | ports | settings, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        health = wait_for(lambda: requests.get(f"{address}/chat/health", timeout=2).json(), supervisor, folder / "log")
        started = time.monotonic()
        while health["status"] != "ready" and project == ROOT and time.monotonic() - started < WHOLE_WITHIN:
            time.sleep(0.5)  # the page answers some seconds before the action server does
            health = requests.get(f"{address}/chat/health", timeout=2).json()
        if health["status"] != "ready" and project == ROOT:
            pytest.fail(f"The guide is not whole: {' '.join(health.get('reasons', []))}")
        yield address, supervisor
    finally:
        _end(supervisor)


@contextmanager
def stopped(processes: Iterable[int]) -> Iterator[None]:
    """Let processes hang, and go on afterwards."""
    processes = list(processes)
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def postgres_processes(address: str) -> list[int]:
    """The process ids of the PostgreSQL at an address, its first process in front."""
    port = address.rpartition(":")[2].partition("/")[0].encode()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = command.read_bytes().split(b"\0")
            if words[0].endswith(b"/postgres") and port in words:
                first = int(command.parent.name)
                return [first, *descendants(first)]
    raise LookupError("That PostgreSQL does not run.")


def postgres_restart(address: str) -> None:
    """Kill the PostgreSQL at an address and start it again as it was."""
    words = Path(f"/proc/{postgres_processes(address)[0]}/cmdline").read_bytes().split(b"\0")
    data = words[words.index(b"-D") + 1].decode()
    _as_postgres([str(POSTGRES_PROGRAMS[-1] / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "restart", "-l", f"{data}/../log"])


def actions_process(supervisor: subprocess.Popen[bytes]) -> int:
    """The process id of the guide's action server."""
    for process in descendants(supervisor.pid):
        with suppress(OSError):
            command = Path(f"/proc/{process}/cmdline").read_bytes()
            if command.endswith(b"\0actions\0") and b"python" in command.split(b"\0")[0]:
                return process
    raise LookupError("The action server does not run.")


def descendants(process: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
    found = list(children.get(process, []))
    for child in found:
        found.extend(children.get(child, []))
    return found


def kill_all(supervisor: subprocess.Popen[bytes]) -> None:
    """Kill the guide's every process at once."""
    processes = [supervisor.pid, *descendants(supervisor.pid)]
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    supervisor.wait(10)


def _end(supervisor: subprocess.Popen[bytes]) -> None:
    supervisor.send_signal(signal.SIGINT)
    try:
        supervisor.wait(30)
    except subprocess.TimeoutExpired:
        kill_all(supervisor)


def _as_postgres(command: list[str]) -> None:
    account = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **account)
    if done.returncode:
        pytest.fail(f"{Path(command[0]).name} failed with {done.returncode}.")


def wait_for(probe: Callable[[], Any], server: subprocess.Popen[bytes], log: Path | None = None) -> Any:
    """What the probe returns once it works. Fails the test, with the end of the log, where the server ends or does not start."""
    started = time.monotonic()
    while time.monotonic() - started < STARTS_WITHIN:
        if server.poll() is not None:
            break
        try:
            return probe()
        except (OSError, requests.RequestException, ValueError, KeyError):
            time.sleep(0.3)
    pytest.fail("A server did not start.\n" + (log.read_text(errors="replace")[-2000:] if log else ""))
