"""One turn as it goes on: what is known while a message is answered, and what Rasa says to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.languages import Listened
from bot.understanding import as_intent
from safeguarding.languages import Kept


class Replies(OutputChannel):
    """Collects what Rasa says in one turn."""

    def __init__(self) -> None:
        self.composed: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name inside Rasa."""
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a response that was compiled from `content/`."""
        if (message.get("custom") or {}).get("answer"):
            self.composed.append({"text": message.get("text") or "", "custom": message["custom"]})


@dataclass
class Turn:
    """What is known while one message is answered."""

    conversation: str
    easy_read: bool
    danger: bool
    listened: Listened = field(default_factory=Listened)
    kept: Kept = field(default_factory=Kept)
    """The language in which the conversation goes on."""

    composed: list[dict[str, Any]] = field(default_factory=list)
    known: tuple[str, ...] = ()
    """The hand-offs of earlier turns, “route:topic”."""
    slots: dict[str, Any] = field(default_factory=dict)
    comforted: tuple[str, ...] = ()
    """The answers whose kind sentence was said in an earlier turn."""

    tells: bool = False
    """Whether the message told of something, or answered the guided path, rather than asked for an answer again."""

    on_path: bool = False
    """Whether a question of the guided path was open when the message came."""

    also: str | None = None
    """The intent of a question that was asked beside what was told."""

    afresh: bool = False
    """Whether the person went on with a conversation that is forgotten."""

    nearest: str | None = None
    """The topic that a message without an answer came nearest to."""

    refused: list[str] = field(default_factory=list)
    """The answers that were offered just before and not taken."""

    put_first: str | None = None
    """A choice for the place in front of the answer's own: the next likeliest answer, or the path for who starts afresh."""

    recent: list[str] = field(default_factory=list)
    """The answers given lately, this turn's among them, newest first."""


def recent_answers(tracker: DialogueStateTracker) -> list[str]:
    """The ids of the answers that were given lately, newest first."""
    said = [(event.data or {}).get("custom") or {} for event in reversed(tracker.events) if isinstance(event, BotUttered)]
    return [custom["answer"] for custom in said if custom.get("answer")]


def as_message(turn: Turn, replies: Replies) -> UserMessage:
    """The question beside what was told, as a message of its own."""
    asked = UserMessage(text=None, output_channel=replies, sender_id=turn.conversation, input_channel=replies.name())
    asked.parse_data = as_intent(str(turn.also))
    return asked
