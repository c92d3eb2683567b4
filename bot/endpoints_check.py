"""Looks whether `endpoints.yml` keeps conversations without words: where Rasa does not find a store it takes one that keeps all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from safeguarding.settings import ROOT

TRACKER_STORE = "bot.forgetful_tracker_store.ForgetfulTrackerStore"
LOCK_STORE = "bot.locks.ConversationLocks"


class EndpointsError(RuntimeError):
    """`endpoints.yml` would keep words; the message is one sentence that says what to do."""


def check_endpoints(path: Path = ROOT / "endpoints.yml") -> None:
    """Raises EndpointsError where the file names another tracker store, a broker of events, or a store of locks that is not ours."""
    try:
        endpoints: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise EndpointsError(f"{path.name} cannot be read ({type(error).__name__}): correct it.") from None
    endpoints = endpoints if isinstance(endpoints, dict) else {}
    named = (endpoints.get("tracker_store") or {}).get("type")
    if named != TRACKER_STORE:
        named = named or "no type"
        raise EndpointsError(f"{path.name} names {named} as tracker_store: only {TRACKER_STORE} keeps no words. Write that.")
    if endpoints.get("event_broker"):
        raise EndpointsError(f"{path.name} has an event_broker, which would send on what people write: take it out.")
    lock = (endpoints.get("lock_store") or {}).get("type") or "no type"
    if lock != LOCK_STORE:
        raise EndpointsError(f"{path.name} names {lock} as lock_store: only {LOCK_STORE} lets nobody wait for long. Write that.")
