"""How fast one conversation, one address and all together may go. Everything is held in memory and gone within the hour."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from safeguarding.settings import OFF, Settings


class Pace:
    """Counts messages against the limits of the settings."""

    def __init__(self, settings: Settings, today: Callable[[], date] = lambda: datetime.now(UTC).date()) -> None:
        """Read the limits; where GUIDE_RATE_LIMIT is off, none holds."""
        self._today, self._salts = today, {today(): secrets.token_bytes(32)}
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._conversation, self._address, self._server = (
            _limit(settings.guide_rate_limit, limit)
            for limit in (settings.guide_rate_limit, settings.guide_rate_limit_address, settings.guide_rate_limit_server)
        )

    def too_fast(self, conversation: str | None, address: str) -> str | None:
        """Which limit this message is over, “conversation”, “address” or “server”; none where it may go on.

        A first message has no conversation yet and counts for its address alone. What is refused counts no further.
        """
        counted = (
            ("conversation", self._conversation, conversation),
            ("address", self._address, self._hashed(address)),
            ("server", self._server, "all"),
        )
        return next((name for name, limit, key in counted if limit and key and not self._limiter.hit(limit, name, key)), None)

    def _hashed(self, address: str) -> str:
        """Stands for the address until midnight; with the salt of the day goes every way back to it."""
        day = self._today()
        if day not in self._salts:
            self._salts = {day: secrets.token_bytes(32)}
        return hmac.digest(self._salts[day], address.encode(), "sha256").hex()


def address_of(peer: str, forwarded_for: str | None, trusted: tuple[str, ...]) -> str:
    """Who really asks: the peer, or, where the peer is one of our own proxies, the last address in front of our proxies.

    What stands further left in `X-Forwarded-For` was written by the client and may be made up.
    """
    chain = [peer, *(part.strip() for part in reversed((forwarded_for or "").split(",")) if part.strip())]
    return next((address for address in chain if address not in trusted), chain[-1])


def _limit(switch: str, limit: str) -> RateLimitItem | None:
    return None if OFF in (switch, limit) else parse(limit)
