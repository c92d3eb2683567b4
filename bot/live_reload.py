"""While somebody edits `content/`: new words go into the loaded model at once, so that the page shows them without training.

Only with GUIDE_LIVE_RELOAD=on, which the settings refuse for a guide that other machines can reach. What was learnt stays as it was.
"""

from __future__ import annotations

import logging

from rasa.core.agent import Agent

from bot.content_importer import compile_responses
from safeguarding.content import Content, ContentError, content_digest, load_content

logger = logging.getLogger(__name__)


class LiveReload:
    """Looks whether a word changed since the last look."""

    def __init__(self, digest: str) -> None:
        """Remember the digest of the words that are served now."""
        self._digest = digest

    def changed(self) -> Content | None:
        """The new words; none where nothing changed, or where they cannot be read, which is said once."""
        digest = content_digest()
        if digest == self._digest:
            return None
        self._digest = digest
        try:
            return load_content()
        except (ContentError, OSError) as error:
            logger.warning("The new words cannot be read (%s), the last ones stay: run make content.", type(error).__name__)
            return None


def put_into(agent: Agent | None, content: Content) -> None:
    """Put the words into the loaded model, in place: its speaker and its domain share the one table."""
    if agent is not None and agent.domain is not None:
        agent.domain.responses.update(compile_responses(content))
