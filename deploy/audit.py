"""Asks pip-audit whether an advisory is known for a package of the lock, and says plainly where its service cannot be reached.

pip-audit wants a newer `packaging` than Rasa does, so uv runs it in an environment of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from safeguarding.settings import ROOT

PIP_AUDIT = "pip-audit==2.10.1"
NOT_REACHED = 3
ASK = ("uv", "tool", "run", "--from", PIP_AUDIT, "pip-audit", "--disable-pip", "--no-deps", "--progress-spinner", "off", "-f", "json")


def verdict(packages: list[dict[str, Any]]) -> tuple[int, str]:
    """The exit code and a sentence: 0 nothing known, 1 something is, 3 where nothing could be asked."""
    asked = [package for package in packages if "vulns" in package]
    if not asked:
        return NOT_REACHED, "The service of advisories cannot be reached from here: nothing was checked. Ask again where it can."
    known = [f"{package['name']} {package['version']}: {found['id']}" for package in asked for found in package["vulns"]]
    said = f"{len(asked)} of {len(packages)} packages were looked up."
    return (1, "\n".join([*known, said, "Compare with docs/security.md."])) if known else (0, f"{said} No advisory is known.")


def main() -> int:
    """Ask about requirements.lock."""
    done = subprocess.run([*ASK, "-r", "requirements.lock"], cwd=ROOT, capture_output=True, text=True, timeout=600)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    code, said = verdict(packages)
    print(said, file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
