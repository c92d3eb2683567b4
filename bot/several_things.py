"""Somebody tells of harm and asks a question in one message: both are answered, the hand-off first.

The parts are read by the same pipeline as the whole, and only where a message has both; danger is decided on the whole and
on each part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY

from bot.danger_classifier import EMERGENCY_INTENT, UNSURE_INTENTS
from safeguarding.content import Content
from safeguarding.danger import DangerSigns
from safeguarding.path_words import read
from safeguarding.routes import TOPIC_OF_ANSWER
from safeguarding.several_things import happens_for_real, is_own, take_apart

SUICIDE = "tell_suicide_self_harm"
ANSWERED_ALONE = frozenset({EMERGENCY_INTENT, SUICIDE, "ask_allegation_staff"})
"""Nothing else is put beside these; the last is a door of its own."""

SPOR_DOORS = frozenset({"tell_concern_self", "tell_concern_other", *UNSURE_INTENTS.values()})
NOT_BESIDE_A_WORRY = frozenset({"ask_about", "ask_what_can_you_do", "ask_number"})

MISTAKEN_FOR = frozenset({"tell_accused", "tell_own_behaviour"})
"""“Will they tell her it was me?” and “who do I tell?” behind a worry sound like these; what was told decides."""

ASKS_WHETHER = frozenset({"ask_is_this_abuse", "ask_what_is_abuse"})
KINDS = frozenset(f"ask_{kind}" for kind in TOPIC_OF_ANSWER)
ABOUT_ABUSE = ASKS_WHETHER | KINDS
"""“My carer shouts at me. Is that abuse?” is read as one of these; its first sentence alone is a worry."""

SURE_ENOUGH = 0.4
"""Of a question beside what was told: under this, of the 42 disclosures of the development half that ask something, most were misread."""

CLEARLY_TOLD = 0.5
"""Of a worry beside what was asked; its words must also tell of harm, and not of a film, a lesson or the news."""

SURELY_TOLD = 0.6
"""The same where no word of harm is known and what is told is one's own, or is of dark thoughts: under it, the development half has only
stories and chatter."""


@dataclass(frozen=True)
class Several:
    """What the message is taken for, and the question that it asks besides, as an intent."""

    parsed: dict[str, Any]
    also: str | None = None


class SeveralThings:
    """Reads the parts of a message."""

    def __init__(self, content: Content) -> None:
        """Take the questions that have an answer."""
        self._questions = {answer.intent for answer in content.answers.values() if answer.kind == "question"} - NOT_BESIDE_A_WORRY
        self._doors = {answer.intent for answer in content.answers.values() if answer.kind == "telling" and answer.hand_off}
        self._doors |= SPOR_DOORS
        self._signs = DangerSigns.load()

    async def read(self, agent: Agent, text: str, parsed: dict[str, Any]) -> Several:
        """The message as it is meant, from what the whole of it was taken for."""
        whole, alone = _likeliest(parsed)[0], Several(parsed)
        parts = take_apart(text)
        if parts is None or whole in ANSWERED_ALONE or whole.startswith("tell_after_"):
            return alone
        if whole in self._doors:
            return self._beside_a_worry(parsed, await _parse(agent, parts.told), await _parse(agent, parts.asked))
        if self._signs.assess(parts.told).calm or not happens_for_real(parts.told):
            return alone
        told = await _parse(agent, parts.told)
        if _tells_surely_of(SUICIDE, told):
            return Several(_taken_for(parsed, SUICIDE))
        known_harm = read(parts.told).get("harm") == "yes"
        if not known_harm and not (whole in ABOUT_ABUSE and is_own(parts.told)):
            return alone
        if not known_harm and self._likely_a_worry(told) < SURELY_TOLD:
            return alone
        return self._behind_a_worry(parsed, told, await _parse(agent, parts.asked))

    def read_in(self, parse: Callable[[str], dict[str, Any]], signs: DangerSigns, text: str, parsed: dict[str, Any]) -> Several:
        """The same in another language, whose own reader and words of calm say what is told: no harm is known there by a word."""
        whole, alone = _likeliest(parsed)[0], Several(parsed)
        parts = take_apart(text)
        if parts is None or whole in ANSWERED_ALONE or whole.startswith("tell_after_"):
            return alone
        if whole in self._doors:
            return self._beside_a_worry(parsed, parse(parts.told), parse(parts.asked))
        if signs.assess(parts.told).calm:
            return alone
        told = parse(parts.told)
        if _tells_surely_of(SUICIDE, told):
            return Several(_taken_for(parsed, SUICIDE))
        if whole not in self._questions or self._likely_a_worry(told) < SURELY_TOLD:
            return alone
        return self._behind_a_worry(parsed, told, parse(parts.asked))

    def _behind_a_worry(self, parsed: dict[str, Any], told: dict[str, Any], asked: dict[str, Any]) -> Several:
        """The question that the whole was taken for, with the worry that was told in front of it."""
        whole = _likeliest(parsed)[0]
        question = self._question(asked, whole) or whole
        question = whole if question in ASKS_WHETHER and whole in KINDS else question
        return self._worry_in_front(told, Several(parsed, question))

    def _beside_a_worry(self, parsed: dict[str, Any], told: dict[str, Any], asked: dict[str, Any]) -> Several:
        """The worry that the whole was taken for, with the question that was asked besides."""
        whole = _likeliest(parsed)[0]
        door, chance = _likeliest(told)
        whole = door if whole in MISTAKEN_FOR and door in SPOR_DOORS and chance >= CLEARLY_TOLD else whole
        urgent = EMERGENCY_INTENT in (_likeliest(told)[0], _likeliest(asked)[0])
        door = UNSURE_INTENTS.get(whole, whole) if urgent else whole
        return Several(_taken_for(parsed, door), self._question(asked, door))

    def _worry_in_front(self, told: dict[str, Any], asked: Several) -> Several:
        """The worry that was told, with the question behind it; the question alone where the worry is not clear."""
        door, chance = _likeliest(told)
        if door == EMERGENCY_INTENT:
            candidates = [row[INTENT_NAME_KEY] for row in told.get(INTENT_RANKING_KEY) or [] if row[INTENT_NAME_KEY] in UNSURE_INTENTS]
            door = UNSURE_INTENTS[candidates[0]] if candidates else ""
        elif door not in UNSURE_INTENTS.values() and chance < CLEARLY_TOLD:
            door = ""
        if door == SUICIDE:
            return Several(_taken_for(asked.parsed, door))
        if door not in self._doors or door in ANSWERED_ALONE or asked.also not in self._questions:
            return replace(asked, also=None)
        return Several(_taken_for(asked.parsed, door), asked.also)

    def _likely_a_worry(self, told: dict[str, Any]) -> float:
        """How likely it is that harm is told, whoever it is about and however urgent."""
        telling = self._doors | {EMERGENCY_INTENT}
        ranking = told.get(INTENT_RANKING_KEY) or []
        return sum(float(row[PREDICTED_CONFIDENCE_KEY]) for row in ranking if row[INTENT_NAME_KEY] in telling)

    def _question(self, asked: dict[str, Any], door: str) -> str | None:
        """The question, where it is sure enough. How to report is told by each door; beside another than SPOR, SPOR's way would mislead."""
        intent, chance = _likeliest(asked)
        answered = intent == "ask_how_to_report" and door in self._doors - SPOR_DOORS
        return intent if intent in self._questions and chance >= SURE_ENOUGH and not answered else None


async def _parse(agent: Agent, part: str) -> dict[str, Any]:
    return dict(await agent.processor.parse_message(UserMessage(text=part)))


def _tells_surely_of(intent: str, told: dict[str, Any]) -> bool:
    likeliest, chance = _likeliest(told)
    return likeliest == intent and chance >= SURELY_TOLD


def _likeliest(parsed: dict[str, Any]) -> tuple[str, float]:
    intent = parsed["intent"]
    return str(intent.get(INTENT_NAME_KEY) or ""), float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)


def _taken_for(parsed: dict[str, Any], intent: str) -> dict[str, Any]:
    if parsed["intent"].get(INTENT_NAME_KEY) == intent:
        return parsed
    return {**parsed, "text": None, "intent": {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, "entities": []}
