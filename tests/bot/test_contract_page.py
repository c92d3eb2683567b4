"""The guide asked everything that its own description allows, and more: never 5xx, never an empty reply."""

from __future__ import annotations

import pytest
import requests
import schemathesis
from contract_fields import undescribed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from bot.contract_page import describe
from safeguarding.content import load_content
from safeguarding.hard_words import GLOSSARY

pytestmark = [pytest.mark.model, pytest.mark.server]
"""What needs no guide is in test_contract_fields.py."""

ANY_PACE = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def nothing_breaks(guide_url):
    """A fault is answered with the contacts and status 200; its counter tells it."""
    before = _sample(guide_url, "guide_faults_total")
    yield
    assert _sample(guide_url, "guide_faults_total") == before


@pytest.fixture(scope="session")
def contract(guide_url):
    description = requests.get(f"{guide_url}/chat/openapi.json", timeout=10).json()
    assert description == describe(2000)
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=guide_url)
    return schema


contract_of_the_guide = schemathesis.pytest.from_fixture("contract")


@contract_of_the_guide.parametrize()
@ANY_PACE
def test_every_request_that_the_contract_allows_is_answered_as_it_says(case):
    reply = case.call(timeout=20)
    assert reply.status_code < 500
    case.validate_response(reply, checks=[schemathesis.checks.not_a_server_error])
    if case.method.upper() == case.operation.method.upper():  # other methods are refused, which the description need not say
        case.operation.validate_response(reply)


@given(text=st.text(max_size=2000))
@ANY_PACE
def test_any_text_at_all_gets_words_back(guide_url, text):
    reply = requests.post(f"{guide_url}/chat/messages", json={"text": text}, timeout=20)
    assert reply.status_code == 200
    messages = reply.json()["messages"]
    assert messages
    assert all(message["text"].strip() for message in messages)
    assert "service_problem" not in {message["answer"] for message in messages}


LANGUAGES = st.sampled_from(["en", "pt", "pl", "fr", "ro"])


@given(texts=st.lists(st.text(max_size=200), min_size=1, max_size=5), easy=st.booleans(), language=LANGUAGES, path=st.booleans())
@ANY_PACE
def test_any_texts_in_one_conversation_get_words_back_in_every_reading_and_language(guide_url, texts, easy, language, path):
    conversation = None
    for said in ([{"choice": "report_start"}] if path else []) + [{"text": text} for text in texts]:
        body = {**said, "conversation": conversation, "easy_read": easy, "language": language}
        reply = requests.post(f"{guide_url}/chat/messages", json=body, timeout=20)
        assert reply.status_code == 200
        messages, conversation = reply.json()["messages"], reply.json()["conversation"]
        assert messages
        assert all(message["text"].strip() for message in messages)
        assert "service_problem" not in {message["answer"] for message in messages}
        assert undescribed(reply.json(), "Reply") == []


def test_who_is_still_there_is_told_whether_the_conversation_is_kept(guide_url):
    known = requests.post(f"{guide_url}/chat/messages", json={"text": "hello"}, timeout=20).json()["conversation"]
    for conversation, kept in ((known, True), ("one-" + "0" * 32, False)):
        reply = requests.put(f"{guide_url}/chat/conversations", headers={"Guide-Conversation": conversation}, timeout=10)
        assert reply.json() == {"kept": kept}
        assert undescribed(reply.json(), "Kept") == []


@given(body=st.binary(max_size=300))
@ANY_PACE
def test_any_bytes_at_all_get_a_reply_with_the_contacts(guide_url, body):
    reply = requests.post(f"{guide_url}/chat/messages", data=body, timeout=20)
    assert reply.status_code in (200, 400, 413)
    if reply.status_code != 200:
        assert "999" in {contact["phone"] for contact in reply.json()["contacts"]}


def test_metrics_count_and_hold_nothing_personal(guide_url):
    said = "is it anonymous if I report a marmalade thief"
    before = _sample(guide_url, "guide_messages_total", kind="text")
    conversation = requests.post(f"{guide_url}/chat/messages", json={"text": said}, timeout=20).json()["conversation"]
    page = requests.get(f"{guide_url}/metrics", timeout=10)
    assert page.headers["content-type"].startswith("text/plain")
    assert _sample(guide_url, "guide_messages_total", kind="text") == before + 1
    assert "marmalade" not in page.text
    assert conversation not in page.text
    known = {answer.public_id for answer in load_content().answers.values()} | {GLOSSARY}
    labels = {sample.labels["answer"] for sample in _samples(page.text) if "answer" in sample.labels}
    assert labels
    assert labels <= known


def test_each_kind_of_counter_moves_with_what_it_counts(guide_url):
    counters = {
        "guide_hand_offs_total": {"route": "spor"},
        "guide_fallbacks_total": {"answer": "not_understood"},
        "guide_answers_total": {"answer": "emergency"},
        "guide_emergencies_total": {},
        "guide_reply_seconds_count": {},
    }
    before = {name: _sample(guide_url, name, **labels) for name, labels in counters.items()}
    for said in ({"choice": "how_to_report"}, {"text": ""}, {"text": "he is hitting me right now"}):
        assert requests.post(f"{guide_url}/chat/messages", json=said, timeout=20).status_code == 200
    after = {name: _sample(guide_url, name, **labels) for name, labels in counters.items()}
    assert {name: after[name] - before[name] for name in counters} == {**dict.fromkeys(counters, 1), "guide_reply_seconds_count": 3}
    assert _sample(guide_url, "guide_spool_lines") >= 0


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_metrics_are_not_there_for_anybody_who_comes_through_a_proxy(guide_url, header):
    assert requests.get(f"{guide_url}/metrics", headers={header: "203.0.113.5"}, timeout=10).status_code == 404


def test_refusals_are_counted_by_code(guide_url):
    before = _sample(guide_url, "guide_refusals_total", code="text_or_choice")
    requests.post(f"{guide_url}/chat/messages", json={}, timeout=10)
    assert _sample(guide_url, "guide_refusals_total", code="text_or_choice") == before + 1


def _samples(page):
    return [sample for family in text_string_to_metric_families(page) for sample in family.samples]


def _sample(guide_url, name, **labels):
    page = requests.get(f"{guide_url}/metrics", timeout=10).text
    found = [sample.value for sample in _samples(page) if sample.name == name and sample.labels == labels]
    assert found or labels, f"there is no {name}"  # one with labels is there once it has counted
    return found[0] if found else 0
