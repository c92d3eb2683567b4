"""Training from nothing: the guide's, and Rasa's default pipeline on the same English lines, each alone on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.default_pipeline.__main__ import train_default
from benchmarks.speed.measures import line, whole_training
from safeguarding.settings import ROOT

if TYPE_CHECKING:
    from benchmarks.speed.parts import Measures, Size

EPOCHS = 100
"""What Rasa's default pipeline trains. It takes hours on these lines, so it is measured with few and drawn out in a straight line."""


def training(size: Size) -> Measures:
    """Seconds of both; those of the default pipeline are drawn out to 100 epochs. Its rules and stories are left out, in its favour."""
    found: Measures = {"guide": defaultdict(list), "starter": defaultdict(list)}
    found["guide"]["training_s"] = [_seconds_of_the_guide()]
    points = []
    for epochs in size.epochs:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            train_default(Path(folder), epochs)
            points.append((float(epochs), time.perf_counter() - began))
    prepared, epoch = line(points)
    found["starter"]["training_s"] = [whole_training(prepared, epoch, EPOCHS)]
    found["starter"]["trained_s"] = [seconds for _, seconds in points]
    return found


def _seconds_of_the_guide() -> float:
    """With an empty cache and a folder of its own for the model, so that nothing of the project changes."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"RASA_CACHE_DIRECTORY": f"{folder}/cache", "GUIDE_ACTIONS_URL": "unused", "CUDA_VISIBLE_DEVICES": ""}
        command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "guide", "--out", folder]
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - began
