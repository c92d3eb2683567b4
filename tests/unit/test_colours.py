"""Contrast of the page's colours in light and in dark (WCAG 1.4.3 and 1.4.11): what axe leaves open where it cannot see the ground."""

from __future__ import annotations

import re

import pytest

from safeguarding.settings import ROOT

SHEET = (ROOT / "web" / "static" / "base.css").read_text(encoding="utf-8")
COLOUR = r"--([a-z-]+): (#[0-9a-f]{6})"
BEFORE, AFTER = SHEET.split("@media (prefers-color-scheme: dark)", 1)
LIGHT = dict(re.findall(COLOUR, BEFORE))
DRESSES = {"light": LIGHT, "dark": LIGHT | dict(re.findall(COLOUR, AFTER.split("}")[0]))}
TEXT = [
    *(("ink", ground) for ground in ("ground", "paper", "soft", "mark")),
    *(("quiet", ground) for ground in ("ground", "paper", "soft")),
    *(("main", ground) for ground in ("ground", "paper", "soft")),
    ("on-main", "main"),
    ("on-alarm", "alarm"),
]
EDGES = [("edge", "paper"), ("edge", "ground"), ("ink", "ground"), ("ink", "paper"), ("alarm", "on-alarm")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_most_and_grey_is_told_apart() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize(("colour", "ground"), TEXT)
def test_text_stands_out(dress: str, colour: str, ground: str) -> None:
    assert contrast(DRESSES[dress][colour], DRESSES[dress][ground]) >= 4.5


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize(("colour", "ground"), EDGES)
def test_edges_and_signs_stand_out(dress: str, colour: str, ground: str) -> None:
    assert contrast(DRESSES[dress][colour], DRESSES[dress][ground]) >= 3
