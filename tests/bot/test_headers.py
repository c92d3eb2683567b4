"""The headers of every reply: nothing kept, nothing foreign, and framing refused but for the websites that are named."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from sanic.response import HTTPResponse, empty

from bot.chat_channel import ChatChannel
from bot.headers import header_adder
from bot.incoming import Refused
from bot.served import static_files
from safeguarding.settings import Settings


def headers_with(**settings: str) -> dict[str, str]:
    reply: HTTPResponse = empty()
    header_adder(Settings(**settings))(None, reply)  # type: ignore[arg-type]
    return {name.lower(): value for name, value in reply.headers.items()}


def policy_of(headers: dict[str, str]) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))


def test_framing_is_refused_where_no_website_is_named() -> None:
    headers = headers_with()
    assert policy_of(headers)["frame-ancestors"] == "'none'"
    assert headers["x-frame-options"] == "DENY"


def test_only_the_websites_that_are_named_may_frame_it() -> None:
    headers = headers_with(guide_embed_origins="https://board.test https://gov.test")
    assert policy_of(headers)["frame-ancestors"] == "https://board.test https://gov.test"
    assert "x-frame-options" not in headers, "it knows no list, and would refuse them all"


@pytest.mark.parametrize("settings", [{}, {"guide_embed_origins": "https://board.test"}])
def test_every_reply_forbids_keeping_and_all_that_is_foreign(settings: dict[str, str]) -> None:
    headers = headers_with(**settings)
    policy = policy_of(headers)
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert {policy[kind] for kind in ("script-src", "style-src", "img-src", "connect-src")} == {"'self'"}
    assert policy["form-action"] == "'self' https://www.bbc.co.uk"
    assert "unsafe" not in headers["content-security-policy"]


def test_a_header_that_a_reply_has_already_is_left_as_it_is() -> None:
    reply = empty(headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    header_adder(Settings())(None, reply)  # type: ignore[arg-type]
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"


def embed_script(**settings: str) -> HTTPResponse:
    channel = SimpleNamespace(settings=Settings(**settings), page=SimpleNamespace(static_file=static_files().get))
    return asyncio.run(ChatChannel._embed(channel, SimpleNamespace(headers={})))  # type: ignore[arg-type]


def test_the_script_for_other_websites_is_there_only_where_one_is_named() -> None:
    with pytest.raises(Refused) as refused:
        embed_script()
    assert refused.value.status == 404
    reply = embed_script(guide_embed_origins="https://board.test")
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert b"data-guide" in reply.body
