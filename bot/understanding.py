"""What a message means where the conversation stands: its intent, and what it says for the guided path and the glossary.

Words are read here and nowhere later. What goes on into the conversation are values from closed lists.
"""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY

from bot.incoming import Incoming
from bot.several_things import SeveralThings
from safeguarding.content import Answer, Content, tells
from safeguarding.follow_ups import NOT_LEARNT, in_context, kind_in_mind, meaning_response
from safeguarding.misses import nearest_topic
from safeguarding.path_words import asks, corrects, read, says_only_who, still_about_self
from safeguarding.report_path import ANSWER, BUTTON_INTENTS, BUTTONS, LEADS_ALONE, MAY_BE_DANGER, SAYS_BY_INTENT, START
from safeguarding.role_words import role_of
from safeguarding.short_messages import hard_word, recognise

TOLD, HARD_WORD, ASKED, ROLE = "told", "hard_word", "report_asked", "role"
PATH = "report_start"
"""The choice that begins the guided path."""

ALSO = "also"
"""Where the reading of a message keeps the intent of a question that was asked beside what was told."""

EMERGENCY_INTENT, NOT_CLEAR = "tell_emergency", "nlu_fallback"
GUESSED = MAY_BE_DANGER | {EMERGENCY_INTENT}

WORTH_A_BUTTON = 0.03
"""Low on purpose: a button too many costs little, a wrong guess without one costs a second try."""

DOOR_WORTH_A_BUTTON = 0.15
"""Higher for a service of its own: “help after a sexual assault” is not put before somebody without need."""

OWN_DOORS = frozenset({"children", "domestic_abuse", "mental_health", "sexual_assault"})
"""Routes to services that people may not know to ask for."""

RUNNERS_UP = slice(1, 3)
"""The second and the third likeliest; the first of them that may be a button is one."""

NO_DOOR_BESIDE = frozenset({"tell_accused", "tell_own_behaviour"})
"""Who is said to have harmed somebody is not offered help for who was harmed."""

SHORT_REPLY = 8
"""Words. “No, it is her son” answers a question; a longer message may tell of danger beside it."""

WHO = {"for_whom", "age"}
"""What the words may tell and still be no more than who it is about."""

LIKELY_DANGER = 0.5
"""The threshold of danger is low, for recall; on the path, where danger is the first question, a short reply has to be likelier."""


class Understanding:
    """Reads messages, with the glossary and the intents of the choices at hand."""

    def __init__(self, content: Content) -> None:
        """Take the glossary and the answers that can be chosen."""
        self._glossary = content.glossary
        self._several = SeveralThings(content)
        self.intents = {answer.id: answer.intent for answer in content.answers.values() if answer.intent} | BUTTON_INTENTS
        self.intents |= {"more": "show_more"}
        self._offer_path = {answer.id for answer in content.answers.values() if PATH in answer.choices}
        self._answers = {answer.intent: answer.id for answer in content.answers.values() if answer.intent}
        self._buttons = {answer.intent: (answer.id, least) for answer in content.answers.values() if (least := _worth_a_button(answer))}

    async def understand(
        self, agent: Agent, incoming: Incoming, message: UserMessage, tracker: DialogueStateTracker, recent: tuple[str, ...], danger: bool
    ) -> tuple[dict[str, Any], list[Event]]:
        """What Rasa takes the message for, and the changes of the conversation that go before it. An empty one cannot be read."""
        if incoming.text == "":
            return as_intent(NOT_CLEAR), _changes(tracker, {}, None, ends_path=False)
        if incoming.choice is not None:
            before = {} if tracker.active_loop_name else dict(tracker.get_slot(TOLD) or {})
            told, intent = dict(BUTTONS.get(incoming.choice, before)), str(self.intents[incoming.choice])
            return as_intent(intent), _changes(tracker, told, None, ends_path=intent in LEADS_ALONE)
        parsed, changes = await self._read(agent, incoming.text or "", message, tracker, recent, danger)
        role = role_of(incoming.text or "")
        return parsed, changes if role in (None, tracker.get_slot(ROLE)) else [*changes, SlotSet(ROLE, role)]

    async def _read(
        self, agent: Agent, text: str, message: UserMessage, tracker: DialogueStateTracker, recent: tuple[str, ...], danger: bool
    ) -> tuple[dict[str, Any], list[Event]]:
        """The same for words."""
        parsed = await agent.processor.parse_message(message, tracker)
        on_path = tracker.active_loop_name is not None
        open_question = tracker.get_slot(REQUESTED_SLOT) if on_path else None
        begun = bool(tracker.get_slot(ASKED))
        told = read(text, open_question)
        if (tracker.get_slot("for_whom") if on_path else (tracker.get_slot(TOLD) or {}).get("for_whom")) == "self":
            told = still_about_self(text, told, open_question)
        only_a_reply = _is_only_a_reply(text, parsed, open_question in told or (open_question not in (None, "danger") and bool(told)))
        only_a_reply = only_a_reply or (on_path and bool(told) and (corrects(text) or says_only_who(text)))
        only_a_reply = only_a_reply or (begun and corrects(text) and says_only_who(text))
        takes_up = not on_path and self._takes_up_the_path(text, parsed, told, recent)
        only_a_reply = only_a_reply or takes_up
        if danger or (intent_of(parsed) == EMERGENCY_INTENT and not only_a_reply):
            return parsed, _changes(tracker, {}, None, ends_path=True)
        word = hard_word(text, self._glossary)
        short = "ask_hard_word" if word else self._short(text, recent, on_path=on_path, begun=begun)
        if intent_of(parsed) in GUESSED and only_a_reply:
            short = short or ANSWER
        if takes_up:
            parsed = {**parsed, **as_intent(START)}
        elif short:
            parsed = {**parsed, **as_intent(short)}
        elif not on_path and told and begun and corrects(text):
            parsed = {**parsed, **as_intent(ANSWER)}
        elif not on_path:
            several = await self._several.read(agent, text, parsed)
            parsed = {**several.parsed, ALSO: several.also}
        intent = in_context(intent_of(parsed), recent)
        if intent != intent_of(parsed):
            parsed = {**parsed, **as_intent(intent)}
        if on_path and asks(text):
            told["asks"] = "yes"
        if not on_path:
            told = _told_before_the_path(tracker, told, intent)
        return parsed, _changes(tracker, told, word, ends_path=intent in LEADS_ALONE)

    def runner_up(self, parsed: dict[str, Any]) -> str | None:
        """The next likeliest answer that is a question or a service's own door, where it is likely enough to be worth a button."""
        ranking = parsed.get(INTENT_RANKING_KEY) or []
        if not ranking or intent_of(parsed) != ranking[0][INTENT_NAME_KEY]:
            return None
        near = ((self._buttons.get(row[INTENT_NAME_KEY]), row) for row in ranking[RUNNERS_UP])
        no_door = intent_of(parsed) in NO_DOOR_BESIDE
        worth = (
            button[0]
            for button, row in near
            if button and row[PREDICTED_CONFIDENCE_KEY] >= button[1] and not (no_door and tells(row[INTENT_NAME_KEY]))
        )
        return next(worth, None)

    def intent_of(self, parsed: dict[str, Any] | None) -> str:
        """The intent that a message was taken for."""
        return intent_of(parsed) if parsed else ""

    def nearest(self, parsed: dict[str, Any] | None, content: Content) -> str:
        """The topic of the likeliest answer, whatever was decided in the end."""
        likeliest = [str(row[INTENT_NAME_KEY]) for row in (parsed or {}).get(INTENT_RANKING_KEY) or []]
        return nearest_topic(likeliest, self._answers, content.folders)

    def _takes_up_the_path(self, text: str, parsed: dict[str, Any], told: dict[str, str], recent: tuple[str, ...]) -> bool:
        """Whether somebody who was just offered the path says at once who it is: “my neighbour, she's 85”, “actually it's my mum”."""
        if not told.keys() <= WHO or "for_whom" not in told or asks(text) or not self._offer_path.intersection(recent[:2]):
            return False
        if corrects(text):
            return _is_only_a_reply(text, parsed, answers_question=True)
        guessed = intent_of(parsed)
        guessed_wrong = tells(guessed) or guessed in ("nlu_fallback", "out_of_scope")
        return recent[0] in self._offer_path and guessed_wrong and _is_only_a_reply(text, parsed, answers_question=True)

    def _short(self, text: str, recent: tuple[str, ...], *, on_path: bool, begun: bool) -> str | None:
        """The intent of a short follow-up, where it fits."""
        short = recognise(text)
        if short == "ask_signs_of_this":
            return short if kind_in_mind(recent) and not on_path else None
        if short == "start_again":
            return START if on_path or begun else None
        if on_path and short in NOT_LEARNT:
            return "deny" if short == "say_nothing" else None
        return short


def intent_of(parsed: dict[str, Any]) -> str:
    """The name of the intent that a message was read as; empty where there is none."""
    return str(parsed["intent"].get(INTENT_NAME_KEY) or "")


def _is_only_a_reply(text: str, parsed: dict[str, Any], answers_question: bool) -> bool:
    """Whether the classifier's guess of danger is worth less than the words: a follow-up, or a short reply on the path."""
    if recognise(text) is not None:
        return True
    chance = next(
        (row[PREDICTED_CONFIDENCE_KEY] for row in parsed.get(INTENT_RANKING_KEY) or [] if row[INTENT_NAME_KEY] == EMERGENCY_INTENT), 1
    )
    return answers_question and len(text.split()) <= SHORT_REPLY and chance < LIKELY_DANGER


def _told_before_the_path(tracker: DialogueStateTracker, told: dict[str, str], intent: str) -> dict[str, str]:
    """What somebody told of a worry is kept for the path; that nobody is in danger counts only where the path begins with it.

    Who told of themselves and now of somebody else is asked there who it is about.
    """
    before = dict(tracker.get_slot(TOLD) or {})
    if before.get("for_whom") == "self" and SAYS_BY_INTENT.get(intent, {}).get("for_whom") == "other":
        del before["for_whom"]
    if intent == ANSWER:
        return told
    if not tells(intent) and intent != START:
        return before
    return {**before, **{slot: value for slot, value in told.items() if slot != "danger" or intent == START}}


def _worth_a_button(answer: Answer) -> float | None:
    """How likely an answer has to be for a button beside another one; none where it never gets one."""
    if answer.kind == "question":
        return WORTH_A_BUTTON
    return DOOR_WORTH_A_BUTTON if answer.kind == "telling" and answer.hand_off and answer.hand_off.route in OWN_DOORS else None


def as_intent(intent: str) -> dict[str, Any]:
    """What Rasa is told where the intent of a message is known."""
    return {"text": None, "intent": {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}, "entities": []}


def _changes(tracker: DialogueStateTracker, told: dict[str, str], word: str | None, *, ends_path: bool) -> list[Event]:
    """Slots that change, and the end of the path where danger, or another answer that must stand alone, leads."""
    wanted = {TOLD: told or None, HARD_WORD: meaning_response(word) if word else None}
    changes: list[Event] = [SlotSet(name, value) for name, value in wanted.items() if tracker.get_slot(name) != value]
    if ends_path and tracker.active_loop_name:
        changes += [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
    return changes
