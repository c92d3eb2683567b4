"""What a model makes of the words alone, without channel and conversation: intents, probabilities, danger.

Used where the channel does not tell enough: the danger curve, calibration, and the comparison with Rasa's default pipeline.
"""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent, load_agent

from benchmarks.evaluation.figures import Share
from benchmarks.evaluation.sets import Line
from bot.danger_classifier import EMERGENCY_INTENT, UNSURE_INTENTS

Reading = dict[str, Any]
DECLINED_INTENTS = {"out_of_scope", "nlu_fallback", "unsure_between_two"}


LONG = 300
"""Characters of a long message."""


def read_with(model: Path, texts: list[str]) -> list[Reading]:
    """Rasa's parse of each text: `intent`, `intent_ranking` and what else the pipeline adds; `cpu_ms` is the CPU that it took."""

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))  # else Rasa prints every line that it reads

    async def every() -> list[Reading]:
        agent = await load_agent(str(model))
        await agent.parse_message(texts[0])  # what is loaded at the first message
        return [await _timed(agent, text) for text in texts]

    return asyncio.run(every())


async def _timed(agent: Agent, text: str) -> Reading:
    began = time.process_time()
    reading = await agent.parse_message(text)
    return {**reading, "cpu_ms": 1000 * (time.process_time() - began)}


def long_messages(texts: list[str], count: int = 50) -> list[str]:
    """Messages of `LONG` characters, cut from these texts one after the other."""
    joined = " ".join(texts)
    return [joined[start : start + LONG] for start in range(0, min(len(joined) - LONG, count * LONG), LONG)]


def answer_of(intent: str) -> str:
    """The answer that an intent leads to, by its name."""
    for prefix in ("ask_", "tell_"):
        intent = intent.removeprefix(prefix)
    return "after_emergency" if intent.startswith("after_emergency") else intent


def intent_figures(lines: list[Line], readings: list[Reading]) -> dict[str, Share]:
    """The figures that can be had from intents alone, by the names of the headline."""
    both = [(line, reading["intent"]["name"] or "nlu_fallback") for line, reading in zip(lines, readings, strict=True)]

    def counted(name: str, holds: Any, said: str | None = None) -> Share:
        results = [holds(line, intent) for line, intent in both if line.set == name and said in (None, line.said)]
        return Share(sum(results), len(results))

    return {
        "danger_plainly_emergency": counted("danger", _danger, "plainly"),
        "danger_sideways_emergency": counted("danger", _danger, "sideways"),
        "lookalikes_false_alarm": counted("lookalikes", _danger),
        "questions_false_alarm": counted("questions", _danger),
        "disclosures_false_alarm": counted("disclosures", _danger),
        "disclosures_right_answer": counted("disclosures", _right),
        "questions_right_first": counted("questions", _right),
        "out_of_scope_declined": counted("out_of_scope", lambda line, intent: _right(line, intent) or intent in DECLINED_INTENTS),
    }


def _danger(_line: Line, intent: str) -> bool:
    return intent == EMERGENCY_INTENT


def _right(line: Line, intent: str) -> bool:
    plain = {urgent: worry for worry, urgent in UNSURE_INTENTS.items()}.get(intent, intent)
    return answer_of(plain) in line.answers
