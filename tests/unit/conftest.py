"""The unit tests of the core stay quick: together at most five seconds of this machine's work.

CPU time is counted, of the tests and of what they start, so that it says the same on a busy machine. It is judged in a
process that runs them alone (test_house.py starts one): beside Rasa, its threads and its hundreds of thousands of objects count too.
"""

from __future__ import annotations

import resource
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from core_tests import HOUSE, MOST_SECONDS

from safeguarding.content import CONTENT_DIR

spent = pytest.StashKey[list[float]]()


def work_so_far() -> float:
    """Seconds of CPU of this process and of the ended ones that it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Add what a test of the core took, with what was set up for it."""
    before = work_so_far()
    yield
    if item.path.stem not in HOUSE and not item.get_closest_marker("whole"):
        item.config.stash.setdefault(spent, []).append(work_so_far() - before)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it, whether it holds or not."""
    took = sum(terminalreporter.config.stash.get(spent, []))
    if took and "rasa" not in sys.modules:
        terminalreporter.write_line(f"The unit tests of the core took {took:.1f} s of CPU; {MOST_SECONDS:.0f} are the most.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder in which Portuguese has nothing but the guide's own words."""
    home = tmp_path / "content" / "translations" / "pt"
    home.mkdir(parents=True)
    shutil.copy(CONTENT_DIR / "translations" / "pt" / "guide.yml", home)
    (home / "danger_signs.yml").write_bytes((CONTENT_DIR / "danger_signs.yml").read_bytes())
    return tmp_path / "content"
