"""The last step before people may write: what is loaded once is loaded now, and from here on no log holds words."""

from __future__ import annotations

import gc
import logging

from rasa.core.agent import Agent
from sanic import Sanic

from bot.guide import Guide
from bot.health import look_after_conversations
from bot.languages import Languages
from safeguarding.wordless_logs import withhold_words

logger = logging.getLogger(__name__)

FIRST_WORDS = ("How do I report abuse?", "Ce este abuzul?")
"""Heard and read once by all that hears and reads. Without them the first person waited 0.6 s, and whoever else wrote meanwhile."""

CANNOT_READ = "The model is loaded and reads nothing: people get the contacts. Run make train."


async def get_ready(app: Sanic, guide: Guide) -> list[str]:
    """Why the guide is up and not whole, in words for an operator; empty where it is. Raises TypeError where the store would keep words.

    What takes long comes before the first `await`: up to there no request is begun that would wait for it.
    """
    agent: Agent | None = getattr(app.ctx, "agent", None)
    withhold_words()
    _hear(guide.languages)
    gc.collect()
    await look_after_conversations(agent)  # a guide that was stopped forgot nothing meanwhile
    trouble = await _read(agent)
    gc.freeze()  # what was loaded stays for good: collecting it again and again would stop everybody for 0.1 s at a time
    return trouble


def _hear(languages: Languages) -> None:
    try:
        for words in FIRST_WORDS:
            languages.read(words, languages.listen(words))
    except Exception as error:  # whatever is wrong with it: the page, English and 999 go on
        logger.error("The model of the other languages cannot be used (%s): English alone is understood.", type(error).__name__)
        languages.reader = None


async def _read(agent: Agent | None) -> list[str]:
    if agent is None or not agent.is_ready():
        return []  # the health tells that by itself
    try:
        await agent.parse_message(FIRST_WORDS[0])
    except Exception as error:  # from a guide that cannot read people get the contacts; from one that does not start they get nothing
        logger.error("The model cannot be used (%s): people get the contacts.", type(error).__name__)
        return [CANNOT_READ]
    return []
