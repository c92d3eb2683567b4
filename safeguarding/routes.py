"""Which hand-offs an answer makes, and about what: from the answer alone and the topics that were talked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from safeguarding.content import Answer, Content, HandOff

TOPIC_OF_ANSWER = {
    "abuse_physical": "physical",
    "abuse_domestic": "domestic",
    "abuse_sexual": "sexual",
    "abuse_emotional": "emotional",
    "abuse_financial": "financial",
    "scams_mate_crime": "financial",
    "abuse_modern_slavery": "modern_slavery",
    "abuse_discriminatory": "discriminatory",
    "abuse_organisational": "organisational",
    "abuse_neglect": "neglect",
    "abuse_self_neglect": "self_neglect",
}
"""The kind of abuse that an explanation is about, in the words of national statistics."""


PAID_CARE = "organisational"
"""The topic of every card of the guided path where the person said that it is about paid care or staff."""


def hand_off_of(answer: Answer, recent_answers: Iterable[str] = (), *, paid_care: bool = False) -> HandOff | None:
    """The hand-off that this answer makes, its topic taken from the answer or else from the newest explanation of a kind of abuse."""
    if answer.hand_off is None:
        return None
    if answer.hand_off.topic != "none":
        return answer.hand_off
    if paid_care and answer.id.startswith("report_card"):
        return HandOff(answer.hand_off.route, PAID_CARE)
    topics = (TOPIC_OF_ANSWER[recent] for recent in recent_answers if recent in TOPIC_OF_ANSWER)
    return HandOff(answer.hand_off.route, next(topics, "none"))


def hand_offs_to_count(
    content: Content, said: Sequence[str], recent: Sequence[str], slots: Mapping[str, Any], known: Collection[str]
) -> list[tuple[str, HandOff]]:
    """The hand-offs of one reply that were not counted in this conversation before, each with the answer that makes it, as people know it.

    `recent` are the answers given lately, newest first, this reply's among them; `slots` are the conversation's after this
    turn and `known` the hand-offs counted before it, as “route:topic”. What the action decided in this turn stands.
    """
    decided = [key for key in slots.get("handed_off") or () if key not in known]
    topics = {route: topic for route, _, topic in (key.partition(":") for key in decided)}
    paid_care = slots.get("staff") == "yes"
    found: dict[str, tuple[str, HandOff]] = {}
    for answer in said:
        before = recent[recent.index(answer) :] if answer in recent else ()
        hand_off = hand_off_of(content.answers[answer], before, paid_care=paid_care) if answer in content.answers else None
        if hand_off is not None:
            hand_off = HandOff(hand_off.route, topics.get(hand_off.route, hand_off.topic))
            if f"{hand_off.route}:{hand_off.topic}" not in known:
                found.setdefault(f"{hand_off.route}:{hand_off.topic}", (content.answers[answer].public_id, hand_off))
    return list(found.values())
