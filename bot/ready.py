"""The last step before people may write: what is loaded once is loaded now, and from here on no log holds words."""

from __future__ import annotations

import gc
import logging

from rasa.core.agent import Agent
from sanic import Sanic

from bot.guide import Guide
from bot.health import look_after_conversations
from safeguarding.wordless_logs import withhold_words

logger = logging.getLogger(__name__)

FIRST_WORDS = ("How do I report abuse?", "Ce este abuzul?")
"""Heard and read once by all that hears and reads. Without them the first person waited 0.6 s, and whoever else wrote meanwhile."""


async def get_ready(app: Sanic, guide: Guide) -> None:
    """What takes long comes before the first `await`: up to there no request is begun that would wait for it.

    Raises TypeError, which ends the start, where the store would keep words.
    """
    agent: Agent | None = getattr(app.ctx, "agent", None)
    withhold_words()
    for words in FIRST_WORDS:
        guide.languages.read(words, guide.languages.listen(words))
    gc.collect()
    await look_after_conversations(agent)  # a guide that was stopped forgot nothing meanwhile
    if agent is not None and agent.is_ready():
        await _read_first_words(agent)
    gc.freeze()  # what was loaded stays for good: collecting it again and again would stop everybody for 0.1 s at a time


async def _read_first_words(agent: Agent) -> None:
    try:
        await agent.parse_message(FIRST_WORDS[0])
    except Exception as error:  # people get the contacts from a guide that cannot read; from one that does not start they get nothing
        logger.error("The first words cannot be read (%s).", type(error).__name__)
