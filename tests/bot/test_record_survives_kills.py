"""Whatever moment the record is killed at: every hand-off that was answered has one row, and no more rows than cut-off replies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from servers import FULL, postgres

from safeguarding.settings import ROOT

KILLS = 200 if FULL else 10


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"] if FULL else ["sqlite"])
def test_every_answered_hand_off_has_exactly_one_row(engine: str, tmp_path: Path) -> None:
    with postgres(tmp_path) if engine == "postgresql" else nullcontext("") as database:
        command = [sys.executable, str(Path(__file__).with_name("killing.py")), "--kills", str(KILLS), "--folder", str(tmp_path)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run([*command, "--database", database], env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout)
    print(engine, result)
    assert result["answered"] > 0
    assert result["lost"] == 0
    assert result["beyond"] <= KILLS
    assert result["rows"] == result["answered"] + result["beyond"]
    assert result["answered"] <= result["tallied"] <= result["rows"]
