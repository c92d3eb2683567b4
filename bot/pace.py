"""How fast one conversation, one address and all together may go. What is counted is held in memory for two windows of its limit.

The windows slide: the moving window of the library holds every message, by keys that it never drops. The memory is this process's, or
that of a Redis which several servers share (LIMITS_URL). Addresses are counted as a hash whose salt changes daily.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from ipaddress import IPv4Network, IPv6Network, ip_address

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from bot.shelf import REACH_SECONDS, Pause
from safeguarding.settings import OFF, Settings

logger = logging.getLogger(__name__)

SALT_KEY = "guide:salt:{day}"
DAY_SECONDS = 24 * 3600
JUMP_SECONDS = 5.0
"""A clock that is put right little by little stays under this between two messages; one that is set goes over it."""


class Pace:
    """Counts messages against the limits of the settings."""

    def __init__(self, settings: Settings, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        """Read the limits; where GUIDE_RATE_LIMIT is off, none holds. Nothing is connected yet."""
        self._today, self._tag = today, settings.guide_server_tag
        self._salts: dict[tuple[date, bool], bytes] = {}
        self._here, self._drift = SlidingWindowCounterRateLimiter(MemoryStorage()), _drift()
        self._there, self._pause = _open(settings.limits_url), Pause()
        self._conversation, self._address, self._server = (
            _limit(settings.guide_rate_limit, limit)
            for limit in (settings.guide_rate_limit, settings.guide_rate_limit_address, settings.guide_rate_limit_server)
        )

    @property
    def waits(self) -> bool:
        """Whether looking takes a way over the network, so that it must not be done in the event loop."""
        return self._there is not None and any((self._conversation, self._address, self._server))

    def too_fast(self, conversation: str | None, address: str) -> str | None:
        """Which limit this message is over, “conversation”, “address” or “server”; none where it may go on.

        A first message has no conversation yet and counts for its address alone. What is refused counts no further. Where the shared
        Redis is out of reach, this process counts by itself.
        """
        if self._there is not None and self._pause.is_over():
            try:
                return self._over(SlidingWindowCounterRateLimiter(self._there), conversation, self._hashed(address, shared=True))
            except (RedisError, OSError) as error:
                self._pause.after(error)
                logger.error("The limits could not be looked up in Redis (%s); this process counts alone.", type(error).__name__)
        self._begin_anew_if_the_clock_was_set()
        return self._over(self._here, conversation, self._hashed(address))

    def _begin_anew_if_the_clock_was_set(self) -> None:
        """What was counted by a clock that went ahead would be refused until the clock is there again, and nobody could write for hours."""
        if abs(_drift() - self._drift) > JUMP_SECONDS:
            self._here, self._drift = SlidingWindowCounterRateLimiter(MemoryStorage()), _drift()

    def _over(self, limiter: SlidingWindowCounterRateLimiter, conversation: str | None, hashed_address: str) -> str | None:
        counted = (
            ("conversation", self._conversation, conversation),
            ("address", self._address, hashed_address),
            ("server", self._server, self._tag),
        )
        return next((name for name, limit, key in counted if limit and key and not limiter.hit(limit, name, key)), None)

    def _hashed(self, address: str, shared: bool = False) -> str:
        """Stands for the address until midnight; with the salt of the day goes every way back to it."""
        day = self._today()
        if (day, shared) not in self._salts:
            salt = self._shared_salt(day) if shared else secrets.token_bytes(32)
            self._salts = {known: old for known, old in self._salts.items() if known[0] == day} | {(day, shared): salt}
        return hmac.digest(self._salts[day, shared], address.encode(), "sha256").hex()

    def _shared_salt(self, day: date) -> bytes:
        assert self._there is not None
        key = SALT_KEY.format(day=day.isoformat())
        self._there.storage.set(key, secrets.token_hex(32), nx=True, ex=DAY_SECONDS)
        return bytes(self._there.storage.get(key))


def _drift() -> float:
    return time.time() - time.monotonic()


def address_of(peer: str, forwarded_for: str | None, trusted: Collection[IPv4Network | IPv6Network]) -> str:
    """Who really asks: the peer, or, where the peer is one of our own proxies, the last address in front of our proxies.

    What stands further left in `X-Forwarded-For` was written by the client and may be made up.
    """
    chain = [peer, *(part.strip() for part in reversed((forwarded_for or "").split(",")) if part.strip())]
    return next((address for address in chain if not _is_ours(address, trusted)), chain[-1])


def _is_ours(address: str, trusted: Collection[IPv4Network | IPv6Network]) -> bool:
    try:
        return any(ip_address(address) in network for network in trusted)
    except ValueError:
        return False


def _open(address: str) -> RedisStorage | None:
    """The shared storage. Raises RedisError where it cannot be reached at the start, OSError where its name is not known."""
    if not address:
        return None
    return RedisStorage(address, key_prefix="guide:limits", socket_timeout=REACH_SECONDS, socket_connect_timeout=REACH_SECONDS)


def _limit(switch: str, limit: str) -> RateLimitItem | None:
    return None if OFF in (switch, limit) else parse(limit)
