"""While somebody edits `content/`: new words go into the loaded model at once, so that the page shows them without training.

Only with GUIDE_LIVE_RELOAD=on, which the settings refuse for a guide that other machines can reach. What was learnt stays as it was.
"""

from __future__ import annotations

import logging

from rasa.core.agent import Agent

from bot.content_importer import compile_responses
from safeguarding.content import CONTENT_DIR, Content, ContentError, load_content
from safeguarding.danger import DangerSigns
from safeguarding.release_name import words_digest
from safeguarding.translations import load_translations

logger = logging.getLogger(__name__)


class LiveReload:
    """Looks whether a word changed since the last look, in any language."""

    def __init__(self) -> None:
        """Remember the digest of the words that are served now: the page carries it, and looks at health whether it still holds."""
        self.digest = self._seen = words_digest(CONTENT_DIR)

    def changed(self) -> Content | None:
        """The new words; none where nothing changed, or where a file of any language cannot be read, which is said once."""
        digest = words_digest(CONTENT_DIR)
        if digest == self._seen:
            return None
        self._seen = digest
        try:
            content = load_content()
            load_translations(content)
            for path in CONTENT_DIR.rglob("danger_signs.yml"):
                DangerSigns.load(path.parent)
        except (ContentError, OSError, LookupError, TypeError) as error:
            logger.warning("The new words cannot be read (%s), the last ones stay: run make content.", type(error).__name__)
            return None
        self.digest = digest
        return content


def put_into(agent: Agent | None, content: Content) -> None:
    """Put the words into the loaded model, in place: its speaker and its domain share the one table."""
    if agent is not None and agent.domain is not None:
        agent.domain.responses.update(compile_responses(content))
