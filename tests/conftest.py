"""What tests of several folders share: the real guide, started once, on ports and in a folder of its own."""

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
from pathlib import Path

import pytest
import requests

from safeguarding.settings import ROOT

STARTS_WITHIN = 120
"""Seconds: loading Rasa takes 20 s on two free cores and far longer on busy ones."""

EMBED_HOST = "https://board.test"
"""The only origin that may put the test guide into its pages."""


SLOW_LAST = ("model", "server", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, then those that need a model, a server, a browser; all of these get the model trained before."""
    kinds = {item: [mark.name for mark in item.iter_markers() if mark.name in SLOW_LAST] for item in items}
    items.sort(key=lambda item: max((SLOW_LAST.index(name) + 1 for name in kinds[item]), default=0))
    for item in items:
        if kinds[item]:
            item.fixturenames.insert(0, "trained_model")


@pytest.fixture(scope="session")
def trained_model(request: pytest.FixtureRequest) -> Path:
    """The model, trained now, and visibly, if a source of it changed."""
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        training = subprocess.run(["make", "train"], cwd=ROOT)
    assert training.returncode == 0, "Training failed: the lines above say where."
    return ROOT / "models" / "guide.tar.gz"


@pytest.fixture(scope="session")
def guide_url(trained_model: Path) -> Iterator[str]:
    """The address of a running guide with no rate limit. Its data folder is thrown away afterwards."""
    port, actions_port = _free_ports(2)
    (ROOT / "var").mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="test-", dir=ROOT / "var"))
    environment = os.environ | {
        "GUIDE_PORT": str(port),
        "GUIDE_ACTIONS_PORT": str(actions_port),
        "GUIDE_DATA_DIR": str(data.relative_to(ROOT)),
        "GUIDE_RATE_LIMIT": "off",
        "GUIDE_EMBED_ORIGINS": EMBED_HOST,
    }
    log = data / "log"
    with log.open("wb") as output:
        guide = subprocess.Popen(
            [sys.executable, "-m", "bot.launch"], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _wait_until_whole(f"http://127.0.0.1:{port}/chat/health", guide, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        guide.send_signal(signal.SIGINT)
        try:
            guide.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(guide.pid, signal.SIGKILL)
        shutil.rmtree(data, ignore_errors=True)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _wait_until_whole(address: str, guide: subprocess.Popen[bytes], log: Path) -> None:
    started = time.monotonic()
    while time.monotonic() - started < STARTS_WITHIN:
        if guide.poll() is not None:
            pytest.fail(f"The guide ended while starting:\n{log.read_text(errors='replace')[-2000:]}")
        try:
            health = requests.get(address, timeout=2).json()
        except (requests.RequestException, ValueError):
            time.sleep(0.3)
            continue
        if health["status"] != "ready":
            pytest.fail(f"The guide is not whole: {' '.join(health.get('reasons', []))}")
        return
    pytest.fail(f"The guide did not start within {STARTS_WITHIN} seconds:\n{log.read_text(errors='replace')[-2000:]}")
