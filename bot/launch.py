"""Starts the guide: looks whether it can start, runs the action server and Rasa under one supervisor, and says when it is ready."""

from __future__ import annotations

import logging
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
from safeguarding.content import ContentError
from safeguarding.danger_phrases import load_signs
from safeguarding.database import DatabaseError, open_database
from safeguarding.settings import ROOT, Settings, SettingsError, load_settings
from safeguarding.waiting import wait
from safeguarding.wordless_logs import JsonLines, set_up

MODEL = ROOT / "models" / "guide.tar.gz"
READY_SECONDS = 180
FREE_MEGABYTES = 200


class CannotStart(RuntimeError):
    """The guide cannot start; the message is one sentence that says what to do."""


def main() -> int:
    """Run until Ctrl-C, or until a process ends before it was ever ready; then both end."""
    form = "text"  # until the settings are known; what cannot be used of them is said plainly
    try:
        settings = load_settings()
        form = settings.guide_log_format
        check_machine(settings)
        check_endpoints()
        load_signs()  # without English signs danger is not seen; those of another language are left out where they are broken
        open_shelf(settings.conversations_url, settings.guide_idle_minutes * 60)
        open_pace(settings)
        open_database(settings)
    except (SettingsError, CannotStart, EndpointsError, ContentError, ShelfError, DatabaseError) as error:
        say(str(error), form, logging.ERROR)
        return 1
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash must not write the memory, and the words in it, to disk
    set_up(settings.guide_log_level, settings.guide_log_format)
    threading.Thread(target=_say_when_ready, args=(settings,), daemon=True).start()
    return Supervisor(processes(settings), child_environment(settings), ROOT).run()


def say(text: str, form: str, level: int = logging.INFO) -> None:
    """One line about the start, whatever the log level: plain, or where `form` is “json” as the log has it, for who collects lines."""
    line = JsonLines().format(logging.LogRecord("bot.launch", level, __file__, 0, text, None, None)) if form == "json" else text
    print(line, file=sys.stderr if level >= logging.ERROR else sys.stdout, flush=True)


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
    form = settings.guide_log_format
    say("Starting. This takes up to half a minute.", form)
    address = _health(settings)
    started = time.monotonic()
    while time.monotonic() - started < READY_SECONDS:
        try:
            health = requests.get(address, timeout=1).json()
        except (requests.RequestException, ValueError):
            wait(0.3)
            continue
        for reason in health.get("reasons", []):
            say(f"Not whole: {reason}", form, logging.WARNING)
        say(f"Ready: http://localhost:{settings.guide_port}/chat/   (Ctrl-C ends it)", form)
        return
    say("The guide is not ready after three minutes: look at the lines above.", form, logging.ERROR)


if __name__ == "__main__":
    sys.exit(main())
