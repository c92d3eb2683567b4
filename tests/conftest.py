"""What tests of several folders share: the real guide, started once, on ports and in a folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.running import running_guide
from safeguarding.settings import ROOT

EMBED_HOST = "https://board.test"
"""The only origin that may put the test guide into its pages."""


SLOW_LAST = ("model", "server", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Fast tests first, then those that need a model, a server, a browser; all of these get the model trained before.

    What needs PostgreSQL or Redis, or learns everything anew, is a proof, and only `make prove` runs it: pytest counts it as deselected.
    """
    proofs = [item for item in items if item.get_closest_marker("proof") and os.environ.get("GUIDE_PROOF") != "full"]
    items[:] = [item for item in items if item not in proofs]
    config.hook.pytest_deselected(items=proofs)
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
    """The address of a running guide with no rate limit, started once."""
    with running_guide(GUIDE_EMBED_ORIGINS=EMBED_HOST) as guide:
        yield guide.url
