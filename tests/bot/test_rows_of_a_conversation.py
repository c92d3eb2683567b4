"""What one conversation leaves in the record: one row for each service and topic, however often it is said, whatever fails meanwhile."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests
from servers import actions_process, guide, stopped

from safeguarding.settings import Settings
from safeguarding.store import EscalationStore

TO_SAYS_NO = ("report_start", "report_danger_no", "report_for_whom_adult", "report_harm_no", "report_staff_no", "report_consent_no")
TO_CRIME = ("report_start", "report_danger_no", "report_for_whom_adult", "report_harm_yes", "report_staff_no", "report_consent_yes")
FLOOD = 30


class Talk:
    """One conversation; what it was answered with."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.conversation: str | None = None

    def choose(self, *choices: str) -> list[str]:
        """Press one button after the other; the answers to the last."""
        return [self.send(choice=choice) for choice in choices][-1]

    def send(self, **message: Any) -> list[str]:
        reply = requests.post(f"{self.address}/chat/messages", json={"conversation": self.conversation, **message}, timeout=20).json()
        self.conversation = reply["conversation"]
        return [said["answer"] for said in reply["messages"]]


@pytest.mark.server
def test_the_path_leaves_one_row_for_each_card_and_a_flood_leaves_no_more(tmp_path: Path) -> None:
    with guide(tmp_path, {}) as (address, supervisor):
        talk = Talk(address)
        assert talk.choose(*TO_SAYS_NO) == ["report_card_says_no"]
        assert rows(tmp_path) == {("spor", "none"): 1}
        assert talk.send(text="say that again please") == ["report_card_says_no"]
        assert talk.choose("easy_read_on")[-1] == "report_card_says_no"
        assert talk.choose("report_back", "report_consent_yes") == ["report_card_other"]
        assert rows(tmp_path) == {("spor", "none"): 1}, "another card with the same door is the same hand-off"
        assert talk.choose(*TO_CRIME) == ["report_card_crime"]
        assert talk.choose("report_back", "report_consent_not_sure") == ["report_card_crime"]
        both = {("spor", "none"): 1, ("police", "none"): 1}
        assert rows(tmp_path) == both
        for _ in range(FLOOD):
            assert talk.choose("how_to_report") == ["how_to_report"]
            assert talk.send(text="he is hitting me right now", easy_read=False)[0] == "emergency"
        told = {**both, ("emergency", "none"): 1}
        assert rows(tmp_path) == told
        with stopped([actions_process(supervisor)]):
            assert "how_to_report" in talk.choose("how_to_report")
            assert "police_non_emergency" in talk.choose("police_non_emergency")
            assert "cannot_phone" in talk.choose("cannot_phone")
        assert rows(tmp_path) == {**told, ("concerns_form", "none"): 1}, "the action server decides nothing that counts"
        assert weekly(tmp_path, "for_whom") == len(told) + 1
        other = Talk(address)
        other.choose("how_to_report")
        assert rows(tmp_path)[("spor", "none")] == 2, "somebody else's hand-off is another"


def rows(folder: Path) -> dict[tuple[str, str], int]:
    """The rows in the database, once nothing waits on disk any more."""
    store = EscalationStore(Settings(guide_data_dir=str(folder / "data")))
    until = time.monotonic() + 20
    while store.waiting() and time.monotonic() < until:
        store.carry_over()
        time.sleep(0.1)
    store.close()
    with sqlite3.connect(folder / "data" / "escalations.db") as connection:
        found = Counter(connection.execute("select route, topic from escalations").fetchall())
    connection.close()
    return dict(found)


def weekly(folder: Path, attribute: str) -> int:
    """How many hand-offs one of the weekly counts adds up to."""
    with sqlite3.connect(folder / "data" / "escalations.db") as connection:
        (count,) = connection.execute("select sum(count) from weekly_counts where attribute = ?", (attribute,)).fetchone()
    connection.close()
    return int(count)
