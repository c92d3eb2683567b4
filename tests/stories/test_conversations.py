"""Plays each conversation file against the real guide: what somebody says or chooses, and which answers come.

A step has `says` or `chooses`, and what must come: `answers` (all of them, in order), `first`, `one_of` (the first is one of
these), `last`, `never` (none of these), `emergency`, `easy_read`, `contact` (an id that the first message shows), `offers` (a choice
that the last one offers), `language` (of the reply), `answered_in` (the language of its first message: English where a translation is
missing). `easy_read_field` and `language_field` go into the request.

Special cases of an answer share its id, so `said` names the files of `content/answers/` whose English words came, and `unsaid` those
whose kind words did not. Routes are asserted here, never wording: the words are looked up in the files.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
import yaml

from safeguarding.content import load_content

CONTENT = load_content()
CONVERSATIONS = sorted(Path(__file__).parent.glob("*/*.yml"))
KNOWN = {"says", "chooses", "easy_read_field", "language_field", "language", "answered_in"} | {
    "answers", "first", "one_of", "last", "never", "emergency", "easy_read", "contact", "offers", "said", "unsaid",
}  # fmt: skip


@pytest.mark.server
@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_conversation(path, guide_url):
    steps = yaml.safe_load(path.read_text(encoding="utf-8"))
    conversation = None
    for number, step in enumerate(steps, start=1):
        assert not set(step) - KNOWN, f"step {number} has an unknown field"
        reply = say(guide_url, conversation, step)
        conversation = reply["conversation"]
        check(reply, step, f"step {number} ({step.get('says') or step.get('chooses')})")


def say(guide_url, conversation, step):
    message = {"text": step["says"]} if "says" in step else {"choice": step["chooses"]}
    if "easy_read_field" in step:
        message["easy_read"] = step["easy_read_field"]
    if "language_field" in step:
        message["language"] = step["language_field"]
    reply = requests.post(f"{guide_url}/chat/messages", json={"conversation": conversation, **message}, timeout=10)
    assert reply.status_code == 200, reply.text
    return reply.json()


def check(reply, step, where):
    came = [message["answer"] for message in reply["messages"]]
    bare = [sentence["text"] for message in reply["messages"] for sentence in message["sentences"] if not sentence["picture"]]
    assert not bare, f"{where}: in easy read each sentence has a picture; {bare} have none"
    last = reply["messages"][-1]
    expectations = {
        "answers": lambda wanted: came == wanted,
        "first": lambda wanted: came[0] == wanted,
        "one_of": lambda wanted: came[0] in wanted,
        "last": lambda wanted: came[-1] == wanted,
        "never": lambda wanted: not set(came) & set(wanted),
        "emergency": lambda wanted: reply["emergency"] is wanted,
        "easy_read": lambda wanted: reply["easy_read"] is wanted and all(bool(m["sentences"]) is wanted for m in reply["messages"]),
        "contact": lambda wanted: wanted in {contact["id"] for contact in reply["messages"][0]["contacts"]},
        "language": lambda wanted: reply["language"] == wanted,
        "answered_in": lambda wanted: reply["messages"][0].get("language", "en") == wanted,
        "said": lambda wanted: all(any(is_said(answer, message) for message in reply["messages"]) for answer in wanted),
        "unsaid": lambda wanted: not any(is_kind_in(answer, message) for answer in wanted for message in reply["messages"]),
        "offers": lambda wanted: wanted in {choice["id"] for choice in last["choices"]},
    }
    for name, holds in expectations.items():
        if name in step:
            assert holds(step[name]), f"{where}: {name} should be {step[name]}; came {came}, emergency {reply['emergency']}"


def is_said(name, message):
    """Whether a message holds the words of this file: all of the plain words, or the first part in easy read."""
    answer = CONTENT.answers[name]
    easy = " ".join(CONTENT.fill(sentence.say) for sentence in answer.easy_read[:3])
    return (easy if message["sentences"] else CONTENT.fill(answer.standard)) in message["text"]


def is_kind_in(name, message):
    """Whether a message holds the kind words of this file, which are said once; a file of nothing else is kind as a whole."""
    kind = CONTENT.answers[name].said_once or (CONTENT.answers[name].standard,)
    return any(CONTENT.fill(sentence) in message["text"] for sentence in kind)
