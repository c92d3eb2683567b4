"""Starts the guide: looks whether it can start, runs the action server and Rasa under one supervisor, and says when it is ready."""

from __future__ import annotations

import os
import resource
import secrets
import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import requests
from redis.exceptions import RedisError

from bot.endpoints_check import EndpointsError, check_endpoints
from bot.pace import Pace
from bot.shelves import ShelfError, open_shelf
from bot.supervisor import Child, Supervisor
from safeguarding.database import DatabaseError, open_database
from safeguarding.settings import ROOT, Settings, SettingsError, load_settings
from safeguarding.waiting import wait
from safeguarding.wordless_logs import set_up

MODEL = ROOT / "models" / "guide.tar.gz"
READY_SECONDS = 180
FREE_MEGABYTES = 200


class CannotStart(RuntimeError):
    """The guide cannot start; the message is one sentence that says what to do."""


def main() -> int:
    """Run until Ctrl-C, or until a process ends before it was ever ready; then both end."""
    try:
        settings = load_settings()
        check_machine(settings)
        check_endpoints()
        open_shelf(settings.conversations_url, settings.guide_idle_minutes * 60)
        open_pace(settings)
        open_database(settings)
    except (SettingsError, CannotStart, EndpointsError, ShelfError, DatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not write the memory, and the words in it, to disk
    set_up(settings.guide_log_level, settings.guide_log_format)
    threading.Thread(target=_say_when_ready, args=(settings,), daemon=True).start()
    return Supervisor(processes(settings), child_environment(settings), ROOT).run()


def open_pace(settings: Settings) -> None:
    """Raises CannotStart where LIMITS_URL names no Redis that can be reached."""
    try:
        Pace(settings)
    except (RedisError, OSError) as error:
        raise CannotStart(f"The Redis that LIMITS_URL names cannot be reached ({type(error).__name__}): start it, or correct it.") from None


def check_machine(settings: Settings, model: Path = MODEL) -> None:
    """Raises CannotStart where a port is taken, there is no model or too little disk."""
    for name, port in (("GUIDE_PORT", settings.guide_port), ("GUIDE_ACTIONS_PORT", settings.guide_actions_port)):
        if _is_taken(settings.guide_host, port):
            raise CannotStart(f"Port {port} is in use: end the program that has it, or set {name} to another port.")
    if not model.is_file():
        raise CannotStart("There is no trained model: run make train.")
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < FREE_MEGABYTES:
        raise CannotStart(f"Only {free} MB of disk are free and the guide needs {FREE_MEGABYTES}: make room and try again.")


def processes(settings: Settings) -> list[Child]:
    """The two processes. What does not answer for some ten seconds, the guide itself for half a minute, is started again."""
    run = [sys.executable, "-m", "bot.quietly", "--ends-with", str(os.getpid())]
    rasa = ["--without-tensorflow", "rasa", "run", "--model", "models/guide.tar.gz"]
    rasa += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    where = ["--interface", settings.guide_host, "--port", str(settings.guide_port)]
    actions = settings.actions_url.replace("webhook", "health")
    return [
        Child("actions", [*run, "actions"], actions, answers_within=2.0, misses=4, starts_within=60.0),
        Child("guide", [*run, *rasa, *where], _health(settings), answers_within=10.0, misses=3, starts_within=READY_SECONDS),
    ]


def _health(settings: Settings) -> str:
    host = "127.0.0.1" if settings.guide_host in ("0.0.0.0", "localhost") else settings.guide_host  # noqa: S104  # nosec B104: it is asked, not listened on
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.guide_port}/chat/health"


def child_environment(settings: Settings) -> dict[str, str]:
    """What both processes get: the addresses, no telemetry, quiet logs, one thread for each numeric library."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS"), "1")
    return {
        **os.environ,
        **threads,
        "GUIDE_ACTIONS_URL": settings.actions_url,
        "GUIDE_ACTIONS_TOKEN": settings.guide_actions_token or secrets.token_hex(32),
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_HOST": settings.guide_host,
        "LOG_LEVEL": settings.guide_log_level,
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
    }


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _say_when_ready(settings: Settings) -> None:
    print("Starting. This takes up to half a minute.", flush=True)
    address = _health(settings)
    started = time.monotonic()
    while time.monotonic() - started < READY_SECONDS:
        try:
            health = requests.get(address, timeout=1).json()
        except (requests.RequestException, ValueError):
            wait(0.3)
            continue
        for reason in health.get("reasons", []):
            print(f"Not whole: {reason}", flush=True)
        print(f"Ready: http://localhost:{settings.guide_port}/chat/   (Ctrl-C ends it)", flush=True)
        return
    print("The guide is not ready after three minutes: look at the lines above.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
