"""One turn of the conversation: danger first, then Rasa, and an answer whatever fails on the way."""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content_importer import OFFERS_TWO, RELEASE_RESPONSE
from bot.counters import Counters
from bot.danger_classifier import METADATA_KEY
from bot.forgetful_tracker_store import forgetful_store
from bot.incoming import Incoming, Refused
from bot.languages import Languages, Listened
from bot.shelf import SHELF_FAULTS
from bot.turn import Replies, Turn, as_message, recent_answers
from bot.understanding import ALSO, EMERGENCY_INTENT, PATH, Understanding, intent_of
from bot.understanding_other import understand_in_language
from safeguarding.content import Content, load_content, tells
from safeguarding.escalation import Escalation, event_id_of, iso_week, tallies, who_asked
from safeguarding.follow_ups import BY_NUMBER, with_first
from safeguarding.kindness import kind_words_once
from safeguarding.languages import ENGLISH, LANGUAGE_CHOICES, Kept, language_after, language_of_reply
from safeguarding.messages import CONTACTS_ALWAYS, compose, present_contact
from safeguarding.misses import Offer, is_missed, miss_tallies, refused
from safeguarding.report_path import ANSWER, BUTTONS
from safeguarding.routes import hand_offs_to_count
from safeguarding.settings import Settings
from safeguarding.speaking import present_in
from safeguarding.store import EscalationStore

logger = logging.getLogger(__name__)

EMERGENCY = "emergency"
AFRESH = "started_afresh"
PATH_BUTTONS = frozenset(BUTTONS)
DANGER_WAITS = 1.0
"""Seconds that an emergency answer waits for Rasa to take note of it, and a sign for its reader; then the answer goes out without them."""


class Guide:
    """Answers messages with the loaded agent, and without it when it must."""

    def __init__(self, settings: Settings) -> None:
        """Load the words and the signs of danger, and open the record of hand-offs."""
        self.settings = settings
        self.store = EscalationStore(settings)
        self.counters = Counters(self.store)
        self._secret = secrets.token_bytes(32)
        self.use(load_content())

    def use(self, content: Content) -> None:
        """Speak with these words from now on."""
        self.content = content
        self.languages = Languages(content)
        self.understanding = Understanding(content)
        self.understanding.intents |= dict.fromkeys(LANGUAGE_CHOICES, "repeat")

    def trouble(self, agent: Agent | None) -> list[str]:
        """Why the guide is not whole just now, in words for an operator; empty where it is."""
        if agent is None or not agent.is_ready():
            return ["No model is loaded: run make train."]
        release = agent.domain.responses.get(RELEASE_RESPONSE, [{}])[0].get("text") if agent.domain else None
        return [] if release == self.content.digest else ["The words in content/ are newer than the model: run make train."]

    def listen(self, incoming: Incoming) -> Listened:
        """In which language the words are, and whether the signs of any language show danger now."""
        return self.languages.listen(incoming.text)

    async def reply(self, agent: Agent | None, incoming: Incoming, listened: Listened) -> dict[str, Any]:
        """The reply of the chat contract to a checked request. Raises Refused for a choice that does not exist."""
        if incoming.choice is not None and incoming.choice not in self.understanding.intents:
            told = language_after(incoming.shown, listened.heard, incoming.language).language
            raise Refused(400, "unknown_choice", "That choice does not exist. Please choose again or write in your own words.", told)
        turn = await self._begin(agent, incoming, listened)
        if incoming.text != "" or turn.on_path:
            await self._ask_rasa(agent, incoming, turn)
        if incoming.text == "":
            turn.composed.insert(0, self._compose(turn, "not_understood"))
        self._put_danger_first(turn)
        if not turn.composed:
            turn.composed = [self._compose(turn, "service_problem")]
        if turn.tells:
            turn.composed = kind_words_once(self.content, turn.composed, turn.comforted)
        self._offer_runner_up(turn)
        self._say_that_it_starts_afresh(turn)
        await asyncio.to_thread(self._count, incoming, turn, *await self._secret_of_all(agent))
        return self._present(turn)

    async def forget(self, agent: Agent | None, conversation: str | None) -> None:
        """Forget the conversation at once; an unknown one is forgotten already."""
        if agent is not None and conversation:
            async with agent.lock_store.lock(conversation):
                await forgetful_store(agent.tracker_store).delete(conversation)

    async def keep_on(self, agent: Agent | None, conversation: str | None) -> bool:
        """Keep a conversation whose person is still there for another idle time; False where it is forgotten already."""
        if agent is None or not conversation:
            return False
        async with agent.lock_store.lock(conversation):
            return await forgetful_store(agent.tracker_store).keep_on(conversation)

    def reply_to_a_fault(self, kind: str, incoming: Incoming | None) -> dict[str, Any]:
        """The reply when something broke outside a turn: the contacts, where the person was, and a log line without words."""
        logger.error("A request failed (error %s, %s); the person got the contacts.", secrets.token_hex(4), kind)
        turn = Turn(self._new_conversation(), easy_read=False, danger=False)
        if incoming:
            turn.conversation, turn.easy_read = incoming.conversation or turn.conversation, bool(incoming.easy_read)
            turn.kept = language_after(incoming.shown, turn.listened.heard, incoming.language)
        turn.composed = [self._compose(turn, "service_problem")]
        return self._present(turn)

    def contacts(self, language: str = ENGLISH) -> list[dict[str, Any]]:
        """The contacts that go with every refusal."""
        translation = self.languages.translations.get(language)
        content = translation.content if translation else self.content
        return [present_contact(content.contacts[contact], self.settings) for contact in CONTACTS_ALWAYS]

    async def _begin(self, agent: Agent | None, incoming: Incoming, listened: Listened) -> Turn:
        tracker = None
        if agent is not None and incoming.conversation:
            tracker = await forgetful_store(agent.tracker_store).retrieve(incoming.conversation)
        kept = incoming.conversation if tracker or agent is None else None  # without Rasa, who comes with one keeps it
        easy_read = incoming.easy_read if incoming.easy_read is not None else bool(tracker and tracker.get_slot("easy_read"))
        turn = Turn(kept or self._new_conversation(), easy_read, listened.danger, listened)
        before = Kept(tracker.get_slot("language") or ENGLISH, bool(tracker.get_slot("language_chosen"))) if tracker else incoming.shown
        turn.kept = language_after(before, listened.heard, LANGUAGE_CHOICES.get(incoming.choice or "", incoming.language))
        turn.known = tuple(tracker.get_slot("handed_off") or ()) if tracker else ()
        turn.comforted = tuple(tracker.get_slot("comforted") or ()) if tracker else ()
        turn.on_path = bool(tracker and tracker.active_loop_name)
        turn.afresh = agent is not None and incoming.conversation is not None and tracker is None
        return turn

    def _new_conversation(self) -> str:
        return f"{self.settings.guide_server_tag}-{secrets.token_hex(16)}"

    async def _ask_rasa(self, agent: Agent | None, incoming: Incoming, turn: Turn) -> None:
        """Let Rasa answer; where it cannot, even a sign that calm words make unsure counts as danger."""
        if agent is None or self.trouble(agent):
            turn.danger = turn.danger or turn.listened.may_be_danger
            return
        hurries = turn.danger or turn.listened.wait_for_the_reader
        seconds = min(self.settings.guide_turn_seconds, DANGER_WAITS) if hurries else self.settings.guide_turn_seconds
        try:
            await asyncio.wait_for(self._rasa_turn(agent, incoming, turn), seconds)
        except Exception as error:
            turn.danger = turn.danger or turn.listened.may_be_danger
            self.counters.count_fault()
            logger.error("A turn failed (error %s, %s); the person got the contacts.", secrets.token_hex(4), type(error).__name__)

    async def _rasa_turn(self, agent: Agent, incoming: Incoming, turn: Turn) -> None:
        metadata = {METADATA_KEY: turn.danger}
        replies = Replies()
        message = UserMessage(
            text=incoming.text,
            output_channel=replies,
            sender_id=turn.conversation,
            input_channel=replies.name(),
            metadata=metadata,
        )
        async with agent.lock_store.lock(turn.conversation):
            before = await self._prepare(agent, incoming, turn, message)
            try:
                await agent.processor.handle_message(message)
                if turn.also:
                    await agent.processor.handle_message(as_message(turn, replies))
            finally:
                turn.composed = replies.composed
            tracker = await forgetful_store(agent.tracker_store).retrieve(turn.conversation)
        if tracker is not None:
            turn.easy_read = bool(tracker.get_slot("easy_read"))
            turn.slots = tracker.current_slot_values()
            turn.recent = recent_answers(tracker)
        self._note_what_was_missed(turn, message, before)

    async def _prepare(self, agent: Agent, incoming: Incoming, turn: Turn, message: UserMessage) -> Offer:
        """Understand the message where the conversation stands, and bring the reading mode in line with the request.

        Tells what had been offered before.
        """
        tracker = await agent.processor.fetch_tracker_and_update_session(turn.conversation, message.output_channel)
        recent, kept = tuple(recent_answers(tracker)), turn.kept.language
        understood = understand_in_language(self.languages, incoming, turn.listened, kept, tracker, recent)
        understood = understood or await self.understanding.understand(agent, incoming, message, tracker, recent, turn.danger)
        message.parse_data, events = understood
        offer = Offer(recent_answers(tracker), list(tracker.get_slot("offered") or []))
        turn.also = message.parse_data.pop(ALSO, None)
        intent = intent_of(message.parse_data)
        turn.tells = tells(intent) or intent == ANSWER or turn.on_path
        turn.put_first = self._to_put_first(incoming, turn, message, tracker)
        wanted = {"easy_read": turn.easy_read, "language": turn.kept.language, "language_chosen": turn.kept.chosen}
        if intent not in BY_NUMBER:  # “the second one” is said of the buttons that are shown now
            wanted["put_first"] = turn.put_first
        events += [SlotSet(name, value) for name, value in wanted.items() if tracker.get_slot(name) != value]
        if events:
            tracker.update_with_events(events, agent.domain)
            await agent.processor.save_tracker(tracker)
        return offer

    def _to_put_first(self, incoming: Incoming, turn: Turn, message: UserMessage, tracker: DialogueStateTracker) -> str | None:
        """The choice that goes in front of the answer's own: the path for who starts afresh, else the next likeliest answer."""
        if turn.afresh:
            return PATH
        danger = turn.danger or self.understanding.intent_of(message.parse_data) == EMERGENCY_INTENT
        no_guess = incoming.choice is not None or tracker.active_loop_name is not None or danger
        return None if no_guess else self.understanding.runner_up(message.parse_data)

    def _note_what_was_missed(self, turn: Turn, message: UserMessage, before: Offer) -> None:
        """What the guide could not answer, by topics alone."""
        given = [composed["custom"]["answer"] for composed in turn.composed]
        turn.refused = refused(before, given)
        if not turn.danger and message.text != "" and is_missed(self.understanding.intent_of(message.parse_data), given):
            turn.nearest = self.understanding.nearest(message.parse_data, self.content)

    def _put_danger_first(self, turn: Turn) -> None:
        leads = [composed for composed in turn.composed if composed["custom"]["answer"] == EMERGENCY]
        if turn.danger and not leads:
            leads = [self._compose(turn, EMERGENCY)]
        others = [composed for composed in turn.composed if composed["custom"]["answer"] != EMERGENCY]
        turn.composed = leads[:1] + others

    def _offer_runner_up(self, turn: Turn) -> None:
        """The next likeliest answer as a choice, in front of the others, so that a wrong guess is one tap from the right answer."""
        custom = turn.composed[-1]["custom"]
        given = {composed["custom"]["answer"] for composed in turn.composed}
        if turn.afresh or turn.put_first in given or given & {EMERGENCY, OFFERS_TWO}:
            return
        custom["choices"] = with_first(custom["choices"], turn.put_first)

    def _say_that_it_starts_afresh(self, turn: Turn) -> None:
        """After the answer, with the path as a choice in front of the others; never beside an emergency.

        A question of the path stays the newest, so that its buttons do.
        """
        last = turn.composed[-1]
        if not turn.afresh or any(composed["custom"]["answer"] in (EMERGENCY, AFRESH) for composed in turn.composed):
            return
        said = self._compose(turn, AFRESH)
        if PATH_BUTTONS.intersection(last["custom"]["choices"]):
            turn.composed.insert(-1, said)
            return
        said["custom"]["choices"] = with_first(last["custom"]["choices"], PATH)
        turn.composed.append(said)

    async def _secret_of_all(self, agent: Agent | None) -> tuple[bytes, bool]:
        """What event ids are made with, and whether another server may have answered this conversation before."""
        store = forgetful_store(agent.tracker_store) if agent is not None else None
        if store is None or not store.shared:
            return self._secret, False
        try:
            return await store.secret(), True
        except SHELF_FAULTS:
            return self._secret, False

    def _count(self, incoming: Incoming, turn: Turn, secret: bytes, shared: bool) -> None:
        """Put each hand-off of this reply on disk before it leaves; one for each conversation, route and topic.

        Where a server may have died between keeping the conversation and counting, what is known is put down again: under its
        old event id, which the database takes once.
        """
        mode = "easy_read" if turn.easy_read else "standard"
        key = hmac.digest(secret, turn.conversation.encode(), "sha256").hex()
        said = [composed["custom"]["answer"] for composed in turn.composed]
        for answer, hand_off in hand_offs_to_count(self.content, said, turn.recent, turn.slots, () if shared else turn.known):
            event_id, week = event_id_of(key, hand_off.route, hand_off.topic), iso_week()
            row = Escalation(event_id, week, hand_off.route, hand_off.topic, mode, incoming.channel, self.content.digest)
            is_new = f"{hand_off.route}:{hand_off.topic}" not in turn.known
            who = tallies(week, **who_asked(answer, turn.slots), language=turn.kept.language) if is_new else ()
            if self.store.record(row, who) and is_new:
                self.counters.count_hand_off(hand_off.route)
        self.store.tally(miss_tallies(iso_week(), turn.nearest, turn.refused, self.content.folders))

    def _compose(self, turn: Turn, answer: str) -> dict[str, Any]:
        return compose(self.content, self.content.answers[answer], easy_read=turn.easy_read)

    def _present(self, turn: Turn) -> dict[str, Any]:
        danger = any(composed["custom"]["answer"] == EMERGENCY for composed in turn.composed)
        language = language_of_reply(turn.kept, turn.listened.heard, danger=danger)
        translation = self.languages.translations.get(language)
        messages = [present_in(translation, self.content, self.settings, composed) for composed in turn.composed]
        return {
            "conversation": turn.conversation,
            "emergency": messages[0]["answer"] == EMERGENCY,
            "easy_read": turn.easy_read,
            "language": language,
            "messages": messages,
        }
