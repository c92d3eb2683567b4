"""The chat contract over HTTP: good requests, bad ones, and what always comes back."""

from __future__ import annotations

import json
import re
import secrets
from urllib.parse import urlsplit

import psutil
import pytest
import requests

pytestmark = pytest.mark.server

CONVERSATION = re.compile(r"[a-z0-9]{1,16}-[0-9a-f]{32}")


def post(guide_url, body, **headers):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return requests.post(f"{guide_url}/chat/messages", data=data, headers=headers, timeout=10)


def refused(reply, status, code=None):
    assert reply.status_code == status, reply.text
    body = reply.json()
    assert {contact["id"] for contact in body["contacts"]} >= {"emergency", "spor", "police"}
    assert body["error"]["message"]
    assert code in (None, body["error"]["code"])
    assert "Traceback" not in reply.text


def test_the_reply_has_the_form_of_the_contract(guide_url):
    body = post(guide_url, {"text": "what is abuse"}).json()
    assert set(body) == {"conversation", "emergency", "easy_read", "language", "messages"}
    assert CONVERSATION.fullmatch(body["conversation"])
    assert body["language"] == "en"
    message = body["messages"][0]
    assert set(message) == {"answer", "text", "sentences", "contacts", "choices"}
    assert set(message["contacts"][0]) == {"id", "name", "phone", "url"}
    assert set(message["choices"][0]) == {"id", "label"}
    assert len(message["choices"]) <= 4


def test_what_is_sent_again_under_its_name_gets_the_same_reply_and_is_one_turn(guide_url):
    sending = {"Guide-Sending": f"page-{secrets.token_hex(16)}"}
    first = post(guide_url, {"choice": "report_start"}, **sending).json()
    assert post(guide_url, {"choice": "report_start"}, **sending).json() == first
    answered = {"conversation": first["conversation"], "choice": "report_danger_no"}
    second = [post(guide_url, answered, **{"Guide-Sending": f"page-{2:032x}"}).json() for _ in range(2)]
    assert second[0] == second[1]
    without_a_name = post(guide_url, {"choice": "report_start"}).json()
    assert without_a_name["conversation"] != first["conversation"]


def test_easy_read_has_sentences_with_pictures_and_at_most_three(guide_url):
    message = post(guide_url, {"text": "what is abuse", "easy_read": True}).json()["messages"][0]
    assert 1 <= len(message["sentences"]) <= 3
    assert message["text"] == " ".join(sentence["text"] for sentence in message["sentences"])
    picture = next(sentence["picture"] for sentence in message["sentences"] if sentence["picture"])
    drawing = requests.get(guide_url + picture["src"], timeout=5)
    assert picture["alt"]
    assert drawing.headers["Content-Type"] == "image/svg+xml"


def test_a_language_that_is_not_offered_falls_back_to_english(guide_url):
    assert post(guide_url, {"text": "what is abuse", "language": "xx"}).json()["language"] == "en"


@pytest.mark.parametrize("made_up", ["one-" + "0" * 32, "x", "../../etc", "", None, 7, {"a": 1}])
def test_a_made_up_conversation_gets_a_fresh_one(guide_url, made_up):
    body = post(guide_url, {"conversation": made_up, "text": "what is abuse"}).json()
    assert CONVERSATION.fullmatch(body["conversation"])
    assert body["conversation"] != made_up


def test_the_header_names_the_conversation(guide_url):
    first = post(guide_url, {"text": "what is safeguarding"}).json()
    second = post(guide_url, {"text": "say that again"}, **{"Guide-Conversation": first["conversation"]}).json()
    assert second["conversation"] == first["conversation"]
    assert second["messages"][0]["answer"] == "what_is_safeguarding"


def test_a_forgotten_conversation_is_gone(guide_url):
    first = post(guide_url, {"text": "what is safeguarding"}).json()["conversation"]
    gone = requests.delete(f"{guide_url}/chat/conversations", headers={"Guide-Conversation": first}, timeout=5)
    assert gone.status_code == 204
    assert post(guide_url, {"conversation": first, "text": "say that again"}).json()["conversation"] != first


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0\u2003", "\u200b", "/", " / / ", "\x00\x07"])
def test_blank_text_is_answered_kindly(guide_url, blank):
    body = post(guide_url, {"text": blank}).json()
    assert body["messages"][0]["answer"] == "not_understood"
    assert body["messages"][0]["contacts"]


@pytest.mark.parametrize(
    "command", ["/restart", " /restart", "\u00a0/ask_privacy", "\u200b/ask_privacy", "//ask_privacy", "/ /tell_emergency", "\x00/back"]
)
def test_a_slash_is_never_a_command(guide_url, command):
    body = post(guide_url, {"text": command}).json()
    assert body["messages"]
    assert body["messages"][0]["text"]


def test_a_command_behind_a_slash_does_not_forget_the_conversation(guide_url):
    first = post(guide_url, {"text": "what is safeguarding"}).json()["conversation"]
    post(guide_url, {"conversation": first, "text": "\u00a0/restart"})
    again = post(guide_url, {"conversation": first, "text": "easy read please"}).json()
    assert again["conversation"] == first


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 10_000, b"7"], ids=range(8))
def test_malformed_json_is_refused_with_the_contacts(guide_url, body):
    refused(post(guide_url, body), 400, "not_json")


@pytest.mark.parametrize("text", [7, True, [], {}, ["he has a knife"]])
def test_text_of_the_wrong_type_is_refused(guide_url, text):
    refused(post(guide_url, {"text": text}), 400, "wrong_type")


@pytest.mark.parametrize("body", [{}, {"text": "a", "choice": "privacy"}, {"conversation": "x"}, {"text": None}])
def test_both_or_neither_of_text_and_choice_is_refused(guide_url, body):
    refused(post(guide_url, body), 400, "text_or_choice")


@pytest.mark.parametrize("choice", ["no_such_thing", "", "service_problem", "/restart", "tell_emergency"])
def test_an_unknown_choice_is_refused(guide_url, choice):
    refused(post(guide_url, {"choice": choice}), 400, "unknown_choice")


def test_text_that_is_too_long_is_refused(guide_url):
    refused(post(guide_url, {"text": "a" * 2001}), 413, "too_long")
    assert post(guide_url, {"text": "a " * 1000}).status_code == 200


def test_a_megabyte_is_refused(guide_url):
    refused(post(guide_url, {"text": "a" * 1_000_000}), 413, "too_long")


def test_an_unknown_address_shows_the_contacts(guide_url):
    refused(requests.get(f"{guide_url}/chat/nothing", timeout=5), 404)
    refused(requests.put(f"{guide_url}/chat/messages", timeout=5), 405)


@pytest.mark.parametrize("name", ["..%2fpage.html", "chat.py", "%2e%2e/%2e%2e/config.yml"])
def test_only_listed_files_are_served(guide_url, name):
    assert requests.get(f"{guide_url}/chat/static/{name}", timeout=5).status_code == 404
    assert requests.get(f"{guide_url}/chat/pictures/{name}", timeout=5).status_code == 404


def test_rasas_own_channels_are_off(guide_url):
    for path in ("/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse"):
        assert requests.post(guide_url + path, json={"message": "hi"}, timeout=5).status_code == 404
    for path in ("/", "/version", "/status", "/docs"):
        reply = requests.get(guide_url + path, timeout=5)
        assert reply.status_code == 404
        assert "Rasa" not in reply.text


def test_health_tells_that_it_is_ready(guide_url):
    assert requests.get(f"{guide_url}/chat/health", timeout=5).json()["status"] == "ready"


def test_every_reply_forbids_keeping_and_framing(guide_url):
    """But by the one site that tests/conftest.py lets in."""
    for reply in (requests.get(f"{guide_url}/chat/", timeout=5), post(guide_url, {"text": "hello"}), post(guide_url, b"{")):
        assert reply.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
        assert "frame-ancestors https://board.test" in reply.headers["Content-Security-Policy"]
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in reply.headers


def test_both_servers_listen_to_this_machine_alone(guide_url: str) -> None:
    listening = [place for place in psutil.net_connections("tcp") if place.status == psutil.CONN_LISTEN]
    server = next(place.pid for place in listening if place.laddr.port == urlsplit(guide_url).port)
    supervisor = psutil.Process(server).parent()
    assert supervisor is not None
    family = {process.pid for process in supervisor.children(recursive=True)}
    places = [place.laddr for place in listening if place.pid in family]
    assert {place.ip for place in places} == {"127.0.0.1"}
    assert len({place.port for place in places}) == 2


def test_the_guide_tells_its_release_in_health_and_when_it_is_asked_about_itself(guide_url: str) -> None:
    released = requests.get(f"{guide_url}/chat/health", timeout=10).json()["released"]
    assert released
    assert released in post(guide_url, {"text": "who made this guide"}).json()["messages"][0]["text"]


def test_a_wrong_address_shows_a_browser_the_page_with_the_numbers(guide_url: str) -> None:
    reply = requests.get(f"{guide_url}/chat/nowhere", headers={"Accept": "text/html"}, timeout=10)
    assert reply.status_code == 404
    assert "There is nothing at this address" in reply.text
    assert 'href="tel:999"' in reply.text
    refused(requests.get(f"{guide_url}/chat/nowhere", timeout=10), 404, "not_found")
