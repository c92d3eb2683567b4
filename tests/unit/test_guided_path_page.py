"""The page about the guided path is what its decisions and words make of it."""

from __future__ import annotations

import subprocess
import sys

from safeguarding.settings import ROOT


def test_the_page_is_up_to_date() -> None:
    run = subprocess.run([sys.executable, ROOT / "docs" / "make_guided_path.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
