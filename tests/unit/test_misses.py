"""What could not be answered is counted by topics: what counts, what does not, and that no words and no hand-off are with it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from safeguarding.content import CONTENT_DIR, load_content
from safeguarding.escalation import NEAREST, EscalationError, Tally, iso_week
from safeguarding.misses import Offer, is_missed, miss_tallies, nearest_topic, refused, topic_of
from safeguarding.report import write_report
from safeguarding.reports import Period
from safeguarding.retention import roll_up
from safeguarding.settings import Settings
from safeguarding.store import UNWRITABLE, EscalationStore

CONTENT = load_content()
ANSWERS = {answer.intent: answer.id for answer in CONTENT.answers.values() if answer.intent}


def test_every_folder_of_answers_is_on_the_closed_list() -> None:
    assert {path.name for path in (CONTENT_DIR / "answers").iterdir() if path.is_dir()} <= NEAREST


@pytest.mark.parametrize(
    ("intent", "given", "missed"),
    [
        ("nlu_fallback", ["not_understood"], True),
        ("nlu_fallback", ["human"], True),
        ("ask_human", ["human"], False),
        ("ask_out_of_scope", ["out_of_scope"], True),
        ("unsure_between_two", ["which_one"], False),
        ("ask_privacy", ["privacy"], False),
        ("ask_signs_of_this", ["not_understood"], True),
    ],
)
def test_a_message_without_an_answer_of_its_own_is_missed(intent: str, given: list[str], missed: bool) -> None:
    assert is_missed(intent, given) is missed


@pytest.mark.parametrize(
    ("likeliest", "topic"),
    [
        (["nlu_fallback", "ask_abuse_financial", "ask_privacy"], "abuse"),
        (["out_of_scope", "ask_privacy"], "talk"),
        (["an_intent_of_nobody"], "none"),
        ([], "none"),
    ],
)
def test_the_nearest_topic_is_that_of_the_likeliest_answer(likeliest: list[str], topic: str) -> None:
    assert nearest_topic(likeliest, ANSWERS, CONTENT.folders) == topic


def test_a_folder_that_is_new_counts_as_a_newer_topic() -> None:
    assert topic_of("bees", {"bees": "beekeeping"}) == "other"
    assert topic_of(None, CONTENT.folders) == "none"


@pytest.mark.parametrize(
    ("before", "given", "found"),
    [
        (["which_one", "greet"], ["privacy"], ["msp", "about"]),
        (["which_one"], ["msp"], []),
        (["which_one"], ["about", "emergency"], []),
        (["greet", "which_one"], ["privacy"], []),
        ([], ["privacy"], []),
    ],
)
def test_an_offer_that_was_not_taken_is_refused(before: list[str], given: list[str], found: list[str]) -> None:
    assert refused(Offer(before, ["msp", "about"]), given) == found


def test_only_topics_are_tallied_and_each_once_for_a_turn() -> None:
    found = miss_tallies("2026-W48", "abuse", ["msp", "principles", "about"], CONTENT.folders)
    assert found == [Tally("2026-W48", "missed", "abuse"), Tally("2026-W48", "refused", "principles"), Tally("2026-W48", "refused", "talk")]
    assert miss_tallies("2026-W48", None, [], CONTENT.folders) == []
    with pytest.raises(EscalationError):
        Tally("2026-W48", "missed", "what somebody typed")


def test_misses_reach_the_report_alone_and_outlive_the_rows(tmp_path: Path) -> None:
    settings = Settings(guide_data_dir=str(tmp_path))
    store = EscalationStore(settings)
    day = date(2026, 10, 15)
    for topic, count in (("abuse", 40), ("talk", 12), ("none", 9), ("other", 5)):
        for _ in range(count):
            assert store.tally([Tally(iso_week(day), "missed", topic)])
    store.carry_over()
    assert store.count() == 0, "a miss is no hand-off"
    period = Period("2026-10", "2026-10")
    page, sheet = write_report(settings, period, tmp_path / "first")
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert "missed,Kinds and signs of abuse,2026-10,40,messages without an answer" in lines
    assert "missed,The guide itself,2026-10,10,messages without an answer" in lines
    assert "missed,None came near,2026-10,[c],messages without an answer" in lines
    assert "could not answer" in page.read_text("utf-8")
    roll_up(store.engine, 90, today=date(2027, 10, 15))
    assert write_report(settings, period, tmp_path / "second")[1].read_text() == sheet.read_text()
    store.close()


def test_a_full_disk_costs_neither_the_count_nor_the_answer(tmp_path: Path) -> None:
    store = EscalationStore(Settings(guide_data_dir=str(tmp_path)))
    place, store._tallies._waiting = store._tallies._waiting, Path("/proc/nowhere/tallies.jsonl")
    assert store.tally([Tally("2026-W48", "missed", "abuse")])
    assert (store.faults, store.trouble()) == (1, [UNWRITABLE])
    store._tallies._waiting = place
    assert store.trouble() == []
    assert json.loads(place.read_text()) == {"week": "2026-W48", "attribute": "missed", "value": "abuse"}
    store.close()
