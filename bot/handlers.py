"""What every handler of the chat channel needs of Sanic: to be a function, and replies as JSON or as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.served import Served

ON_THIS_MACHINE = ("127.0.0.1", "::1")
SAYS_WHO_ASKED = ("x-forwarded-for", "x-real-ip", "forwarded")
"""Headers of a proxy: what comes through one was asked by somebody else, though the proxy runs on this machine."""


def as_function(method: Callable[..., Any]) -> Callable[..., Any]:
    """Sanic writes attributes on its handlers, which bound methods refuse."""

    @wraps(method)
    async def handler(request: Request, **values: str) -> HTTPResponse:
        return await method(request, **values)

    return handler


def as_json(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    """A reply that keeps letters with accents as they are."""
    return response.json(body, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def send(request: Request, page: Served, status: int = 200) -> HTTPResponse:
    """A page or a file, packed where the browser takes it so."""
    return page.response(request.headers.get("Accept-Encoding"), status)


def wants_a_page(request: Request) -> bool:
    """Whether whoever asks is a browser that shows the reply, rather than a script that reads it."""
    return request.path == "/chat/" or (request.method == "GET" and "text/html" in request.headers.get("accept", ""))


def asked_here(request: Request) -> bool:
    """Whether it was asked on this machine, and not through a proxy on it."""
    return request.ip in ON_THIS_MACHINE and not any(name in request.headers for name in SAYS_WHO_ASKED)
