"""Follow-ups on the last answer: what “tell me more”, “yes”, “the second one” or “and the phone number?” lead to.

What they mean is decided from the answer that was shown last; `safeguarding.short_messages` knows them by their wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from safeguarding.content import Content
from safeguarding.hard_words import GLOSSARY, Glossary
from safeguarding.messages import MORE, MOST_CHOICES, compose, count_parts
from safeguarding.report_path import QUESTIONS
from safeguarding.routes import TOPIC_OF_ANSWER
from safeguarding.short_messages import HAS_ITS_OWN_ANSWER

NOTHING_OPEN = "nothing_open"
OFFERS_TWO = "which_one"
PICKS = {"affirm": 0, "pick_first": 0, "pick_second": 1, "pick_third": 2, "pick_fourth": 3}
BY_NUMBER = frozenset(PICKS) - {"affirm"}
"""These name a button by its place; a bare “yes” is said to the answer, and takes the first choice of its own."""

MOST_WORDS = 2
"""Meanings at once; the sentences themselves come again after them."""

AFTER_999 = ("emergency", "after_emergency")
"""After these answers 999 stays the newest, whatever is asked about their words."""

ABOUT_ABUSE_IN_GENERAL = frozenset({"signs_of_abuse", "what_is_abuse", "is_this_abuse"})

OTHER_SERVICES = "why_these_people"
WHY_THIS_SERVICE = {"spor": "why_spor"} | dict.fromkeys(
    ("children", "domestic_abuse", "mental_health", "other_service", "police", "sexual_assault"), OTHER_SERVICES
)
DECLINES = frozenset({"out_of_scope", "not_understood"})

NOT_LEARNT = {"say_nothing": "deny", "acknowledge": "deny"}
"""Short messages that no answer is named after: “nothing” and “ok” are taken kindly, as “no” is."""

AFTER_EMERGENCY = {
    "say_nothing": "tell_after_emergency_nothing",
    "ask_words_to_say": "tell_after_emergency_what_to_say",
    "ask_cannot_phone": "tell_after_emergency_cannot_talk",
} | dict.fromkeys(
    ("acknowledge", "affirm", "deny", "not_sure", "stop_asking", "tell_more", "ask_why", "ask_number"),
    "tell_after_emergency",
)
"""What a message means after the emergency answer and its short replies: 999 stays in sight, whatever it would mean elsewhere."""

RIGHT_AFTER_EMERGENCY = dict.fromkeys(("nlu_fallback", "out_of_scope", "goodbye"), "tell_after_emergency")
"""The same for the first message after it only, so that nobody goes in circles."""


@dataclass(frozen=True)
class Shown:
    """The answer that was shown last and its easy-read part; 0 in standard reading."""

    answer: str
    part: int = 0


def meaning_response(word: str) -> str:
    """The id of the response that tells the meaning of a word of the glossary, without Rasa's `utter_`."""
    return f"{GLOSSARY}_{re.sub('[^a-z]+', '_', word.lower())}"


def words_to_explain(shown: Shown, content: Content) -> list[str]:
    """The hard words of the easy-read part that was shown, in its order, without those that the answer itself is about.

    None in standard reading, which has easy words to offer, nor where 999 leads.
    """
    answer = content.answers.get(shown.answer)
    if answer is None or not shown.part or answer.id.startswith(AFTER_999):
        return []
    text = str(compose(content, answer, easy_read=True, part=shown.part)["text"])
    found = (word.word for _, word in Glossary.english(content.glossary).found_in(text))
    return [word for word in dict.fromkeys(found) if not HAS_ITS_OWN_ANSWER.fullmatch(word.lower())][:MOST_WORDS]


def with_first(choices: Sequence[str], first: str | None) -> list[str]:
    """The choices as they are shown: the next part, what was put in front, and then the answer's own; not more than there is room for."""
    part = [choice for choice in choices if choice == MORE]
    own = [choice for choice in choices if choice not in (MORE, first)]
    return [*part, *([first] if first else []), *own][:MOST_CHOICES]


def follow_up(
    intent: str,
    shown: Shown | None,
    recent: tuple[str, ...],
    content: Content,
    offered: tuple[str, ...] = (),
    put_first: str | None = None,
) -> str:
    """What a follow-up leads to: the id of an answer or of a choice; `nothing_open` where there is nothing to follow.

    `offered` are the two answers that were offered where the message before was not clear; `put_first` is the choice that stood
    in front of the answer's own.
    """
    if intent in PICKS and recent[:1] == (OFFERS_TWO,):
        return offered[PICKS[intent]] if PICKS[intent] < len(offered) else NOTHING_OPEN
    answer = content.answers.get(shown.answer) if shown else None
    if shown is None or answer is None:
        return "how_to_report" if intent == "ask_number" else NOTHING_OPEN
    unread = [MORE] if 0 < shown.part < count_parts(answer) else []
    choices = [*unread, *answer.choices]
    if intent in BY_NUMBER:
        choices = with_first(choices, put_first if put_first != answer.id else None)
    if intent in PICKS:
        return choices[PICKS[intent]] if PICKS[intent] < len(choices) else NOTHING_OPEN
    if intent == "ask_number":
        return answer.id if answer.hand_off else "how_to_report"
    if intent == "go_back":
        return next((before for before in recent if before != answer.id and before in content.answers), NOTHING_OPEN)
    fresh = [choice for choice in choices if choice not in recent and choice != "how_to_report"]
    return (fresh or choices or [NOTHING_OPEN])[0]


def in_context(intent: str, recent: tuple[str, ...]) -> str:
    """The intent as it is meant after the newest answer."""
    last = recent[0] if recent else ""
    if last.startswith("emergency"):
        intent = RIGHT_AFTER_EMERGENCY.get(intent, intent)
    if last.startswith(AFTER_999):
        intent = AFTER_EMERGENCY.get(intent, intent)
    return NOT_LEARNT.get(intent, intent)


def reason(newest: str | None, content: Content) -> str:
    """The answer that tells why the newest one asked, named a service or declined; `why` in general where it did none of these."""
    asked = next((slot for slot in QUESTIONS if newest and newest.startswith(f"report_{slot}")), None)
    if asked:
        return f"why_report_{asked}"
    if newest in DECLINES:
        return "why_only_safeguarding"
    answer = content.answers.get(newest or "")
    if answer is None or answer.hand_off is None or answer.id.endswith("_urgent"):
        return "why"
    return WHY_THIS_SERVICE.get(answer.hand_off.route, "why")


def kind_in_mind(recent: tuple[str, ...]) -> str | None:
    """The kind of abuse that was explained within the last three answers, unless abuse in general came after it."""
    for answer in recent[:3]:
        if answer in TOPIC_OF_ANSWER:
            return answer
        if answer in ABOUT_ABUSE_IN_GENERAL:
            return None
    return None


def signs_of(kind: str) -> str:
    """The answer that tells the signs of a kind of abuse."""
    return f"signs_{kind.removeprefix('abuse_')}"
