"""What the guide could not answer is counted by the running guide, by topics and by the week: asked over HTTP, read in its database."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from rasa.core.channels.channel import UserMessage
from sqlalchemy import select

from benchmarks.running import running_guide
from bot.guide import Guide
from bot.incoming import Incoming
from bot.turn import Turn
from safeguarding.database import weekly_counts
from safeguarding.messages import compose
from safeguarding.misses import Offer
from safeguarding.settings import ROOT, Settings
from safeguarding.store import EscalationStore

CARRIED_WITHIN = 20
"""Seconds; the action server carries over every two."""

DATA = "var/misses"
SETTINGS = Settings(guide_data_dir=DATA)


@pytest.fixture(scope="module")
def url(trained_model: object) -> Iterator[str]:
    """A guide with a record of its own."""
    with running_guide(GUIDE_DATA_DIR=DATA) as guide:
        EscalationStore(SETTINGS).prepare()
        yield guide.url
    shutil.rmtree(ROOT / DATA)


def ask(url: str, text: str) -> list[str]:
    reply = requests.post(f"{url}/chat/messages", json={"text": text}, timeout=20).json()
    return [message["answer"] for message in reply["messages"]]


def counts(settings: Settings = SETTINGS) -> dict[str, int]:
    """How often each kind of miss stands in the database."""
    found: dict[str, int] = {}
    with EscalationStore(settings).engine.connect() as connection:
        for row in connection.execute(select(weekly_counts)).mappings():
            if row["attribute"] in ("missed", "refused"):
                found[row["attribute"]] = found.get(row["attribute"], 0) + row["count"]
    return found


def counts_soon(kind: str, least: int) -> dict[str, int]:
    started = time.monotonic()
    while counts().get(kind, 0) < least and time.monotonic() - started < CARRIED_WITHIN:
        time.sleep(0.5)
    return counts()


@pytest.mark.server
def test_a_question_that_nothing_here_answers_is_one_miss(url: str) -> None:
    before = counts().get("missed", 0)
    assert ask(url, "what is abuse") == ["what_is_abuse"], "what is answered is no miss"
    assert ask(url, "book me a taxi") == ["out_of_scope"]
    assert counts_soon("missed", before + 1).get("missed", 0) == before + 1


def test_two_answers_that_were_offered_and_not_taken_are_refused(tmp_path: Path) -> None:
    """No model asks back often enough to be asked over HTTP; this is the rest of the way, from the turn to the database."""
    settings = Settings(guide_data_dir=str(tmp_path))
    guide, turn = Guide(settings), Turn("one-1", easy_read=False, danger=False)
    turn.composed = [compose(guide.content, guide.content.answers["thanks"], easy_read=False)]
    message = UserMessage("thank you")
    message.parse_data = {"intent": {"name": "thanks"}}
    guide._note_what_was_missed(turn, message, Offer(["which_one"], ["msp", "abuse_financial"]))
    incoming = Incoming(conversation=None, text="thank you", choice=None, easy_read=None, channel="page")
    guide._count(incoming, turn, b"secret", shared=False)
    guide.store.prepare()
    guide.store.carry_over()
    assert counts(settings) == {"refused": 2}
