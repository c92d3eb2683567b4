"""The kind sentence that meets a disclosure is said once: who goes on telling is thanked instead of hearing it word for word again."""

from __future__ import annotations

from typing import Any

from safeguarding.content import Answer, Content

THANKS = "said_before"
"""The answer whose words stand in place of what was said already."""

SAID_BEFORE = "said_before"
"""Marks a composed answer whose kind words were said before, so that its translation leaves them out too."""


def without_what_was_said(content: Content, answer: Answer, composed: dict[str, Any]) -> dict[str, Any]:
    """A composed answer with the thanks in place of its kind sentences; unchanged where it holds none of them.

    A part of easy read that holds none, as it may begin with a number, stays as it is.
    """
    thanks, custom = content.answers[THANKS], composed["custom"]
    if custom["sentences"]:
        kept = [row for row in custom["sentences"] if row["text"] not in answer.said_once]
        if len(kept) == len(custom["sentences"]):
            return composed
        instead = {"text": thanks.easy_read[0].say, "picture": thanks.easy_read[0].picture}
        rows = [instead, *kept]
        return {**composed, "text": " ".join(row["text"] for row in rows), "custom": {**custom, "sentences": rows}, SAID_BEFORE: True}
    text = composed["text"]
    for sentence in answer.said_once:
        text = text.replace(sentence, thanks.standard)
    return {**composed, "text": text, SAID_BEFORE: True}
