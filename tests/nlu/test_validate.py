"""Rasa's own check of domain, data, rules and stories, with a list of the warnings that are meant to be."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from safeguarding.content import load_content
from safeguarding.follow_ups import meaning_response
from safeguarding.messages import count_parts
from safeguarding.settings import ROOT

WARNING = re.compile(r"UserWarning: (.*)")
NAMED = re.compile(r"'(\w+)'")
SET_BY_A_COMPONENT = {"tell_concern_self_urgent", "tell_concern_other_urgent", "unsure_between_two", "show_more"} | {
    "ask_signs_of_this", "ask_hard_word", "answer_path", "tell_after_emergency_nothing", "language_not_offered",
}  # fmt: skip
"""Intents that nobody types: the danger classifier or a button sets them."""


def sent_from_actions() -> set[str]:
    """Responses that no rule names, because an action or the channel says them."""
    content = load_content()
    answers = content.answers.values()
    parts = {f"utter_{answer.id}_part_{number}" for answer in answers for number in range(1, count_parts(answer) + 1)}
    never_asked = {answer.id for answer in answers if answer.intent is None}
    followed = {f"utter_{answer}" for answer in never_asked if answer.startswith(("report_", "signs_", "why_")) or answer == "nothing_open"}
    meanings = {f"utter_{meaning_response(word)}" for word in content.glossary}
    return (
        parts
        | followed
        | meanings
        | {
            "utter_content_release",
            "utter_repeat",
            "utter_clarify",
            "utter_service_problem",
            "utter_not_understood",
            "utter_which_one",
            "utter_started_afresh",
            "utter_said_before",
            "utter_why",
        }
    )


@pytest.mark.model
def test_data_validate_warns_of_what_is_meant_to_be_and_of_nothing_else() -> None:
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    output = run.stdout + run.stderr
    warned = {match[1] if (match := NAMED.search(warning)) else warning for warning in WARNING.findall(output)}
    assert warned == SET_BY_A_COMPONENT | sent_from_actions(), "what is warned of and what is allowed differ"
    assert "No story structure conflicts found" in output, output[-3000:]
