"""Starts the guide: looks whether it can start, runs the action server and Rasa under one supervisor, and says when it is ready."""

from __future__ import annotations

import os
import resource
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import requests
from honcho.manager import Manager
from redis.exceptions import RedisError

from bot.endpoints_check import EndpointsError, check_endpoints
from bot.pace import Pace
from bot.shelves import ShelfError, open_shelf
from safeguarding.database import DatabaseError, open_database
from safeguarding.settings import ROOT, Settings, SettingsError, load_settings

MODEL = ROOT / "models" / "guide.tar.gz"
READY_SECONDS = 180
FREE_MEGABYTES = 200


class CannotStart(RuntimeError):
    """The guide cannot start; the message is one sentence that says what to do."""


def main() -> int:
    """Run until Ctrl-C, or until one of the two processes ends; then both end."""
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
    manager, environment = Manager(), child_environment(settings)  # one for both: they share the token that is made up here
    for name, command in processes(settings).items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    threading.Thread(target=_say_when_ready, args=(settings,), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in (0, -signal.SIGINT, 128 + signal.SIGINT) else 1


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


def processes(settings: Settings) -> dict[str, str]:
    """The commands of the two processes, by name."""
    quietly = f'"{sys.executable}" -m bot.quietly'
    return {
        "actions": f"{quietly} actions",
        "guide": (
            f"{quietly} rasa run --model models/guide.tar.gz --endpoints endpoints.yml --credentials credentials.yml "
            f"--interface {settings.guide_host} --port {settings.guide_port}"
        ),
    }


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
    address = f"http://127.0.0.1:{settings.guide_port}/chat/health"
    started = time.monotonic()
    while time.monotonic() - started < READY_SECONDS:
        try:
            health = requests.get(address, timeout=1).json()
        except (requests.RequestException, ValueError):
            time.sleep(0.3)
            continue
        for reason in health.get("reasons", []):
            print(f"Not whole: {reason}", flush=True)
        print(f"Ready: http://localhost:{settings.guide_port}/chat/   (Ctrl-C ends it)", flush=True)
        return
    print("The guide is not ready after three minutes: look at the lines above.", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
