"""What an operator reads when the guide starts: no notes to the developers of libraries, and every other warning and error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from safeguarding.settings import ROOT

LOUD = """
import sys, warnings
warnings.filterwarnings("once", category=Warning)  # as Sanic and Rasa do when they are imported
class Both(UserWarning, DeprecationWarning): pass
warnings.warn("an old name", DeprecationWarning)
warnings.warn("an old name of a parser", Both)
warnings.warn("the disk is nearly full", RuntimeWarning)
print(__name__, sys.argv[1:])
raise SystemError("something broke")
"""


def test_deprecation_is_silent_and_everything_else_is_heard(tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text(LOUD)
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    ran = subprocess.run([sys.executable, "-m", "bot.quietly", "loud", "--port", "1"], capture_output=True, text=True, env=environment)
    assert ran.stdout == "__main__ ['--port', '1']\n"
    assert "an old name" not in ran.stderr
    assert "the disk is nearly full" in ran.stderr
    assert "SystemError: something broke" in ran.stderr
    assert ran.returncode == 1
