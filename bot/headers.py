"""The headers that every reply carries: nothing is kept, nothing foreign is loaded, nobody else shows the page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse

from safeguarding.settings import Settings

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self' {exit}; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def header_adder(settings: Settings) -> Callable[[Request, HTTPResponse], None]:
    """Adds the headers to every reply; framing is refused but for the origins that may embed the guide.

    `form-action` names where leaving goes, because Chromium holds a form to it on redirects too.
    """
    headers = dict(HEADERS)
    policy = headers["Content-Security-Policy"].format(exit="{0.scheme}://{0.netloc}".format(urlsplit(settings.guide_exit_url)))
    if settings.embed_origins:
        policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(settings.embed_origins)}")
        del headers["X-Frame-Options"]  # it knows no list of origins, and would refuse them all
    headers["Content-Security-Policy"] = policy

    def add_headers(_request: Request, reply: HTTPResponse) -> None:
        for name, value in headers.items():
            reply.headers.setdefault(name, value)

    return add_headers
