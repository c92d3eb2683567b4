"""What the guide is made from is broken: a model that is damaged, words that are newer than it, a clock that is set."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from faults import DANGER, REPEAT
from project_copy import copy_what_runs
from servers import FULL, guide

from safeguarding.content import load_content

pytestmark = pytest.mark.server

WITHIN = 4.0
SPOR = str(load_content().contacts["spor"].phone)
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def damage_the_model(project: Path) -> None:
    model = project / "models" / "guide.tar.gz"
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def change_a_word(project: Path) -> None:
    contacts = project / "content" / "contacts.yml"
    contacts.write_text(contacts.read_text(encoding="utf-8").replace(SPOR, f"{SPOR[:-1]}1"), encoding="utf-8")


def damage_the_reader(project: Path) -> None:
    reader = project / "models" / "languages.npz"
    reader.write_bytes(reader.read_bytes()[: reader.stat().st_size // 2])


BROKEN: dict[Callable[[Path], None], str] = {damage_the_model: "No model is loaded"}
if FULL:
    BROKEN[change_a_word] = "newer than the model"


def say(address: str, **said: str) -> dict[str, object]:
    started = time.monotonic()
    reply = requests.post(f"{address}/chat/messages", json=said, timeout=10)
    assert reply.status_code == 200
    assert time.monotonic() - started < WITHIN
    return dict(reply.json())


def answers(reply: dict[str, object]) -> list[str]:
    return [message["answer"] for message in reply["messages"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("break_it", BROKEN, ids=lambda break_it: break_it.__name__)
def test_the_page_the_emergency_and_the_contacts_are_served(break_it: Callable[[Path], None], tmp_path: Path) -> None:
    project = copy_what_runs(tmp_path / "project")
    break_it(project)
    with guide(tmp_path, {}, project) as (address, _):
        health = requests.get(f"{address}/chat/health", timeout=5).json()
        assert health["status"] == "degraded"
        assert BROKEN[break_it] in " ".join(health["reasons"])
        assert requests.get(f"{address}/chat/", timeout=5).status_code == 200
        assert say(address, text=DANGER)["emergency"] is True
        said = say(address, text="what is abuse")
        assert answers(said) == ["service_problem"]
        assert "999" in str(said)


def test_a_damaged_reader_of_other_languages_leaves_english_and_danger_in_all(tmp_path: Path) -> None:
    project = copy_what_runs(tmp_path / "project")
    damage_the_reader(project)
    with guide(tmp_path, {}, project) as (address, _):
        health = requests.get(f"{address}/chat/health", timeout=5).json()
        assert health["status"] == "degraded"
        assert "other languages is missing, damaged" in " ".join(health["reasons"])
        assert answers(say(address, text="what is abuse")) == ["what_is_abuse"]
        for danger in (DANGER, "ele está a bater-me agora"):
            assert say(address, text=danger)["emergency"] is True


@pytest.mark.proof  # needs faketime
def test_a_clock_that_is_set_back_and_forth_costs_nobody_an_answer(tmp_path: Path) -> None:
    if not FAKETIME:
        pytest.fail("make prove needs faketime: apt-get install faketime.")
    clock = tmp_path / "clock"
    clock.write_text("+0")
    own = {
        "LD_PRELOAD": str(FAKETIME[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with guide(tmp_path, {**own, "GUIDE_RATE_LIMIT": "10/minute"}) as (address, _):
        for moved in ("+0", "+1d", "-1d", "+400d", "+0"):
            clock.with_suffix(".new").write_text(moved)
            os.replace(clock.with_suffix(".new"), clock)
            first = say(address, choice="principles")
            assert answers(first) == ["principles"], moved
            for _ in range(3):
                again = say(address, text=REPEAT, conversation=str(first["conversation"]))
                assert answers(again) == ["principles"], moved
            assert say(address, text=DANGER, conversation=str(first["conversation"]))["emergency"] is True
        again = say(address, text="say that again", conversation=str(first["conversation"]))
        assert again["conversation"] == first["conversation"]
