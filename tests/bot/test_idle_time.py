"""Idle conversations over HTTP: staying, and starting afresh, with a guide that forgets after three seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from benchmarks.running import running_guide

pytestmark = pytest.mark.server

IDLE_SECONDS = 3.0


@pytest.fixture(scope="module")
def hasty_url(trained_model: object) -> Iterator[str]:
    with running_guide(GUIDE_IDLE_MINUTES=str(IDLE_SECONDS / 60)) as guide:
        yield guide.url


def say(url: str, conversation: str | None, **message: Any) -> dict[str, Any]:
    reply = requests.post(f"{url}/chat/messages", json={"conversation": conversation, **message}, timeout=10)
    assert reply.status_code == 200
    return dict(reply.json())


def answers(reply: dict[str, Any]) -> list[str]:
    return [message["answer"] for message in reply["messages"]]


def choices(reply: dict[str, Any]) -> list[str]:
    return [choice["id"] for choice in reply["messages"][-1]["choices"]]


def keep_on(url: str, conversation: str) -> bool:
    reply = requests.put(f"{url}/chat/conversations", headers={"Guide-Conversation": conversation}, timeout=10)
    assert reply.status_code == 200
    return bool(reply.json()["kept"])


def begin_path_and_wait(url: str) -> str:
    conversation = say(url, None, choice="report_start")["conversation"]
    time.sleep(IDLE_SECONDS + 0.5)
    return str(conversation)


def test_the_next_message_is_answered_and_told_that_it_starts_afresh_with_the_path_offered(hasty_url: str) -> None:
    old = begin_path_and_wait(hasty_url)
    reply = say(hasty_url, old, text="what is neglect?")
    assert answers(reply) == ["abuse_neglect", "started_afresh"]
    assert choices(reply)[0] == "report_start"
    assert len(choices(reply)) <= 4
    assert reply["conversation"] != old
    assert answers(say(hasty_url, reply["conversation"], text="say that again")) == ["abuse_neglect"]


def test_a_question_of_the_path_stays_the_newest_message(hasty_url: str) -> None:
    reply = say(hasty_url, begin_path_and_wait(hasty_url), choice="report_start")
    assert answers(reply) == ["started_afresh", "report_danger"]
    assert choices(reply)[0] == "report_danger_yes"


def test_it_goes_on_in_the_language_of_the_page(hasty_url: str) -> None:
    old = begin_path_and_wait(hasty_url)
    assert say(hasty_url, old, choice="what_is_abuse", shown_in="pl")["language"] == "pl"
    assert say(hasty_url, old, choice="what_is_abuse", shown_in="no such language")["language"] == "en"
    assert say(hasty_url, old, text="What is neglect and who do I tell about it?", shown_in="pl")["language"] == "en", "the words decide"


def test_danger_leads_alone_after_a_forgotten_chat(hasty_url: str) -> None:
    reply = say(hasty_url, begin_path_and_wait(hasty_url), text="he is hitting me right now")
    assert answers(reply) == ["emergency"]


def test_in_easy_read_more_of_the_answer_can_still_be_had(hasty_url: str) -> None:
    reply = say(hasty_url, begin_path_and_wait(hasty_url), text="what is neglect?", easy_read=True)
    assert choices(reply)[:2] == ["more", "report_start"]
    assert answers(say(hasty_url, reply["conversation"], choice="more")) == ["abuse_neglect"]


def test_who_stays_keeps_the_place_on_the_path(hasty_url: str) -> None:
    conversation = say(hasty_url, None, choice="report_start")["conversation"]
    for _ in range(2):
        time.sleep(IDLE_SECONDS * 0.7)
        assert keep_on(hasty_url, conversation)
    time.sleep(IDLE_SECONDS * 0.7)
    assert answers(say(hasty_url, conversation, text="no")) == ["report_for_whom"]


def test_a_forgotten_or_made_up_conversation_cannot_be_kept_on(hasty_url: str) -> None:
    assert not keep_on(hasty_url, begin_path_and_wait(hasty_url))
    assert not keep_on(hasty_url, "one-" + "0" * 32)
    assert not keep_on(hasty_url, "my words")


def test_who_begins_anew_hears_nothing_of_it(hasty_url: str) -> None:
    assert answers(say(hasty_url, None, text="what is neglect?")) == ["abuse_neglect"]
