"""Facts are tested: the questions of facts.yml, asked of the real guide in plain words and in easy read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from safeguarding.content import Answer, load_content

CONTENT = load_content()


def filled(value: Any) -> Any:
    """The table with each [[contact.phone]] as `content/contacts.yml` has it; a name that stands for nothing is refused there."""
    if isinstance(value, dict):
        return {key: filled(part) for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part) for part in value]
    return CONTENT.fill(value) if isinstance(value, str) and NAMES_A_NUMBER.search(value) else value


NAMES_A_NUMBER = re.compile(r"\[\[\w+\.\w+\]\]")
DATA = filled(yaml.safe_load((Path(__file__).parent / "facts.yml").read_text(encoding="utf-8")))
FACTS: list[dict[str, Any]] = DATA["facts"]
ASKED = [fact for fact in FACTS if "ask" in fact]
SAID_BY_ITSELF = [fact for fact in FACTS if "ask" not in fact]
MOST_PARTS = 12
CAN_BE_ASKED = [answer for answer in CONTENT.answers.values() if answer.kind in ("question", "telling")]
IDS = [answer.public_id for answer in CAN_BE_ASKED]
SHARING = [answer.id for answer in CAN_BE_ASKED if IDS.count(answer.public_id) > 1]
"""The answers that somebody can ask for and that come under one id."""


def stands(wanted: str, text: str) -> bool:
    """Whether a text, or a pattern between slashes, is in the words."""
    pattern = wanted[1:-1] if wanted.startswith("/") and wanted.endswith("/") else re.escape(wanted)
    return re.search(pattern, " ".join(text.split()), re.IGNORECASE) is not None


def ask(url: str, **body: Any) -> dict[str, Any]:
    reply = requests.post(f"{url}/chat/messages", json=body, timeout=20)
    assert reply.status_code == 200
    found: dict[str, Any] = reply.json()
    return found


def words_of(reply: dict[str, Any], answer: str) -> str:
    return " ".join(message["text"] for message in reply["messages"] if message["answer"] == shown(answer))


def shown(answer: str) -> str:
    """The id under which an answer is sent: a special case, as those after the advice to call 999, has the id of the general one."""
    return CONTENT.answers[answer].public_id


def all_easy_words(url: str, fact: dict[str, Any]) -> str:
    """Every part of the easy reading, as somebody reads it who presses More to the end."""
    reply = ask(url, text=fact["ask"], easy_read=True)
    text = words_of(reply, fact["answer"])
    for _ in range(MOST_PARTS):
        if not any(choice["id"] == "more" for message in reply["messages"] for choice in message["choices"]):
            return text
        reply = ask(url, choice="more", conversation=reply["conversation"])
        text += " " + words_of(reply, fact["answer"])
    raise AssertionError("More never ends.")


def wrong_with(fact: dict[str, Any], text: str, easy: str) -> list[str]:
    """What is missing in the two readings of an answer, and what may not stand there."""
    missing = [wanted for wanted in fact.get("says", []) if not stands(wanted, text)]
    missing += [f"easy: {wanted}" for wanted in fact.get("easy", []) if not stands(wanted, easy)]
    everything = " ".join([text if fact["answer"] != "not_in_jersey" else "", easy])
    never = [*fact.get("never", []), *DATA["everywhere"]["never"]]
    return missing + [f"never: {unwanted}" for unwanted in never if stands(unwanted, everything)]


def stored(answer: Answer) -> tuple[str, str]:
    """Both readings as they stand in `content/`, with the numbers filled in."""
    return CONTENT.fill(answer.standard), " ".join(CONTENT.fill(sentence.say) for sentence in answer.easy_read)


@pytest.mark.server
@pytest.mark.parametrize("fact", ASKED, ids=lambda fact: fact["answer"])
def test_the_answer_tells_the_facts_and_nothing_that_is_not_one(guide_url: str, fact: dict[str, Any]) -> None:
    reply = ask(guide_url, text=fact["ask"])
    assert shown(fact["answer"]) in [message["answer"] for message in reply["messages"]], reply["messages"][0]["answer"]
    text = words_of(reply, fact["answer"])
    easy = all_easy_words(guide_url, fact)
    assert wrong_with(fact, text, easy) == []
    cards = {str(contact[way]) for message in reply["messages"] for contact in message["contacts"] for way in ("phone", "url")}
    assert set(fact.get("cards", [])) <= cards


@pytest.mark.parametrize("fact", SAID_BY_ITSELF, ids=lambda fact: fact["answer"])
def test_what_the_guide_says_by_itself_tells_the_facts(fact: dict[str, Any]) -> None:
    answer = CONTENT.answers[fact["answer"]]
    assert answer.kind == "system", "what somebody can ask for is asked of the real guide"
    assert wrong_with(fact, *stored(answer)) == []


def test_every_fact_has_a_source_that_its_answer_names() -> None:
    for fact in FACTS:
        answer = CONTENT.answers[fact["answer"]]
        named = {*answer.sources, *(CONTENT.contacts[contact].source for contact in answer.contacts)}
        assert fact["source"] in named, (fact["answer"], sorted(named))
        assert fact.get("says") or fact.get("easy"), "a fact that must be told"


def test_every_answer_has_its_facts() -> None:
    assert sorted(set(CONTENT.answers) - {fact["answer"] for fact in FACTS}) == [], (
        "write a fact for each answer: docs/adding-a-topic.md, step 5"
    )


@pytest.mark.parametrize("fact", [fact for fact in ASKED if fact["answer"] in SHARING], ids=lambda fact: fact["answer"])
def test_the_facts_of_an_answer_tell_it_from_those_that_are_shown_under_the_same_id(fact: dict[str, Any]) -> None:
    others = [CONTENT.answers[other] for other in SHARING if other != fact["answer"] and shown(other) == shown(fact["answer"])]
    assert [other.id for other in others if not wrong_with(fact, *stored(other))] == []


def numbers_in_order(text: str) -> list[str]:
    """The contacts whose numbers a text names, but 999, which stands where its condition does."""
    return [name for name in re.findall(r"\[\[(\w+)\.phone\]\]", text) if name != "emergency"]


@pytest.mark.parametrize("answer", [answer for answer in CONTENT.answers.values() if answer.id.startswith("signs_") and answer.shown_as])
def test_the_signs_of_a_kind_of_abuse_lead_to_the_same_door_first_as_the_kind(answer: Answer) -> None:
    kind = CONTENT.answers[str(answer.shown_as)]
    assert answer.contacts[0] == kind.contacts[0]
    assert numbers_in_order(answer.standard)[0] == numbers_in_order(kind.standard)[0]
    first, first_of_kind = (" ".join(sentence.say for sentence in one.easy_read[:3]) for one in (answer, kind))
    assert numbers_in_order(first)[0] == numbers_in_order(first_of_kind)[0]
    assert "[[emergency.phone]]" in first


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("Call 999", "please call\n999 now", True),
        ("/\\b101\\b/", "01534 101 22", True),
        ("/\\b101\\b/", "1010", False),
        ("(Jersey)", "Jersey", False),
    ],
)
def test_a_text_or_a_pattern_is_found(wanted: str, text: str, found: bool) -> None:
    assert stands(wanted, text) is found
