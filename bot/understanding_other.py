"""What a message in another language than English means where the conversation stands.

The English patterns of the guided path and of follow-ups would misread other languages (“no” is “in the” in Portuguese and
“well” in Polish). Here the reader's intents and short replies known by their whole wording do that work.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY

from bot.incoming import Incoming
from bot.languages import Languages, Listened
from bot.understanding import (
    ALSO,
    EMERGENCY_INTENT,
    LIKELY_DANGER,
    SHORT_REPLY,
    TOLD,
    _changes,
    _told_before_the_path,
    as_intent,
    intent_of,
)
from bot.unsure_classifier import UNSURE_INTENT
from safeguarding.follow_ups import in_context
from safeguarding.languages import ENGLISH, LANGUAGE_CHOICES, NOT_OFFERED, NOT_OFFERED_INTENT, OTHERS, OWN_NAMES
from safeguarding.path_words_other import read_in
from safeguarding.report_path import ANSWER, LEADS_ALONE


def understand_in_language(
    languages: Languages, incoming: Incoming, listened: Listened, kept: str, tracker: DialogueStateTracker, recent: tuple[str, ...]
) -> tuple[dict[str, Any], list[Event]] | None:
    """What a message means that is not English or changes the language; none where the English pipeline is to read it.

    `kept` is the language of the conversation, in which words are read whose language is not clear.
    """
    heard = listened.heard
    if incoming.choice in LANGUAGE_CHOICES or heard.asked in OWN_NAMES:
        return understand_change(tracker, recent)
    in_english = heard.written == ENGLISH or (heard.written is None and kept == ENGLISH)
    if not incoming.text or (in_english and heard.asked != NOT_OFFERED):
        return None
    language = heard.written if heard.written in OTHERS else kept
    understood = understand_other(languages, incoming.text, listened, str(language), tracker, recent)
    if understood and kept == ENGLISH and NOT_OFFERED in (heard.written, heard.asked):
        return understand_not_offered(understood, listened.danger)
    return understood


def understand_other(
    languages: Languages, text: str, listened: Listened, language: str, tracker: DialogueStateTracker, recent: tuple[str, ...]
) -> tuple[dict[str, Any], list[Event]] | None:
    """What Rasa takes the message for, and the changes of the conversation that go before it; none where nothing was trained for it."""
    parsed = languages.read(text, listened)
    if parsed is None:
        return None
    on_path = tracker.active_loop_name is not None
    if on_path and intent_of(parsed) == UNSURE_INTENT:  # a question of the path is open: two more would be too many
        parsed = {**parsed, **as_intent(parsed[INTENT_RANKING_KEY][0][INTENT_NAME_KEY])}
    short = languages.follow_up(text)
    open_question = tracker.get_slot(REQUESTED_SLOT) if on_path else None
    told = read_in(language, text, open_question)
    is_reply = short is not None or (open_question in told and _is_only_a_reply(text, parsed))
    if listened.danger or (on_path and listened.wait_for_the_reader):  # on the path short replies make the reader sure of too much
        parsed = {**parsed, **as_intent(EMERGENCY_INTENT)}
    if intent_of(parsed) == EMERGENCY_INTENT and (listened.danger or listened.wait_for_the_reader or not is_reply):
        return parsed, _changes(tracker, {}, None, ends_path=True)
    if short or (is_reply and not text.rstrip().endswith("?")):
        parsed = {**parsed, **as_intent(short or ANSWER)}
    elif not on_path:
        several = languages.take_apart(text, language, parsed)
        parsed = {**several.parsed, ALSO: several.also}
    intent = in_context(intent_of(parsed), recent)
    if intent != intent_of(parsed):
        parsed = {**parsed, **as_intent(intent)}
    if on_path and text.rstrip().endswith("?"):
        told["asks"] = "yes"
    if not on_path:
        told = dict(_told_before_the_path(tracker, told, intent))
    return parsed, _changes(tracker, told, None, ends_path=intent in LEADS_ALONE)


def understand_change(tracker: DialogueStateTracker, recent: tuple[str, ...]) -> tuple[dict[str, Any], list[Event]]:
    """A change of language: the open question of the path or the last answer comes again in it; at the start, the greeting."""
    intent = "repeat" if recent or tracker.active_loop_name else "greet"
    return as_intent(intent), _changes(tracker, dict(tracker.get_slot(TOLD) or {}), None, ends_path=False)


def understand_not_offered(understood: tuple[dict[str, Any], list[Event]], sign: bool) -> tuple[dict[str, Any], list[Event]]:
    """A language that the guide does not speak is answered with those that it does, unless there is danger.

    The reader, which never learnt this language, is sure of nothing: a sign counts, or danger that it finds likelier than all else.
    """
    parsed, events = understood
    ranking = parsed.get(INTENT_RANKING_KEY) or [{INTENT_NAME_KEY: intent_of(parsed)}]
    if intent_of(parsed) == EMERGENCY_INTENT and (sign or ranking[0][INTENT_NAME_KEY] == EMERGENCY_INTENT):
        return understood
    return {**parsed, ALSO: None, **as_intent(NOT_OFFERED_INTENT)}, events


def _is_only_a_reply(text: str, parsed: dict[str, Any]) -> bool:
    """Whether words that answer the open question are no more than that: short, and not likely to be danger."""
    ranking = parsed.get(INTENT_RANKING_KEY) or [parsed["intent"] | {"name": intent_of(parsed)}]
    chance = next((row[PREDICTED_CONFIDENCE_KEY] for row in ranking if row[INTENT_NAME_KEY] == EMERGENCY_INTENT), 0.0)
    return len(text.split()) <= SHORT_REPLY and chance < LIKELY_DANGER
