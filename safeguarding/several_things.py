"""Several things in one message: what somebody tells apart from what they ask, so that both can be answered.

“My carer shouts at me. Is that abuse?” tells of harm and asks a question. Words are taken apart here and read nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeguarding.path_words import asks

MOST_PARTS = 12
"""A longer story is read as a whole only: it costs time, and its last question is rarely the point."""

SHORTEST_TOLD = 3
"""Words. “Hello.” or “Please help.” tells of nothing."""

_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+|\s*\n+\s*")
_QUESTION_AFTER = re.compile(
    r"(?:\s*[,;–-]\s*(?:(?:and|but|so)\s+)?|\s+(?:and|but|so)\s+)"
    r"(?=(?:what|whats|how|who|where|when|why|will|would|can|could|should|do i|does|is (?:it|this|that)|are (?:they|you)|am i)\b)",
    re.IGNORECASE,
)
"""Where a question begins within a sentence: after a comma, or after “and”, “but” or “so”."""


@dataclass(frozen=True)
class Parts:
    """What a message tells, as one text, and what it asks last."""

    told: str
    asked: str


def take_apart(text: str) -> Parts | None:
    """What is told and what is asked; none where the message does not do both."""
    parts = [part.strip() for sentence in _SENTENCE_END.split(text.strip()) for part in _within(sentence) if part.strip()]
    if not 2 <= len(parts) <= MOST_PARTS:
        return None
    asked = [part for part in parts if asks(part)]
    told = " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts if part not in asked)
    if not asked or len(told.split()) < SHORTEST_TOLD:
        return None
    return Parts(told, asked[-1])


def _within(sentence: str) -> list[str]:
    """A sentence in two where a question stands behind what is told; a sentence that begins as a question stays whole."""
    if asks(sentence.rstrip("?. ")):
        return [sentence]
    return _QUESTION_AFTER.split(sentence, maxsplit=1)
