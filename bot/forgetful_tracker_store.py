"""The conversations, without the words: what the guide needs to go on talking, and nothing that a person typed.

Kept are slots (each from a closed list), the active form, and the last few whole turns with intent names, times and
the ids of the answers given. A conversation is gone after the idle time, and at once when the page asks for it.
"""

from __future__ import annotations

import copy
import json
import logging
import secrets
import time
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.utils.endpoints import EndpointConfig

from bot.closed_lists import closed_values, is_closed
from bot.shelf import SHELF_FAULTS
from bot.shelves import open_shelf
from safeguarding.settings import load_settings

logger = logging.getLogger(__name__)

TURNS_KEPT = 4
"""Whole turns that stay: follow-ups look back at most three answers, and memory per conversation stays under 10 kB."""

AWAY = "Conversations cannot be kept: each message is answered as a first one. Look at the place that CONVERSATIONS_URL names."
REMEMBERS_FAULTS = 5.0
"""Seconds for which a fault counts as going on."""

SWEPT_EVERY = 5.0
"""Seconds between two looks for what is idle too long: the health is asked more often than there is something to forget."""

READ_AS = "guide_read_as"
"""Rasa's tracker carries what lay on the shelf when it was read, so that it takes the place of nothing else."""

HOLDS_NO_WORDS: tuple[type[Event], ...] = (
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    DefinePrevUserUtteredFeaturization,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
)
"""Events that stay, without their metadata. Of any other kind nothing stays, so that a name that was found in the words is never kept."""


_KINDS: dict[str, type[Event]] = {kind.type_name: kind for kind in (*HOLDS_NO_WORDS, UserUttered, BotUttered, ActionExecuted)}
"""Each kind that is kept by its name: Rasa's own look-up, which `from_parameters` does on whatever
class it is called, walks through all its classes for every event: 0.38 ms of CPU for the 24 events of a conversation, else 0.02."""


class ForgetfulTrackerStore(TrackerStore):
    """Keeps conversations on a shelf, without words, until they are idle too long."""

    def __init__(self, domain: Domain, host: EndpointConfig | None = None, event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        """Open the shelf that CONVERSATIONS_URL names. Raises ShelfError where it cannot be reached, which ends the start."""
        super().__init__(domain, event_broker, **kwargs)
        settings = load_settings()
        self.shelf = open_shelf(settings.conversations_url, settings.guide_idle_minutes * 60)
        self._failed_at = self._swept_at = float("-inf")
        self._closed: tuple[tuple[int, int], frozenset[str]] | None = None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation without its words, in place of what was read; a fault forgets it and is logged without words.

        A server that hung in the middle of a turn wakes when another one has gone on, or when the person has left: what it
        holds is older than what lies there, or was forgotten, and is not kept.
        """
        try:
            kept = json.dumps([event.as_dict() for event in without_words(tracker, self.domain, self._allowed())])
            if await self.shelf.put(tracker.sender_id, kept, getattr(tracker, READ_AS, None)):
                setattr(tracker, READ_AS, kept)
            else:
                logger.warning("A turn came too late and was not kept: its conversation has gone on, or was forgotten.")
        except Exception as error:
            # Rasa's fail-safe store would put the whole conversation into a memory that never forgets, so nothing may be raised here.
            self._failed_at = time.monotonic()
            logger.error("A conversation could not be kept and was forgotten (%s).", type(error).__name__)
            await self._forget_quietly(tracker.sender_id)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or none where it is unknown, forgotten, idle for too long or out of reach."""
        try:
            kept = await self.shelf.get(sender_id)
        except SHELF_FAULTS as error:
            self._failed_at = time.monotonic()
            logger.error("A conversation could not be read (%s).", type(error).__name__)
            return None
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        setattr(tracker, READ_AS, kept)
        for parameters in json.loads(kept):
            tracker.update(_KINDS[parameters["event"]]._from_parameters(parameters))
        return tracker

    async def keep_on(self, sender_id: str) -> bool:
        """Count the idle time from now on again. False where the conversation is not kept any more, or is out of reach."""
        try:
            kept = await self.shelf.get(sender_id)
            if kept is not None:
                await self.shelf.secret()  # lives as long as the conversation
                return await self.shelf.put(sender_id, kept, kept)
        except SHELF_FAULTS as error:
            logger.error("A conversation could not be kept on (%s).", type(error).__name__)
        return False

    async def sweep(self) -> None:
        """Forget what is idle too long though nobody writes, every few seconds however often this is called; a fault is logged."""
        if time.monotonic() - self._swept_at < SWEPT_EVERY:
            return
        self._swept_at = time.monotonic()
        try:
            await self.shelf.sweep()
        except SHELF_FAULTS as error:
            self._failed_at = time.monotonic()
            logger.error("Idle conversations could not be forgotten (%s).", type(error).__name__)

    def trouble(self) -> list[str]:
        """One sentence for the operator where conversations could not be reached a moment ago; empty where they could."""
        return [AWAY] if time.monotonic() - self._failed_at < REMEMBERS_FAULTS else []

    async def delete(self, sender_id: str) -> None:
        """Forget the conversation at once. Raises one of SHELF_FAULTS where the shelf is out of reach."""
        await self.shelf.drop(sender_id)

    @property
    def shared(self) -> bool:
        """Whether another process may go on with these conversations."""
        return self.shelf.shared

    async def secret(self) -> bytes:
        """What event ids are made with, the same for all servers. Raises one of SHELF_FAULTS."""
        return (await self.shelf.secret()).encode()

    async def keys(self) -> Iterable[str]:
        """The ids of the conversations that are kept."""
        return await self.shelf.ids()

    def _allowed(self) -> frozenset[str]:
        """What a slot may hold, looked up anew where Rasa puts in another domain, or an editor adds an answer to it."""
        seen = (id(self.domain), len(self.domain.responses))
        if self._closed is None or self._closed[0] != seen:
            self._closed = (seen, closed_values(self.domain))
        return self._closed[1]

    async def _forget_quietly(self, sender_id: str) -> None:
        try:
            await self.shelf.drop(sender_id)
        except Exception as error:  # whatever left here would go to Rasa's fail-safe store as well
            logger.error("A conversation could not be forgotten before its time (%s).", type(error).__name__)


def forgetful_store(store: TrackerStore) -> ForgetfulTrackerStore:
    """The forgetful store inside the wrappers that Rasa puts around it. Raises TypeError where there is none."""
    while not isinstance(store, ForgetfulTrackerStore):
        inner = getattr(store, "_tracker_store", None)
        if inner is None:
            raise TypeError("endpoints.yml must name bot.forgetful_tracker_store.ForgetfulTrackerStore as tracker_store.")
        store = inner
    return store


def without_words(tracker: DialogueStateTracker, domain: Domain, allowed: frozenset[str]) -> list[Event]:
    """The events to keep: what was before the last turns as slots and active form, then those turns without words.

    A slot that holds anything but names that are allowed is emptied.
    """
    events = list(tracker.events)
    cut = _start_of_last_turns(events)
    kept = [*_what_was_before(tracker, events[:cut], domain), *(kept for kept in map(_scrub, events[cut:]) if kept)]
    return [_from_a_list(event, allowed) for event in kept]


def _start_of_last_turns(events: list[Event]) -> int:
    """Where the last turns begin; a turn begins just after the guide began to listen."""
    starts = [
        index + 1 for index, event in enumerate(events) if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
    ]
    return starts[-(TURNS_KEPT + 1)] if len(starts) > TURNS_KEPT else 0


def _what_was_before(tracker: DialogueStateTracker, dropped: list[Event], domain: Domain) -> list[Event]:
    if not dropped:
        return []
    before = DialogueStateTracker.from_events(tracker.sender_id, dropped, domain.slots)
    changed = [SlotSet(name, slot.value) for name, slot in before.slots.items() if slot.value != slot.initial_value]
    loop = [ActiveLoop(before.active_loop_name)] if before.active_loop_name else []
    return [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *changed, *loop, ActionExecuted(ACTION_LISTEN_NAME)]


def _scrub(event: Event) -> Event | None:
    """The event without words; none where nothing of it is needed."""
    if isinstance(event, UserUttered):
        intent = {key: event.intent.get(key) for key in (INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY)}
        return UserUttered(
            text=None, intent=intent, entities=[], parse_data={"intent": intent, "entities": [], "text": None}, timestamp=event.timestamp
        )
    if isinstance(event, BotUttered):
        custom = (event.data or {}).get("custom") or {}
        return BotUttered(data={"custom": {key: custom.get(key) for key in ("answer", "part")}}, timestamp=event.timestamp)
    if isinstance(event, ActionExecuted):
        return ActionExecuted(event.action_name, policy=event.policy, confidence=event.confidence, timestamp=event.timestamp)
    return _without_metadata(event) if isinstance(event, HOLDS_NO_WORDS) else None


def _from_a_list(event: Event, allowed: frozenset[str]) -> Event:
    """The event, a slot emptied where it holds anything but names from the guide's own lists."""
    if not isinstance(event, SlotSet) or is_closed(event.value, allowed):
        return event
    logger.error("The slot %s held what is on no list, and was emptied (error %s).", event.key, secrets.token_hex(4))
    return SlotSet(event.key, None, timestamp=event.timestamp)


def _without_metadata(event: Event) -> Event:
    """A copy, because Rasa still works with the event itself: whoever adds to its metadata may add words."""
    bare = copy.copy(event)
    bare.metadata = {}
    return bare
