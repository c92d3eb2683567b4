"""What every handler of the chat channel needs of Sanic: to be a function, and replies as JSON or as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.incoming import Incoming, Refused, conversation_id, read_form, read_json
from bot.reply_pages import ReplyPage
from bot.served import Served
from safeguarding.languages import ENGLISH, OWN_NAMES

MOST_BYTES = 64_000
"""A body larger than this is refused unread: 2,000 characters, each escaped as a pair of surrogates, are 24 kB."""

SLOWEST_REQUEST = 10
"""Seconds that a request may take for its head, and then from one piece of its body to the next, as in deploy/nginx/nginx.conf."""

ON_THIS_MACHINE = ("127.0.0.1", "::1")
SAYS_WHO_ASKED = ("x-forwarded-for", "x-real-ip", "forwarded")
"""Headers of a proxy: what comes through one was asked by somebody else, though the proxy runs on this machine."""


def limit_requests(app: Sanic) -> None:
    """Refuse what is too large or stays away. Sanic counts the wait for a body to the response, for which a turn takes far less."""
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    app.config.REQUEST_TIMEOUT = app.config.RESPONSE_TIMEOUT = SLOWEST_REQUEST


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


def problem_page(request: Request, refused: Refused, names: Iterable[str], say: Callable[[str, str], str]) -> ReplyPage:
    """What was refused, on a page that keeps the conversation, the reading and the language that the form had, and how it looked."""
    form = {name: values[0] for name, values in (request.form or {}).items()} if request.method == "POST" else {}
    language = spoken if (spoken := form.get("shown_in")) in OWN_NAMES else refused.language
    return ReplyPage(
        problem=say(refused.message, language).format(**refused.values),
        status=refused.status,
        view={name: bool(form.get(name)) for name in names},
        conversation=conversation_id(form.get("conversation")) or "",
        easy_read=form.get("easy_read") == "true",
        language=language,
    )


def what_was_sent(request: Request, header: str, most_characters: int) -> Incoming | None:
    """The request once more where something broke; none where that cannot be read, or was no message."""
    if request.method != "POST":
        return None
    with suppress(Refused):
        if request.path == "/chat/":
            return read_form({name: values[0] for name, values in (request.form or {}).items()}, most_characters)
        return read_json(request.body, request.headers.get(header), most_characters)
    return None


def start_address(language: str | None) -> str:
    """The start page, in a language that is offered."""
    return f"/chat/?language={language}" if language in OWN_NAMES and language != ENGLISH else "/chat/"


def asked_here(request: Request) -> bool:
    """Whether it was asked on this machine, and not through a proxy on it."""
    return request.ip in ON_THIS_MACHINE and not any(name in request.headers for name in SAYS_WHO_ASKED)
