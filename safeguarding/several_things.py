"""Several things in one message: what somebody tells apart from what they ask, so that both can be answered.

“My carer shouts at me. Is that abuse?” tells of harm and asks a question. Words are taken apart here and read nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeguarding.danger import normalise
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

_MADE_UP = re.compile(
    r"\b(?:quiz|puzzle|exam|test|homework|work ?(?:book|sheet)|hand ?book|lessons?|teacher|tutor|trainer|training|course|exercise|scenario|"
    r"case study|role ?play|(?:flash|picture) ?cards?|question (?:\d+|one|two|three|four|five)"
    r"|gave (?:us|me) (?:a|this) (?:case|question))\b"
    r"|\b(?:the|a|this|each|every|our) (?:card|slide|question|example|leaflet|poster|hand ?out) "
    r"(?:said|says|has|shows|asks|is)\b"
    r"|\b(?:in|on|from|about|of) (?:a|the|my|our|this|that|one|an) (?:\w+ )?(?:news\w*|series|serial|soap|film|movie|books?|novel|play"
    r"|episode|drama|pod ?cast|programme|show|papers?|magazine|telly|tv|radio|wireless|internet|article)\b"
    r"|\b(?:on|in) (?:tv|telly|corrie|coronation street|east ?enders|emmerdale|casualty|news ?round|netflix|facebook news)\b"
    r"|\bi (?:just |once )?(?:read|heard|saw|was reading)(?: a story| in \w+)? (?:of|about|that)\b|\bnovel\b|\bthat story\b"
    r"|\bmade me think\b|\b(?:suppose|supposing|imagine|pretend|for example|let us say|lets say)\b|^if\b|^when an?\b"
)
"""A lesson, the news, a story or a supposed case: what happens in it is a question and no worry."""

_OF_NOBODY = re.compile(r"^(?:an?|any|some) \w+")
_OWN = re.compile(r"\b(?:me|my|us|our|mine|i am|im)\b")


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


def happens_for_real(told: str) -> bool:
    """Whether the words can be of something that happens: no lesson or story, and not “a carer hits a resident”, of nobody known."""
    words = normalise(told)
    return not _MADE_UP.search(words) and (is_own(told) or not _OF_NOBODY.search(words))


def is_own(told: str) -> bool:
    """Whether the words are of the person who writes, or of somebody who is theirs: “shouts at me”, “my mum”."""
    return _OWN.search(normalise(told)) is not None


def _within(sentence: str) -> list[str]:
    """A sentence in two where a question stands behind what is told; a sentence that begins as a question stays whole."""
    if asks(sentence.rstrip("?. ")):
        return [sentence]
    return _QUESTION_AFTER.split(sentence, maxsplit=1)
