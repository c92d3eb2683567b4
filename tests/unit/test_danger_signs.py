"""Each sign of danger, in each language, finds what it is for, and leaves near-misses alone (`tests/unit/danger_signs/`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from safeguarding.content import CONTENT_DIR
from safeguarding.danger import DangerSigns
from safeguarding.languages import ENGLISH, OTHERS
from safeguarding.translations import TRANSLATIONS

pytestmark = pytest.mark.whole

CASES = Path(__file__).parent / "danger_signs"
FEWEST_HITS, FEWEST_NEAR_MISSES = 4, 3


def folder_of(language: str) -> Path:
    return CONTENT_DIR if language == ENGLISH else CONTENT_DIR / TRANSLATIONS / language


@cache
def signs(language: str) -> DangerSigns:
    return DangerSigns.load(folder_of(language))


def cases(language: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load((CASES / f"{language}.yml").read_text(encoding="utf-8"))
    return found


def all_of(kind: str) -> list[tuple[str, str, str]]:
    return [(language, sign, text) for language in (ENGLISH, *OTHERS) for sign, found in cases(language).items() for text in found[kind]]


@pytest.mark.parametrize(("language", "sign", "text"), all_of("hits"))
def test_a_sign_is_found(language: str, sign: str, text: str) -> None:
    verdict = signs(language).assess(text)
    assert verdict.danger
    assert sign in verdict.signs


@pytest.mark.parametrize(("language", "sign", "text"), all_of("near_misses"))
def test_a_near_miss_is_no_danger(language: str, sign: str, text: str) -> None:
    assert not signs(language).assess(text).danger


@pytest.mark.parametrize("language", [ENGLISH, *OTHERS])
def test_every_sign_has_its_cases(language: str) -> None:
    written = yaml.safe_load((folder_of(language) / "danger_signs.yml").read_text(encoding="utf-8"))["signs"]
    assert set(cases(language)) == {sign["id"] for sign in written}
    for sign, found in cases(language).items():
        assert len(found["hits"]) >= FEWEST_HITS, sign
        assert len(found["near_misses"]) >= FEWEST_NEAR_MISSES, sign
