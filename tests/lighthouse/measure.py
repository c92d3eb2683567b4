"""Lighthouse on the mobile profile, with the system's Chromium and a guide running: `make lighthouse`. Ends with 1 below the bounds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from safeguarding.settings import ROOT, load_settings

BOUNDS = {"accessibility": 100, "performance": 95}
PAGES = {"the page": "/chat/", "the answer book": "/chat/answers"}
FIGURES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index")
LIGHTHOUSE = Path(__file__).parent / "node_modules" / ".bin" / "lighthouse"
RESULTS = ROOT / "results" / "lighthouse"


def main(guide: str) -> int:
    """Measure every page and print what a person wants to know; the whole reports are in results/lighthouse/."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    short = []
    for name, path in PAGES.items():
        report = measure(f"{guide}{path}", RESULTS / f"{name.replace(' ', '-')}.json")
        scores = {category: round(report["categories"][category]["score"] * 100) for category in BOUNDS}
        figures = ", ".join(f"{report['audits'][figure]['title']} {report['audits'][figure]['displayValue']}" for figure in FIGURES)
        print(f"{name}: " + ", ".join(f"{category} {score}" for category, score in scores.items()) + f" ({figures})")
        for category, bound in BOUNDS.items():
            if scores[category] < bound:
                short.append(
                    f"{name}: {category} is {scores[category]} and should be at least {bound}: {', '.join(found(report, category))}"
                )
    for line in short:
        print(line)
    return 1 if short else 0


def measure(address: str, report: Path) -> dict[str, dict[str, dict[str, float | str]]]:
    """Lighthouse's own report. Raises CalledProcessError where it does not run, after it said why."""
    command = [LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={report}", f"--only-categories={','.join(BOUNDS)}"]
    chromium = {"CHROME_PATH": shutil.which("chromium") or "chromium", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(RESULTS)}
    subprocess.run([*command, "--chrome-flags=--headless=new --no-sandbox"], check=True, env=chromium)
    return json.loads(report.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def found(report: dict[str, dict[str, dict[str, float | str]]], category: str) -> list[str]:
    """The audits of a category that did not pass whole."""
    names = [audit["id"] for audit in report["categories"][category]["auditRefs"]]  # type: ignore[index]
    return [name for name in names if (score := report["audits"][name]["score"]) is not None and score < 1]  # type: ignore[index, operator]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{load_settings().guide_port}"))
