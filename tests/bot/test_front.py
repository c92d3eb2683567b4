"""nginx in front, with the configuration of `deploy/nginx`: each conversation on its server, and the contacts whatever breaks behind it."""

from __future__ import annotations

import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from behind import Behind, Front
from front import NGINX, nginx

from deploy.make_pages import pages
from safeguarding.content import load_content
from safeguarding.settings import ROOT, load_settings

pytestmark = pytest.mark.server

HEX = "0123456789abcdef" * 2
SPOR = str(load_content().contacts["spor"].phone)
CANARY = "canary he hit me in Green Street"


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    behind = {tag: Behind(tag) for tag in ("one", "two")}
    with nginx(tmp_path, {tag: server.port for tag, server in behind.items()}) as (url, certificate):
        yield Front(url, certificate, behind, tmp_path / "nginx")


def the_contacts(reply: requests.Response, status: int) -> None:
    assert reply.status_code == status
    assert {"999", SPOR} <= {contact["phone"] for contact in reply.json()["contacts"]}
    assert reply.json()["error"]["message"]
    assert reply.headers["Cache-Control"] == "no-store"


def test_the_pages_are_those_of_the_content() -> None:
    made = {path.name: path.read_text(encoding="utf-8") for path in (NGINX / "pages").iterdir()}
    assert made == pages(load_settings()), "run python -m deploy.make_pages"


@pytest.mark.parametrize("tag", ["one", "two"])
def test_a_conversation_stays_on_its_server(front: Front, tag: str) -> None:
    assert {front.ask(conversation=f"{tag}-{HEX}").json()["by"] for _ in range(6)} == {tag}
    assert {front.ask(f"/chat/replies/{tag}-{HEX}", "GET").json()["by"] for _ in range(6)} == {tag}
    assert front.ask("/chat/conversations", "DELETE", f"{tag}-{HEX}").json()["by"] == tag


def test_a_form_goes_to_the_server_that_made_its_page_also_when_it_is_pressed_twice(front: Front) -> None:
    for tag in ("one", "two"):
        assert {front.ask(f"/chat/?form={tag}-{HEX}", json=None, data={"text": "hello"}).json()["by"] for _ in range(6)} == {tag}


def test_a_reply_to_a_form_is_fetched_where_it_waits(front: Front) -> None:
    assert {front.ask(f"/chat/replies/two-{HEX}", "GET", f"one-{HEX}").json()["by"] for _ in range(4)} == {"two"}


@pytest.mark.parametrize("conversation", [None, f"three-{HEX}", "one-", "one", f"ONE-{HEX}", f"one-{HEX}x", "../../etc", "one-" + "g" * 32])
def test_who_has_no_server_yet_gets_any(front: Front, conversation: str | None) -> None:
    assert {front.ask(conversation=conversation).json()["by"] for _ in range(8)} == {"one", "two"}


def test_what_is_no_id_goes_no_further(front: Front) -> None:
    front.ask(conversation=CANARY)
    ((*_, headers, _body),) = front.behind["one"].got + front.behind["two"].got
    assert "guide-conversation" not in headers


@pytest.mark.parametrize("gone", ["one", "two"])
def test_a_conversation_moves_when_its_server_is_gone(front: Front, gone: str) -> None:
    other = {"one": "two", "two": "one"}[gone]
    front.behind[gone].refuse()
    replies = [front.ask(conversation=conversation) for conversation in (f"{gone}-{HEX}", f"{other}-{HEX}", None) for _ in range(5)]
    assert [reply.status_code for reply in replies] == [200] * 15
    assert {reply.json()["by"] for reply in replies} == {other}


@pytest.mark.parametrize("manner", ["dies", "hangs"])
def test_a_message_that_was_taken_is_not_sent_to_another_server(front: Front, manner: str) -> None:
    front.behind["one"].manner = manner
    started = time.monotonic()
    the_contacts(front.ask(conversation=f"one-{HEX}"), 503)
    assert time.monotonic() - started < 4
    assert [len(front.behind[tag].got) for tag in ("one", "two")] == [1, 0]


def test_a_server_that_hangs_is_left_after_two_messages(front: Front) -> None:
    front.behind["one"].manner = "hangs"
    threads = [threading.Thread(target=front.ask, kwargs={"conversation": f"one-{HEX}"}) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert front.ask(conversation=f"one-{HEX}").json()["by"] == "two"


def test_the_contacts_come_when_nobody_is_left(front: Front) -> None:
    for server in front.behind.values():
        server.refuse()
    for conversation in (f"one-{HEX}", None):
        the_contacts(front.ask(conversation=conversation), 503)
    page = front.ask("/chat/", "GET")
    assert page.status_code == 503
    assert 'href="tel:999"' in page.text
    assert page.headers["Content-Type"] == "text/html"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    form = front.ask("/chat/", "POST", json=None, data={"text": "hello"})
    assert (form.status_code, form.headers["Location"]) == (303, "/chat/away"), "the browser keeps nothing that the form sent"
    away = front.ask(form.headers["Location"], "GET")
    assert 'href="tel:999"' in away.text
    assert away.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in away.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "place"), [("/", "/chat/"), ("/chat", "/chat/"), ("/chat?language=pl", "/chat/?language=pl")])
def test_who_is_sent_to_the_chat_is_not_sent_to_another_port(front: Front, path: str, place: str) -> None:
    """The port on which nginx listens is not the one that is open to the world."""
    reply = front.ask(path, "GET")
    assert reply.status_code in (301, 308)
    assert reply.headers["Location"] == place


A_BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def the_page_with_the_contacts(reply: requests.Response, status: int) -> None:
    assert reply.status_code == status
    assert reply.headers["Content-Type"] == "text/html"
    assert 'href="tel:999"' in reply.text
    assert SPOR in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


def test_a_browser_that_is_refused_gets_a_page_and_a_program_json(front: Front) -> None:
    the_page_with_the_contacts(front.ask("/somewhere", "GET", headers=A_BROWSER), 404)
    form = front.ask("/chat/", json=None, data=b"x" * 70_000, headers=A_BROWSER)
    assert form.status_code == 303
    the_page_with_the_contacts(front.ask(form.headers["Location"], "GET", headers=A_BROWSER), 200)
    the_contacts(front.ask("/chat/messages", json=None, data=b"x" * 70_000, headers=A_BROWSER), 413)
    the_contacts(front.ask("/somewhere", "GET", headers={"Accept": "application/json"}), 404)
    with requests.Session() as session:
        many = [session.get(f"{front.url}/chat/", headers=A_BROWSER, verify=front.certificate, timeout=5) for _ in range(400)]
    the_page_with_the_contacts(next(reply for reply in many if reply.status_code == 429), 429)


def test_the_pods_of_kubernetes_are_found_by_their_number(tmp_path: Path) -> None:
    """The same with a name for each pod, where a pod that is gone is known only when it is asked."""
    behind = {tag: Behind(tag) for tag in ("one", "two")}
    manifest = (ROOT / "deploy" / "kubernetes" / "nginx.yaml").read_text(encoding="utf-8")
    block = re.search(r"^  servers\.conf: \|\n((?:    .*\n|\n)+)", manifest, re.MULTILINE)
    assert block is not None
    conf = re.sub(r"^    ", "", block[1], flags=re.MULTILINE).replace("resolver kube-dns.kube-system.svc.cluster.local valid=5s;", "")
    conf = conf.replace("guide.safeguarding.svc.cluster.local:5005", f"127.0.0.1:{behind['two'].port}")
    conf = conf.replace("guide-$pod.guide-pods.safeguarding.svc.cluster.local:5005", f"127.0.0.1:{behind['one'].port}")
    assert "cluster.local" not in conf
    with nginx(tmp_path, {}, conf) as (url, certificate):
        front = Front(url, certificate, behind, tmp_path)
        assert {front.ask(conversation=f"0-{HEX}").json()["by"] for _ in range(4)} == {"one"}
        assert {front.ask().json()["by"] for _ in range(4)} == {"two"}
        front.behind["one"].manner = "dies"
        the_contacts(front.ask(conversation=f"0-{HEX}"), 503)
        assert len(front.behind["two"].got) == 4
        front.behind["one"].refuse()
        assert {front.ask(conversation=f"0-{HEX}").json()["by"] for _ in range(4)} == {"two"}
        front.behind["two"].refuse()
        the_contacts(front.ask(conversation=f"0-{HEX}"), 503)


def test_the_guide_hears_from_nginx_who_asks_and_from_nobody_else(front: Front) -> None:
    made_up = {"X-Forwarded-For": "6.6.6.6", "X-Real-IP": "6.6.6.6", "Forwarded": "for=6.6.6.6", "Host": "evil.example"}
    front.ask(headers=made_up)
    ((*_, headers, _body),) = front.behind["one"].got + front.behind["two"].got
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert "6.6.6.6" not in str(headers)


@pytest.mark.parametrize(
    "path", ["/metrics", "/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse", "/version", "/chatter", "/away.json"]
)
def test_only_the_chat_is_reachable(front: Front, path: str) -> None:
    the_contacts(front.ask(path, "GET"), 404)
    assert not front.behind["one"].got + front.behind["two"].got


@pytest.mark.parametrize("path", [b"/chat/../metrics", b"/chat/%2e%2e/metrics", b"/chat//../metrics", b"/chat/./../metrics", b"//metrics"])
def test_tricks_with_the_path_do_not_leave_the_chat(front: Front, path: bytes) -> None:
    reply = front.raw(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert reply.split()[1] in (b"404", b"400")
    assert not front.behind["one"].got + front.behind["two"].got


def test_too_much_is_refused_with_the_contacts_and_not_passed_on(front: Front) -> None:
    the_contacts(front.ask(json=None, data=b"x" * 70_000), 413)
    the_contacts(front.ask("/chat/" + "x" * 9000, "GET"), 414)
    the_contacts(front.ask(headers={"X-Long": "x" * 9000}), 400)
    assert not front.behind["one"].got + front.behind["two"].got


def test_too_many_pages_at_once_are_refused_and_messages_are_not(front: Front) -> None:
    with requests.Session() as session:

        def ask(method: str, path: str) -> int:
            return session.request(method, front.url + path, json={"text": "a"}, verify=front.certificate, timeout=5).status_code

        pages_got = [ask("GET", "/chat/") for _ in range(400)]
        messages_got = [ask("POST", "/chat/messages") for _ in range(400)]
    assert 429 in pages_got
    assert set(messages_got) == {200}


def test_what_people_write_is_in_no_file_of_nginx(front: Front) -> None:
    front.ask(json={"text": CANARY * 1500})
    front.behind["one"].manner = front.behind["two"].manner = "dies"
    front.ask(json={"text": CANARY * 1500}, conversation=f"one-{HEX}")
    kept = [path for path in front.folder.rglob("*") if path.is_file()]
    assert len(kept) > 5
    for path in kept:
        assert b"Green Street" not in path.read_bytes(), path
        if path.name == "log":
            assert path.read_bytes() == b"", "no addresses in the log"


def test_the_way_is_encrypted(front: Front) -> None:
    assert front.ask().headers["Strict-Transport-Security"] == "max-age=31536000"
    place = urlsplit(front.url)
    for oldest, fine in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True)):
        context = ssl.create_default_context(cafile=front.certificate)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, oldest
        plain = socket.create_connection((str(place.hostname), int(place.port or 0)), 3)
        try:
            context.wrap_socket(plain, server_hostname="127.0.0.1").close()
        except OSError:
            assert not fine
        else:
            assert fine


CHUNK = b"0\r\n\r\n"
HIDDEN = b'POST /chat/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 18\r\n\r\n{"text": "hidden"}'
SMUGGLED = {
    "a length and chunks": b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(CHUNK + HIDDEN) + CHUNK + HIDDEN,
    "chunks spelt oddly": b"Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n" + CHUNK + HIDDEN,
    "chunks named twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + CHUNK + HIDDEN,
    "a tab in the name": b"Content-Length: 5\r\nTransfer-Encoding\t: chunked\r\n\r\n" + CHUNK + HIDDEN,
    "a space in front": b"Content-Length: 5\r\n Transfer-Encoding: chunked\r\n\r\n" + CHUNK + HIDDEN,
    "a line folded": b"Content-Length: 5\r\nX: a\r\n Transfer-Encoding: chunked\r\n\r\n" + CHUNK + HIDDEN,
    "two lengths": b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(CHUNK + HIDDEN) + CHUNK + HIDDEN,
    "a negative length": b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length with a sign": b"Content-Length: +5\r\n\r\n" + CHUNK + HIDDEN,
    "a bare line feed": b"Content-Length: 5\r\nX: a\nTransfer-Encoding: chunked\r\n\r\n" + CHUNK + HIDDEN,
}


@pytest.mark.parametrize("form", SMUGGLED)
def test_no_request_is_smuggled_behind_another(front: Front, form: str) -> None:
    """Whatever nginx makes of it, a server behind sees whole requests with one length each, and one at most."""
    front.raw(b"POST /chat/messages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + SMUGGLED[form], 1)
    got = front.behind["one"].got + front.behind["two"].got
    assert len(got) <= 1
    for _, _, headers, body in got:
        assert "transfer-encoding" not in headers
        assert int(headers.get("content-length", "0")) == len(body)
        assert b"hidden" not in body or form in ("a length and chunks", "two lengths")
