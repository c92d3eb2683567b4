"""How the reader of the other languages decides: signs and probability joined, and a worry begins with 999 where it is unsure."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.danger_classifier import EMERGENCY_INTENT
from bot.language_reader import LanguageReader, ReaderSettings
from bot.languages import Languages, Listened
from bot.understanding import as_intent
from bot.understanding_other import understand_other
from safeguarding.content import load_content
from safeguarding.danger import Verdict
from safeguarding.settings import ROOT

NO_SIGN, SIGN, CALMED = Verdict(danger=False), Verdict(True, ("weapon",)), Verdict(False, ("weapon",), ("film",))
CALM_ELSEWHERE = Verdict(True, ("weapon",), ("not_so",))
DECIDES = LanguageReader(ReaderSettings(emergency_from=-2.3, unsure_from=-3.6, signs_from=-4.5, sign_adds=1, calm_takes=2))
CHANCES = {0: 0.5, -2: 0.12, -3: 0.0475, -4: 0.018, -5: 0.0067, -6: 0.0025}
"""Probabilities by their log-odds."""


@pytest.mark.parametrize(
    ("odds", "verdict", "otherwise", "expected"),
    [
        (0, NO_SIGN, "tell_concern_other", EMERGENCY_INTENT),
        (-2, NO_SIGN, "tell_concern_other", EMERGENCY_INTENT),
        (-2, CALMED, "out_of_scope", "out_of_scope"),
        (-3, NO_SIGN, "tell_concern_other", "tell_concern_other_urgent"),
        (-3, NO_SIGN, "out_of_scope", "out_of_scope"),
        (-4, NO_SIGN, "tell_concern_other", "tell_concern_other"),
        (-5, SIGN, "out_of_scope", EMERGENCY_INTENT),
        (-6, SIGN, "out_of_scope", "out_of_scope"),
        (-6, SIGN, "tell_concern_self", EMERGENCY_INTENT),
        (-6, SIGN, "tell_accused", EMERGENCY_INTENT),
        (-6, SIGN, "ask_is_this_abuse", "ask_is_this_abuse"),
        (-5, CALM_ELSEWHERE, "ask_is_this_abuse", EMERGENCY_INTENT),
        (-6, CALMED, "tell_concern_self", "tell_concern_self"),
    ],
)
def test_signs_and_probability_are_joined(odds: int, verdict: Verdict, otherwise: str, expected: str) -> None:
    ranking = [{"name": otherwise, "confidence": 0.45}, {"name": EMERGENCY_INTENT, "confidence": CHANCES[odds]}]
    assert DECIDES._decide(ranking, verdict)["name"] == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("ask_privacy", 0.30), ("ask_anonymity_confidentiality", 0.28), "unsure_between_two"),
        (("ask_privacy", 0.30), ("ask_anonymity_confidentiality", 0.20), "ask_privacy"),
        (("ask_privacy", 0.45), ("ask_anonymity_confidentiality", 0.44), "ask_privacy"),
        (("ask_privacy", 0.30), ("tell_concern_self", 0.29), "ask_privacy"),
        (("tell_concern_self", 0.30), ("ask_privacy", 0.29), "tell_concern_self"),
        (("ask_privacy", 0.30), ("ask_report_path", 0.29), "ask_privacy"),
        (("ask_privacy", 0.10), ("ask_anonymity_confidentiality", 0.09), "nlu_fallback"),
    ],
)
def test_two_close_questions_are_offered_and_a_worry_never_is(first: tuple[str, float], second: tuple[str, float], expected: str) -> None:
    ranking = [{"name": name, "confidence": chance} for name, chance in (first, second, (EMERGENCY_INTENT, 0.0001))]
    reader = LanguageReader(ReaderSettings(nothing_under=0.15, margin=0.03, sure=0.35))
    assert reader._decide(ranking, NO_SIGN)["name"] == expected


class Hears:
    """Stands in for the trained recogniser: every message is in one language."""

    def __init__(self, language: str | None) -> None:
        self.language = language

    def chances(self, text: str) -> dict[str, float]:
        return {self.language: 0.9} if self.language else {}

    def recognise(self, text: str, chances: dict[str, float]) -> str | None:
        return self.language


@pytest.mark.parametrize(
    ("language", "text", "danger", "waits"),
    [
        ("pt", "o meu marido está a bater-me", False, True),
        ("pt", "my husband is hitting me right now", True, False),
        ("en", "my husband is hitting me right now", True, False),
        ("en", "il m’étrangle", True, False),
        ("pt", "bom dia", False, False),
        (None, "o meu marido está a bater-me", True, False),
    ],
)
def test_only_signs_of_the_language_itself_wait_for_its_reader(language: str | None, text: str, danger: bool, waits: bool) -> None:
    languages = Languages(load_content())
    languages.reader = LanguageReader()
    languages.reader.recogniser = Hears(language)  # type: ignore[assignment]
    heard = languages.listen(text)
    assert (heard.danger, heard.wait_for_the_reader) == (danger, waits)
    assert heard.may_be_danger is (danger or waits)


class Vetoes(Languages):
    """A reader that takes every message for small talk."""

    def read(self, text: str, listened: Listened) -> dict[str, Any]:
        return as_intent("thanks") | {"intent_ranking": [{"name": "thanks", "confidence": 1.0}]}


@pytest.mark.parametrize(
    ("listened", "on_path", "danger"),
    [
        (Listened(wait_for_the_reader=True), False, False),
        (Listened(wait_for_the_reader=True), True, True),
        (Listened(danger=True), False, True),
        (Listened(danger=True), True, True),
        (Listened(), True, False),
    ],
)
def test_on_the_path_and_where_it_does_not_wait_a_sign_stands(listened: Listened, on_path: bool, danger: bool) -> None:
    slots = Domain.from_file(str(ROOT / "domain.yml")).slots
    events = [ActiveLoop("report_form"), SlotSet("requested_slot", "harm")] if on_path else []
    tracker = DialogueStateTracker.from_events("one", events, slots)
    understood = understand_other(Vetoes(load_content()), "sim, ele tem uma faca", listened, "pt", tracker, ())
    assert understood is not None
    parsed, changes = understood
    assert (parsed["intent"]["name"] == EMERGENCY_INTENT) is danger
    assert (ActiveLoop(None) in changes) is (danger and on_path)
