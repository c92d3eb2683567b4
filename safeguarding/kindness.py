"""The kind sentence that meets a disclosure is said once.

Who goes on telling is thanked instead of hearing it word for word again; and the thanks are said once too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from safeguarding.content import Answer, Content

THANKS = "said_before"
"""The answer whose words stand in place of what was said already."""

SAID_BEFORE = "said_before"
"""Marks a composed answer whose kind words were said before, so that its translation leaves them out too; true where the thanks were."""


def were_said(answers: Mapping[str, Answer], answer: Answer, before: Collection[str]) -> bool:
    """Whether a kind sentence of this answer was said before, by itself or by another answer; `before` holds ids of answers."""
    heard = {sentence for name in before if name in answers for sentence in answers[name].said_once}
    return not heard.isdisjoint(answer.said_once)


def comfort_given(answers: Mapping[str, Answer], answer: Answer, before: Collection[str]) -> str | None:
    """What to remember of an answer that was just said: that its kind words were, or where they had been before, the thanks."""
    if not answer.said_once:
        return None
    return THANKS if were_said(answers, answer, before) else answer.id


def kind_words_once(content: Content, composed: Iterable[dict[str, Any]], before: Collection[str]) -> list[dict[str, Any]]:
    """The answers of one reply, each without the kind words that were said in an earlier turn."""
    answers = content.answers
    return [
        without_what_was_said(content, answers[one["custom"]["answer"]], one, thanked=THANKS in before)
        if one["custom"]["answer"] in answers and were_said(answers, answers[one["custom"]["answer"]], before)
        else one
        for one in composed
    ]


def without_what_was_said(content: Content, answer: Answer, composed: dict[str, Any], *, thanked: bool = False) -> dict[str, Any]:
    """A composed answer with the thanks in place of its kind sentences, or nothing where those were said; else unchanged.

    A part of easy read that holds none, as it may begin with a number, stays as it is.
    """
    thanks, custom = content.answers[THANKS], composed["custom"]
    if custom["sentences"]:
        kept = [row for row in custom["sentences"] if row["text"] not in answer.said_once]
        if len(kept) == len(custom["sentences"]):
            return composed
        instead = {"text": thanks.easy_read[0].say, "picture": thanks.easy_read[0].picture}
        rows = kept if thanked else [instead, *kept]
        return {**composed, "text": " ".join(row["text"] for row in rows), "custom": {**custom, "sentences": rows}, SAID_BEFORE: thanked}
    text = composed["text"]
    for sentence in answer.said_once:
        text = text.replace(sentence, "" if thanked else thanks.standard)
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n")]
    return {**composed, "text": "\n\n".join(filter(None, paragraphs)), SAID_BEFORE: thanked}
