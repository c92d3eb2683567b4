"""What every handler of the chat channel needs of Sanic: to be a function, and replies as JSON or as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.incoming import Refused, conversation_id
from bot.reply_pages import ReplyPage
from bot.served import Served
from safeguarding.languages import ENGLISH, OWN_NAMES

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


def problem_page(request: Request, refused: Refused, names: Iterable[str]) -> ReplyPage:
    """What was refused, on a page that keeps the conversation, the reading and the language that the form had, and how it looked."""
    form = {name: values[0] for name, values in (request.form or {}).items()} if request.method == "POST" else {}
    return ReplyPage(
        problem=refused.message,
        status=refused.status,
        view={name: bool(form.get(name)) for name in names},
        conversation=conversation_id(form.get("conversation")) or "",
        easy_read=form.get("easy_read") == "true",
        language=spoken if (spoken := form.get("shown_in")) in OWN_NAMES else refused.language,
    )


def start_address(language: str | None) -> str:
    """The start page, in a language that is offered."""
    return f"/chat/?language={language}" if language in OWN_NAMES and language != ENGLISH else "/chat/"


def asked_here(request: Request) -> bool:
    """Whether it was asked on this machine, and not through a proxy on it."""
    return request.ip in ON_THIS_MACHINE and not any(name in request.headers for name in SAYS_WHO_ASKED)
