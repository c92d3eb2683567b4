"""Trains the model from `data/`, `config.yml`, `domain.yml` and `content/`, and says how it goes in a few lines."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from safeguarding.settings import ROOT

STEPS = {
    "Starting to train component 'RulePolicy'": "learning the rules",
    "Restored component": "taken from the cache",
}

PROGRESS = "learning the intents"
"""How the lines begin in which `bot.intent_ensemble` and `bot.bert_tuning` say how far they are."""


def main() -> int:
    """Train into models/guide.tar.gz; the whole log goes to the screen when it fails."""
    command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", "guide", "--out", "models"]
    started = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as training:
        assert training.stdout is not None
        for line in training.stdout:
            lines.append(line)
            if line.startswith(PROGRESS):
                print(f"  {time.monotonic() - started:4.0f} s  {line.strip()}", flush=True)
            for marker, words in STEPS.items():
                if marker in line:
                    print(f"  {time.monotonic() - started:4.0f} s  {words}", flush=True)
    if training.returncode != 0:
        sys.stderr.writelines(lines[-60:])
        print("Training failed: the lines above say where.", file=sys.stderr)
        return 1
    print(f"  {time.monotonic() - started:4.0f} s  trained", flush=True)
    (ROOT / "models" / "guide.tar.gz").touch()
    return 0


def _environment() -> dict[str, str]:
    return {**os.environ, "GUIDE_ACTIONS_URL": "unused", "RASA_TELEMETRY_ENABLED": "false", "TQDM_DISABLE": "1", "CUDA_VISIBLE_DEVICES": ""}


if __name__ == "__main__":
    sys.exit(main())
