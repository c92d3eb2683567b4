"""Trains Rasa's default pipeline on the guide's training lines and asks it the test half.

python -m benchmarks.default_pipeline --epochs 10       about 20 minutes on two cores; Rasa's own 100 epochs take ten times that
python -m benchmarks.default_pipeline --model FILE      asks a model that was trained before

Writes docs/evaluation-default.json, which `make evaluate` lays beside the guide's own figures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import yaml

from benchmarks.evaluation.readings import intent_figures, read_with
from benchmarks.evaluation.sets import read_sets, training_lines
from safeguarding.content import load_content
from safeguarding.settings import ROOT

FIGURES = ROOT / "docs" / "evaluation-default.json"
CONFIG = Path(__file__).parent / "config.yml"


def main() -> int:
    """Train unless a model is given, ask the test half, write the figures."""
    arguments = _arguments()
    lines = [line for line in read_sets(load_content()) if line.half == "test"]
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        model = arguments.model or train_default(Path(folder), arguments.epochs)
        seconds = arguments.training_seconds or round(time.monotonic() - started)
        figures = intent_figures(lines, read_with(model, [line.text for line in lines]))
    data = {
        "date": datetime.now(UTC).date().isoformat(),
        "epochs": arguments.epochs,
        "training_lines": len(training_lines(ROOT / "data" / "nlu")),
        "training_seconds": seconds,
        "figures": {name: figure.as_dict() for name, figure in figures.items()},
    }
    FIGURES.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    for name, figure in figures.items():
        print(f"{name:36} {figure.value:6.1%}   {figure.hits} of {figure.of}")
    return 0


def train_default(folder: Path, epochs: int) -> Path:
    """Train the default pipeline on the English lines, within the folder and with no cache. Raises CalledProcessError."""
    lines = folder / "lines"
    lines.mkdir()
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        shutil.copy(path, lines)
    config = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--nlu", str(lines), "--config", str(folder / "config.yml")]
    subprocess.run([*command, "--out", str(folder), "--fixed-model-name", "default"], cwd=folder, check=True)
    return folder / "default.tar.gz"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=10, help="rounds of training (Rasa's own default is 100)")
    parser.add_argument("--model", type=Path, help="a trained model to ask, instead of training one")
    parser.add_argument("--training-seconds", type=int, help="how long that model took")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
