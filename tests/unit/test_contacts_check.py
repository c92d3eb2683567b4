"""The check of contacts, against a server on this machine that misbehaves in every way that is told apart."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from safeguarding import contacts_check
from safeguarding.contacts_check import check_address, check_all, check_number, check_review, exit_code, main, table
from safeguarding.content import Contact, load_content

pytestmark = pytest.mark.whole  # real servers, with certificates made anew

TODAY = date(2026, 11, 23)
CONTACT = Contact("spor", "SPOR", "anyone", "msp_page", TODAY, TODAY)


class Misbehaving(BaseHTTPRequestHandler):
    """Each path is one fault."""

    def do_GET(self) -> None:
        path, _, code = self.path[1:].partition("/")
        if path == "moved":
            self._send(int(code), {"Location": "/well"})
        elif path == "slash":
            self._send(301, {"Location": "/slash-end/"} if code != "end/" else {})
        elif path == "loop":
            self._send(302, {"Location": "/loop"})
        elif path == "error":
            self._send(int(code))
        elif path == "slow":
            time.sleep(1)
        elif path == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif path == "rubbish":
            self.wfile.write(b"what?\r\n\r\n")
        elif path == "drip":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
        else:
            self._send(200)

    def _send(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="module", params=["self-signed", "expired"])
def untrusted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    files = make_certificate(tmp_path_factory.mktemp("certificate"), expired=request.param == "expired")
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaving) as running:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"https://localhost:{running.server_port}/well"
        running.shutdown()


def make_certificate(folder: Path, *, expired: bool) -> tuple[Path, Path]:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    end = datetime.now(UTC) + timedelta(days=-1 if expired else 1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(end - timedelta(days=9)).not_valid_after(end)
    certificate = builder.sign(key, hashes.SHA256())
    (folder / "certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return folder / "certificate", folder / "key"


@pytest.mark.parametrize(
    ("path", "well", "told"),
    [
        ("well", True, "answers"),
        ("drip", True, "answers"),
        ("moved/301", False, "has moved to"),
        ("moved/308", False, "has moved to"),
        ("moved/302", True, "by way of"),
        ("moved/307", True, "by way of"),
        ("loop", False, "without end"),
        ("error/404", False, "error 404"),
        ("error/410", False, "error 410"),
        ("error/500", False, "error 500"),
        ("slow", False, "no answer within 0.3 seconds"),
        ("cut", False, "nothing answers"),
        ("rubbish", False, "nothing answers"),
    ],
)
def test_each_way_to_misbehave_is_told_apart(server: str, path: str, well: bool, told: str) -> None:
    finding = check_address("some", f"{server}/{path}", requests.Session(), seconds=0.3)
    assert (finding.well, told in finding.result) == (well, True), finding


def test_a_certificate_that_cannot_be_trusted_is_told(untrusted: str) -> None:
    finding = check_address("some", untrusted, requests.Session(), seconds=2)
    assert not finding.well
    assert "certificate" in finding.result


@pytest.mark.parametrize(
    ("address", "told"),
    [("http://127.0.0.1:1/", "nothing answers"), ("https://no-such-host.invalid/", "nothing answers"), ("htp:/x", "cannot be asked")],
)
def test_an_address_that_nobody_answers(address: str, told: str) -> None:
    finding = check_address("some", address, requests.Session(), seconds=2)
    assert told in finding.result


@pytest.mark.parametrize(
    "number", ["999", "112", "116 123", "01534 444440", "07797 790999", "+44 1534 444440", "0800 555 111", "0808 200 0247"]
)
def test_numbers_that_can_be_dialled(number: str) -> None:
    assert check_number(CONTACT, number).well


@pytest.mark.parametrize(
    "number",
    [
        "99",
        "9999",
        "01534 44444",
        "01534 4444400",
        "01534444440",
        "(01534) 444440",
        "+44 01534 444440",
        "O1534 444440",
        "020 7946 0958",
        "",
    ],
)
def test_numbers_that_cannot(number: str) -> None:
    assert not check_number(CONTACT, number).well


@pytest.mark.parametrize(("late", "told"), [(-1, "in time"), (0, "in time"), (1, "1 day late"), (40, "40 days late")])
def test_a_review_date_that_is_over_is_told(late: int, told: str) -> None:
    assert told in check_review(replace(CONTACT, review_by=TODAY - timedelta(days=late)), TODAY).result


def test_all_numbers_of_the_guide_are_well_formed() -> None:
    for contact in load_content().contacts.values():
        for number in filter(None, (contact.phone, contact.fax)):
            assert check_number(contact, number).well, contact.id


def test_the_exit_code_is_for_a_scheduler(server: str) -> None:
    well, gone = replace(CONTACT, url=f"{server}/well"), replace(CONTACT, id="gone", url=f"{server}/error/404")
    assert exit_code(check_all([well], "", TODAY)) == 0
    assert exit_code(check_all([well, gone], "", TODAY)) == 1
    assert exit_code(check_all([well], f"{server}/error/500", TODAY)) == 1
    assert exit_code(check_all([replace(CONTACT, url="http://127.0.0.1:1/")], "", TODAY)) == 2


def test_what_needs_somebody_stands_first(server: str) -> None:
    contacts = [replace(CONTACT, url=f"{server}/well", phone="999"), replace(CONTACT, id="zz_gone", url=f"{server}/error/404")]
    lines = table(check_all(contacts, "", TODAY)).splitlines()
    assert lines[1].startswith("!  zz_gone")
    assert not any(line.startswith("!") for line in lines[2:])


@pytest.fixture
def deaf() -> Iterator[str]:
    """An address that takes no more connections and refuses none, as behind a firewall that drops what comes."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listening.getsockname())
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def test_an_address_that_drops_what_comes_was_not_reached(deaf: str) -> None:
    findings = check_all([replace(CONTACT, url=deaf)], "", TODAY, seconds=0.3)
    assert "nothing answers there within 0.3 seconds" in findings[-1].result
    assert exit_code(findings) == 2


@pytest.mark.parametrize("fault", [requests.exceptions.ConnectionError, requests.exceptions.ConnectTimeout])
def test_without_a_network_it_says_so(fault: type[Exception], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(requests.Session, "get", nobody)
    assert main({}) == 2
    told = capsys.readouterr().out
    assert "No web address could be reached: is this machine on the network?" in told
    assert "CONCERNS_FORM_URL is not set" in told


def test_content_that_cannot_be_read_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main({"GUIDE_PORT": "none"}) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert contacts_check.SECONDS > 0
