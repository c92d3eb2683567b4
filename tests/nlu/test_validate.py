"""Rasa's own check of domain, data, rules and stories, with a list of the warnings that are meant to be."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from safeguarding.content import load_content
from safeguarding.follow_ups import meaning_response
from safeguarding.settings import ROOT

WARNING = re.compile(r"UserWarning: (.*)")
SET_BY_A_COMPONENT = {"tell_concern_self_urgent", "tell_concern_other_urgent", "unsure_between_two", "show_more"} | {
    "ask_signs_of_this", "ask_hard_word", "answer_path", "tell_after_emergency_nothing", "language_not_offered",
}  # fmt: skip
"""Intents that nobody types: the danger classifier or a button sets them."""


def sent_from_actions() -> set[str]:
    """Responses that no rule names, because an action or the channel says them."""
    content = load_content()
    parts = {f"utter_{answer}_part_{number}" for answer in content.answers for number in range(1, 10)}
    followed = {f"utter_{answer}" for answer in content.answers if answer.startswith(("report_", "signs_")) or answer == "nothing_open"}
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
        }
    )


@pytest.mark.model
def test_data_validate_warns_of_nothing_else():
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    output = run.stdout + run.stderr
    allowed = SET_BY_A_COMPONENT | sent_from_actions()
    unexpected = [warning for warning in WARNING.findall(output) if not any(f"'{name}'" in warning for name in allowed)]
    assert not unexpected, "\n".join(unexpected)
    assert "No story structure conflicts found" in output, output[-3000:]
