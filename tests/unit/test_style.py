"""Lint, format and types: the cheapest findings first."""

from __future__ import annotations

import subprocess
import sys

import pytest

from safeguarding.settings import ROOT

CHECKS = {
    "lint (ruff)": ["ruff", "check", "."],
    "format (ruff)": ["ruff", "format", "--check", "."],
    "types on safeguarding/ (mypy)": ["mypy", "safeguarding"],
}


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_found(check):
    found = subprocess.run([sys.executable, "-m", *CHECKS[check]], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr
