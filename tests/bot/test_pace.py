"""How fast one conversation, one address and all together may go."""

from __future__ import annotations

import time
from datetime import date
from ipaddress import ip_network

import pytest
from redis import Redis
from servers import redis, stopped

from bot.chat_channel import FAST, MANY
from bot.pace import Pace, address_of
from safeguarding.content import load_content
from safeguarding.settings import Settings
from safeguarding.translations import load_translations


def _pace(**limits: str) -> Pace:
    off = {"guide_rate_limit_address": "off", "guide_rate_limit_server": "off"}
    return Pace(Settings(**{**off, **limits}))


def _until_refused(pace: Pace, conversation: str | None, address: str, most: int = 20) -> tuple[int, str | None]:
    for sent in range(most):
        if over := pace.too_fast(conversation, address):
            return sent, over
    return most, None


def test_one_conversation_has_its_limit_and_the_next_one_its_own():
    pace = _pace(guide_rate_limit="3/hour")
    assert _until_refused(pace, "one-a", "10.0.0.1") == (3, "conversation")
    assert _until_refused(pace, "one-b", "10.0.0.1") == (3, "conversation")


def test_made_up_conversations_do_not_get_around_the_limit_of_the_address():
    pace = _pace(guide_rate_limit_address="5/hour")
    sent = [pace.too_fast(f"one-{number}", "10.0.0.1") for number in range(7)]
    assert sent == [None] * 5 + ["address"] * 2
    assert pace.too_fast("one-9", "10.0.0.2") is None


def test_all_together_have_a_limit():
    pace = _pace(guide_rate_limit_server="4/hour")
    sent = [pace.too_fast(None, f"10.0.0.{number}") for number in range(6)]
    assert sent == [None] * 4 + ["server"] * 2


def test_what_one_address_is_refused_is_not_taken_from_the_others():
    pace = _pace(guide_rate_limit_address="2/hour", guide_rate_limit_server="4/hour")
    assert [pace.too_fast(None, "10.0.0.1") for _ in range(50)].count(None) == 2
    assert [pace.too_fast(None, "10.0.0.2") for _ in range(2)] == [None, None]


@pytest.mark.parametrize("jump", [-86_400, 86_400])
def test_a_clock_that_was_set_makes_nobody_wait(monkeypatch, jump):
    pace = _pace(guide_rate_limit="3/minute")
    assert _until_refused(pace, "one-a", "10.0.0.1") == (3, "conversation")
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + jump)
    assert _until_refused(pace, "one-a", "10.0.0.1") == (3, "conversation")


def test_nothing_is_left_of_who_has_gone():
    pace = _pace(guide_rate_limit="1/second", guide_rate_limit_address="9/second")
    for number in range(500):
        pace.too_fast(f"one-{number}", f"10.0.0.{number}")
    time.sleep(2.1)
    pace.too_fast("one-last", "10.0.0.1")
    time.sleep(0.2)  # the library looks a moment later
    held = pace._here.storage
    assert max(len(held.storage), len(held.expirations), len(held.events), len(held.locks)) <= 4


def test_off_lifts_all_three():
    pace = Pace(Settings(guide_rate_limit="off", guide_rate_limit_address="1/hour", guide_rate_limit_server="1/hour"))
    assert _until_refused(pace, "one-a", "10.0.0.1", 50) == (50, None)


def test_an_address_is_held_as_a_hash_that_is_another_one_tomorrow():
    days = [date(2026, 11, 23)]
    pace = Pace(Settings(), today=lambda: days[-1])
    today = pace._hashed("10.0.0.1")
    assert pace._hashed("10.0.0.1") == today
    assert "10.0.0.1" not in str(vars(pace))
    days.append(date(2026, 11, 24))
    assert pace._hashed("10.0.0.1") != today
    assert len(pace._salts) == 1  # yesterday's is gone


@pytest.mark.parametrize("said", [FAST, MANY])
def test_who_is_refused_is_told_of_999_first_in_each_language(said):
    assert said.startswith("If anyone is in danger now, call 999.")
    translations = load_translations(load_content())
    assert sorted(translations) == ["fr", "pl", "pt", "ro"]
    for translation in translations.values():
        first = translation.page[said].split(".")[0]
        assert first.endswith("999"), first


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "asks"),
    [
        ("10.0.0.9", None, (), "10.0.0.9"),
        ("10.0.0.9", "1.2.3.4", (), "10.0.0.9"),  # nobody is believed by default
        ("10.0.0.9", "1.2.3.4", ("10.0.0.9",), "1.2.3.4"),
        ("10.0.0.9", "6.6.6.6, 1.2.3.4", ("10.0.0.9",), "1.2.3.4"),  # what the client wrote itself stands on the left
        ("10.0.0.9", "6.6.6.6, 1.2.3.4, 10.0.0.8", ("10.0.0.9", "10.0.0.8"), "1.2.3.4"),
        ("10.0.0.9", "", ("10.0.0.9",), "10.0.0.9"),
        ("10.0.0.9", "6.6.6.6, 1.2.3.4", ("10.0.0.0/24",), "1.2.3.4"),
        ("10.0.0.9", "unknown", ("10.0.0.9",), "unknown"),
        ("10.0.0.7", "1.2.3.4", ("10.0.0.9",), "10.0.0.7"),  # somebody who goes around the proxy
    ],
)
def test_who_asks_behind_a_proxy(peer, forwarded, trusted, asks):
    assert address_of(peer, forwarded, [ip_network(network) for network in trusted]) == asks


@pytest.mark.proof  # needs Redis
def test_two_servers_count_together_and_alone_when_redis_is_away(tmp_path):
    with redis(tmp_path) as (address, server):
        limits = {"guide_rate_limit": "3/hour", "guide_rate_limit_address": "5/hour", "guide_rate_limit_server": "off"}
        one, two = (Pace(Settings(**limits, limits_url=address, guide_server_tag=tag)) for tag in ("one", "two"))
        assert [pace.too_fast("one-a", "10.0.0.1") for pace in (one, two, one, two)] == [None, None, None, "conversation"]
        assert [pace.too_fast(None, "10.0.0.1") for pace in (one, two, one)] == [None, None, "address"]
        kept = Redis.from_url(address)
        keys = kept.keys()
        assert len(keys) >= 3
        assert not [key for key in keys if b"10.0.0.1" in key]
        assert all(kept.ttl(key) > 0 for key in keys), "all of it is forgotten"
        with stopped([server.pid]):
            started = time.monotonic()
            assert one.too_fast("one-a", "10.0.0.1") is None
            assert one.too_fast("one-b", "10.0.0.1") is None
            assert time.monotonic() - started < 1
        server.terminate()
        server.wait(10)
        assert one.too_fast("one-b", "10.0.0.1") is None
