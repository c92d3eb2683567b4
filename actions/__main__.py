"""The action server: Rasa's, bound to this machine, with the actions of this folder and a hand that empties the spool."""

from __future__ import annotations

import logging
import threading
import time

from rasa_sdk.endpoint import create_app

from actions.resources import resources
from safeguarding.settings import load_settings

CARRY_SECONDS = 2.0
"""How often hand-offs go from the spool into the database; they are safe on disk meanwhile."""


def main() -> None:
    """Serve until stopped; then carry over what waits in the spool."""
    settings = load_settings()
    logging.basicConfig(level=settings.guide_log_level, format="%(asctime)s %(levelname)s %(name)s  %(message)s")
    _, store = resources()
    threading.Thread(target=_carry_over_for_ever, args=(store,), daemon=True).start()
    create_app("actions", cors_origins="").run("127.0.0.1", settings.guide_actions_port, access_log=False)
    store.close()


def _carry_over_for_ever(store) -> None:  # type: ignore[no-untyped-def]
    while True:
        store.carry_over()
        time.sleep(CARRY_SECONDS)


if __name__ == "__main__":
    main()
