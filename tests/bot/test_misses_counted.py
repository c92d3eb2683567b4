"""What the guide could not answer is counted by the running guide, by topics and by the week: asked over HTTP, read in its database."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import select

from benchmarks.running import running_guide
from safeguarding.database import weekly_counts
from safeguarding.settings import ROOT, Settings
from safeguarding.store import EscalationStore

pytestmark = pytest.mark.server

CLOSE_CALLS = (
    "who decides",
    "advocate or care home",
    "rights",
    "carers",
    "online page",
    "help for staff",
    "what about privacy or reporting",
    "law",
)
"""Words that may mean two things. Which of them the model takes so changes with its examples; one of them is enough."""

CARRIED_WITHIN = 20
"""Seconds; the action server carries over every two."""

DATA = "var/misses"


@pytest.fixture(scope="module")
def url(trained_model: object) -> Iterator[str]:
    """A guide with a record of its own."""
    with running_guide(GUIDE_DATA_DIR=DATA) as guide:
        EscalationStore(Settings(guide_data_dir=DATA)).prepare()
        yield guide.url
    shutil.rmtree(ROOT / DATA)


def ask(url: str, text: str, conversation: str | None = None) -> tuple[list[str], str]:
    body = {"text": text} | ({"conversation": conversation} if conversation else {})
    reply = requests.post(f"{url}/chat/messages", json=body, timeout=20).json()
    return [message["answer"] for message in reply["messages"]], str(reply["conversation"])


def counts() -> dict[str, int]:
    """How often each kind of miss stands in the database."""
    found: dict[str, int] = {}
    with EscalationStore(Settings(guide_data_dir=DATA)).engine.connect() as connection:
        for row in connection.execute(select(weekly_counts)).mappings():
            if row["attribute"] in ("missed", "refused"):
                found[row["attribute"]] = found.get(row["attribute"], 0) + row["count"]
    return found


def counts_soon(kind: str, least: int) -> dict[str, int]:
    started = time.monotonic()
    while counts().get(kind, 0) < least and time.monotonic() - started < CARRIED_WITHIN:
        time.sleep(0.5)
    return counts()


def test_a_question_that_nothing_here_answers_is_one_miss(url: str) -> None:
    before = counts().get("missed", 0)
    assert ask(url, "what is abuse")[0] == ["what_is_abuse"], "what is answered is no miss"
    assert ask(url, "book me a taxi")[0] == ["out_of_scope"]
    assert counts_soon("missed", before + 1).get("missed", 0) == before + 1


def test_two_answers_that_were_offered_and_not_taken_are_refused(url: str) -> None:
    before = counts().get("refused", 0)
    asked = ((text, *ask(url, text)) for text in CLOSE_CALLS)
    offered = [conversation for _, answers, conversation in asked if answers[:1] == ["which_one"]]
    assert offered, "none of these words is a close call now: write down one that is"
    ask(url, "thank you", offered[0])
    assert counts_soon("refused", before + 1).get("refused", 0) > before
