"""What people asked that the guide could not answer, counted by the nearest topic and never by words.

Two counts a week, apart from the hand-offs: `missed`, where nothing was understood or nothing fits, by the topic that came nearest;
and `refused`, where two answers were offered and neither was taken, by the topics of both. A topic is a folder of `content/answers/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from safeguarding.escalation import NEAREST, Tally

UNSURE = "nlu_fallback"
"""The intent of a message that is not clear."""

NO_ANSWER = frozenset({"not_understood", "out_of_scope"})
OFFER = "which_one"
"""The answer that offers two others."""

NONE, OTHER = "none", "other"


class Offer(NamedTuple):
    """The answers given lately, newest first, and the two that were offered last."""

    answers: list[str]
    offered: list[str]


def topic_of(answer: str | None, folders: Mapping[str, str]) -> str:
    """The topic of an answer: its folder, or `other` for a folder that the closed list does not have yet."""
    folder = folders.get(answer or "", NONE)
    return folder if folder in NEAREST else OTHER


def nearest_topic(likeliest: Sequence[str], answers: Mapping[str, str], folders: Mapping[str, str]) -> str:
    """The topic of the likeliest intent that has an answer; `none` where there is none. `answers` are the ids by intent."""
    found = next((answers[intent] for intent in likeliest if intent in answers and answers[intent] not in NO_ANSWER), None)
    return topic_of(found, folders)


def is_missed(intent: str, given: Sequence[str]) -> bool:
    """Whether a message got no answer of its own: also where a person to talk to was named instead."""
    return bool(NO_ANSWER.intersection(given)) or (intent == UNSURE and OFFER not in given)


def refused(before: Offer, given: Sequence[str]) -> list[str]:
    """The answers that were offered just before and not taken."""
    was_offered = before.answers[:1] == [OFFER]
    return list(before.offered) if was_offered and not set(before.offered) & set(given) else []


def miss_tallies(week: str, nearest: str | None, refusals: Sequence[str], folders: Mapping[str, str]) -> list[Tally]:
    """One more in each count that a turn belongs to; `nearest` is none where the message was answered."""
    missed = [Tally(week, "missed", nearest)] if nearest else []
    return missed + [Tally(week, "refused", topic) for topic in sorted({topic_of(answer, folders) for answer in refusals})]
