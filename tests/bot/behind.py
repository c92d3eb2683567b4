"""What stands behind nginx in its tests: servers that answer, hang or die as they are told, and who asks them through it."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import requests


class Behind(ThreadingHTTPServer):
    """A server of the guide, as far as nginx can tell: it answers with its tag, hangs, or dies in the middle."""

    daemon_threads = True

    def __init__(self, tag: str) -> None:
        self.tag, self.manner = tag, "answers"
        self.got: list[tuple[str, str, dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def refuse(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Behind

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.got.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.manner == "hangs":
            time.sleep(6)
        if self.server.manner == "dies":
            self.connection.close()
            return
        told = json.dumps({"by": self.server.tag}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_DELETE = do_PUT = do_POST

    def log_message(self, *_: object) -> None:
        pass


class Front:
    def __init__(self, url: str, certificate: str, behind: dict[str, Behind], folder: Path) -> None:
        self.url, self.certificate, self.behind, self.folder = url, certificate, behind, folder

    def ask(self, path: str = "/chat/messages", method: str = "POST", conversation: str | None = None, **more: object) -> requests.Response:
        headers = {"Guide-Conversation": conversation} if conversation else {}
        more.setdefault("json", {"text": "hello"} if method == "POST" else None)
        headers |= more.pop("headers", {})  # type: ignore[operator]
        return requests.request(
            method, self.url + path, headers=headers, verify=self.certificate, timeout=10, allow_redirects=False, **more  # type: ignore[arg-type]
        )  # fmt: skip

    def raw(self, sent: bytes, seconds: float = 3) -> bytes:
        """What comes back when exactly these bytes are sent, until nginx closes or is silent."""
        place = urlsplit(self.url)
        context = ssl.create_default_context(cafile=self.certificate)
        plain = socket.create_connection((str(place.hostname), int(place.port or 0)), seconds)
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
            connection.sendall(sent)
            got = b""
            try:
                while part := connection.recv(65536):
                    got += part
            except OSError:
                pass
        return got
