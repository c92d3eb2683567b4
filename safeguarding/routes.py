"""Which hand-offs an answer makes, and about what: from the answer alone and the topics that were talked about."""

from __future__ import annotations

from collections.abc import Iterable

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


def hand_off_of(answer: Answer, recent_answers: Iterable[str] = ()) -> HandOff | None:
    """The hand-off that this answer makes, its topic taken from the answer or else from the newest explanation of a kind of abuse."""
    if answer.hand_off is None:
        return None
    if answer.hand_off.topic != "none":
        return answer.hand_off
    topics = (TOPIC_OF_ANSWER[recent] for recent in recent_answers if recent in TOPIC_OF_ANSWER)
    return HandOff(answer.hand_off.route, next(topics, "none"))


def first_hand_off(content: Content, answers: Iterable[str]) -> Answer | None:
    """The first of these answers that hands the person over to a service."""
    known = (content.answers[answer] for answer in answers if answer in content.answers)
    return next((answer for answer in known if answer.hand_off), None)
