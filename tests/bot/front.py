"""The web server in front: nginx with the files of `deploy/nginx`, its addresses and folders exchanged for those of a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from servers import free_port, wait_for

from safeguarding.settings import ROOT

NGINX = ROOT / "deploy" / "nginx"
PLACES = {"one": "172.28.5.11:5005", "two": "172.28.5.12:5005"}
"""Where servers.conf has the two servers."""


@contextmanager
def nginx(folder: Path, servers: Mapping[str, int], servers_conf: str | None = None) -> Iterator[tuple[str, str]]:
    """nginx in front of servers on this machine, by tag and port; its address with TLS, and the file of its certificate."""
    program = shutil.which("nginx") or pytest.fail("This test needs nginx: apt-get install nginx-light.")
    place = folder / "nginx"
    shutil.copytree(NGINX, place)
    (place / "tls").mkdir()
    certify(place / "tls")
    ports = {"8080": str(free_port()), "8443": str(free_port())}
    conf = (place / "nginx.conf").read_text(encoding="utf-8")
    for old, new in {"/tmp/": f"{place}/", "/run/tls/": f"{place}/tls/", "/etc/nginx/": f"{place}/"}.items():
        conf = conf.replace(old, new)
    for old, new in ports.items():
        conf = conf.replace(f"listen {old}", f"listen 127.0.0.1:{new}")
    (place / "nginx.conf").write_text(conf, encoding="utf-8")
    conf = servers_conf or (place / "servers.conf").read_text(encoding="utf-8")
    for tag, port in servers.items():
        conf = conf.replace(PLACES[tag], f"127.0.0.1:{port}")
    (place / "servers.conf").write_text(conf, encoding="utf-8")
    more = "daemon off;" + ("user root;" if os.geteuid() == 0 else "")
    command = [program, "-p", str(place), "-c", str(place / "nginx.conf"), "-g", more]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", int(ports["8443"])), 1).close(), server, place / "log")
        yield f"https://127.0.0.1:{ports['8443']}", str(place / "tls" / "tls.crt")
    finally:
        server.terminate()
        server.wait(10)


def certify(folder: Path) -> None:
    """A certificate for this machine, made and signed here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tls.key").write_bytes(private)
    (folder / "tls.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
