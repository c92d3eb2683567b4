"""The action server: Rasa's, bound to this machine, with the actions of this folder and a hand that empties the spool."""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Callable

from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from safeguarding.retention import RetentionClock
from safeguarding.settings import Settings, load_settings
from safeguarding.store import EscalationStore
from safeguarding.waiting import wait
from safeguarding.wordless_logs import set_up, withhold_words

logger = logging.getLogger(__name__)

BRINGS = "Guide-Actions-Token"
"""Shows that a call comes from the guide; `endpoints.yml` has Rasa send it."""

MOST_BYTES = 1_000_000
"""A call holds slots and a few events: some 20 kB."""

CARRY_SECONDS = 2.0
"""How often hand-offs go from the spool into the database; they are safe on disk meanwhile."""


def main() -> None:
    """Serve until stopped; then carry over what waits in the spool."""
    settings = load_settings()
    set_up(settings.guide_log_level, settings.guide_log_format)
    store = EscalationStore(settings)
    threading.Thread(target=_look_after_the_record, args=(store, settings), daemon=True).start()
    make_app(settings.guide_actions_token).run("127.0.0.1", settings.guide_actions_port, access_log=False)
    store.close()


def make_app(token: str = "") -> Sanic:
    """Rasa's action server, which answers a fault with an error id, not with what it was sent, and no call without the token."""
    app = create_app("actions", cors_origins="")
    app.error_handler.add(Exception, _answer_a_fault)
    app.config.REQUEST_MAX_SIZE = MOST_BYTES
    if token:
        app.register_middleware(_only_with(token), "request")
    app.register_listener(lambda *_: withhold_words(), "after_server_start")
    return app


def _only_with(token: str) -> Callable[[Request], HTTPResponse | None]:
    """Refuses whatever does not bring the token, but for the look at the server's health."""

    def refuse(request: Request) -> HTTPResponse | None:
        brought = request.headers.get(BRINGS, "")
        if request.path == "/health" or hmac.compare_digest(brought.encode(), token.encode()):
            return None
        return json({"error": "These actions are for the guide alone."}, status=403)

    return refuse


def _answer_a_fault(_request: Request, error: Exception) -> HTTPResponse:
    error_id = secrets.token_hex(4)
    logger.error("An action failed (error %s).", error_id, exc_info=error)
    return json({"error": error_id}, status=500)


def _look_after_the_record(store: EscalationStore, settings: Settings) -> None:
    clock = RetentionClock(settings)
    while True:
        store.carry_over()
        clock.tick(store.engine)
        wait(CARRY_SECONDS)


if __name__ == "__main__":
    main()
