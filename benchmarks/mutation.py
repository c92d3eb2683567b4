"""`make mutation`: changes the core in small ways, one at a time, and counts which changes the tests notice. Below 85 % it fails.

Settings are in `[tool.mutmut]` of pyproject.toml. A module counts alone, so that one cannot hide behind another.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

from safeguarding.settings import ROOT

MODULES = ("danger", "danger_phrases", "escalation", "reports")
LEAST = 0.85
"""The share of changes that must be noticed. What is left mostly changes nothing that anybody could see, such as the words of an error."""

NOTICED = {"killed", "timeout", "segfault", "caught by type check"}
"""A change that crashes the run or never ends is noticed too."""


def main() -> int:
    """Run every module, print the table; 1 where one stays below."""
    for module in MODULES:
        subprocess.run([sys.executable, "-m", "mutmut", "run", f"safeguarding.{module}.*"], cwd=ROOT, check=False)
    listed = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shares = {module: share(listed.stdout, module) for module in MODULES}
    for module, (noticed, of) in shares.items():
        print(f"safeguarding.{module:12} {noticed:4} of {of:4} noticed   {noticed / max(of, 1):.1%}")
    return 0 if all(of and noticed / of >= LEAST for noticed, of in shares.values()) else 1


def share(listed: str, module: str) -> tuple[int, int]:
    """The changes of a module that were noticed, and all of them, from the list of mutmut."""
    counts = Counter(line.rpartition(": ")[2].strip() for line in listed.splitlines() if f"safeguarding.{module}." in line)
    return sum(count for result, count in counts.items() if result in NOTICED), sum(counts.values())


if __name__ == "__main__":
    sys.exit(main())
