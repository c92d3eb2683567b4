"""What the guide serves: packed once with gzip, and sent packed to every browser that takes it so.

Nothing of it may be kept by a browser (`no-store`, set in `bot/chat_channel.py`), so there is no ETag: there is nothing to ask again for.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from sanic.response import HTTPResponse, raw

from safeguarding.settings import ROOT

WEB = ROOT / "web"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
HTML = "text/html; charset=utf-8"
SHEETS = {"chat-page.css": ("base", "parts", "chat", "words_card"), "book-page.css": ("base", "parts", "book")}
"""One stylesheet for each page, joined from small files: a browser paints nothing before it has them all."""

_NO_WEIGHT = re.compile(r"\s*q=0(?:\.0*)?\s*")


@dataclass(frozen=True)
class Served:
    """A body as it is, and packed."""

    body: bytes
    content_type: str
    packed: bytes

    @classmethod
    def of(cls, body: bytes | str, content_type: str = HTML) -> Served:
        """Pack a body."""
        plain = body.encode() if isinstance(body, str) else body
        return cls(plain, content_type, gzip.compress(plain, mtime=0))

    def response(self, accepted: str | None, status: int = 200) -> HTTPResponse:
        """The reply to a request whose `Accept-Encoding` is `accepted`."""
        headers = {"Vary": "Accept-Encoding"}
        if not _takes_gzip(accepted):
            return raw(self.body, status, headers, self.content_type)
        return raw(self.packed, status, headers | {"Content-Encoding": "gzip"}, self.content_type)


def static_files() -> dict[str, Served]:
    """The files of the page by name: scripts and drawings one by one, stylesheets joined."""
    files = {
        path.name: Served.of(path.read_bytes(), TYPES[path.suffix]) for path in (WEB / "static").iterdir() if path.suffix in (".js", ".svg")
    }
    joined = {name: b"".join((WEB / "static" / f"{part}.css").read_bytes() for part in parts) for name, parts in SHEETS.items()}
    return files | {name: Served.of(body, TYPES[Path(name).suffix]) for name, body in joined.items()}


def _takes_gzip(accepted: str | None) -> bool:
    """Whether the header names gzip (or anything) and does not weigh it with nothing (RFC 9110, 12.5.3)."""
    for offer in (accepted or "").lower().split(","):
        coding, _, weight = offer.partition(";")
        if coding.strip() in ("gzip", "*"):
            return not _NO_WEIGHT.fullmatch(weight)
    return False
